"""`/lobby` alone: what waits for this person, and what they can do from here."""

from collections.abc import Callable, Sequence

from handlers import dates, drafts
from handlers.command import Command, Role
from handlers.contacts.card import line_of
from handlers.members import reader_of
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks.lists import of_member
from handlers.texts import say
from storage import contact_lists
from storage.contacts import Contact
from storage.database import Connection

SHOWN = 5  # of each list; *Meer* gives the next

Items = Callable[[Command, Connection, int, int], Sequence[list[Part]]]  # the items from there on, at most so many


def overview(command: Command, db: Connection) -> Reply:
    """Drafts to go on with, tasks and follow-ups to do, and the buttons of the most used verbs."""
    language = command.language
    parts: list[Part] = [Text(say(language, "overview.hello", name=command.member.name), tone="heading")]
    lists: dict[str, Items] = {"drafts": drafts.offered, "tasks": of_member, "follow_ups": _follow_ups}
    for name, items in lists.items():
        parts += _page(command, db, name, items)
    begun = {name: start for name, start in command.values.items() if name in lists and _start(command, name)}
    if begun:
        parts.append(Buttons((Button(say(language, "overview.begin"), ""),)))
    elif len(parts) == 1:
        parts.append(Text(say(language, "overview.nothing_waits")))
    parts.append(Buttons(_verbs(command)))
    return Reply(tuple(parts), replaces=bool(command.values), language=language)


def _page(command: Command, db: Connection, name: str, items: Items) -> list[Part]:
    """A part of a list under its name, with a button to the next part; nothing when there is none of it."""
    start = _start(command, name)
    found = items(command, db, start, SHOWN + 1)
    parts: list[Part] = [Text(say(command.language, f"overview.{name}"), tone="quiet")] if found else []
    for item in found[:SHOWN]:
        parts += item
    if len(found) > SHOWN:
        further = {**command.values, name: str(start + SHOWN)}
        parts.append(Buttons((Button(say(command.language, f"overview.more_{name}"), "", values=further),)))
    return parts


def _start(command: Command, name: str) -> int:
    """Where in this list the page begins, as *Meer* carried it; 0 for what nobody sent us."""
    start = command.values.get(name, "")
    return int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 0


def _verbs(command: Command) -> tuple[Button, ...]:
    language = command.language
    buttons = [
        Button(say(language, "overview.search"), "help", "zoek"),
        Button(say(language, "overview.settings"), "instellingen"),
        Button(say(language, "overview.help"), "help"),
    ]
    if command.member.role >= Role.MEDEWERKER:
        buttons.insert(0, Button(say(language, "overview.log"), "log", values={"step": "form"}, style="primary"))
        buttons.insert(1, Button(say(language, "overview.assign"), "wijs", values={"step": "form"}))
    return tuple(buttons)


def _follow_ups(command: Command, db: Connection, start: int, size: int) -> list[list[Part]]:
    found = contact_lists.open_follow_ups(db, command.member.id, reader_of(command), size, start)
    return [[_follow_up(command, contact)] for contact in found]


def _follow_up(command: Command, contact: Contact) -> Part:
    language, step = command.language, contact.follow_up
    day = step.day if step else None
    when = dates.in_full(language, day, step.clock) if step and day else say(language, "overview.some_day")
    what = step.what if step else ""
    sentence = say(language, "overview.follow_up", what=what, when=when, contact=line_of(command, contact))
    return Text(sentence, button=Button(f"C{contact.id}", "contact", f"C{contact.id}"))
