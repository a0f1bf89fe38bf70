"""A task is saved: with its history, its plan, and the cards that show it brought up to date."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from pydantic import TypeAdapter

from handlers.problems import Problem
from handlers.tasks import owed
from handlers.tasks.plan import plan, put_next, rungs
from storage import history, tasks
from storage.database import Connection
from storage.tasks import Task

_task = TypeAdapter(Task)


class By(NamedTuple):
    """Who changes it, and when."""

    member_id: int
    at: datetime


def add(db: Connection, task: Task, by: By, action: str = "aangemaakt") -> Task:
    """A new one. Whoever makes it for themselves has accepted it, unless they only keep watch."""
    mine = task.owner_id == by.member_id and not task.unassigned
    saved = tasks.add(db, replace(task, accepted_at=by.at if mine else None))
    _record(db, saved, action, by)
    put_next(db, saved, rungs(db, saved), by.at)
    return saved


def save(db: Connection, before: Task, after: Task, action: str, by: By) -> Task:
    """A new version, unless somebody was there first; another owner, moment, rest or state is another plan."""
    anew = _planned(before) != _planned(after)
    saved = tasks.change(db, replace(after, plan=before.plan + 1) if anew else after)
    if saved is None:
        raise Problem("task.stale", id=before.id)
    _record(db, saved, action, by)
    if anew:
        plan(db, saved, by.at)
    owed.updates(db, saved, by.at)
    if _on_its_card(before) != _on_its_card(saved):
        owed.item_updates(db, saved, by.at)
    return saved


def belonging_to(task: Task, owner: int, by: By) -> Task:
    """The same task, of another owner, who is not reminded of it yet."""
    accepted = by.at if owner == by.member_id else None
    anew = replace(task, owner_id=owner, accepted_at=accepted, alive_at=None, reminded_at=None, rests_until=None)
    anew = replace(anew, unassigned=False)
    return replace(anew, reader_id=None) if owner == task.reader_id else anew


def _planned(task: Task) -> tuple[object, ...]:
    """What its reminders depend on."""
    return task.owner_id, task.due, task.rests_until, task.state


def _on_its_card(task: Task) -> tuple[object, ...]:
    """What the card of its item of parliament shows of it."""
    return task.owner_id, task.unassigned, task.state, task.due


def _record(db: Connection, task: Task, action: str, by: By) -> None:
    row = {"noun": "task", "row_id": task.id, "version": task.version, "action": action, "undoes": None}
    row |= {"member_id": by.member_id, "at": by.at, "state": _task.dump_python(task, mode="json")}
    history.write(db, row)


def state(change: history.Change) -> Task:
    """The task as it stood after a change."""
    return _task.validate_python(dict(change.state))
