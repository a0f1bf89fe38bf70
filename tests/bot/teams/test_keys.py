"""The keys of Microsoft: fetched once for all who wait, ahead of need, and asked for again no more than is needed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.teams import keys
from bot.teams.keys import Keys, Unreachable
from tests.servers.teams import LocalTeams


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock of the keys that the test moves: clock[0] += 60."""
    now = [1000.0]
    monkeypatch.setattr(keys, "time", type("Time", (), {"monotonic": staticmethod(lambda: now[0])}))
    return now


def _kid(teams: LocalTeams) -> str:
    return teams.state.keys.current.kid


def _run(teams: LocalTeams, does: Callable[[Keys], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await does(Keys(teams.openid_url))

    return asyncio.run(run())


def test_fetched_once_for_all_who_wait_and_then_known(teams: LocalTeams) -> None:
    async def many(known: Keys) -> None:
        teams.fault("metadata", "slow", seconds=0.1)
        await asyncio.gather(*(known.get(_kid(teams)) for _ in range(10)))
        await known.get(_kid(teams))

    _run(teams, many)
    assert (teams.asked("metadata"), teams.asked("keys")) == (1, 1)


def test_an_unknown_key_is_looked_for_once_a_minute_and_a_new_one_found_at_once(
    teams: LocalTeams, clock: list[float]
) -> None:
    async def story(known: Keys) -> list[int]:
        asked = []
        await known.ahead()
        asked.append(teams.asked("keys"))
        teams.rotate_keys()  # within the minute of the first fetch
        await known.get(_kid(teams))
        asked.append(teams.asked("keys"))
        for moved in (0, 59.0, 1.0):
            clock[0] += moved
            with pytest.raises(PermissionError):
                await known.get("onbekend")
            asked.append(teams.asked("keys"))
        return asked

    assert _run(teams, story) == [1, 2, 2, 2, 3]


@pytest.mark.parametrize("kind", ["503", "404", "black_hole"])
@pytest.mark.parametrize("verb", ["metadata", "keys"])
def test_when_they_cannot_be_had_nobody_can_tell_and_soon_they_are_asked_again(
    teams: LocalTeams, clock: list[float], verb: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "TIMEOUT", 0.1)

    async def story(known: Keys) -> None:
        assert known.why
        teams.fault(verb, kind)
        for _ in range(3):
            with pytest.raises(Unreachable, match="keys cannot be had"):
                await known.get(_kid(teams))
        assert teams.asked("metadata") == 1
        clock[0] += keys.FAILED
        await known.get(_kid(teams))
        assert known.why == ""

    _run(teams, story)


def test_keys_that_are_held_still_work_when_no_new_ones_can_be_had(teams: LocalTeams, clock: list[float]) -> None:
    async def story(known: Keys) -> None:
        await known.ahead()
        teams.fault("metadata", "503", 1000)
        clock[0] += keys.AHEAD + 1
        await known.ahead()
        assert "cannot be had" in known.why
        await known.get(_kid(teams))
        with pytest.raises(Unreachable):
            await known.get("een nieuwe")
        clock[0] += keys.HOLDS - keys.AHEAD
        with pytest.raises(Unreachable):
            await known.get(_kid(teams))

    _run(teams, story)


def test_new_ones_are_fetched_ahead_once_half_their_time_is_over(teams: LocalTeams, clock: list[float]) -> None:
    async def story(known: Keys) -> None:
        for moved, asked in ((0.0, 1), (keys.AHEAD, 1), (1.0, 2), (1.0, 2)):
            clock[0] += moved
            await known.ahead()
            assert teams.asked("keys") == asked

    _run(teams, story)


@pytest.mark.parametrize("endorsements", [("webchat",), ()])
def test_a_key_that_is_not_for_teams_is_none(teams: LocalTeams, endorsements: tuple[str, ...]) -> None:
    other = teams.there(teams.state.keys.endorsed, endorsements)
    with pytest.raises(PermissionError):
        _run(teams, lambda known: known.get(other.kid))


@pytest.mark.parametrize(
    "listed",
    [None, [], "keys", {}, {"keys": None}, {"keys": "abc"}, {"keys": ["abc"]}, {"keys": [{"kty": "RSA", "kid": "a"}]}],
)
def test_a_list_that_cannot_be_read_is_no_list(teams: LocalTeams, listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(teams.state.keys), "document", lambda self: listed)
    with pytest.raises(Unreachable):
        _run(teams, lambda known: known.get("a"))


def test_who_goes_away_does_not_stop_the_fetch_for_the_others(teams: LocalTeams) -> None:
    async def story(known: Keys) -> None:
        teams.fault("metadata", "slow", seconds=0.2)
        first = asyncio.create_task(known.get(_kid(teams)))
        second = asyncio.create_task(known.get(_kid(teams)))
        await asyncio.sleep(0.05)
        first.cancel()
        await second

    _run(teams, story)
    assert teams.asked("metadata") == 1
