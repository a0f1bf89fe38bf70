"""A form stays within a card, however much stands in it, and nothing that was typed is lost by that."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.teams.cards import CARD_SIZE, cards, dialog, filled, stamped
from handlers.command import read_action
from handlers.reply import Form, Reply
from handlers.texts import say
from tests.bot.replies import FULL, replies
from tests.bot.slack.test_blocks import nowhere
from tests.bot.teams.test_cards import objects, words
from tests.world import World

Made = dict[str, Any]
FORMS = {name: reply for name, reply in replies().items() if reply.form and reply.form.kept}
MARKS = {"card": "0123456789abcdef", "open": "log/?contact=12&version=345&draft=6789&step=form"}
LONG = {name: sign * 3000 for name, sign in (("discussed", "é"), ("asked", "漢"), ("agreed", "م"))}


def stuffed(reply: Reply, sign: str) -> Reply:
    """The same form with as much as fits in each of its boxes."""
    form = reply.form
    assert form
    fields = tuple(replace(one, value=sign * one.limit) if one.kind in ("line", "text") else one for one in form.fields)
    full = replace(form, fields=fields, line="/lobby log " + sign * 3000)
    return replace(reply, parts=tuple(full if part is form else part for part in reply.parts))


@pytest.mark.parametrize("sign", ["a", "é", "م", "漢", '"', "\\"])
@pytest.mark.parametrize("name", FORMS)
def test_each_card_fits_and_all_of_it_can_be_read(name: str, sign: str) -> None:
    reply = stuffed(FORMS[name], sign)
    made = [stamped(card, MARKS) for card in cards(reply, nowhere)]
    for card in [*made, stamped(dialog(reply, nowhere), MARKS)]:
        assert len(json.dumps(card, ensure_ascii=False).encode()) <= CARD_SIZE
    held = {one["id"]: one["value"] for card in made for one in objects(card) if "id" in one and "value" in one}
    shown = words(made)
    form = reply.form
    assert form
    for field in form.fields:
        if f"field:{field.name}" in held:
            assert held[f"field:{field.name}"] == field.value or field.kind == "choice"
        else:
            assert field.name in form.kept
            assert shown.count(sign) >= len(field.value)
            assert "".join(say(reply.language, "form.stays", label=field.label).split()) in shown


@pytest.mark.parametrize("sign", ["é", "漢"])
def test_a_new_form_holds_whatever_one_line_can_say(world: World, sign: str) -> None:
    for line in (sign * 3990, f"gesprek met {(sign * 20 + ' ') * 180}"):
        opened = world.asks("alice", "log", line, {"step": "form"})
        assert opened.form
        made = cards(opened, nowhere)
        assert len({one["id"] for card in made for one in objects(card) if "id" in one}) == len(opened.form.fields)
        assert all(len(json.dumps(stamped(card, MARKS), ensure_ascii=False).encode()) <= CARD_SIZE for card in made)


def send(world: World, reply: Reply, changed: Mapping[str, str]) -> Reply:
    """Send the form as its card holds it, with these fields changed."""
    inputs, data = {}, {}
    for card in cards(reply, nowhere):
        for one in objects(card):
            if "id" in one:
                inputs[one["id"]] = one["value"]
            elif one.get("type") == "Action.Execute" and "associatedInputs" not in one:
                data = one["data"]
    action, values = filled(data | inputs)
    read = read_action(action)
    assert read
    verb, text, carried = read
    assert not changed.keys() - values.keys()
    return world.asks("alice", verb, text, {**carried, **values, **changed})


def standing(world: World) -> dict[str, str]:
    form = world.asks("alice", "log", "", {"step": "form", "contact": "1"}).form
    assert form
    return {field.name: field.value for field in form.fields}


def test_a_contact_too_long_for_its_card_keeps_what_the_card_could_not_hold(world: World) -> None:
    empty = world.says("alice", "log")
    world.presses("alice", empty, "Opslaan", **FULL | LONG)
    before = standing(world)
    form = world.asks("alice", "log", "", {"step": "form", "contact": "1"})
    assert len(cards(form, nowhere)) > 1
    assert send(world, form, {"documents": "een andere brief"}).ok
    assert standing(world) == before | {"documents": "een andere brief"}


@pytest.mark.parametrize("contact", [False, True], ids=["new", "change"])
def test_what_was_refused_twice_and_is_too_long_is_kept_all_the_same(world: World, contact: bool) -> None:
    form = world.says("alice", "log")
    if contact:
        world.presses("alice", form, "Opslaan", **FULL)
        form = world.asks("alice", "log", "", {"step": "form", "contact": "1"})
    refused = world.presses("alice", form, "Opslaan", **FULL | LONG | {"day": "2114-05-03"})
    for _ in range(2):
        again = world.presses("alice", refused, "Ga verder")
        assert len(cards(again, nowhere)) > 1
        refused = send(world, again, {"day": "2114-05-04"})
        assert not refused.ok
    again = world.presses("alice", refused, "Ga verder")
    assert send(world, again, {"day": "2026-11-20"}).ok
    stands = standing(world)
    assert {name: stands[name] for name in LONG} == LONG


def test_what_is_wrong_can_be_mended_however_long_it_is() -> None:
    reply = replace(stuffed(FORMS["log form of everything"], "é"), errors={"asked": "Dit is te lang."})
    [held] = [one for card in cards(reply, nowhere) for one in objects(card) if one.get("id") == "field:asked"]
    assert held["label"].endswith("Dit is te lang.")


def test_a_form_that_fits_leaves_nothing_out() -> None:
    form = FORMS["log form of everything"].form
    assert isinstance(form, Form)
    [card] = cards(FORMS["log form of everything"], nowhere)
    assert len([one for one in objects(card) if "id" in one]) == len(form.fields)
