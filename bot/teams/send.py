"""Sending to Teams: within its pace, tried again where that can help, and every failure recorded."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

import structlog
from prometheus_client import Counter

from bot.notsent import NotSent
from bot.teams.pace import Pace
from bot.teams.reference import Reference
from bot.teams.sdk import Adapter, Json

log = structlog.get_logger()
not_sent = Counter("lobby_teams_not_sent", "What Teams did not take, after all tries.", ["what", "why"])

TRIES = 4
LONGEST = 30.0  # seconds that we wait between two tries, whatever Teams asks
REPEATABLE = frozenset({"update", "open", "member", "channels"})  # what says nothing twice when it is done twice
FIRST = 0.5  # seconds before the second try where Teams does not say; doubled each time

Said = TypeVar("Said")


@dataclass
class Sender:
    """Everything the bot says in Teams goes through here. NotSent says what in the end was not taken."""

    adapter: Adapter
    pace: Pace = field(default_factory=Pace)

    async def send(self, where: Reference, activity: Json, reply_to: str = "") -> str:
        """Say something; gives its id. `reply_to`: the message it belongs to."""

        async def send() -> str:
            await self.pace.turn(where.conversation)
            return await self.adapter.send(where, activity, reply_to)

        return await self._try("send", send)

    async def update(self, where: Reference, id: str, activity: Json) -> None:
        """Put something else in the place of a message."""

        async def update() -> None:
            await self.pace.turn(where.conversation)
            await self.adapter.update(where, id, activity)

        await self._try("update", update)

    async def open(self, where: Reference, user: str) -> Reference:
        """The one-to-one conversation with somebody."""
        return await self._try("open", lambda: self.adapter.open(where, user))

    async def member(self, where: Reference, user: str) -> Json:
        """What Teams says of somebody who is there."""
        return await self._try("member", lambda: self.adapter.member(where, user))

    async def channels(self, where: Reference) -> dict[str, str]:
        """id -> name of the channels of a team."""
        return await self._try("channels", lambda: self.adapter.channels(where))

    async def _try(self, what: str, work: Callable[[], Awaitable[Said]]) -> Said:
        wait = FIRST
        for left in reversed(range(TRIES)):
            try:
                return await work()
            except NotSent as trouble:
                again = trouble.again or (trouble.perhaps and what in REPEATABLE)
                if not (left and again) or (trouble.after or 0) > LONGEST:
                    not_sent.labels(what, _kind(trouble.why)).inc()
                    log.warning("teams did not take it", what=what, why=trouble.why, permanent=trouble.permanent)
                    raise
                # not all at the same moment again
                await asyncio.sleep(trouble.after if trouble.after is not None else wait * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
                wait *= 2
        raise AssertionError("the last try either works or raises")


def _kind(why: str) -> str:
    """The status, or what it is about: "429", "no token". The rest may be anything, and a label has few values."""
    return why.partition(" ")[0] if why[:1].isdigit() else why.partition(":")[0]
