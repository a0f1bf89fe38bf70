"""Drafts: what could not be done yet is offered again, for 24 hours, to whoever typed it."""

import pytest

from tests.handlers.shown import filled, labels
from tests.world import World


@pytest.mark.parametrize("line", ["", "log", "lobby"])
def test_a_draft_is_offered_again(worlds: World, line: str) -> None:
    worlds.says("alice", "log gesprek met Van Dijk over opvang")
    offered = worlds.says("alice", line)
    assert "Nog niet af, van dinsdag 24 november 2026, 10:15: gesprek met Van Dijk over opvang" in offered.text
    assert filled(worlds.presses("alice", offered, "Ga verder"))["discussed"] == "gesprek met Van Dijk over opvang"


def test_going_on_stores_it_and_ends_the_draft(world: World) -> None:
    world.says("alice", "log gesprek met Van Dijk over opvang")
    form = world.presses("alice", world.says("alice", ""), "Ga verder")
    assert world.presses("alice", form, "Opslaan", people="Van Dijk (CDA)").text.startswith("Vastgelegd als C1")
    assert "Nog niet af" not in world.says("alice", "").text


def test_it_is_for_the_one_who_typed_it(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk over opvang")
    assert "Nog niet af" not in world.says("bob", "").text
    gone = "Dat concept is er niet meer. Typ het opnieuw."
    for label in ("Inge van Dijk (CDA)", "Open formulier", "Gooi weg"):
        assert world.presses("bob", question, label).text == gone
    assert "Nog niet af" in world.says("alice", "").text


def test_it_can_be_thrown_away_once(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk over opvang")
    assert world.presses("alice", question, "Gooi weg").text == "Weggegooid."
    assert "Nog niet af" not in world.says("alice", "").text
    again = world.presses("alice", question, "Gooi weg")
    assert (again.ok, again.text) == (False, "Dat concept is er niet meer. Typ het opnieuw.")
    assert not world.presses("alice", question, "Inge van Dijk (CDA)").ok


def test_it_is_gone_after_a_day(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk over opvang")
    world.passes(hours=23, minutes=59)
    assert "Nog niet af" in world.says("alice", "").text
    world.passes(minutes=2)
    assert "Nog niet af" not in world.says("alice", "").text
    assert not world.presses("alice", question, "Inge van Dijk (CDA)").ok
    assert not world.presses("alice", question, "Open formulier").ok


def test_the_newest_five_are_offered_with_what_was_typed_shortened(world: World) -> None:
    for number in range(1, 8):
        world.says("alice", f"log gesprek met Van Dijk op {number}-11-2026 " + "over opvang " * 20)
    offered = world.says("alice", "")
    assert labels(offered).count("Ga verder") == 5
    typed = [line.split(": ", 1)[1] for line in offered.text.splitlines() if line.startswith("Nog niet af")]
    assert typed[0].startswith("gesprek met Van Dijk op 7-11-2026")
    assert {len(line) for line in typed} == {80}
    assert all(line.endswith("…") for line in typed)


def test_an_older_one_than_the_newest_five_is_done_when_it_becomes_a_contact(world: World) -> None:
    questions = [world.says("alice", f"log gesprek met Van Dijk op {number}-11-2026") for number in range(1, 8)]
    form = world.presses("alice", questions[0], "Open formulier")
    assert world.presses("alice", form, "Opslaan", people="Van Dijk (CDA)").text.startswith("Vastgelegd als C1")
    assert world.presses("alice", questions[0], "Geen van deze").text.startswith("Dit is al vastgelegd als C1")


def test_too_long_a_line_is_a_draft_to_shorten_in_the_form(worlds: World) -> None:
    typed = "gesprek met Podt " + "over opvang " * 400
    refused = worlds.says("alice", f"log {typed}")
    assert not refused.ok
    assert filled(worlds.presses("alice", refused, "Ga verder"))["discussed"] == typed.strip()
