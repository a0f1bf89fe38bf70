"""A task is closed or opened again: done, withdrawn, reopened."""

from dataclasses import replace

from handlers.tasks import owed, people
from handlers.tasks.saving import By, save
from storage import outbox, tasks
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
    """It is to be done after all."""
    anew = replace(task, state=tasks.OPEN, done_at=None, rests_until=None)
    saved = save(db, task, anew, "heropend", by)
    owed.told(db, saved, "heropend", by, people.named(saved))
    return saved
