"""`ongedaan`: take back the last change, within ten minutes, by the one who made it or a coördinator."""

from dataclasses import replace
from datetime import timedelta

from handlers import history as told
from handlers import members
from handlers.command import Command, Role
from handlers.contacts import card
from handlers.contacts.find import number_in, one, readable, reader_names
from handlers.parliament import entered
from handlers.problems import NotAllowed, NotFound, Problem
from handlers.reply import Buttons, Part, Reply, Text
from handlers.tasks import card as task_card
from handlers.tasks import closing
from handlers.tasks.find import one as one_task
from handlers.tasks.follow_up import BY_CONTACT, follow
from handlers.tasks.saving import By
from handlers.texts import say
from storage import aliases, contacts, history
from storage import members as store
from storage.contacts import Contact
from storage.database import Connection
from storage.history import Change

HOLDS = timedelta(minutes=10)


def ongedaan(command: Command, db: Connection) -> Reply:
    """`ongedaan`: my last change. `ongedaan C12`: the last change of that contact."""
    task = None if command.text.strip() else _task(command, db)
    if task:
        return _withdrawn(command, db, task)
    contact, change = _target(command, db)
    seen = command.values.get("version", "")
    if seen and seen != str(contact.version):
        raise Problem("undo.newer", id=contact.id)
    if change.member_id not in store.once(db, command.member.id) and command.member.role < Role.COORDINATOR:
        raise NotAllowed("undo.not_yours", who=members.member(db, change.member_id).name)
    if command.asked_at - change.at > HOLDS:
        raise Problem("undo.too_late", id=contact.id)
    changes = history.of(db, "contact", contact.id)
    created = change.action == "aangemaakt"
    back = contact if created else _of_today(db, told.state(_before(changes, change)))
    if not readable(command, back):
        raise NotFound("undo.nothing")
    undone_at = command.asked_at if created else None
    saved = contacts.change(db, replace(back, version=contact.version, undone_at=undone_at))
    if saved is None:
        raise Problem("undo.newer", id=contact.id)
    told.record(command, db, "ongedaan", saved, undoes=change.id)
    follow(command, db, contact, saved)
    aliases.forget(db, saved.id, [] if created else [one.person_id for one in saved.people])
    return _undone(command, db, saved, created)


def _of_today(db: Connection, contact: Contact) -> Contact:
    """An earlier version with its members as they are now: two of them may since have become one person."""
    readers = tuple(sorted({store.kept(db, reader) for reader in contact.readers}))
    return replace(contact, author_id=store.kept(db, contact.author_id), readers=readers)


def _latest(command: Command, db: Connection, noun: str) -> Change | None:
    """My last change of such a record that can still be undone; what is done with a contact is one of the contact."""
    since = command.asked_at - HOLDS
    return history.latest_of_member(db, noun, store.once(db, command.member.id), since, BY_CONTACT)


def _task(command: Command, db: Connection) -> Change | None:
    """My last change, when it was one of a task."""
    task, contact = _latest(command, db, "task"), _latest(command, db, "contact")
    return task if task and (contact is None or task.id > contact.id) else None


def _withdrawn(command: Command, db: Connection, change: Change) -> Reply:
    """A task that was just given is withdrawn; another change of it has a way back on its card."""
    task = one_task(command, db, change.row_id)
    entered_too = entered.of_task(db, task) if change.action == "aangemaakt" and task.is_open else None
    if entered_too:
        return entered.withdraw(command, db, entered_too, "")
    if change.action != "aangemaakt" or not task.is_open:
        lead = say(command.language, "undo.task_changed", id=task.id)
        return task_card.card(command.language, db, task, lead, command.member)
    saved = closing.withdraw(db, task, By(command.member.id, command.asked_at))
    lead = say(command.language, "task.is_withdrawn")
    return task_card.card(command.language, db, saved, lead, command.member)


def _target(command: Command, db: Connection) -> tuple[Contact, Change]:
    if not command.text.strip():
        latest = _latest(command, db, "contact")
        if latest is None:
            raise NotFound("undo.nothing")
        return one(command, db, latest.row_id), latest
    number = number_in(command.text)
    if number is None:
        raise NotFound("undo.no_number", typed=command.text[:40])
    contact = one(command, db, number)
    change = _last(history.of(db, "contact", number))
    if change is None:
        raise NotFound("undo.nothing")
    return contact, change


def _last(changes: list[Change]) -> Change | None:
    """The newest change that takes nothing back and was not taken back."""
    taken_back = {change.undoes for change in changes}
    standing = [change for change in changes if change.undoes is None and change.id not in taken_back]
    return standing[-1] if standing else None


def _before(changes: list[Change], change: Change) -> Change:
    """The state that this change replaced: that of the version before it."""
    return next(each for each in reversed(changes) if each.version < change.version)


def _undone(command: Command, db: Connection, contact: Contact, created: bool) -> Reply:
    language = command.language
    key = "undo.contact" if created else "undo.change"
    parts: list[Part] = [Text(say(language, key, id=contact.id), tone="heading")]
    if created:
        parts.append(Text(card.line_of(command, contact)))
        if contact.typed:
            parts.append(Text(say(language, "undo.typed", line=f"/lobby log {contact.typed}"), tone="quiet"))
    else:
        parts.append(card.fields(command, contact, reader_names(db, contact)))
        parts.append(Buttons((card.change_button(language, contact), card.undo_button(language, contact))))
    return Reply(tuple(parts), replaces=True, about=card.about(contact), language=language)
