"""The rhythm of a team: what a coordinator types, what is kept of it, and how it is said back."""

from datetime import date, time

import pytest

from handlers.problems import Problem
from handlers.tasks import rhythm
from handlers.tasks.ladder import Rhythm
from storage import places, recesses
from tests.handlers.shown import filled
from tests.handlers.teams import on_teams
from tests.world import CHANNEL, World

USUAL = "tussen 08:00 en 18:00."


def here(world: World) -> Rhythm:
    """How the tasks of the channel are reminded of."""
    with world.database.reading() as db:
        return rhythm.of(db, CHANNEL.platform, CHANNEL.id)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("10 5 2 1 0", "10 5 2 1 0"),
        ("10, 5, 2, 1 en 0", "10 5 2 1 0"),
        ("T-5, T-1", "5 1"),
        ("0 1 1 20", "20 1 0"),
        ("3", "3"),
        ("standaard", None),
        (" ", None),
    ],
)
def test_a_ladder_that_is_typed(typed: str, kept: str | None) -> None:
    assert rhythm.changed(places.Rhythm("7"), {"ladder": typed}) == places.Rhythm(kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("08:00-18:00 09:00", "08:00-18:00 09:00"),
        ("8-18", "08:00-18:00 09:00"),
        ("8.30 – 17.00, om 10.15", "08:30-17:00 10:15"),
        ("10:00 tot 18:00", "10:00-18:00 10:00"),
        ("10:00 to 18:00 at 11:00", "10:00-18:00 11:00"),
        ("20:00-04:00 03:59", "20:00-04:00 03:59"),
        ("20:00-04:00", "20:00-04:00 20:00"),
        ("0-24", "00:00-00:00 09:00"),
        ("default", None),
    ],
)
def test_hours_that_are_typed(typed: str, kept: str | None) -> None:
    assert rhythm.changed(places.Rhythm(), {"hours": typed}) == places.Rhythm(hours=kept)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("ladder", typed) for typed in ("altijd", "31", "5 -1", "5.5", "1 2 3 4 5 6 7 8 9", "T+1", "², 1", "5 5 x")),
        *(
            ("hours", typed)
            for typed in ("altijd", "8", "08:00", "25-26", "08:61-18:00", "24:30-2", "08:00-18:00 7:00")
        ),
        *(("hours", typed) for typed in ("08:00-18:00 18:00", "20:00-04:00 12:00", "8-18 9 10")),
        *(("recess", typed) for typed in ("soms", "1")),
    ],
)
def test_what_cannot_be_set_says_what_can(name: str, typed: str) -> None:
    with pytest.raises(Problem) as refused:
        rhythm.changed(places.Rhythm(), {name: typed})
    assert (refused.value.key, refused.value.field) == (f"rhythm.{name}_wrong", name)


def test_a_place_that_set_nothing_has_the_default(worlds: World) -> None:
    assert here(worlds) == Rhythm()
    with worlds.database.reading() as db:
        assert rhythm.of(db, "", "") == Rhythm()


def test_a_coordinator_sets_the_ladder(worlds: World) -> None:
    said = worlds.says("carla", "instellingen herinneringen 10 5 2 1 0")
    assert said.text == f"Herinneringen 10, 5, 2, 1 en 0 werkdagen vooraf, om 09:00, {USUAL}"
    worlds.says("carla", "instellingen kanaal herinneringen 5 2")
    assert here(worlds) == Rhythm((5, 2))
    said = worlds.says("carla", "settings reminders 1")
    assert said.text == f"Herinneringen 1 werkdag vooraf, om 09:00, {USUAL}"
    worlds.says("carla", "instellingen herinneringen standaard")
    assert here(worlds) == Rhythm()


def test_a_coordinator_sets_the_hours(world: World) -> None:
    said = world.says("carla", "instellingen uren 09:00-17:00 09:30")
    assert said.text.endswith("vooraf, om 09:30, tussen 09:00 en 17:00.")
    assert here(world) == Rhythm(opens=time(9), closes=time(17), at=time(9, 30))
    assert world.says("carla", "settings hours 0-24").text.endswith("om 09:00, zonder stille uren.")
    world.says("carla", "settings hours default")
    assert here(world) == Rhythm()


def test_a_coordinator_gives_the_recess_off(world: World) -> None:
    summer = (date(2026, 7, 3), date(2026, 8, 31))
    with world.database.writing() as db:
        recesses.replace(db, [{"name": "zomerreces", "first": summer[0], "last": summer[1]}])
    assert here(world).off == ()
    said = world.says("carla", "instellingen reces vrij")
    assert said.text.endswith(f"{USUAL} De weken van reces zijn vrij: die tel ik niet mee.")
    assert here(world) == Rhythm(off=(summer,))
    assert world.says("carla", "settings recess work").text.endswith(USUAL)
    assert here(world) == Rhythm()


def test_one_setting_leaves_the_others(world: World) -> None:
    world.says("carla", "instellingen herinneringen 3 1")
    world.says("carla", "instellingen uren 10-16")
    world.says("carla", "instellingen reces vrij")
    assert (here(world).steps, here(world).opens, here(world).at) == ((3, 1), time(10), time(10))
    assert filled(world.says("carla", "instellingen")) == {
        "ladder": "3, 1",
        "hours": "10:00-16:00 10:00",
        "recess": "vrij",
    }


def test_the_form_sets_all_of_it_and_says_only_what_is_new(world: World) -> None:
    form = world.says("carla", "instellingen")
    same = world.presses("carla", form, "Opslaan")
    assert "Herinneringen" not in same.text
    new = world.presses("carla", form, "Opslaan", ladder="20, 10, 5, 2, 1, 0", hours="", recess="vrij")
    assert "Herinneringen 20, 10, 5, 2, 1 en 0 werkdagen vooraf" in new.text
    assert here(world).steps == (20, 10, 5, 2, 1, 0)
    again = world.presses("carla", world.says("carla", "instellingen"), "Opslaan")
    assert (again.ok, "Herinneringen" in again.text) == (True, False)
    assert here(world).steps == (20, 10, 5, 2, 1, 0)


def test_a_form_with_something_wrong_stores_none_of_it(world: World) -> None:
    form = world.says("carla", "instellingen")
    refused = world.presses("carla", form, "Opslaan", place="en", ladder="5 2", hours="soms")
    assert (refused.ok, list(refused.errors)) == (False, ["hours"])
    assert here(world) == Rhythm()
    assert filled(world.says("carla", "instellingen")) == {}


@pytest.mark.parametrize("topic", ["herinneringen", "uren", "reces"])
def test_a_line_without_a_value_says_what_to_type(world: World, topic: str) -> None:
    refused = world.says("carla", f"instellingen {topic}")
    assert (refused.ok, f"instellingen {topic} " in refused.text) == (False, True)


def test_only_a_coordinator_sets_it_and_only_in_a_channel(world: World) -> None:
    for values in ({"ladder": "5"}, {"hours": "8-18"}, {"recess": "vrij"}):
        assert not world.says("alice", "instellingen", **values).ok
    refused = world.says("alice", "instellingen herinneringen 5 2")
    assert refused.text == "Hoe een team wordt herinnerd, kiest een coördinator, in het kanaal zelf."
    assert not on_teams(world, "carla", "instellingen herinneringen 5 2").ok
    assert here(world) == Rhythm()


def test_it_is_said_in_the_language_of_the_place(world: World) -> None:
    world.says("carla", "instellingen kanaal taal en")
    said = world.says("carla", "settings reminders 5 2 1")
    assert said.text == "Reminders 5, 2, and 1 working days before, at 09:00, between 08:00 and 18:00."
