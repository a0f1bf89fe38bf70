"""A task gets another owner: it is handed over, or handed back."""

import re
from dataclasses import replace

from handlers import called
from handlers.command import Command
from handlers.problems import NotAllowed, Problem
from handlers.reply import Reply
from handlers.tasks import asking, form, owed, people
from handlers.tasks.answer import asked, by, end_draft, shown
from handlers.tasks.asking import Question
from handlers.tasks.saving import belonging_to, save
from handlers.texts import say
from handlers.understanding.markup import as_seen
from storage.contact_lists import Reader, find
from storage.database import Connection
from storage.tasks import Task

_TO = re.compile(r"(?:aan|naar|to)\s+", re.IGNORECASE)


def hand_back(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    """To the author, or to a coordinator when that is the same person or somebody who left."""
    heirs = people.active(db, (task.author_id, *people.above(db, task)), but=(task.owner_id,))
    if not heirs:
        raise NotAllowed("task.nobody_to_return_to")
    back = replace(belonging_to(task, heirs[0], by(command)), unassigned=task.item_id is not None)
    saved = save(db, task, back, "teruggegeven", by(command))
    owed.assigned(db, saved, {"by": command.member.id, "back": True}, command.asked_at)
    if saved.author_id != saved.owner_id:
        owed.told(db, saved, "teruggegeven", by(command), [saved.author_id])
    lead = say(command.language, "task.is_returned", who=people.name(db, saved.owner_id))
    return shown(command, db, saved, lead)


def hand_over(command: Command, db: Connection, task: Task, rest: str) -> Reply:
    """To whoever is named; without a name the form."""
    typed = command.values.get("owner", "").strip() if command.values.get("step") == "save" else rest
    if not typed:
        return form.other_owner(command, task)
    seen = as_seen(typed)
    named = called.kept(db, command.values.get(called.KEY, "")) or called.of(command, db, seen)
    word = _TO.sub("", called.hidden(seen, named), count=1).strip()
    owner = asking.member_of(command, db, word, named, ("owner", command.values.get("is_owner", "")))
    if isinstance(owner, Question):
        return asked(command, db, owner)
    _may_know(db, task, owner)
    end_draft(command, db, task)
    if owner == task.owner_id and not task.unassigned:
        return shown(command, db, task, say(command.language, "task.theirs_already", who=people.name(db, owner)))
    saved = to(command, db, task, owner, task)
    return shown(command, db, saved, say(command.language, "task.is_handed_over", who=people.name(db, owner)))


def to(command: Command, db: Connection, task: Task, owner: int, anew: Task) -> Task:
    """It is theirs now, as `anew` has it; they hear of it, and so do who had it and who gave it."""
    saved = save(db, task, belonging_to(anew, owner, by(command)), "overgedragen", by(command))
    if owner != command.member.id:
        owed.assigned(db, saved, {"by": command.member.id}, command.asked_at)
    others = [each for each in (task.owner_id, task.author_id) if each != owner]
    owed.told(db, saved, "overgedragen", by(command), others)
    return saved


def _may_know(db: Connection, task: Task, owner: int) -> None:
    """Problem: it comes from a confidential contact that is not for them."""
    if not (task.confidential and task.contact_id) or owner in people.named(task):
        return
    if find(db, task.contact_id, Reader(owner), undone=True) is None:
        raise Problem("task.may_not_know", field="owner", who=people.name(db, owner), contact=task.contact_id)
