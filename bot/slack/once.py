"""The same thing delivered twice while the first is under way, or shortly after: done once.

What was done longer ago, or before a restart, the database knows (storage/commands.py); this saves a second answer.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

KEPT = 5000  # the last so many things

Done = TypeVar("Done")


class Once(Generic[Done]):
    """Remembers what was done by its id."""

    def __init__(self) -> None:
        self._done: OrderedDict[str, asyncio.Future[Done]] = OrderedDict()

    async def do(self, id: str, work: Callable[[], Awaitable[Done]]) -> tuple[Done, bool]:
        """(what came of it, whether this was the first time). A first time that failed does not count."""
        known = self._done.get(id)
        if known is not None:
            return await asyncio.shield(known), False
        task = asyncio.ensure_future(work())
        self._done[id] = task
        if len(self._done) > KEPT:
            self._done.popitem(last=False)
        try:
            return await asyncio.shield(task), True
        except BaseException:
            if task.done():
                self._done.pop(id, None)
            raise
