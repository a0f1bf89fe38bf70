"""`geschiedenis T12`: who did what to a task and when, and what it changed."""

from handlers import dates
from handlers.command import Command
from handlers.reply import Buttons, Part, Reply, Text
from handlers.tasks import card, people
from handlers.tasks.find import one
from handlers.tasks.saving import state
from handlers.texts import say
from storage import history
from storage.database import Connection
from storage.history import Change
from storage.tasks import Task


def geschiedenis(command: Command, db: Connection, number: int) -> Reply:
    """Every change of this task, oldest first."""
    language = command.language
    task = one(command, db, number)
    parts: list[Part] = [Text(say(language, "task.history", id=number), tone="heading")]
    before: Task | None = None
    for change in history.of(db, "task", number):
        after = state(change)
        parts.append(Text(_sentence(command, db, change, after)))
        open_to = before is not None and all(people.may_see(command.member, each) for each in (before, after))
        changed = _changed(language, db, before, after) if open_to else ""
        if changed:
            parts.append(Text(changed, tone="quiet"))
        before = after
    parts.append(Buttons((card.show(task),)))
    return Reply(tuple(parts), language=language)


def _sentence(command: Command, db: Connection, change: Change, after: Task) -> str:
    when = dates.moment(command.language, change.at, command.zone)
    facts = {"who": people.name(db, change.member_id), "when": when}
    return say(command.language, f"task_did.{change.action}", **facts)


def _changed(language: str, db: Connection, before: Task | None, after: Task) -> str:
    """`Vóór: oud → nieuw`, a line for each field that is another than it was."""
    if before is None:
        return ""
    old, new = (dict(card.fields(language, db, task).rows) for task in (before, after))
    nothing = say(language, "history.nothing")
    labels = dict.fromkeys((*old, *new))
    lines = [
        f"{one}: {old.get(one, nothing)} → {new.get(one, nothing)}" for one in labels if old.get(one) != new.get(one)
    ]
    return "\n".join(lines)
