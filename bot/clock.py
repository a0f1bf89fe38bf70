"""The table of periodic jobs."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.door import Door
from bot.web import Front
from storage import commands, drafts
from storage.database import Database

KEPT = timedelta(hours=24)  # commands and drafts


def start(database: Database, door: Door, fronts: Sequence[Front]) -> AsyncIOScheduler:
    """Start the jobs on the running loop. A job that was missed while the machine slept runs once on waking."""

    async def purge() -> None:
        await door.do(lambda: forget(database, datetime.now(UTC)))

    async def check() -> None:
        for front in fronts:
            await front.check()

    jobs: tuple[tuple[Callable[[], Awaitable[None]], timedelta], ...] = (
        (purge, timedelta(minutes=15)),
        (check, timedelta(minutes=5)),
    )
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None})
    for job, every in jobs:
        scheduler.add_job(job, "interval", seconds=every.total_seconds(), next_run_time=datetime.now(UTC))
    scheduler.start()
    return scheduler


def forget(database: Database, now: datetime) -> None:
    """Commands and drafts of more than 24 hours ago are gone."""
    with database.writing() as db:
        commands.purge(db, now - KEPT)
        drafts.purge(db, now - KEPT)
