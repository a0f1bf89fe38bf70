"""Reading parliament: each source as far as it goes, a few pages at a time, kept before more is asked for."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from threading import Thread
from time import monotonic
from typing import IO, Protocol, Self, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import structlog

from bot.door import Door
from bot.sites import TROUBLES, Consultations, Senate, Write, went_wrong
from handlers.parliament import chamber, consultations, derive, ingest, news, sources
from handlers.problems import Problem
from parliament.eerstekamer import EersteKamer
from parliament.fetch import LOOPBACK, Fetch, SourceDown
from parliament.internetconsultatie import Internetconsultatie
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.odata import OData
from parliament.tweedekamer.syncfeed import SyncFeed
from storage import cursors
from storage.database import Connection, Database, Unavailable

log = structlog.get_logger()

TOGETHER = 1_000  # entities that are kept in one go, when they come fast enough
AT_ONCE = 1.0  # seconds that what has come may wait for more of it
PATIENCE = 2  # kinds in a row that do not come, and the server is taken to be down
REST = timedelta(hours=6)  # between two readings of a site made for people
Done = TypeVar("Done")
Page = tuple[tuple[Entity, ...], str]  # what stands on it, and what is reached with it


@dataclass(frozen=True)
class Sources:
    """Which sources are read, and how.

    addresses  name -> where: tweedekamer or tweedekamer-odata, eerstekamer, internetconsultatie
    since      from when on the large kinds are read, the first time
    pause      seconds between two requests to one server
    """

    addresses: Mapping[str, str]
    since: datetime
    pause: float = 1.0

    @classmethod
    def from_day(cls, addresses: Mapping[str, str], day: date, zone: str, pause: float) -> Self:
        """From the beginning of that day on, on the clock of a zone (IANA name)."""
        return cls(addresses, datetime.combine(day, time(), ZoneInfo(zone)), pause)


class Reader(Protocol):
    """One of the two ways to read the Tweede Kamer."""

    def pages(self, kind: str, reached: str, since: datetime) -> Iterator[Page]: ...


@dataclass
class TweedeKamer:
    """Reads the Tweede Kamer, each kind up to now, and keeps what it reads.

    reader  through which; `source` is the name under which it is written down how far it came
    came    hears of each page: the kind, and how many there were on it
    """

    reader: Reader
    write: Write
    since: datetime
    source: str = ingest.TWEEDE_KAMER
    came: Callable[[str, int], None] = lambda kind, count: None

    def read(self) -> bool:
        """Every kind up to now. False when one of them could not be read: what that was is written down.

        After two in a row that do not come the others are left for the next time: it is the server, not the kind.
        """
        well, down = True, 0
        for kind in KINDS:
            trouble = self._read(kind)
            well, down = well and trouble is None, down + 1 if isinstance(trouble, SourceDown) else 0
            if down == PATIENCE:
                return False
        return well

    def _read(self, kind: str) -> Exception | None:
        """What it ended in; None when it went well."""
        cursor = self.write(lambda db, now: cursors.held(db, self.source, kind))
        try:
            for entities, reached in _gathered(self.reader.pages(kind, cursor.value, self.since)):
                self._keep(kind, entities, reached)
        except TROUBLES as trouble:
            went_wrong(self.write, (self.source, kind), trouble)
            return trouble
        self.write(lambda db, now: ingest.read_to_the_end(db, (self.source, kind), now))
        return None

    def _keep(self, kind: str, entities: tuple[Entity, ...], reached: str) -> None:
        self.write(lambda db, now: ingest.take(db, (self.source, kind), entities, reached, now))
        self.came(kind, len(entities))


def _gathered(pages: Iterator[Page]) -> Iterator[Page]:
    """The same, several as one where they come fast, for each commit waits for the disk; what came is given first."""
    held: list[Page] = []
    since = monotonic()
    try:
        for page in pages:
            held.append(page)
            if sum(len(entities) for entities, _ in held) >= TOGETHER or monotonic() - since > AT_ONCE:
                yield _one(held)
                held, since = [], monotonic()
    except TROUBLES:
        if held:
            yield _one(held)
        raise
    if held:
        yield _one(held)


def _one(pages: Sequence[Page]) -> Page:
    """What stands on them, and what is reached with the last."""
    return tuple(entity for entities, _ in pages for entity in entities), pages[-1][1]


@dataclass
class Parliament:
    """Reads all sources, one after the other, in one thread."""

    sources: Sources
    write: Write
    fetch: Fetch = field(init=False)

    def __post_init__(self) -> None:
        self.fetch = Fetch(self.sources.pause)

    def close(self) -> None:
        """Give the connections back."""
        self.fetch.close()

    def read(self, came: Callable[[str, int], None] = lambda kind, count: None) -> bool:
        """Every source up to now; False when one of them could not be read."""
        return all([self._read(name, address, came) for name, address in self.sources.addresses.items()])

    def _read(self, name: str, address: str, came: Callable[[str, int], None]) -> bool:
        if name in (ingest.TWEEDE_KAMER, ingest.ODATA):
            reader: Reader = (
                SyncFeed(self.fetch, address) if name == ingest.TWEEDE_KAMER else OData(self.fetch, address)
            )
            return TweedeKamer(reader, self.write, self.sources.since, name, came).read()
        if not self._is_due(name, address):
            return True
        if name == consultations.SOURCE:
            return Consultations(Internetconsultatie(self.fetch, address), self.write).read()
        today = self.write(lambda db, now: now).astimezone(self.sources.since.tzinfo).date()
        return Senate(EersteKamer(self.fetch, address), self.write).read(today)

    def _is_due(self, name: str, address: str) -> bool:
        """A site made for people is read a few times a day; one on this machine each time."""
        read = self.write(lambda db, now: (cursors.held(db, name, "").read_at, now))
        return urlsplit(address).hostname in LOOPBACK or read[0] is None or read[1] - read[0] >= REST

    def keep_up(self) -> None:
        """Read what is new, make of it what people know it as, and tell whom it concerns."""
        self.read()
        self.make()
        self.write(news.close_past)
        self.write(sources.watch)

    def make(self) -> None:
        """Make of what was read what people know it as."""
        while self.write(derive.step):
            pass
        self.write(chamber.refresh)


def fill(database: Database, sources: Sources, shown: IO[str]) -> bool:
    """Read all there is, with a line that says how far it is; False when a source could not be read."""
    counted = 0

    def write(work: Callable[[Connection, datetime], Done]) -> Done:
        with database.writing() as db:
            return work(db, datetime.now(UTC))

    def came(kind: str, count: int) -> None:
        nonlocal counted
        counted += count
        shown.write(f"\r{kind:<28} {counted:>9,}" if shown.isatty() else "")

    with closing(Parliament(sources, write)) as reading:
        well = reading.read(came)
        reading.make()
    shown.write(f"\r{counted:,} entities read{' ' * 30}\n")
    return well


class Polling:
    """Keeps up with parliament while the bot runs: a thread of its own reads, the door's threads write."""

    def __init__(self, sources: Sources, database: Database, door: Door, every: timedelta) -> None:
        self.every = every
        self._sources = sources
        self._database = database
        self._door = door
        self._stopped = False

    async def round(self) -> bool:
        """Every source up to now, once; False when another process sees to it. What the database refuses waits."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        try:
            mine = await self._door.give(lambda: self._do(lambda db, now: ingest.turn(db, self.every, now)))
        except Unavailable as trouble:
            log.warning("parliament not kept", trouble=str(trouble).splitlines()[0])
            return False
        if mine:
            # it ends with the process: an answer that does not come must not hold that up
            Thread(target=self._read, args=(loop, ended), name="parliament", daemon=True).start()
            await ended
        return mine

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopped = True

    def _read(self, loop: asyncio.AbstractEventLoop, ended: "asyncio.Future[None]") -> None:
        def write(work: Callable[[Connection, datetime], Done]) -> Done:
            if self._stopped:
                raise CancelledError
            return asyncio.run_coroutine_threadsafe(self._door.give(lambda: self._do(work)), loop).result()

        reading = Parliament(self._sources, write)
        try:
            reading.keep_up()
        except (Unavailable, Problem) as trouble:  # a problem: a colleague changed a task first. It is read again
            log.warning("parliament not kept", trouble=str(trouble).splitlines()[0])
        except CancelledError:
            log.info("parliament no longer read")
        finally:
            reading.close()
            with suppress(RuntimeError):  # the loop is gone, and with it who waited
                loop.call_soon_threadsafe(_end, ended)

    def _do(self, work: Callable[[Connection, datetime], Done]) -> Done:
        with self._database.writing() as db:
            return work(db, datetime.now(UTC))


def _end(waited: "asyncio.Future[None]") -> None:
    if not waited.done():
        waited.set_result(None)
