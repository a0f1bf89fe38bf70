"""What a person sees in a message or a card: its words, its buttons, its fields, and what Teams makes live."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.servers.teams_card import INPUTS, elements, objects
from tests.servers.teams_delivery import Came
from tests.servers.teams_state import ADAPTIVE, Entry

Json = dict[str, Any]
Seen = Entry | Came | Json  # a message, the answer of an invoke, a card or an activity

# What Teams makes of markdown and of its few tags; two braces are replaced by a date in every text of a card.
MARKUP = re.compile(
    r"\[[^\]\n]*\]\([^)\s]+\)|</?[a-z][^<>]*>|\*\*\S|(?<!\w)[*_~`]+\S[^\n]*?[*_~`]+(?!\w)|^\s{0,3}#+\s", re.M
)
DATES = re.compile(r"\{\{(?:DATE|TIME)\(")


@dataclass(frozen=True)
class Field:
    """An input of a card. `options` are (value, title); `name` is its id without `field:`."""

    id: str
    name: str
    label: str
    kind: Literal["line", "text", "date", "time", "number", "toggle", "choice", "choices"]
    value: str
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False


def cards_of(seen: Seen) -> list[Json]:
    """The Adaptive Cards in it."""
    if isinstance(seen, Entry):
        return seen.cards
    if isinstance(seen, Came):
        return [seen.card] if seen.card else [each["content"] for each in seen.results]
    if seen.get("type") == "AdaptiveCard":
        return [seen]
    return [each["content"] for each in seen.get("attachments") or () if each["contentType"] == ADAPTIVE]


def words(seen: Seen) -> str:
    """Every text in it but those on buttons, a line each."""
    said = seen.text if isinstance(seen, Entry) else seen.said if isinstance(seen, Came) else seen.get("text", "")
    lines = [line for card in cards_of(seen) for each in elements(card) for line in _lines(each)]
    return "\n".join(line for line in [said, *lines] if line)


def buttons(seen: Seen) -> list[str]:
    """The titles of what can be pressed, in order."""
    return [action["title"] for card in cards_of(seen) for action in actions(card) if "title" in action]


def actions(card: Json) -> list[Json]:
    """The actions of a card, in order."""
    return [each for each in elements(card) if each["type"].startswith("Action.")]


def button_of(cards: list[Json], name: str) -> tuple[int, Json]:
    """(which card, action) of the button with this title, tooltip or id; AssertionError when it is not there."""
    found = [
        (number, action)
        for number, card in enumerate(cards)
        for action in actions(card)
        if name in (action.get("title"), action.get("tooltip"), action.get("id"))
    ]
    assert found, f"no button {name!r} among {[buttons(card) for card in cards]}"
    return found[0]


def inputs(seen: Seen) -> list[Field]:
    """The fields of it, in order."""
    return [_field(each) for card in cards_of(seen) for each in elements(card) if each["type"] in INPUTS]


def live(seen: Seen) -> list[str]:
    """Mentions, links and markup that Teams makes of it: what the words of a user must never bring about."""
    found: list[str] = []
    activity = seen.activity if isinstance(seen, Entry) else seen if isinstance(seen, dict) else {}
    if activity.get("textFormat") != "plain":  # without a format Teams reads markdown
        found += MARKUP.findall(activity.get("text") or "")
    found += [each["text"] for each in activity.get("entities") or () if each.get("type") == "mention"]
    for card in cards_of(seen):
        found += [each["text"] for each in card.get("msteams", {}).get("entities", ())]
        for each in objects(card):
            texts = [str(each[key]) for key in ("text", "title", "value", "label", "placeholder") if each.get(key)]
            found += [hit for text in texts for hit in DATES.findall(text)]
            reads_markdown = each.get("type") == "TextBlock" or set(each) == {"title", "value"}
            found += [hit for text in texts if reads_markdown for hit in MARKUP.findall(text)]
    return found


def _lines(element: Json) -> Iterator[str]:
    match element["type"]:
        case "TextBlock":
            yield element["text"]
        case "RichTextBlock":
            yield "".join(run if isinstance(run, str) else run["text"] for run in element["inlines"])
        case "FactSet":
            yield from (f"{fact['title']} {fact['value']}" for fact in element["facts"])
        case "Image":
            yield element.get("altText", "")
        case kind if kind in INPUTS:
            yield element.get("label") or element.get("title", "")


def _field(element: Json) -> Field:
    kinds = {"Input.Date": "date", "Input.Time": "time", "Input.Number": "number", "Input.Toggle": "toggle"}
    kind: Any = kinds.get(element["type"], "text" if element.get("isMultiline") else "line")
    if element["type"] == "Input.ChoiceSet":
        kind = "choices" if element.get("isMultiSelect") else "choice"
    options = tuple((choice["value"], choice["title"]) for choice in element.get("choices", ()))
    label = element.get("label") or element.get("title", "")
    name = element["id"].removeprefix("field:")
    value, required = str(element.get("value", "")), bool(element.get("isRequired"))
    return Field(element["id"], name, label, kind, value, options, required)
