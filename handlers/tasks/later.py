"""A task is put off: to another moment, or its reminders rest."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.command import Command
from handlers.doubts import When
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Reply, Text
from handlers.tasks import asking, card, form, owed, people, rhythm
from handlers.tasks.answer import asked, by, end_draft, shown
from handlers.tasks.asking import Question
from handlers.tasks.ladder import in_utc, working_day
from handlers.tasks.saving import save
from handlers.texts import say
from handlers.understanding import moments
from handlers.understanding.markup import as_seen
from storage.database import Connection
from storage.tasks import Task


def put_off(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    """A moment moves the task; without one there is a choice: be reminded later, or another moment."""
    step = command.values.get("step", "")
    if step == "form":
        return form.other_day(command, task)
    if step == "save":
        when = asking.read_when(command.values.get("day", ""), command.values.get("clock", ""), command)
    elif rest:
        said = _moment(command, db, rest)
        found = asking.day_of(command, said, command.values.get("is_day", ""))
        if isinstance(found, Question):
            return asked(command, db, found)
        when = found
    else:
        return _choice(command, task)
    end_draft(command, db, task)
    return _move(command, db, task, when)


def _moment(command: Command, db: Connection, rest: str) -> moments.Moment:
    said = moments.read(re.sub(r"^(?:tot|naar|to)\s+", "", as_seen(rest)), asking.when_asked(command, db))
    if said is None:
        raise Problem("task.no_new_moment", typed=rest[:40])
    return said


def _move(command: Command, db: Connection, task: Task, when: When) -> Reply:
    day, clock = when
    anew = replace(task, day=day, clock=clock, zone=command.zone, rests_until=None)
    asking.in_time(command, db, anew)
    if anew.due == task.due:
        return shown(command, db, task, say(command.language, "task.not_moved"))
    if command.member.id == task.owner_id:
        anew = replace(anew, alive_at=command.asked_at)
    saved = save(db, task, anew, "verplaatst", by(command))
    owed.moved(db, task, saved, by(command))
    language = command.language
    lead = say(language, "task.is_moved", old=card.when(language, task), new=card.when(language, saved))
    return shown(command, db, saved, lead)


def _choice(command: Command, task: Task) -> Reply:
    language = command.language
    buttons = (
        Button(say(language, "task.rest_a_day"), "taak", f"rust T{task.id} morgen"),
        Button(say(language, "task.rest_a_week"), "taak", f"rust T{task.id} week"),
        Button(say(language, "task.other_day"), "taak", f"uitstellen T{task.id}", {"step": "form"}),
    )
    lead = Text(say(language, "task.put_off", title=task.title, due=card.when(language, task)))
    return Reply((lead, Buttons(buttons)), language=language)


def rest(command: Command, db: Connection, task: Task, typed: str) -> Reply:
    """No reminder until the next working morning, or a week on; never past the day it is due."""
    word = typed.lower().removeprefix("over een ").removeprefix("een ").strip()
    if word not in {"", "morgen", "tomorrow", "dag", "day", "week", "a week"}:
        raise NotFound("task.rest_how_long", typed=typed[:40])
    until = _rests_until(command, db, task, 7 if "week" in word else 1)
    alive = command.asked_at if command.member.id == task.owner_id else task.alive_at
    saved = save(db, task, replace(task, rests_until=until, alive_at=alive), "rust", by(command))
    at = card.at(command.language, saved, until)
    if command.member.id == saved.owner_id:
        return shown(command, db, saved, say(command.language, "task.is_resting", at=at))
    owner = people.name(db, saved.owner_id)
    return shown(command, db, saved, say(command.language, "task.owner_rests", owner=owner, at=at))


def _rests_until(command: Command, db: Connection, task: Task, days: int) -> datetime:
    """The morning so many days on, a working day; of a task that is due before then, the morning of its day."""
    hours, today = rhythm.of(db, task.platform, task.place), command.asked_at.astimezone(ZoneInfo(task.zone)).date()
    until = in_utc(working_day(today + timedelta(days=days - 1), 1, hours), hours.at, task.zone)
    if task.due <= command.asked_at:
        return until
    last = min(in_utc(task.day, hours.at, task.zone), task.due - timedelta(hours=1))
    if last <= command.asked_at:
        last = task.due - timedelta(hours=1)
    if last <= command.asked_at:
        raise Problem("task.no_rest_left", due=card.when(command.language, task))
    return min(until, last)
