"""Turns: what a platform brings is asked once and answered once, and the acknowledgement does not wait for long."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, NamedTuple, TypeVar

from bot.once import Answered, Once
from handlers.reply import Reply

DOUBLE = 2.0  # seconds in which a second press is the same click
HURRY = 0.25  # seconds that bringing an answer may hold up the acknowledgement; Slack gives three for all of it

Done = TypeVar("Done")


class Turn(NamedTuple):
    """What came of it, and whether it is still to be brought: not after a double click, nor when it came again."""

    reply: Reply
    first: bool


class Turns:
    """The turns of one platform."""

    def __init__(self, answered: Answered) -> None:
        self._answered = answered
        self._asked: Once[Reply] = Once(DOUBLE)
        self._delivered: Once[tuple[Reply, bool]] = Once()
        self._under_way: set[asyncio.Task[Any]] = set()

    async def ask(self, id: str, delivery: str, work: Callable[[], Awaitable[Reply]]) -> Turn:
        """Ask it once.

        id        the same for a second click of one button
        delivery  the same only when the platform brings the very same once more
        """

        async def ask() -> tuple[Reply, bool]:
            return await self._asked.do(id, work)

        (reply, alone), first = await self._delivered.do(delivery, ask)
        return Turn(reply, alone and first)

    async def bring(self, delivery: str, work: Callable[[], Awaitable[None]]) -> None:
        """Bring an answer, unless it was brought before a restart."""

        async def bring() -> None:
            if not await self._answered.before(delivery):
                await work()
                await self._answered.now(delivery)

        await self.hurry(bring())

    def forget(self, delivery: str) -> None:
        """It may come anew, and is then another."""
        self._delivered.forget(delivery)

    async def hurry(self, work: Coroutine[Any, Any, None]) -> None:
        """Work that goes on after the acknowledgement where it takes long: messages stand a second apart."""
        await asyncio.wait({self.go_on(work)}, timeout=HURRY)

    def go_on(self, work: Coroutine[Any, Any, Done]) -> asyncio.Task[Done]:
        """Work that nobody waits for; it is finished before the process stops."""
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def finish(self) -> None:
        """Let the answers that are under way arrive."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=10)
