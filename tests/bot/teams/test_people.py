"""Who gets in from Teams, and what happens when Teams does not say who somebody is."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.teams import channels, people
from bot.teams.channels import Channels
from bot.teams.incoming import Way, place_of
from bot.teams.people import KEPT, People, Person
from bot.teams.send import Sender
from handlers.command import Place
from tests.bot.teams.connected import asks, where
from tests.servers.teams import LocalTeams

STRANGER, GUEST, UNKNOWN = "teams.stranger", "teams.guest", "teams.unknown"

Find = Callable[[str], Awaitable[Person]]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What both read the time from; the test moves it."""
    now = [1000.0]
    for module in (people, channels):
        monkeypatch.setattr(module, "time", type("Time", (), {"monotonic": staticmethod(lambda: now[0])}))
    return now


def _way(teams: LocalTeams, who: str, place: str = "group") -> Way:
    return Way(where(teams, place), teams.user(who).id, teams.user(who).aad)


def _found(teams: LocalTeams, does: Callable[[Find], Awaitable[Any]]) -> Any:
    """What comes of looking people up."""

    async def ask(sender: Sender) -> Any:
        its = People(sender, frozenset({teams.tenant}))
        return await does(lambda who: its.find(_way(teams, who, "meeting" if who == "anoniem" else "group")))

    return asks(teams, ask)


@pytest.mark.parametrize(
    ("who", "refused"),
    [("alice", ""), ("dirk", ""), ("gast", GUEST), ("vreemde", STRANGER), ("anoniem", STRANGER)],
)
def test_who_gets_in(teams: LocalTeams, who: str, refused: str) -> None:
    found = _found(teams, lambda find: find(who))
    assert found.refused == refused
    if who == "alice":
        assert found == Person(teams.user("alice").aad, "Alice de Wit")
    if who == "anoniem":
        assert teams.asked("member") == 0  # without an id in the directory there is nobody to ask about


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"userRole": "guest"}, GUEST),
        ({"userRole": "Guest"}, GUEST),
        ({"userRole": "anonymous"}, STRANGER),
        ({"userPrincipalName": "x_elders.nl#EXT#@stichting.example"}, GUEST),
        ({"userPrincipalName": "x_elders.nl#ext#@stichting.example"}, GUEST),
        ({"tenantId": "een-andere"}, STRANGER),
        ({"aadObjectId": "iemand-anders"}, STRANGER),
        ({"tenantId": None, "userRole": None, "userPrincipalName": None}, ""),
    ],
)
def test_what_teams_says_of_somebody(
    teams: LocalTeams, said: dict[str, str], refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = teams.user("alice").shown() | said
    monkeypatch.setattr(type(teams.user("alice")), "shown", lambda self: shown)
    assert _found(teams, lambda find: find("alice")).refused == refused


def test_somebody_is_asked_about_once_in_five_minutes(teams: LocalTeams, clock: list[float]) -> None:
    async def story(find: Find) -> list[int]:
        asked = []
        for moved in (0.0, KEPT - 1, 2.0):
            clock[0] += moved
            await find("alice")
            asked.append(teams.asked("member"))
        return asked

    assert _found(teams, story) == [1, 1, 2]


@pytest.mark.parametrize("kind", ["500", "503", "429", "lost_before", "black_hole"])
def test_when_teams_does_not_say_nobody_new_comes_in_but_who_was_known_does(
    teams: LocalTeams, kind: str, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PATIENCE", 0.3)

    async def story(find: Find) -> list[str]:
        before = await find("alice")
        clock[0] += KEPT + 1
        teams.fault("member", kind, 1000)
        after, new = await find("alice"), await find("bob")
        assert before == after
        teams.heal()
        return [new.refused, (await find("bob")).refused]

    assert _found(teams, story) == [UNKNOWN, ""]


def test_who_is_gone_is_a_stranger_from_then_on(
    teams: LocalTeams, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "PATIENCE", 0.3)

    async def story(find: Find) -> list[str]:
        seen = [(await find("alice")).refused]
        clock[0] += KEPT + 1
        teams.conversation("group").members.remove(teams.user("alice").id)
        seen.append((await find("alice")).refused)
        teams.fault("member", "500", 1000)
        return [*seen, (await find("alice")).refused]

    assert _found(teams, story) == ["", STRANGER, UNKNOWN]


# --- channels ---

Name = Callable[[str], Awaitable[str]]


def _named(teams: LocalTeams, does: Callable[[Name], Awaitable[Any]]) -> Any:
    async def ask(sender: Sender) -> Any:
        its = Channels(sender)

        async def name(place: str) -> str:
            there = where(teams, place)
            called = teams.conversation(place).name if there.kind == "groupChat" else ""
            found: Place = await its.named(place_of(there, called or ""), there)
            return found.name

        return await does(name)

    return asks(teams, ask)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("#team-asiel", "#team-asiel"),
        ("#algemeen", "#Algemeen"),
        ("meeting", "Overleg"),
        ("@alice", "Lobby"),
        ("#zonder-bot", "dit gesprek"),
    ],
)
def test_a_place_has_the_name_that_people_know(teams: LocalTeams, place: str, name: str) -> None:
    assert _named(teams, lambda named: named(place)) == name


def test_names_are_asked_once_an_hour_and_sooner_where_one_is_new(teams: LocalTeams, clock: list[float]) -> None:
    async def story(named: Name) -> list[int]:
        asked = []
        for moved in (0.0, channels.KEPT - 1, 2.0):
            clock[0] += moved
            await named("#team-asiel")
            asked.append(teams.asked("team"))
        old = teams.conversation("#team-asiel")
        new = replace(old, id="19:nieuw@thread.tacv2", called="#nieuw", name="nieuw")
        teams.there(teams.state.tenant.add_conversation, new)
        for moved, name in ((0.0, "dit gesprek"), (channels.AGAIN, "#nieuw")):
            clock[0] += moved
            assert await named("#nieuw") == name
            asked.append(teams.asked("team"))
        return asked

    assert _named(teams, story) == [1, 1, 2, 2, 3]


@pytest.mark.parametrize("kind", ["500", "403", "black_hole"])
def test_a_command_does_without_the_name_and_soon_has_it(
    teams: LocalTeams, kind: str, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channels, "PATIENCE", 0.2)

    async def story(named: Name) -> list[str]:
        teams.fault("team", kind, 1000)
        seen = [await named("#team-asiel")]
        teams.heal()
        clock[0] += channels.AGAIN
        return [*seen, await named("#team-asiel")]

    assert _named(teams, story) == ["dit gesprek", "#team-asiel"]
