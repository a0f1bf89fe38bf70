"""A dispatcher with its outbox, before a platform that records and misbehaves."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.carrier import Brought
from bot.delivery import Dispatcher
from bot.door import Door
from bot.fence import check
from bot.standby import Turn
from handlers import members
from handlers.notices import Address
from handlers.reply import Reply, Text
from storage import outbox, tasks
from storage.database import Database
from storage.outbox import Notice
from storage.tasks import Task

CHANNEL = "C0TEAM"
Trouble = Exception | None


def said(reply: Reply) -> str:
    """Its texts; the fields of a card are left out."""
    return "\n".join(part.text for part in reply.parts if isinstance(part, Text))


@dataclass
class Recorder:
    """A carrier that keeps a ledger. `troubles` are used up one per try: what happens instead of taking it."""

    can_tell: bool = True
    ledger: list[tuple[str, str, str]] = field(default_factory=list)  # (place, key, words)
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    took_it: bool = False  # what is in trouble is taken all the same
    seconds: float = 0.0

    async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
        for place, known, _ in self.ledger if since and self.can_tell else ():
            if known == key:
                return Brought(place, known)
        await asyncio.sleep(self.seconds)
        check()
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is None or self.took_it:
            self.ledger.append((to.place, key, said(reply)))
        if trouble:
            raise trouble
        return Brought(to.place, key)

    async def change(self, place: str, message: str, reply: Reply) -> None:
        self.changed.append((place, message, reply.text))

    async def standing(self, to: Address, key: str, since: datetime) -> list[Brought]:
        return [Brought(place, self.name_of(key)) for place, known, _ in self.ledger if known == key]

    def name_of(self, key: str) -> str:
        """What it calls a message; another recorder may call its own something else."""
        return key

    async def take_back(self, place: str, message: str) -> None:
        self.taken_back.append(message)

    @property
    def keys(self) -> list[str]:
        return [key for _, key, _ in self.ledger]


@dataclass
class Office:
    """A dispatcher, its outbox, and what it brought."""

    database: Database
    slack: Recorder
    door: Door
    turn: Turn

    def put(self, name: str, **more: object) -> Notice:
        """A card of a task of its own, due now."""
        now = datetime.now(UTC)
        with self.database.writing() as db:
            alice = members.named(db, "Alice")
            assert alice
            given = Task("brief", name, alice.id, alice.id, now.date() + timedelta(days=30), "UTC", now)
            task = tasks.add(db, replace(given, platform="slack", place=CHANNEL))
            place = {} if "member_id" in more else {"platform": "slack", "place": CHANNEL}
            how = {"what": "card", "noun": "task", "row_id": task.id, "due": now} | place | more
            made = Notice(f"card/{name}", **how)  # type: ignore[arg-type]
            assert outbox.put(db, made)
        return made

    def row(self, name: str) -> Notice:
        """How it stands in the outbox."""
        with self.database.reading() as db:
            return next(
                one for number in range(1, 199) if (one := outbox.get(db, number)) and one.key == f"card/{name}"
            )

    async def until(self, done: Callable[[], object], *dispatchers: Dispatcher, seconds: float = 10) -> None:
        """Deliver until it is so."""
        running = [asyncio.create_task(one.run()) for one in dispatchers or (self.dispatcher(),)]
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, self.slack.ledger
            await asyncio.sleep(0.02)
        for one in running:
            one.cancel()
            with suppress(asyncio.CancelledError):
                await one
        for each in dispatchers:
            await each.finish()

    def dispatcher(self, **carriers: Recorder) -> Dispatcher:
        """A process that delivers."""
        return Dispatcher(self.database, self.door, carriers or {"slack": self.slack}, self.turn)

    def settled(self, *names: str) -> Callable[[], bool]:
        return lambda: all(self.row(name).state != outbox.WAITING for name in names)


def runs(work: Awaitable[None]) -> None:
    async def main() -> None:
        await work

    asyncio.run(main())
