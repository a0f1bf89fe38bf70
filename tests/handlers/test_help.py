"""Help, made from the table; an unknown verb; English words."""

import pytest

from handlers.command import Role
from handlers.routes import ROUTES
from tests.handlers.shown import labels, rows
from tests.world import World


def test_every_verb_stands_in_the_help(world: World) -> None:
    assert list(rows(world.says("alice", "help"))) == [f"/lobby {route.verb}" for route in ROUTES if route.verb]


def test_a_vrijwilliger_reads_what_they_may_do(world: World) -> None:
    may = [f"/lobby {route.verb}" for route in ROUTES if route.verb and route.role == Role.VRIJWILLIGER]
    assert list(rows(world.says("vera", "help"))) == may
    assert "/lobby log" not in may


@pytest.mark.parametrize("route", [route for route in ROUTES if route.verb], ids=lambda route: route.verb)
def test_help_of_one_verb_is_there_by_each_of_its_words(world: World, route: object) -> None:
    for word in (route.verb, *route.aliases):  # type: ignore[attr-defined]
        told = world.says("alice", f"help /lobby {word}")
        assert told.ok
        assert told.text.startswith(f"/lobby {route.verb}\n")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("lgo", "log"), ("contcat Podt", "contact Podt"), ("zeok nareis", "zoek nareis"), ("serach x", "search x")],
)
def test_an_unknown_verb_gets_the_nearest_one_with_all_that_was_typed(world: World, typed: str, nearest: str) -> None:
    reply = world.says("alice", typed)
    assert not reply.ok
    assert f"Bedoelde je: /lobby {nearest}" in reply.text
    verb = nearest.split(maxsplit=1)[0]
    assert labels(reply) == [f"/lobby {verb}", "/lobby help"]
    assert world.presses("alice", reply, f"/lobby {verb}").text == world.says("alice", nearest).text


def test_nearest_to_help_is_one_button(world: World) -> None:
    assert labels(world.says("alice", "hlep")) == ["/lobby help"]


@pytest.mark.parametrize("typed", ["zeepaardjes", "x" * 4000, "<!channel>", "help zeepaardjes"])
def test_nothing_like_it_gets_the_help(world: World, typed: str) -> None:
    reply = world.says("alice", typed)
    assert (reply.ok, labels(reply)) == (False, ["/lobby help"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.verb or "lobby")
def test_an_alias_does_what_the_verb_does(world: World, route: object) -> None:
    world.says("alice", "log gesprek met Podt")
    verb, aliases = route.verb, route.aliases  # type: ignore[attr-defined]
    if verb in {"log", "koppel", "ongedaan"}:
        text = {"log": "", "koppel": "12", "ongedaan": "C9"}[verb]
    else:
        text = "C1" if verb in {"contact", "geschiedenis"} else ""
    expected = world.asks("alice", verb, text).text
    assert [world.asks("alice", alias, text).text for alias in aliases] == [expected] * len(aliases)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "Hello Alice"),
        ("log meeting with Podt about family reunification, call back on friday", "Recorded as C1"),
        ("contacts Podt", "No contacts found for A. Podt (D66)."),
        ("find nareis", "Dossier gezinshereniging — also: "),
        ("undo", "There is nothing of yours to undo"),
        ("history C1", "I found no contact C1."),
        ("settings", "Settings"),
        ("members", "Members (5)"),
        ("link", "Your code is "),
        ("status", "Status of Lobby"),
        ("help", "What Lobby can do for you"),
        ("dance", "I do not know the word dance."),
        ("log meeting with Podt about BSN 111222333", "This looks like a BSN."),
    ],
)
def test_in_english(world: World, line: str, said: str) -> None:
    world.says("alice", "settings language english")
    assert world.says("alice", line).text.startswith(said)
