"""How a task is shown: as a card with its buttons, and as one line of a list."""

from collections.abc import Mapping
from datetime import datetime

from handlers import dates
from handlers.command import Member
from handlers.reply import About, Button, Buttons, Fields, Part, Reply, Text
from handlers.tasks import people
from handlers.tasks.kinds import key
from handlers.texts import say
from storage.database import Connection
from storage.tasks import DONE, END_OF_DAY, LAPSED, WITHDRAWN, Task

ON_CARD = {"on": "card"}  # what a button of the card in a channel carries: the answer takes its place there


def kind_label(language: str, kind: str) -> str:
    """What a kind is called."""
    return say(language, f"task_kind.{key(kind)}")


def when(language: str, task: Task) -> str:
    """`vrijdag 4 december 2026, 17:00`"""
    return dates.in_full(language, task.day, task.clock or END_OF_DAY)


def heading(task: Task) -> str:
    """`T12 · Brief over nareis`"""
    return f"T{task.id} · {task.title}"


def line_of(language: str, db: Connection, task: Task) -> str:
    """`T12 · vr 4 dec 2026 · brief · Brief over nareis · Tom`"""
    clock = f" {task.clock:%H:%M}" if task.clock else ""
    parts = [
        f"T{task.id}",
        dates.short(language, task.day) + clock,
        kind_label(language, task.kind),
        task.title,
        people.name(db, task.owner_id),
        say(language, "contact.is_confidential") if task.confidential else "",
    ]
    return " · ".join(filter(None, parts))


def fields(language: str, db: Connection, task: Task) -> Fields:
    """Every field that holds something."""
    only = ", ".join(people.name(db, one) for one in people.named(task))
    held = {
        "kind": kind_label(language, task.kind),
        "owner": people.name(db, task.owner_id),
        "due": when(language, task),
        "bill": task.bill,
        "reader": people.name(db, task.reader_id),
        "author": people.name(db, task.author_id) if task.author_id != task.owner_id else "",
        "contact": f"C{task.contact_id}" if task.contact_id else "",
        "source": task.source,
        "confidential": say(language, "contact.only_for", names=only) if task.confidential else "",
        "state": _state(language, task),
    }
    return Fields(tuple((say(language, f"task.{name}"), value) for name, value in held.items() if value))


def at(language: str, task: Task, moment: datetime) -> str:
    """A moment on the clock by which the task is due."""
    return dates.moment(language, moment, task.zone)


def _state(language: str, task: Task) -> str:
    closed = {DONE: "task.done_on", WITHDRAWN: "task.withdrawn_on", LAPSED: "task.lapsed_on"}
    if task.done_at and task.state in closed:
        return say(language, closed[task.state], at=at(language, task, task.done_at))
    if task.unassigned:
        return say(language, "task.unassigned")
    if task.accepted_at and task.author_id != task.owner_id:
        return say(language, "task.accepted_on", at=at(language, task, task.accepted_at))
    return say(language, "task.is_open" if task.accepted_at else "task.not_accepted")


def button(language: str, task: Task, does: str, public: bool = False, first: bool = False) -> Button:
    """The button that does this to a task: `klaar`, `gezien` …"""
    values: Mapping[str, str] = ON_CARD if public else {}
    named = "assign" if does == "overdragen" and task.unassigned else does
    label, text = say(language, f"task.{named}"), f"{does} T{task.id}"
    return Button(label, "taak", text, values, "primary" if first else "plain")


def show(task: Task) -> Button:
    """The button that shows the card."""
    return Button(f"T{task.id}", "taak", f"T{task.id}")


def buttons(language: str, task: Task, viewer: Member | None = None) -> tuple[Button, ...]:
    """What a member can do with it now; without one those of the card that everybody in a channel reads."""
    if viewer and not people.may_change(viewer, task):
        return ()
    does = ["klaar", "uitstellen", "overdragen"] if task.is_open else ["heropenen"]
    if task.is_open and not task.accepted_at and (viewer is None or viewer.id == task.owner_id):
        does = ["aannemen", *([] if task.unassigned else ["teruggeven"]), *does]
    return tuple(button(language, task, one, viewer is None, first=one == does[0]) for one in does)


def card(language: str, db: Connection, task: Task, lead: str = "", viewer: Member | None = None) -> Reply:
    """The whole task. `lead`: what just became of it; `viewer`: who reads it, where others do not."""
    parts: list[Part] = [Text(heading(task), tone="heading")]
    if lead:
        parts.append(Text(lead))
    parts.append(fields(language, db, task))
    can = buttons(language, task, viewer)
    if can:
        parts.append(Buttons(can))
    return Reply(tuple(parts), private=viewer is not None, about=about(task), language=language)


def about(task: Task) -> About | None:
    """What the card shows, for bringing it up to date; of what is confidential no message is remembered."""
    return None if task.confidential else About("task", task.id, task.version)
