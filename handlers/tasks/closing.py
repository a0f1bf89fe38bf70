"""A task is closed or opened again: done, withdrawn, reopened."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.tasks import owed, people
from handlers.tasks.saving import By, save
from storage import items, outbox, tasks
from storage.database import Connection
from storage.tasks import Task


def finish(db: Connection, task: Task, by: By) -> Task:
    """It is done: nothing more is said of it but that."""
    saved = save(db, task, replace(task, state=tasks.DONE, done_at=by.at, rests_until=None), "klaar", by)
    owed.told(db, saved, "klaar", by, people.named(saved))
    return saved


def withdraw(db: Connection, task: Task, by: By, action: str = "ingetrokken") -> Task:
    """It need not be done. An owner who never heard of it does not hear of this either."""
    waits = (one for one in outbox.of(db, "task", task.id) if one.what == "assigned")
    unheard = any(one.state == outbox.WAITING and one.token is None for one in waits)
    saved = save(db, task, replace(task, state=tasks.WITHDRAWN, done_at=by.at, rests_until=None), action, by)
    owed.told(db, saved, "ingetrokken", by, [saved.author_id, None if unheard else saved.owner_id])
    return saved


def reopen(db: Connection, task: Task, by: By) -> Task:
    """It is to be done after all; its item of parliament may have moved meanwhile."""
    anew = _in_time(db, replace(task, state=tasks.OPEN, done_at=None, rests_until=None), by.at)
    saved = save(db, task, anew, "heropend", by)
    owed.told(db, saved, "heropend", by, people.named(saved))
    return saved


def _in_time(db: Connection, task: Task, now: datetime) -> Task:
    """The task, due no later than its item of parliament can still be replied to."""
    item = items.get(db, task.item_id) if task.item_id else None
    if item is None or item.due is None or item.is_over(now) or task.due <= item.due:
        return task
    last = item.due.astimezone(ZoneInfo(items.ZONE))
    return replace(task, day=last.date(), clock=last.time(), zone=items.ZONE)
