"""The same on APScheduler's own jobs: one job per reminder, in its job store of SQLAlchemy, with ten senders."""

import pickle
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import insert

SENDERS = 10
ADDED = 100  # jobs, of which the median is taken
handed: list[float] = []


def send(number: int, seconds: float) -> None:
    """A job: the platform takes the message in so many seconds."""
    handed.append(time.perf_counter())
    time.sleep(seconds)


def row(name: str, jobs: tuple[int, int], seconds: float, idle: float) -> list[str]:
    """The row of the table. `jobs`: (how many wait, how many are due at one moment)."""
    waiting, due = jobs
    handed.clear()
    with _scheduler(waiting) as scheduler:
        added = _added(scheduler)
        before = time.process_time()
        time.sleep(idle)
        cost = (time.process_time() - before) / idle * 100
        moment = datetime.now(UTC) + timedelta(seconds=15)
        for number in range(due):
            scheduler.add_job(send, "date", run_date=moment, args=(number, seconds), misfire_grace_time=None)
        late = (datetime.now(UTC) - moment).total_seconds()  # adding them may take longer than that
        start = time.perf_counter() - late
        end = max(start, time.perf_counter()) + 60
        while len(handed) < due and time.perf_counter() < end:
            time.sleep(0.05)
        last = max(handed, default=end) - max(start, handed[0] if handed else start)
    return [name, f"{added:.2f}", "", f"{last:.2f}", str(due - len(handed)), f"{cost:.2f}"]


def _added(scheduler: Any) -> float:
    found = []
    for number in range(ADDED):
        start = time.perf_counter()
        scheduler.add_job(send, "date", run_date=datetime.now(UTC) + timedelta(days=9), args=(number, 0.0))
        found.append((time.perf_counter() - start) * 1000)
    return sorted(found)[ADDED // 2]


@contextmanager
def _scheduler(waiting: int) -> Iterator[Any]:
    """A scheduler that runs, with so many jobs in its store, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="lobby-bench-") as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{Path(folder) / 'jobs.db'}")
        executors = {"default": ThreadPoolExecutor(SENDERS)}
        scheduler = BackgroundScheduler(jobstores={"default": store}, executors=executors, timezone=UTC)
        scheduler.start(paused=True)
        _fill(scheduler, store, waiting)
        scheduler.resume()
        try:
            yield scheduler
        finally:
            scheduler.shutdown(wait=False)


def _fill(scheduler: Any, store: Any, waiting: int) -> None:
    """By one job's own state, in bulk: adding them one by one takes a quarter of an hour."""
    day = datetime.now(UTC) + timedelta(days=1)
    job = scheduler.add_job(send, "date", run_date=day, args=(0, 0.0), id="first")
    state = job.__getstate__()
    rows = []
    for number in range(waiting - 1):
        at = day + timedelta(minutes=number)
        kept = pickle.dumps({**state, "id": f"job {number}", "next_run_time": at}, pickle.HIGHEST_PROTOCOL)
        rows.append({"id": f"job {number}", "next_run_time": at.timestamp(), "job_state": kept})
    with store.engine.begin() as db:
        db.execute(insert(store.jobs_t), rows)
