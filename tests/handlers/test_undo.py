"""`ongedaan`: the last change, within ten minutes, by whoever made it or a coördinator."""

import pytest

from tests.handlers.shown import labels, rows
from tests.handlers.teams import on_teams
from tests.world import World

NOTHING = "Er is niets van jou om ongedaan te maken; dat kan tot 10 minuten erna."


def test_a_contact_just_made(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.passes(minutes=10)
    undone = worlds.presses("alice", receipt, "Ongedaan maken")
    assert undone.replaces
    assert undone.text.startswith("C1 is ongedaan gemaakt\nC1 · di 24 nov 2026")
    assert undone.text.endswith("Je typte: /lobby log gesprek met Podt over nareis")
    assert not worlds.says("alice", "contact C1").ok


@pytest.mark.parametrize("line", ["ongedaan C1", "ongedaan 1", "ongedaan", "undo", "undo c1"])
def test_the_words_for_it(world: World, line: str) -> None:
    world.says("alice", "log gesprek met Podt")
    assert world.says("alice", line).text.startswith("C1 is ongedaan gemaakt")


def test_after_eleven_minutes_it_is_too_late(world: World) -> None:
    receipt = world.says("alice", "log gesprek met Podt")
    world.passes(minutes=11)
    assert world.presses("alice", receipt, "Ongedaan maken").text.startswith("Ongedaan maken kan 10 minuten lang")
    assert world.says("alice", "ongedaan").text == NOTHING
    assert world.says("alice", "contact C1").ok


def test_somebody_else_cannot_and_a_coordinator_can(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt")
    refused = worlds.presses("bob", receipt, "Ongedaan maken")
    assert refused.text == "Dit is van Alice. Alleen Alice of een coördinator kan het ongedaan maken."
    assert worlds.says("bob", "ongedaan").text == NOTHING
    assert worlds.says("carla", "ongedaan").text == NOTHING
    assert worlds.presses("carla", receipt, "Ongedaan maken").ok


def test_twice(world: World) -> None:
    receipt = world.says("alice", "log gesprek met Podt")
    world.presses("alice", receipt, "Ongedaan maken")
    assert world.presses("alice", receipt, "Ongedaan maken").text == "Een contact C1 heb ik niet gevonden."
    assert world.says("alice", "ongedaan").text == NOTHING


def test_a_change_then_the_contact_itself(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt over nareis")
    changed = worlds.presses("alice", worlds.presses("alice", receipt, "Aanpassen"), "Opslaan", agreed="Zij bellen.")
    old = worlds.presses("alice", receipt, "Ongedaan maken")
    assert (old.ok, old.text.split(":")[0]) == (False, "Deze kaart is oud")
    undone = worlds.presses("alice", changed, "Ongedaan maken")
    assert rows(undone) == rows(receipt)
    assert labels(undone) == ["Aanpassen", "Ongedaan maken"]
    assert rows(worlds.says("bob", "contact C1")) == rows(receipt)
    assert worlds.presses("alice", undone, "Ongedaan maken").text.startswith("C1 is ongedaan gemaakt")
    assert worlds.says("alice", "ongedaan").text == NOTHING


def test_the_latest_of_several(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis")
    world.says("alice", "log gesprek met Podt over opvang")
    world.says("bob", "log gesprek met Podt over inburgering")
    assert world.says("alice", "ongedaan").text.startswith("C2 is")
    assert world.says("alice", "ongedaan").text.startswith("C1 is")


def test_a_change_by_somebody_else_is_theirs(world: World) -> None:
    receipt = world.says("alice", "log gesprek met Podt")
    world.presses("bob", world.presses("bob", receipt, "Aanpassen"), "Opslaan", agreed="Zij bellen.")
    assert world.says("alice", "ongedaan C1").text.startswith("Dit is van Bob.")
    assert "Afgesproken" not in rows(world.says("bob", "ongedaan C1"))


def test_no_number_and_nothing_there(world: World) -> None:
    assert world.says("alice", "ongedaan alles").text.startswith("alles is geen nummer van een contact.")
    assert world.says("alice", "ongedaan C7").text == "Een contact C7 heb ik niet gevonden."
    assert world.says("vera", "ongedaan").text.startswith("/lobby ongedaan is er voor een medewerker.")


def test_after_two_members_became_one_their_changes_are_one_persons(worlds: World) -> None:
    """Logged in Teams, linked to Slack within ten minutes: still mine, and what comes back is mine too."""
    on_teams(worlds, "alice", "log gesprek met Podt over nareis")
    worlds.presses("alice", worlds.says("bob", "contact C1"), "Aanpassen")
    code = worlds.says("alice", "koppel").text.split("is ")[1][:9]
    assert "Gekoppeld" in on_teams(worlds, "alice", f"koppel {code}").text
    form = worlds.presses("alice", worlds.says("alice", "contact C1"), "Aanpassen")
    worlds.presses("alice", form, "Opslaan", agreed="Kamervragen", confidential="ja")
    assert "De aanpassing van C1 is ongedaan" in worlds.says("alice", "ongedaan").text
    assert "C1 is ongedaan gemaakt" in worlds.says("alice", "ongedaan").text
