"""Delivery: claims what is due in the outbox, brings it, and writes down what came of it. Nothing lost, nothing twice.

The same on SQLite and PostgreSQL, whatever the number of processes. docs/reliability.md says what is promised.
"""

import asyncio
import random
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

import structlog
from prometheus_client import Counter

from bot.carrier import Brought, Carrier
from bot.door import Door
from bot.fence import LeaseLost, fenced
from bot.notsent import NotSent
from bot.outcomes import Outcomes
from bot.payload import UNREADABLE
from bot.standby import Turn
from handlers import notices
from handlers.notices import Address
from handlers.problems import Problem
from handlers.tasks.woken import Woken
from storage import outbox, posts
from storage.database import Connection, Database, Unavailable
from storage.outbox import Notice

log = structlog.get_logger()
tries = Counter("lobby_notices", "Notices by what came of a try.", ["what", "outcome"])

LEASE = 30.0  # seconds; longer than any time-out of a request
HASTE = 12.0  # seconds before the end of the lease in which nothing is begun: a request takes no longer
AT_ONCE = 40  # notices under way
CLAIMED = 20  # in one transaction: commands that write wait for it
LOOK = 1.0  # seconds between two looks at what is due
SETTLES = 10.0  # seconds after which what was sent either stands there or never will
SHORTEST, LONGEST = 1.0, 300.0  # seconds before the next try, doubled each time
MOST_TRIES = 60  # some five hours of trying
BROKEN = 5  # tries of what cannot even be put into words


class Job(NamedTuple):
    """A notice that was claimed, what came of waking it, and until when it may be sent (monotonic seconds)."""

    notice: Notice
    woken: Woken
    to: Address
    until: float


@dataclass
class Dispatcher:
    """Brings what is due, by the carriers of the platforms that run here."""

    database: Database
    door: Door
    carriers: Mapping[str, Carrier]
    turn: Turn
    outcomes: Outcomes = field(init=False)
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    _nudged: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.outcomes = Outcomes(self.database, self.door)

    def nudge(self) -> None:
        """Something may be due: look now."""
        self._nudged.set()

    async def run(self) -> None:
        """Until it is cancelled: look, claim, bring. What the database refuses is tried at the next look."""
        while True:
            try:
                if self.turn.ours():
                    await self._look()
            except Unavailable as trouble:
                log.warning("outbox not looked at", trouble=str(trouble).splitlines()[0])
            try:
                async with asyncio.timeout(LOOK):
                    await self._nudged.wait()
            except TimeoutError:
                continue
            self._nudged.clear()

    async def finish(self) -> None:
        """Let what is under way arrive; what does not is left to the next process."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=HASTE)

    async def _look(self) -> None:
        room = min(AT_ONCE - len(self._under_way), CLAIMED)
        soonest = await self.door.read(self._soonest)
        if room <= 0 or soonest is None or soonest > datetime.now(UTC):
            return
        mine = tuple(self._under_way)
        jobs = await self.door.give(lambda: self._claim(room, mine))
        for job in jobs:
            task = asyncio.create_task(self._bring(job))
            self._under_way[job.notice.id] = task
            task.add_done_callback(lambda _, id=job.notice.id: self._came(id))  # type: ignore[misc]  # a default is no argument of a callback
        if jobs:
            self.nudge()  # there may be more

    def _came(self, id: int) -> None:
        task = self._under_way.pop(id)
        if not task.cancelled() and task.exception():
            log.error("notice not finished", id=id, exc_info=task.exception())
        self.nudge()  # the next for the same audience

    def _soonest(self) -> datetime | None:
        with self.database.reading() as db:
            return outbox.soonest(db)

    def _claim(self, most: int, mine: Collection[int]) -> list[Job]:
        """Claim and wake in one transaction: what comes after a notice is planned before the notice leaves."""
        until = time.monotonic() + LEASE - HASTE
        now = datetime.now(UTC)
        with self.database.writing() as db:
            lease = (token_hex(8), now, now + timedelta(seconds=LEASE))
            claimed = outbox.claim(db, lease, most, mine)
            woken = list(filter(None, (self._wake(notice, db, now) for notice in claimed)))
            outbox.reach(db, [(notice.id, to.platform, to.place) for notice, _, to in woken])
        return [Job(notice, one, to, until) for notice, one, to in woken]

    def _wake(self, notice: Notice, db: Connection, now: datetime) -> tuple[Notice, Woken, Address] | None:
        """What is to be said and where; None when it is not to be said, or not now. One that breaks harms no other."""
        try:
            with db.begin_nested():
                woken = notices.wake(notice, db, now)
                if woken.at:
                    outbox.later(db, notice, woken.at, woken.why, nothing_sent=not notice.in_doubt)
                elif woken.reply is None:
                    outbox.drop(db, notice, woken.why, now)
                else:
                    return self._reached(notice, woken, db, now)
        except (Problem, *UNREADABLE) as trouble:
            log.exception("notice not understood", id=notice.id, what=notice.what)
            self._stumble(notice, db, f"{type(trouble).__name__}: {trouble}"[:300], now)
        return None

    def _reached(
        self, notice: Notice, woken: Woken, db: Connection, now: datetime
    ) -> tuple[Notice, Woken, Address] | None:
        to = notices.address(notice, db, self.carriers)
        if to is None:
            self._failed(db, notice, "no_address", now)
            return None
        if notice.in_doubt and not self.carriers[to.platform].can_tell and not notice.again:
            self._failed(db, notice, outbox.IN_DOUBT, now)
            return None
        return replace(notice, platform=to.platform, place=to.place), woken, to

    def _stumble(self, notice: Notice, db: Connection, why: str, now: datetime) -> None:
        if notice.tries >= BROKEN:
            self._failed(db, notice, why, now)
        else:
            outbox.later(db, notice, now + _pause(notice.tries), why, nothing_sent=not notice.in_doubt)

    def _failed(self, db: Connection, notice: Notice, why: str, now: datetime) -> None:
        tries.labels(notice.what, "failed").inc()
        notices.failed(notice, db, why, (now, self.carriers.keys()))

    async def _bring(self, job: Job) -> None:
        notice, carrier = job.notice, self.carriers[job.to.platform]
        try:
            with fenced(job.until):
                brought = await self._said(job, carrier)
        except (LeaseLost, Unavailable) as trouble:  # before anything left
            why = type(trouble).__name__
            await self.outcomes.write(lambda db, now: outbox.later(db, notice, now, why, not notice.in_doubt))
        except NotSent as trouble:
            await self._not_sent(job, carrier, trouble)
        except UNREADABLE as trouble:
            log.exception("notice not understood by its platform", id=notice.id, what=notice.what)
            why = f"{type(trouble).__name__}: {trouble}"[:300]
            await self.outcomes.write(lambda db, now: self._stumble(notice, db, why, now))
        else:
            await self._sent(job, carrier, brought)

    async def _said(self, job: Job, carrier: Carrier) -> Brought:
        notice, reply = job.notice, job.woken.reply
        if reply is None:
            raise AssertionError("what is not to be said is no job")
        if notice.what == "update":
            place, message = notice.place, str(notice.facts["message"])
            await carrier.change(place, message, reply)
            return Brought(place, message)
        if notice.in_doubt and not carrier.can_tell:
            reply = notices.perhaps_twice(reply)
        return await carrier.bring(job.to, reply, notice.key, notice.first_at if notice.in_doubt else None)

    async def _not_sent(self, job: Job, carrier: Carrier, trouble: NotSent) -> None:
        """Never: a person is told. Perhaps: it is in doubt. Not yet: later."""
        notice = job.notice
        outcome = "perhaps" if trouble.perhaps else "refused" if trouble.permanent else "later"
        tries.labels(notice.what, outcome).inc()
        log.warning("notice not brought", id=notice.id, what=notice.what, why=trouble.why, outcome=outcome)
        nothing = not (trouble.perhaps or notice.in_doubt)

        def write(db: Connection, now: datetime) -> bool:
            if trouble.permanent or notice.tries >= MOST_TRIES:
                self._failed(db, notice, trouble.why, now)
                return True
            least = max(trouble.after or 0.0, SETTLES if trouble.perhaps else 0.0)
            pause = max(timedelta(seconds=least), _pause(notice.tries))
            return outbox.later(db, notice, now + pause, trouble.why, nothing)

        if not await self.outcomes.write(write) and trouble.perhaps:
            await self._heal(job, carrier, None)

    async def _sent(self, job: Job, carrier: Carrier, brought: Brought) -> None:
        """Write down that it stands there. When the lease was lost meanwhile another may have brought it too."""
        notice, about = job.notice, job.woken.reply and job.woken.reply.about
        tries.labels(notice.what, "sent").inc()

        def write(db: Connection, now: datetime) -> bool:
            if not outbox.sent(db, notice, brought.message, now):
                return False
            if about:
                here = (job.to.platform, brought.place, brought.message)
                posts.remember(db, posts.Post(about.noun, about.id, *here, about.version))
            return True

        if not await self.outcomes.write(write):
            await self._heal(job, carrier, brought)

    async def _heal(self, job: Job, carrier: Carrier, brought: Brought | None) -> None:
        """Ours came late, or may have (None): when the other one stands too, ours is taken back."""
        end = time.monotonic() + 2 * LEASE
        now = await self._as_it_is(job.notice.id)
        while now and now.state == outbox.WAITING and time.monotonic() < end:
            await asyncio.sleep(LOOK)
            now = await self._as_it_is(job.notice.id)
        if not now or now.state != outbox.SENT or job.notice.what == "update":
            return
        try:
            for one in [brought] if brought else await self._landed(job, carrier):
                if one.message != now.message:
                    log.warning("brought twice, taken back", id=job.notice.id)
                    await carrier.take_back(one.place, one.message)
        except (NotSent, LeaseLost) as trouble:
            log.warning("could not be taken back", id=job.notice.id, trouble=str(trouble))

    async def _landed(self, job: Job, carrier: Carrier) -> Sequence[Brought]:
        """All that stands there of it, once what was under way has arrived; [] where the platform cannot be asked."""
        if not carrier.can_tell or not job.notice.first_at:
            return []
        await asyncio.sleep(SETTLES)
        return await carrier.standing(job.to, job.notice.key, job.notice.first_at)

    async def _as_it_is(self, id: int) -> Notice | None:
        def look(db: Connection, now: datetime) -> Notice | None:
            return outbox.get(db, id)

        return await self.outcomes.write(look)


def _pause(tries: int) -> timedelta:
    """Longer each time, and not all at the same moment again."""
    seconds = min(LONGEST, SHORTEST * 2 ** min(tries - 1, 12))
    return timedelta(seconds=seconds * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
