"""The plan of a task: of all its reminders only the next stands in the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.tasks import rhythm
from handlers.tasks.ladder import Rhythm, Rung, ladder
from storage import history, outbox, tasks
from storage.database import Connection
from storage.outbox import Notice
from storage.tasks import Task

REST = "rust"  # the reminder with which a rest ends


def plan(db: Connection, task: Task, now: datetime) -> None:
    """What was planned is no longer to be said; the next reminder is put, or the one with which its rest ends.

    Of a task that is closed nothing more is said.
    """
    outbox.supersede(db, "task", task.id, ["rung"] if task.is_open else ["rung", "escalated", "assigned", "moved"], now)
    if not task.is_open:
        return
    if task.rests_until and task.rests_until > now:
        _put(db, task, REST, task.rests_until)
    else:
        put_next(db, task, rungs(db, task), now)


def put_next(db: Connection, task: Task, ladder: Sequence[Rung], now: datetime) -> None:
    """The first reminder of its ladder after `now` that was not put before."""
    for rung in ladder:
        if rung.at > now and _put(db, task, rung.name, rung.at):
            return


def _put(db: Connection, task: Task, name: str, at: datetime) -> bool:
    facts: Mapping[str, Any] = {"rung": name}
    key = f"task/{task.id}/{name}/{task.plan}/m{task.owner_id}"
    return outbox.put(db, Notice(key, "rung", "task", task.id, at, task.plan, facts, task.owner_id))


def rungs(db: Connection, task: Task, hours: Rhythm | None = None) -> tuple[Rung, ...]:
    """All reminders of the present plan, the earliest first. `hours`: those of its place, where they were read."""
    return ladder(task, hours or rhythm.of(db, task.platform, task.place), _since(db, task))


def _since(db: Connection, task: Task) -> datetime:
    """When the present plan was made."""
    since, made = task.created_at, 1
    for change in history.of(db, "task", task.id) if task.plan > 1 else ():
        if made < change.state["plan"] <= task.plan:
            since, made = change.at, change.state["plan"]
    return since


def everything_in(db: Connection, platform: str, place: str, now: datetime) -> None:
    """Another ladder or other hours hold in a place from now on: its open tasks are planned anew."""
    for task in tasks.open_in(db, platform, place):
        anew = tasks.plan_anew(db, task)
        plan(db, anew, now)
