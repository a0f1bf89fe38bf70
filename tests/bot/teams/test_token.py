"""The token with which the bot speaks: one at a time, renewed ahead, and asked once for all who wait."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.notsent import NotSent
from bot.teams import token
from bot.teams.token import AHEAD, LEAST, Token
from tests.servers.teams import LocalTeams

LIVES = 3599.0


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock of the token that the test moves."""
    now = [1000.0]
    monkeypatch.setattr(token, "time", type("Time", (), {"monotonic": staticmethod(lambda: now[0])}))
    return now


def _run(teams: LocalTeams, does: Callable[[Token], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await does(Token(teams.login_url, teams.app_id, teams.app_password))

    return asyncio.run(run())


def test_one_token_for_all_who_wait_and_for_who_comes_later(teams: LocalTeams) -> None:
    async def story(held: Token) -> None:
        assert held.header == {}
        teams.fault("token", "slow", seconds=0.1)
        await asyncio.gather(*(held.ready() for _ in range(10)))
        await held.ready()
        assert held.header["Authorization"].removeprefix("Bearer ") in teams.state.tokens

    _run(teams, story)
    assert teams.asked("token") == 1


def test_it_is_renewed_ahead_and_nobody_waits_for_that(teams: LocalTeams, clock: list[float]) -> None:
    async def story(held: Token) -> None:
        await held.ready()
        old = held.header
        clock[0] += LIVES - AHEAD - 1
        await held.ready()
        assert teams.asked("token") == 1
        clock[0] += 2
        teams.fault("token", "slow", seconds=0.2)
        async with asyncio.timeout(0.1):
            await held.ready()
            await held.ready()
        assert held.header == old
        await asyncio.sleep(0.3)
        assert held.header != old

    _run(teams, story)
    assert teams.asked("token") == 2


def test_one_that_still_works_is_used_when_no_new_one_can_be_had(teams: LocalTeams, clock: list[float]) -> None:
    async def story(held: Token) -> None:
        await held.ready()
        teams.fault("token", "503", 1000)
        clock[0] += LIVES - LEAST - 1
        await held.ready()
        await asyncio.sleep(0.1)
        assert held.why.startswith("no token: ")
        clock[0] += 2
        with pytest.raises(NotSent):
            await held.ready()
        teams.heal()
        await held.ready()
        assert held.why == ""

    _run(teams, story)


def test_all_who_wait_for_a_login_that_hangs_wait_once(teams: LocalTeams, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token, "TIMEOUT", 0.2)

    async def story(held: Token) -> float:
        teams.fault("token", "black_hole", 1000)
        began = asyncio.get_running_loop().time()
        came = await asyncio.gather(*(held.ready() for _ in range(10)), return_exceptions=True)
        assert {type(each) for each in came} == {NotSent}
        return asyncio.get_running_loop().time() - began

    assert _run(teams, story) < 0.6
    assert teams.asked("token") == 1


def test_only_the_token_that_was_refused_is_thrown_away(teams: LocalTeams) -> None:
    async def story(held: Token) -> None:
        await held.ready()
        old = held.header["Authorization"]
        held.refused(old)
        await held.ready()
        held.refused(old)  # an answer that comes late
        await held.ready()

    _run(teams, story)
    assert teams.asked("token") == 2


@pytest.mark.parametrize(
    ("changed", "why", "permanent"),
    [
        ({"password": "fout"}, "no token: invalid_client AADSTS7000215", True),
        ({"app_id": "een andere"}, "no token: unauthorized_client AADSTS700016", True),
        ({"login": "/elders"}, "no token: invalid_request AADSTS90002", True),
        ({"login": "/elders/dieper"}, "no token: JSONDecodeError", False),
    ],
)
def test_what_microsoft_refuses_it_says(teams: LocalTeams, changed: dict[str, str], why: str, permanent: bool) -> None:
    login = teams.state.url + changed["login"] if "login" in changed else teams.login_url
    held = Token(login, changed.get("app_id", teams.app_id), changed.get("password", teams.app_password))
    with pytest.raises(NotSent) as caught:
        asyncio.run(held.ready())
    assert (caught.value.why, caught.value.permanent, held.why) == (why, permanent, why)
