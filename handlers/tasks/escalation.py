"""Escalation: who else is told when the owner of a task is reminded and not heard of."""

from collections.abc import Sequence
from datetime import datetime

from handlers.tasks import owed, people
from handlers.tasks.ladder import Rung
from storage.database import Connection
from storage.tasks import Task

TO_READER, TO_COORDINATORS = 2, 1  # working days before the due day


def escalate(db: Connection, task: Task, rung: tuple[str, Rung | None], ladder: Sequence[Rung], now: datetime) -> None:
    """Put what others are told when the owner is reminded.

    rung    (name of the one whose time had come first, the one that is said: it stands for all between them)
    """
    first, said = rung
    if said is None:
        return
    names = [one.name for one in ladder]
    begin = names.index(first) if first in names else names.index(said.name)
    stands_for = ladder[min(begin, names.index(said.name)) : names.index(said.name) + 1]
    to: list[int] = []
    if not _is_alive(task):
        if _first_within(TO_READER, ladder) in stands_for:
            to += people.active(db, (task.reader_id,), but=(task.owner_id,))
        if _first_within(TO_COORDINATORS, ladder) in stands_for:
            to += people.above(db, task)
    if said.step < 0:
        to += people.above(db, task)
    owed.escalated(db, task, said.name, dict.fromkeys(to), now)


def _is_alive(task: Task) -> bool:
    """Whether its owner was heard of since they were last reminded, or since it is theirs."""
    return task.alive_at is not None and (task.reminded_at is None or task.alive_at >= task.reminded_at)


def _first_within(step: int, ladder: Sequence[Rung]) -> Rung | None:
    """The rung of that step, or the first smaller one that the task has before it is overdue."""
    return next((one for one in ladder if 0 <= one.step <= step), None)
