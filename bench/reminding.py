"""Reminders among 100,000 that wait: adding one, a morning with 500 due, the cost of waiting. Beside APScheduler."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, MetaData, Table, insert, update

from bench import reminding_peer as peer
from bench.measure import Times
from bot.carrier import Brought
from bot.delivery import Dispatcher
from bot.door import Door
from bot.run import Run
from bot.standby import Turn
from handlers.members import House
from handlers.notices import Address
from handlers.reply import Reply
from handlers.tasks.ladder import Rhythm, working_day
from storage import members as staff
from storage import outbox, tasks
from storage.database import Database
from storage.outbox import Notice
from storage.tasks import Task

WAITING = 100_000
DUE = 500
TIMES = 300
SEND = 0.03  # seconds that a platform takes for one message
IDLE = 20.0  # seconds of waiting of which the cost is taken
COLUMNS = (
    "of 100,000 reminders",
    "add one, ms",
    "/ a plain insert",
    "500 due: handed over, s",
    "lost",
    "idle, % of a core",
)

_plain = Table(
    "bench_plain", MetaData(), *(Column(one.name, one.type, primary_key=one.primary_key) for one in outbox.outbox.c)
)


@dataclass
class Counter:
    """A platform that takes each message in 30 ms, and notes when each was handed to it."""

    can_tell: bool = True
    handed: list[float] = field(default_factory=list)

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        """Take one."""
        self.handed.append(time.perf_counter())
        await asyncio.sleep(SEND)
        return Brought(to.place, key)

    async def change(self, place: str, message: str, reply: Reply) -> None:
        """Nothing is changed here."""

    async def standing(self, to: Address, key: str, since: datetime) -> list[Brought]:
        """Nothing does."""
        return []

    async def take_back(self, place: str, message: str) -> None:
        """Nor taken back."""


def fill(database: Database, now: datetime) -> list[int]:
    """500 members, and 100,000 open tasks of which the next reminder waits; gives the members."""
    with database.writing() as db:
        people = [{"name": f"Lid {n}", "role": 2, "active": True, "created_at": now} for n in range(DUE)]
        owners = list(db.scalars(insert(staff.members).returning(staff.members.c.id), people).all())
        db.execute(
            insert(staff.identities), [{"platform": "slack", "user": f"U{one}", "member_id": one} for one in owners]
        )
        first = int(db.scalar(insert(tasks.tasks).returning(tasks.tasks.c.id), _task(owners[0], now, 0)) or 0)
        db.execute(insert(tasks.tasks), [_task(owners[n % DUE], now, n) for n in range(1, WAITING)])
        rows = [_row(first + n, owners[n % DUE], now + timedelta(days=1 + n % 300)) for n in range(WAITING)]
        db.execute(insert(outbox.outbox), rows)
        _plain.create(db)
        db.execute(insert(_plain), rows)
    return owners


def _task(owner: int, now: datetime, number: int) -> dict[str, Any]:
    """The first 500 are reminded today, ten working days ahead; the others in the year to come."""
    zone = _noon(now)
    today = now.astimezone(ZoneInfo(zone)).date()
    day = working_day(today, 10, Rhythm()) if number < DUE else today + timedelta(days=30 + number % 300)
    made = now - timedelta(days=40)
    one = Task("brief", f"Brief nummer {number}", owner, owner, day, zone, made, platform="slack")
    return {name: getattr(one, name) for name in tasks.tasks.c.keys() if name != "id"}  # noqa: SIM118  # a column collection is no mapping


def _noon(now: datetime) -> str:
    """A zone in which it is about noon: reminders wait for the hours of their team."""
    ahead = 12 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def _row(task: int, owner: int, due: datetime) -> dict[str, Any]:
    made = Notice(f"task/{task}/T-10/1/m{owner}", "rung", "task", task, due, 1, {"rung": "T-10"}, owner, next_at=due)
    return {name: getattr(made, name) for name in outbox.outbox.c.keys() if name != "id"}  # noqa: SIM118


def ours(database: Database, name: str, now: datetime) -> list[str]:
    """The row of our own outbox."""
    owners = fill(database, now)
    added, plain = _adding(database, owners, now)
    idle = asyncio.run(_idle(database))
    handed, lost = asyncio.run(_morning(database))
    ratio = f"{added.median / plain.median:.2f}"
    return [name, f"{added.median:.2f}", ratio, f"{handed:.2f}", str(lost), f"{idle:.2f}"]


def _adding(database: Database, owners: Sequence[int], now: datetime) -> tuple[Times, Times]:
    """Adding one reminder in a transaction of its own, and the same row in a table without anything; by turns."""
    numbers = count(WAITING * 2)

    def reminder() -> None:
        with database.writing() as db:
            outbox.put(
                db, Notice(f"bench/{next(numbers)}", "rung", "task", 1, now + timedelta(days=9), member_id=owners[0])
            )

    def plain() -> None:
        with database.writing() as db:
            db.execute(insert(_plain), _row(next(numbers), owners[0], now + timedelta(days=9)))

    found: list[list[float]] = [[], []]
    for turn in range(-10, TIMES):
        for place, do in enumerate((reminder, plain)):
            start = time.perf_counter()
            do()
            if turn >= 0:
                found[place].append((time.perf_counter() - start) * 1000)
    return Times(sorted(found[0])), Times(sorted(found[1]))


def _dispatcher(database: Database, counter: Counter) -> Dispatcher:
    return Dispatcher(database, Door(Run(database, House())), {"slack": counter}, Turn(database))


async def _idle(database: Database) -> float:
    """Percent of a core that waiting costs."""
    dispatcher = _dispatcher(database, Counter())
    async with _running(dispatcher):
        await asyncio.sleep(2)
        before = time.process_time()
        await asyncio.sleep(IDLE)
        used = time.process_time() - before
    return used / IDLE * 100


async def _morning(database: Database) -> tuple[float, int]:
    """500 reminders at one moment: (seconds until the last was handed to a sender, how many never were)."""
    counter = Counter()
    moment = datetime.now(UTC) + timedelta(seconds=3)
    with database.writing() as db:
        today = update(outbox.outbox).where(outbox.outbox.c.row_id <= DUE, outbox.outbox.c.what == "rung")
        db.execute(today.where(outbox.outbox.c.key.like("task/%")).values(due=moment, next_at=moment))
    async with _running(_dispatcher(database, counter)):
        start = time.perf_counter() + (moment - datetime.now(UTC)).total_seconds()
        end = start + 30
        while len(counter.handed) < DUE and time.perf_counter() < end:
            await asyncio.sleep(0.02)
    return max(counter.handed, default=end) - start, DUE - len(counter.handed)


@asynccontextmanager
async def _running(dispatcher: Dispatcher) -> AsyncIterator[None]:
    """While the dispatcher runs."""
    task = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await dispatcher.finish()
        await dispatcher.door.close()
        dispatcher.turn.give_back()


def theirs() -> list[str]:
    """The row of APScheduler's job store."""
    return peer.row("beside it: APScheduler, one job each, SQLite", (WAITING, DUE), SEND, IDLE)
