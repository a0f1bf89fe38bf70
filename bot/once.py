"""The same thing delivered twice while the first is under way, or later: done once, answered once.

What was done before a restart the database knows: storage/commands.py holds the answers of what changed something,
and here the deliveries that were answered by a message.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import inf
from typing import Generic, TypeVar

import structlog

from bot.door import Door
from storage import commands
from storage.database import Database, Unavailable

log = structlog.get_logger()

KEPT = 5000  # the last so many things
RETRIED = 900.0  # seconds in which a platform may bring again what it brought before we started

Done = TypeVar("Done")


class Once(Generic[Done]):
    """Remembers what was done by its id, for `holds` seconds; without it, as long as there is room."""

    def __init__(self, holds: float = inf) -> None:
        self._holds = holds
        self._done: OrderedDict[str, tuple[float, asyncio.Future[Done]]] = OrderedDict()

    async def do(self, id: str, work: Callable[[], Awaitable[Done]]) -> tuple[Done, bool]:
        """(what came of it, whether this was the first time). A first time that failed does not count."""
        now = time.monotonic()
        began, known = self._done.get(id, (0.0, None))
        if known is not None and (not known.done() or now - began < self._holds):
            return await asyncio.shield(known), False
        task = asyncio.ensure_future(work())
        self._done[id] = (now, task)
        if len(self._done) > KEPT:
            self._done.popitem(last=False)
        try:
            return await asyncio.shield(task), True
        except BaseException:
            if task.done():
                self._done.pop(id, None)
            raise

    def forget(self, id: str) -> None:
        """The next is a first time again."""
        self._done.pop(id, None)


@dataclass
class Answered:
    """Which deliveries were answered by a message, across a restart. After a while none of those come again."""

    platform: str
    database: Database
    door: Door
    _started: float = field(default_factory=time.monotonic)
    _waiting: list[str] = field(default_factory=list)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def before(self, delivery: str) -> bool:
        """Whether the answer to this was brought before we started."""
        if time.monotonic() - self._started > RETRIED:
            return False

        def known() -> bool:
            with self.database.reading() as db:
                return commands.answer(db, self._row(delivery)) is not None

        try:
            return await asyncio.to_thread(known)
        except Unavailable:
            return False  # an answer twice is better than none

    async def now(self, delivery: str) -> None:
        """The answer to this was brought. What comes while others are being written is written together."""
        self._waiting.append(self._row(delivery))
        async with self._one_at_a_time:
            rows, self._waiting = self._waiting, []
            if rows:  # else it was written with those of another
                await self._remember(rows)

    async def _remember(self, rows: Sequence[str]) -> None:
        def write() -> None:
            with self.database.writing() as db:
                for row in rows:
                    if commands.begin(db, row, datetime.now(UTC)) is None:
                        commands.finish(db, row, "brought")

        try:
            await self.door.do(write)
        except Unavailable as trouble:
            log.warning("not remembered that it was answered", rows=len(rows), trouble=str(trouble).splitlines()[0])

    def _row(self, delivery: str) -> str:
        return f"{self.platform}:brought:{delivery}"[:300]
