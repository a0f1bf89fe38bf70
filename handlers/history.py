"""History: every change is written down; `geschiedenis C12` tells it."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from handlers import dates, members
from handlers.command import Command
from handlers.contacts import card
from handlers.contacts.find import number_in, one, readable, reader_names
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks import find, told
from handlers.texts import say
from storage import history
from storage.contacts import Contact
from storage.database import Connection
from storage.history import Change

_contact = TypeAdapter(Contact)


def record(command: Command, db: Connection, action: str, contact: Contact, undoes: int | None = None) -> int:
    """Write down what this command did to a contact: aangemaakt, aangepast or ongedaan."""
    return history.write(
        db,
        {
            "noun": "contact",
            "row_id": contact.id,
            "version": contact.version,
            "action": action,
            "member_id": command.member.id,
            "at": command.asked_at,
            "undoes": undoes,
            "state": _contact.dump_python(contact, mode="json"),
        },
    )


def state(change: Change) -> Contact:
    """The contact as it stood after a change."""
    return _contact.validate_python(dict(change.state))


def geschiedenis(command: Command, db: Connection) -> Reply:
    """`geschiedenis C12` or `T12`: who did what and when, and what it changed; also of one that was taken back."""
    language = command.language
    if not command.text.strip():
        raise Problem("history.of_what")
    if command.text.strip()[0] in "tT" and (task := find.number_in(command.text)):
        return told.geschiedenis(command, db, task)
    number = number_in(command.text)
    if number is None:
        raise NotFound("history.no_number", typed=command.text[:40])
    contact = one(command, db, number, undone=True)
    parts: list[Part] = [Text(say(language, "history.title", id=number), tone="heading")]
    before: Contact | None = None
    for change in history.of(db, "contact", number):
        after = state(change)
        parts.append(Text(_sentence(command, db, change, after)))
        changed = _changed(command, db, before, after)
        if changed:
            parts.append(Text(changed, tone="quiet"))
        before = after
    if contact.undone_at is None:
        parts.append(Buttons((Button(say(language, "history.show", id=number), "contact", f"C{number}"),)))
    return Reply(tuple(parts), language=language)


def _sentence(command: Command, db: Connection, change: Change, after: Contact) -> str:
    who = members.member(db, change.member_id).name
    when = dates.moment(command.language, change.at, command.zone)
    action = "weggehaald" if after.undone_at else change.action
    return say(command.language, f"history.{action}", who=who, when=when, version=change.version)


def _changed(command: Command, db: Connection, before: Contact | None, after: Contact) -> str:
    """`Wanneer: oud → nieuw`, a line for each field that is another than it was."""
    if before is None or not (readable(command, before) and readable(command, after)):
        return ""
    old, new = _rows(command, db, before), _rows(command, db, after)
    labels = dict.fromkeys((*old, *new))
    nothing = say(command.language, "history.nothing")
    lines = [
        f"{label}: {old.get(label, nothing)} → {new.get(label, nothing)}"
        for label in labels
        if old.get(label) != new.get(label)
    ]
    return "\n".join(lines)


def _rows(command: Command, db: Connection, contact: Contact) -> Mapping[str, Any]:
    return dict(card.fields(command, contact, reader_names(db, contact)).rows)
