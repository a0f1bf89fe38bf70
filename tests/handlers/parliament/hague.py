"""The Hague and the office: a local Tweede Kamer that is read, and a desk at which what it brings is said."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from bot.parliament import Parliament, Sources
from handlers.parliament import news
from storage import tasks
from storage.database import Connection
from storage.tasks import Task
from tests.handlers.tasks.desk import Desk, Said
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import Kamer, LocalKamer

Done = TypeVar("Done")

NAREIS = "Besluit nareis en gezinshereniging"


@dataclass
class Hague:
    """Both together."""

    desk: Desk
    server: LocalKamer
    site: LocalConsultations

    @property
    def kamer(self) -> Kamer:
        return self.server.kamer

    @property
    def now(self) -> datetime:
        return self.desk.world.now

    def tasks(self) -> list[Task]:
        """All there are."""
        with self.desk.world.database.reading() as db:
            return [one for number in range(1, 12) if (one := tasks.get(db, number))]

    def only_task(self) -> Task:
        """The one there is."""
        (one,) = self.tasks()
        return one

    def until(self, day: int, hour: int = 9, what: str = "", month: int = 12) -> list[Said]:
        """Let time pass until that hour (UTC) of that day of December, or of another month of that winter."""
        year = 2026 if month >= 11 else 2027
        return self.desk.until(datetime(year, month, day, hour, tzinfo=UTC), what)

    def closes_past(self) -> list[Said]:
        """What the clock does now and then, read or not."""
        with self.desk.world.database.writing() as db:
            news.close_past(db, self.now)
        return [one for one in self.desk.wakes() if one.what != "update"]

    def reads(self) -> list[Said]:
        """Read what is new, and say what is owed for it."""
        self.reads_quietly()
        return self.desk.wakes()

    def reads_quietly(self) -> None:
        """Read what is new; nothing is said yet."""
        world = self.desk.world

        def write(work: Callable[[Connection, datetime], Done]) -> Done:
            with world.database.writing() as db:
                return work(db, world.now)

        addresses = {"tweedekamer": self.server.syncfeed, "internetconsultatie": self.site.at}
        sources = Sources(addresses, datetime(2025, 1, 1, tzinfo=UTC))
        with closing(Parliament(sources, write)) as reading:
            reading.fetch.patience = 0.01
            reading.keep_up()
