"""The table of periodic jobs."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import structlog
from aiohttp import web
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import web as server
from bot.delivery import Dispatcher
from bot.parliament import Polling
from handlers import notices
from handlers.digest import making
from handlers.parliament import news
from handlers.problems import Problem
from handlers.tasks import weekly
from storage import changes, commands, digests, drafts, outbox
from storage.database import Database, Unavailable

log = structlog.get_logger()

KEPT = timedelta(hours=24)  # commands and drafts
TOLD = timedelta(days=60)  # what a digest said, and the changes that it was told of
DIGESTS = timedelta(seconds=20)  # between two looks at which are due


Job = Callable[[], Awaitable[None]]


def start(app: web.Application, dispatcher: Dispatcher, polling: Polling | None) -> AsyncIOScheduler:
    """Start the jobs on the running loop. A job that was missed while the machine slept runs once on waking.

    What is to be sent at a moment is no job: it waits in the outbox, which the dispatcher looks at every second.
    """
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
    for job, every in (*_ours(app, dispatcher), *_parliament(dispatcher, polling)):
        scheduler.add_job(job, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler


def _ours(app: web.Application, dispatcher: Dispatcher) -> tuple[tuple[Job, timedelta], ...]:
    """What is to be done now and then whatever the outside world does."""

    async def purge() -> None:
        await _write(dispatcher, forget)

    async def check() -> None:
        for front in app[server.FRONTS]:
            await front.check()

    async def lists() -> None:
        await _write(dispatcher, plan_lists)

    async def promises() -> None:
        if dispatcher.turn.ours():
            await app[server.PROMISES].check(dispatcher.door)

    return (
        (purge, timedelta(minutes=15)),
        (check, timedelta(minutes=5)),
        (lists, timedelta(hours=1)),
        (_in_turn(dispatcher, close_past), timedelta(minutes=15)),
        (_in_turn(dispatcher, make_digests), DIGESTS),
        (promises, timedelta(minutes=5)),
    )


def _in_turn(dispatcher: Dispatcher, work: Callable[[Database, datetime], None]) -> Job:
    """The work, by the process whose turn it is."""

    async def job() -> None:
        if dispatcher.turn.ours():
            await _write(dispatcher, work)

    return job


async def _write(dispatcher: Dispatcher, work: Callable[[Database, datetime], None]) -> None:
    try:
        await dispatcher.door.do(lambda: work(dispatcher.database, datetime.now(UTC)))
    except (Unavailable, Problem) as trouble:  # the next time, then: perhaps a colleague was there first
        log.warning("job not done", job=work.__name__, trouble=str(trouble).splitlines()[0])


def _parliament(dispatcher: Dispatcher, polling: Polling | None) -> tuple[tuple[Job, timedelta], ...]:
    """Keeping up with parliament, where that is wanted."""
    if polling is None:
        return ()
    following = polling

    async def parliament() -> None:
        if dispatcher.turn.ours() and await following.round():
            dispatcher.nudge()

    return ((parliament, following.every),)


def forget(database: Database, now: datetime) -> None:
    """Commands and drafts of more than 24 hours ago are gone, and what was sent or said in a digest long ago."""
    with database.writing() as db:
        commands.purge(db, now - KEPT)
        drafts.purge(db, now - KEPT)
        outbox.purge(db, now - notices.KEPT)
        changes.purge(db, now - TOLD)
        digests.purge(db, (now - TOLD).date())


def plan_lists(database: Database, now: datetime) -> None:
    """The weekly list of what is long overdue waits in the outbox, ahead of its moment."""
    with database.writing() as db:
        weekly.plan(db, now)


def make_digests(database: Database, now: datetime) -> None:
    """Every digest that is due by now is made and waits in the outbox; some in each transaction."""
    more = True
    while more:
        with database.writing() as db:
            more = making.make(db, now)


def close_past(database: Database, now: datetime) -> None:
    """What could be replied to until now is closed, whether or not parliament is read."""
    with database.writing() as db:
        news.close_past(db, now)
