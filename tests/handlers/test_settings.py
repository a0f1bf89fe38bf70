"""`instellingen`: the language of a person and of a place; that of the place goes first."""

import pytest

from tests.handlers.shown import filled
from tests.handlers.teams import on_teams
from tests.world import World


@pytest.mark.parametrize(
    "line", ["instellingen taal en", "instellingen en", "settings language english", "instellingen engels"]
)
def test_a_person_chooses_a_language(world: World, line: str) -> None:
    assert world.says("alice", line).text == "I answer you in the language you chose from now on."
    assert world.says("alice", "").text.startswith("Hello Alice")
    assert world.says("bob", "").text.startswith("Dag Bob")


def test_a_place_goes_before_a_person(worlds: World) -> None:
    worlds.says("alice", "instellingen taal en")
    assert (
        worlds.says("carla", "instellingen kanaal taal nl").text == "In #team-asiel antwoord ik voortaan in deze taal."
    )
    assert worlds.says("alice", "").text.startswith("Dag Alice")
    assert worlds.says("alice", "instellingen taal en").text.startswith("Je keuze is bewaard. In #team-asiel geldt")
    form = worlds.says("carla", "instellingen")
    freed = worlds.presses("carla", form, "Opslaan", place="")
    assert freed.text.startswith("In #team-asiel krijgt ieder antwoord in de eigen taal.")
    assert worlds.says("alice", "").text.startswith("Hello Alice")


def test_the_language_of_a_place_ends_at_its_door(world: World) -> None:
    world.says("carla", "instellingen kanaal taal en")
    assert world.says("alice", "").text.startswith("Hello")
    assert on_teams(world, "alice", "").text.startswith("Dag")


def test_the_form_holds_what_was_chosen(world: World) -> None:
    world.says("carla", "instellingen kanaal taal en")
    world.says("carla", "instellingen taal nl")
    assert filled(world.says("carla", "instellingen")) == {"person": "nl", "place": "en"}


def test_only_a_coordinator_rules_a_place_and_only_there(world: World) -> None:
    form = world.says("alice", "instellingen").form
    assert form
    assert [field.name for field in form.fields] == ["person"]
    refused = world.says("alice", "instellingen", place="en")
    assert refused.text == "De taal van een kanaal kiest een coördinator, in dat kanaal zelf."
    assert world.says("alice", "").text.startswith("Dag")
    assert not on_teams(world, "carla", "instellingen kanaal taal en").ok


def test_the_default_can_be_chosen_again(world: World) -> None:
    world.says("alice", "instellingen taal en")
    assert world.presses("alice", world.says("alice", "instellingen"), "Save", person="").text.startswith("Ik antwoord")
    assert world.says("alice", "").text.startswith("Dag Alice")


@pytest.mark.parametrize("line", ["instellingen taal frans", "instellingen kanaal taal klingon", "instellingen kanaal"])
def test_a_language_we_do_not_speak(world: World, line: str) -> None:
    refused = world.says("carla", line)
    assert (refused.ok, refused.text.endswith("spreek ik niet. Kies nl of en.")) == (False, True)
