"""`taken`: what is to be done, by me or by the team, ten at a time; what is too late."""

from dataclasses import replace

from handlers.command import Command, Role
from handlers.problems import Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks import card
from handlers.texts import say
from storage import tasks
from storage.database import Connection
from storage.tasks import Task, Wanted

PAGE = 10
_WORDS = {
    "": "mine",
    "mijn": "mine",
    "mine": "mine",
    "my": "mine",
    "team": "team",
    "alle": "team",
    "allemaal": "team",
    "all": "team",
    "te laat": "late",
    "telaat": "late",
    "late": "late",
    "overdue": "late",
}


def taken(command: Command, db: Connection) -> Reply:
    """`taken`: mine. `taken team`: everybody's. `taken te laat`: what should have been done, of everybody."""
    which = _WORDS.get(" ".join(command.text.lower().split()))
    if which is None:
        raise Problem("task.no_such_list", typed=command.text[:40])
    return _list(command, db, which, "")


def mine(command: Command, db: Connection, does: str) -> Reply:
    """My tasks, each with the button that does this; "": that shows it."""
    return _list(command, db, "mine", does)


def of_member(command: Command, db: Connection, start: int, size: int) -> list[list[Part]]:
    """The open tasks of whoever asks, as the overview has them."""
    found = tasks.listed(db, _wanted(command, "mine"), start, size)
    return [[_row(command, db, task, "")] for task in found]


def _wanted(command: Command, which: str) -> Wanted:
    me, own = command.member.id, command.member.role < Role.MEDEWERKER
    late = command.asked_at if which == "late" else None
    return Wanted(me, own=own, owner=me if which == "mine" else None, due_before=late)


def _list(command: Command, db: Connection, which: str, does: str) -> Reply:
    language, wanted, start = command.language, _wanted(command, which), _start(command)
    count = tasks.count(db, wanted)
    found = tasks.listed(db, wanted, start, PAGE)
    parts: list[Part] = [Text(say(language, f"task.list_{which}", count=count), tone="heading")]
    parts += [_row(command, db, task, does) for task in found]
    if not found:
        parts.append(Text(say(language, "task.list_empty")))
    more = {"start": str(start + PAGE)}
    text = does or command.text
    buttons = [Button(say(language, "task.more"), command.verb, text, more)] if count > start + PAGE else []
    buttons += [
        Button(say(language, f"task.show_{other}"), "taken", other_text)
        for other, other_text in (("mine", "mijn"), ("team", "team"), ("late", "te laat"))
        if other != which and not does
    ]
    reply = Reply((*parts, Buttons(tuple(buttons))) if buttons else tuple(parts), language=language)
    return replace(reply, replaces="start" in command.values)


def _row(command: Command, db: Connection, task: Task, does: str) -> Text:
    line = card.line_of(command.language, db, task)
    if task.due < command.asked_at:
        line += " · " + say(command.language, "task.is_late")
    button = card.button(command.language, task, does) if does else card.show(task)
    return Text(line, button=button)


def _start(command: Command) -> int:
    """Where the page begins, as *Meer* carried it; 0 for what nobody sent us."""
    start = command.values.get("start", "")
    return int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0
