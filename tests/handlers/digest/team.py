"""A team that reads its digest: parliament is read, the clock goes on, and what is due is said."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.digest import making
from tests.handlers.parliament.hague import Hague
from tests.handlers.tasks.desk import Said

KINDS = ("digest", "digest_more")


@dataclass
class Team:
    """A channel with a digest."""

    hague: Hague

    @property
    def now(self) -> datetime:
        return self.hague.now

    def makes(self) -> None:
        """What the clock does every twenty seconds."""
        with self.hague.desk.world.database.writing() as db:
            while making.make(db, self.now):
                pass

    def until(self, moment: datetime, step: timedelta = timedelta(minutes=10)) -> list[Said]:
        """Let time pass until then, as the bot lives through it; gives the digests that were said."""
        before = len(self.hague.desk.said)
        while self.now < moment:
            self.hague.desk.world.now = min(moment, self.now + step)
            self.makes()
            self.hague.desk.wakes()
        return [one for one in self.hague.desk.said[before:] if one.what in KINDS]

    def sleeps(self, moment: datetime) -> None:
        """The machine stands still until then."""
        self.hague.desk.world.now = moment
