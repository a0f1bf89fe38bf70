"""How fast the bot speaks in one conversation: never more than Teams allows, in any window of time."""

import asyncio
from itertools import pairwise
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams import pace
from bot.teams.pace import LIMITS, Pace
from tests.servers.teams_state import PACE

SMALL = ((2, 1.0), (3, 2.5), (5, 10.0))


class Clock:
    """The loop's clock and its sleep, as the pace asks for them; time passes when the test says so."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waited = 0.0

    def get_running_loop(self) -> "Clock":
        """It is its own loop."""
        return self

    def time(self) -> float:
        """Now."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Note what was asked; nobody waits."""
        self.waited = seconds


def _turns(limits: tuple[tuple[int, float], ...], arrivals: list[float]) -> list[tuple[float, float]]:
    """(when it came, when it may be sent) of messages that come so many seconds after each other."""
    clock, made = Clock(), []

    async def all_of_them() -> None:
        its = Pace(limits)
        for gap in arrivals:
            clock.now += gap
            await its.turn("a")
            made.append((clock.now, clock.now + clock.waited))

    with patch.object(pace, "asyncio", clock):
        asyncio.run(all_of_them())
    return made


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 4), max_size=40))
def test_never_more_than_the_limits_in_any_window_and_nobody_waits_for_nothing(gaps: list[float]) -> None:
    turns = _turns(SMALL, gaps)
    sent = [round(at, 9) for _, at in turns]  # a second and a second is not quite two
    assert sent == sorted(sent)
    for number, seconds in SMALL:
        assert all(later - earlier >= seconds - 1e-6 for earlier, later in zip(sent, sent[number:], strict=False))
    for index, (came, at) in enumerate(turns):
        full = [sent[index - number] + seconds for number, seconds in SMALL if index >= number]
        assert at <= max([came, *full]) + 1e-6


def test_the_limits_are_those_of_teams() -> None:
    assert {(int(seconds), number) for number, seconds in LIMITS} == set(PACE)


def test_conversations_do_not_wait_for_each_other() -> None:
    async def two() -> float:
        its = Pace(((1, 60.0),))
        began = asyncio.get_running_loop().time()
        await its.turn("a")
        await its.turn("b")
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(two()) < 1


def test_the_full_pace_of_an_hour() -> None:
    sent = [at for _, at in _turns(LIMITS, [0.0] * 2000)]
    assert all(later >= earlier for earlier, later in pairwise(sent))
    assert [sent[1] - sent[0], sent[7] - sent[0], sent[8] - sent[0], sent[60] - sent[0]] == [0, 1, 2, 30]
    assert sent[1800] - sent[0] == 3600
