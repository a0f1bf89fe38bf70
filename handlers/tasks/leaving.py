"""Somebody left: what they had to do goes to who coordinates."""

from dataclasses import replace
from datetime import datetime

from handlers.tasks import owed, people
from handlers.tasks.saving import By, belonging_to, save
from storage import tasks
from storage.database import Connection
from storage.tasks import Task


def hand_over(db: Connection, member_id: int, now: datetime) -> None:
    """All open tasks of a member who no longer comes in get another owner, who is told."""
    for task in tasks.open_of(db, member_id):
        hand_on(db, task, now)


def hand_on(db: Connection, task: Task, now: datetime) -> bool:
    """This one task of somebody who left; False where nobody may take it: then it stays as it is."""
    to = _heir(db, task)
    if to is None:
        return False
    left = task.owner_id
    by = By(left, now)
    anew = replace(belonging_to(task, to, by), unassigned=task.unassigned)
    saved = save(db, task, anew, "vertrokken", by)
    owed.assigned(db, saved, {"left": left}, now)
    return True


def _heir(db: Connection, task: Task) -> int | None:
    """The author when they coordinate, else the first coordinator; of a confidential one who knows of it already."""
    coordinators = people.above(db, task)
    return task.author_id if task.author_id in coordinators else next(iter(coordinators), None)
