"""*Wijs toe*: a consultation gets somebody who replies to it: its deadline here becomes theirs."""

from dataclasses import replace
from typing import NamedTuple

from handlers import called
from handlers.command import Command
from handlers.doubts import When
from handlers.parliament import consultation_card, deadlines
from handlers.parliament.deadlines import Place
from handlers.problems import NotAllowed, Problem
from handlers.reply import Field, Reply
from handlers.tasks import asking, handing, people, typed
from handlers.tasks.asking import Question
from handlers.tasks.saving import By
from handlers.texts import say
from handlers.understanding.markup import as_seen
from storage import follows, items
from storage import members as staff
from storage.database import Connection
from storage.follows import Follow
from storage.items import CONSULTATION, Item
from storage.tasks import Task


class _Given(NamedTuple):
    """Who replies, before when; None where that is still to be said."""

    owner: int | None = None
    when: When | None = None


def assign(command: Command, db: Connection, item: Item, rest: str) -> Reply:
    """`consultatie toewijzen K12 aan Bob [vóór 10 december]`; without a name, or with two of them, the form."""
    place = _place(command, item)
    standing = _may_be_given(command, db, item, place)
    given = _given(command, db, rest)
    if given.owner is None or not (given.when or item.due):
        return consultation_card.form(command, item, "toewijzen", _fields(command, db, item, given))
    task = standing if standing and standing.is_open else _made(command, db, item, place, given)
    name = people.name(db, given.owner)
    if given.owner == task.owner_id and not task.unassigned:
        return consultation_card.done(command, db, item, say(command.language, "task.theirs_already", who=name))
    anew = _before(command, item, task, given.when)
    asking.in_time(command, db, anew)
    handing.to(command, db, task, given.owner, anew)
    lead = say(command.language, "consultation.given", who=name, id=task.id)
    return consultation_card.done(command, db, items.get(db, item.id) or item, lead)


def _place(command: Command, item: Item) -> Place:
    """The channel in which it is given; a confidential one is given in none."""
    here = command.place
    return (here.platform, here.id) if here.kind == "channel" and item.noun == CONSULTATION else ("", "")


def _may_be_given(command: Command, db: Connection, item: Item, place: Place) -> Task | None:
    """Its task here, however that stands. Problem: it is too late, done already, or somebody else's."""
    if item.state != items.OPEN or item.is_over(command.asked_at):
        raise NotAllowed("consultation.is_over")
    if deadlines.reply_day(db, item):
        raise NotAllowed("consultation.is_replied")
    standing = deadlines.of(db, item, place)
    if standing and standing.is_open and not people.may_change(command.member, standing):
        raise NotAllowed("task.may_not", who=people.name(db, standing.owner_id))
    return standing


def _given(command: Command, db: Connection, rest: str) -> _Given:
    """What was filled in or typed; what can be meant in two ways is asked in the form."""
    step = command.values.get("step")
    if step == "save":
        owner, filled = (command.values.get(name, "").strip() for name in ("owner", "day"))
        if not owner:
            raise Problem("task.no_owner", field="owner")
        when = asking.read_when(filled, "", command) if filled else None
        return _Given(asking.one_member(command, db, owner, "owner"), when)
    if step == "form" or not rest:
        return _Given()
    seen = as_seen(rest)
    named = called.of(command, db, seen)
    asked, known = asking.when_asked(command, db), lambda name: bool(staff.called(db, name))
    said = typed.read(seen, called.hidden(seen, named), asked, known, deadlines.KINDS[CONSULTATION])
    found = asking.member_of(command, db, said.who or said.title, named, ("owner", ""))
    day = asking.day_of(command, said.moment, "") if said.moment else None
    if isinstance(found, Question) or isinstance(day, Question):
        return _Given()
    return _Given(found, day)


def _fields(command: Command, db: Connection, item: Item, given: _Given) -> tuple[Field, ...]:
    language = command.language
    day = given.when[0] if given.when else item.day
    return (
        Field("owner", say(language, "task.owner"), "line", people.name(db, given.owner), (), required=True,
              hint=say(language, "task.hint_owner")),
        Field("day", say(language, "task.day"), "date", day.isoformat() if day else "", required=True,
              hint=say(language, "consultation.hint_day")),
    )  # fmt: skip


def _made(command: Command, db: Connection, item: Item, place: Place, given: _Given) -> Task:
    """The task of one that was nothing to us until now; from now on the channel follows it."""
    by = By(command.member.id, command.asked_at)
    dated = item if item.due or given.when is None else replace(item, day=given.when[0])
    if place[1]:
        here = Follow("consultatie", f"K{item.id}", *place, author_id=by.member_id, created_at=by.at)
        follows.put(db, here)
    task = deadlines.taken_up(db, dated, place, by)
    if task is None:
        raise Problem("task.nobody_to_return_to")
    return task


def _before(command: Command, item: Item, task: Task, when: When | None) -> Task:
    """The task with the day before which it is to be done; of the last day all of it."""
    if when is None or (when[0] == item.day and when[1] is None):
        return task
    return replace(task, day=when[0], clock=when[1], zone=command.zone)
