"""The door: async stops here. One hop to a thread, and never longer than two seconds without a word."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.run import Run
from handlers import refusals, routes
from handlers.command import Command
from handlers.reply import Reply

PATIENCE = 2.0  # seconds; Slack allows 3 from press to answer, the way there and back included

Bring = Callable[[Reply], Awaitable[None]]
Found = TypeVar("Found")


class Door:
    """Takes commands from every front.

    SQLite has one writer thread: eight of them queue in the database at ten times the tail latency.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self.links = run.links
        self._writers = ThreadPoolExecutor(1 if run.database.is_sqlite else 8, "writer")
        self._readers = ThreadPoolExecutor(4, "reader")
        self._late: set[asyncio.Task[None]] = set()
        self.changed: Callable[[], None] = lambda: None  # called when a command may have changed something

    async def ask(self, command: Command, bring: Bring) -> Reply:
        """The reply; or, when it takes long, *Ik ben ermee bezig*, and then `bring` gets the reply."""
        pool = self._writers if routes.changes(command) else self._readers
        work = asyncio.get_running_loop().run_in_executor(pool, self._run, command)
        if pool is self._writers:
            work.add_done_callback(lambda _: self.changed())
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if done:
            return work.result()
        late = asyncio.create_task(_deliver(work, bring))
        self._late.add(late)
        late.add_done_callback(self._late.discard)
        return refusals.busy(command)

    async def give(self, work: Callable[[], Found]) -> Found:
        """Work of our own that writes: it stands in line with the commands. Gives what came of it."""
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    async def do(self, work: Callable[[], None]) -> None:
        """The same, of which nothing comes."""
        await self.give(work)

    async def read(self, work: Callable[[], Found]) -> Found:
        """Work of our own that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    async def close(self) -> None:
        """Let what is under way finish, and bring its outcome."""
        if self._late:
            await asyncio.wait(self._late, timeout=10)
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)


async def _deliver(work: asyncio.Future[Reply], bring: Bring) -> None:
    await bring(await work)
