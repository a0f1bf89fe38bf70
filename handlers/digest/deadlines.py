"""The deadlines in a digest: each on the days on which it is nearer by a step, and when it is too late."""

from datetime import date, timedelta

from handlers import dates
from handlers.digest.wording import short
from handlers.tasks import people, rhythm
from handlers.tasks.ladder import Rhythm, is_working, working_day
from handlers.texts import say
from storage import tasks
from storage.database import Connection
from storage.digests import Digest
from storage.tasks import Task

FAR = 90  # days that are counted, of what is too late


def lines(db: Connection, digest: Digest, day: date, language: str) -> tuple[set[int], list[str]]:
    """(the items of parliament among them, a line for each): of the channel, or of the one person."""
    alone = digest.member_id
    found = tasks.open_of(db, alone) if alone else tasks.open_in(db, digest.platform, digest.place)
    team = rhythm.of(db, digest.platform, digest.place)
    said, about = [], set()
    for task in sorted(found, key=lambda one: (one.day, one.due, one.id)):
        left = _left(day, task.day, team)
        if left is None or (task.confidential and not alone):
            continue
        said.append(_line(db, task, left, language))
        about |= {task.item_id} if task.item_id else set()
    return about, said


def _left(day: date, due: date, team: Rhythm) -> int | None:
    """Working days until the due day where that is a step of the ladder, less than 0 when it is past; None: not told.

    What is too late is told on the first working day after, and then once a week.
    """
    if day <= due:
        return next((step for step in team.steps if working_day(due, -step, team) == day), None)
    monday = day - timedelta(days=day.weekday())
    if day not in (working_day(due, 1, team), working_day(monday - timedelta(days=1), 1, team)):
        return None
    late = range(1, min((day - due).days, FAR) + 1)
    return -max(1, sum(is_working(due + timedelta(days=count), team) for count in late))


def _line(db: Connection, task: Task, left: int, language: str) -> str:
    when = dates.short(language, task.day) + (f" {task.clock:%H:%M}" if task.clock else "")
    near = _near(language, left)
    who = say(language, "digest.nobody") if task.unassigned else people.name(db, task.owner_id)
    return " · ".join(filter(None, (when, f"T{task.id}", short(task.title), task.bill, near, who)))


def _near(language: str, left: int) -> str:
    if not left:
        return say(language, "digest.due")
    if abs(left) == 1:
        return say(language, "digest.late_one" if left < 0 else "digest.left_one")
    return say(language, "digest.late" if left < 0 else "digest.left", count=abs(left))
