"""The Hague and the office: a local Tweede Kamer that is read, and a desk at which what it brings is said."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from bot.parliament import Parliament, Sources
from storage.database import Connection
from tests.handlers.tasks.desk import Desk, Said
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import Kamer, LocalKamer

Done = TypeVar("Done")


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

    def reads(self) -> list[Said]:
        """Read what is new, and say what is owed for it."""
        world = self.desk.world

        def write(work: Callable[[Connection, datetime], Done]) -> Done:
            with world.database.writing() as db:
                return work(db, world.now)

        addresses = {"tweedekamer": self.server.syncfeed, "internetconsultatie": self.site.at}
        sources = Sources(addresses, datetime(2025, 1, 1, tzinfo=UTC))
        with closing(Parliament(sources, write)) as reading:
            reading.fetch.patience = 0.01
            reading.keep_up()
        return self.desk.wakes()
