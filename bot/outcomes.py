"""Outcomes: what came of each try is written down, all that came at the same time in one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from bot.door import Door
from bot.payload import UNREADABLE
from storage.database import Connection, Database, Unavailable

Done = TypeVar("Done")
Work = Callable[[Connection, datetime], Done]

log = structlog.get_logger()

BREAKS = (*UNREADABLE, SQLAlchemyError)  # what a work can run into
AGAIN = 0.5  # seconds until what the database refused is written again


class _Outcome(NamedTuple):
    work: Work[Any]
    done: asyncio.Future[Any]


@dataclass
class Outcomes:
    """Writes outcomes, however long the database refuses: they are known here alone."""

    database: Database
    door: Door
    _waiting: list[_Outcome] = field(default_factory=list)
    _under_way: list[_Outcome] = field(default_factory=list)
    _writer: asyncio.Task[None] | None = None

    async def write(self, work: Work[Done]) -> Done:
        """Gives what came of the work, once it is stored."""
        done: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Outcome(work, done))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
            self._writer.add_done_callback(self._ended)
        return await done

    def _ended(self, writer: asyncio.Task[None]) -> None:
        """When it broke, nobody waits for it in vain."""
        if self._writer is writer and not writer.cancelled() and (trouble := writer.exception()):
            self._writer = None
            left, self._waiting = (*self._under_way, *self._waiting), []
            for one in left:
                _settle(one.done, trouble)

    async def _write_all(self) -> None:
        while self._waiting:
            together = self._under_way = self._waiting
            self._waiting = []
            try:
                came = await self._stored([one.work for one in together])
            except Unavailable as trouble:
                log.warning("outcomes not written yet", trouble=str(trouble).splitlines()[0])
                self._waiting[:0] = together
                await asyncio.sleep(AGAIN)
            else:
                for one, found in zip(together, came, strict=True):
                    _settle(one.done, found)
        self._writer = None  # at once: who writes before the task is seen to have ended needs another

    async def _stored(self, works: Sequence[Work[Any]]) -> Sequence[Any]:
        """What came of each, or what broke."""
        try:
            return await self.door.give(lambda: self._store(works, _do))
        except Unavailable:
            raise
        except BREAKS:  # one of them, and with it the transaction
            return await self.door.give(lambda: self._store(works, _do_apart))

    def _store(self, works: Sequence[Work[Any]], do: Callable[[Connection, Work[Any]], Any]) -> list[Any]:
        with self.database.writing() as db:
            return [do(db, work) for work in works]


def _do(db: Connection, work: Work[Any]) -> Any:
    return work(db, datetime.now(UTC))


def _do_apart(db: Connection, work: Work[Any]) -> Any:
    """What came of it, or what broke: that harms no other."""
    try:
        with db.begin_nested():
            return _do(db, work)
    except (OperationalError, InterfaceError):  # the database, not the work
        raise
    except BREAKS as trouble:
        return trouble


def _settle(done: asyncio.Future[Any], found: Any) -> None:
    if done.done():  # who asked for it is gone
        return
    if isinstance(found, BaseException):
        done.set_exception(found)
    else:
        done.set_result(found)
