"""Playing a day of parliament in the demo: minute by minute, through the same door as what is read from the sources.

How far it came is kept with what it told: a demo that is stopped goes on where it was, and one that was played to its
end begins another day.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Self, TypeVar

import structlog

from bot.delivery import Dispatcher
from bot.demo_day import FACTS, MOMENTS, Day
from bot.webchat.rooms import PLATFORM
from handlers.parliament import consultations, deadlines, derive, ingest
from handlers.problems import Problem
from parliament.item import Consultation
from parliament.tweedekamer.entity import Entity
from storage import cursors, follows, members
from storage.database import Connection, Unavailable
from storage.follows import Follow

log = structlog.get_logger()

SOURCE = "demo"  # apart from the real ones: up to where those were read stays as it is
AUTHOR = "tom"  # who follows for the channels: a coördinator
SOON = timedelta(hours=12)  # a day that was begun longer ago is not gone on with
AGAIN = 1.0  # seconds before what the database refused is tried again
Done = TypeVar("Done")


@dataclass(frozen=True)
class Standing:
    """How far the playing is: the number of the day, how many of its moments were told, and when it began."""

    number: int
    done: int
    began: datetime

    @classmethod
    def read(cls, written: str) -> Self | None:
        """The opposite of `written`; None for nothing."""
        said = json.loads(written) if written else None
        return cls(said["number"], said["done"], datetime.fromisoformat(said["began"])) if said else None

    @property
    def written(self) -> str:
        """As it is kept."""
        return json.dumps({**asdict(self), "began": self.began.isoformat()})


@dataclass
class Play:
    """Plays one day. `minutes`: how long it takes, 0 for all at once; `tell`: hears of each moment as it comes."""

    minutes: float
    tell: Callable[[str], None] = lambda line: None

    async def run(self, dispatcher: Dispatcher) -> None:
        """The day to its end, or until it is cancelled. Only in the process that delivers."""
        while not dispatcher.turn.ours():
            await asyncio.sleep(AGAIN)
        standing = await _write(dispatcher, begin)
        if standing is None:
            log.info("no day is played: this database follows the real parliament")
            return
        day = resumed(standing)
        for index, moment in list(enumerate(MOMENTS))[standing.done :]:
            await asyncio.sleep(self._pause(index))
            if await _write(dispatcher, partial(play, day, index)):
                dispatcher.nudge()
                self.tell(f"{moment.at:%H:%M}  {moment.told}")

    def _pause(self, index: int) -> float:
        """Seconds from the moment before to this one: the whole day takes the minutes."""
        clock = [moment.at.hour * 60 + moment.at.minute for moment in MOMENTS]
        gap = clock[index] - clock[max(0, index - 1)]
        return gap / (clock[-1] - clock[0]) * self.minutes * 60


async def _write(dispatcher: Dispatcher, work: Callable[[Connection, datetime], Done]) -> Done:
    """Work in a transaction of its own, tried until the database takes it."""

    def do() -> Done:
        with dispatcher.database.writing() as db:
            return work(db, datetime.now(UTC))

    while True:
        try:
            return await dispatcher.door.give(do)
        except (Unavailable, Problem) as trouble:  # a problem: somebody in the chat changed a task first
            log.warning("the day does not go on yet", trouble=str(trouble).splitlines()[0])
            await asyncio.sleep(AGAIN)


def begin(db: Connection, now: datetime) -> Standing | None:
    """The day that is to be gone on with, or another; None where the real parliament is read."""
    if cursors.of(db, ingest.TWEEDE_KAMER) or cursors.of(db, ingest.ODATA):
        return None
    cursor = cursors.held(db, SOURCE, "day")
    before = Standing.read(cursor.value)
    if before and before.done < len(MOMENTS) and now - before.began < SOON:
        return before
    if before is None:
        _follow(db, now)
    fresh = Standing(before.number + 1 if before else 0, 0, now.replace(second=0, microsecond=0))
    cursors.move(db, replace(cursor, value=fresh.written))
    return fresh


def _follow(db: Connection, now: datetime) -> None:
    """What the channels want to hear of, as long as nobody says otherwise there."""
    author = members.known_as(db, PLATFORM, AUTHOR)
    for place, wanted in FACTS["follows"].items() if author else ():
        for what, value in wanted:
            follow = Follow(what, value, PLATFORM, place, author_id=author.id if author else 0, created_at=now)
            follows.put(db, follow)
            deadlines.begin(db, follow, now)


def resumed(standing: Standing) -> Day:
    """The day as it stands: what was told before is known again."""
    day = Day(standing.number, standing.began)
    for moment in MOMENTS[: standing.done]:
        day.happens(moment)
    return day


def play(day: Day, index: int, db: Connection, now: datetime) -> bool:
    """Let one moment happen; False when another process let it happen already. All of it is kept, or nothing."""
    cursor = cursors.held(db, SOURCE, "day")
    standing = Standing.read(cursor.value)
    if standing is None or (standing.number, standing.done) != (day.number, index):
        return False
    told = day.happens(MOMENTS[index])
    for kind, those in groupby((one for one in told if isinstance(one, Entity)), key=lambda one: one.kind):
        ingest.take(db, (SOURCE, kind), list(those), "", now)
    for one in told:
        if isinstance(one, Consultation):
            consultations.take(db, one, "", now)
    while derive.step(db, now):
        pass
    cursors.move(db, replace(cursor, value=replace(standing, done=index + 1).written, tried_at=now))
    return True
