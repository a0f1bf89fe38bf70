"""`contact`: the contacts with somebody, an organisation or a fractie, newest first; or one by its number."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from handlers import dates, words
from handlers.command import Command
from handlers.contacts import card
from handlers.members import reader_of
from handlers.problems import NotFound, Problem
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.texts import say
from storage import contact_lists, members
from storage.contact_lists import Page, Reader
from storage.contacts import Contact
from storage.database import Connection

_SINCE = re.compile(r"\s(?:sinds|since)\s+(\S.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"c?\s*(\d{1,9})", re.IGNORECASE)

Find = Callable[[Reader, Page], Sequence[Contact]]


def number_in(text: str) -> int | None:
    """`C12`, `c12` or `12` -> 12"""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def one(command: Command, db: Connection, number: int, undone: bool = False) -> Contact:
    """A contact by number. One that is not there and one that is not for this person are NotFound alike."""
    found = contact_lists.find(db, number, reader_of(command), undone) if number < 2**31 else None
    if found is None:
        raise NotFound("contact.not_found", id=number)
    return found


def readable(command: Command, contact: Contact) -> bool:
    """Whether an earlier version of a contact is for this person; it may have been confidential then."""
    return not contact.confidential or command.member.id in contact.readers


def reader_names(db: Connection, contact: Contact) -> str:
    """Who may see a confidential contact, by name."""
    found = (members.get(db, number) for number in contact.readers)
    return ", ".join(reader.name for reader in found if reader)


def contact(command: Command, db: Connection) -> Reply:
    """`contact <persoon|functie|organisatie> [sinds …]`, or `contact C12`."""
    typed = command.text.strip()
    if not typed:
        raise Problem("contact.whom")
    number = number_in(typed)
    if number is not None:
        found = one(command, db, number)
        return card.card(command, found, reader_names(db, found))
    since = _SINCE.search(f" {typed}")
    if since and not f" {typed}"[: since.start()].strip():
        raise Problem("contact.whom")
    day = dates.read_since(since[1], command.today) if since else None
    whom = f" {typed}"[: since.start()].strip() if since else typed
    return _with(command, db, whom, page_of(command, day))


def page_of(command: Command, since: date | None = None) -> Page:
    """Which page was asked for: the first, or the one after the contact that *Ouder* carries."""
    before = command.values.get("before", "")
    return Page(int(before) if before.isdecimal() and len(before) < 19 else None, since)


def _with(command: Command, db: Connection, whom: str, page: Page) -> Reply:
    """The person first; then a fractie, an organisation, a function; several people are asked about."""
    chosen = command.values.get("person", "")
    people = words.people_numbered(command, db, chosen) if chosen else words.people_named(command, db, whom)
    if len(people) > 1:
        buttons = tuple(Button(one.label, "contact", one.label, {"person": str(one.id)}) for one in people)
        question = Text(say(command.language, "contact.which", whom=whom))
        return Reply((question, Buttons(buttons)), language=command.language)
    if people:
        who = people[0]
        return listing(
            command,
            who.label,
            page,
            lambda reader, part: contact_lists.with_people(db, [who.id], reader, part),
        )
    fractie = words.fractie_named(db, whom)
    if fractie:
        name, abbreviations = fractie
        return listing(
            command, name, page, lambda reader, part: contact_lists.with_fractie(db, abbreviations, reader, part)
        )
    organisation = words.organisation_named(command, db, whom)
    if organisation:
        number, name = organisation
        return listing(
            command, name, page, lambda reader, part: contact_lists.with_organisation(db, number, reader, part)
        )
    functions = words.functions_named(command, db, whom)
    if not functions:
        raise NotFound("contact.unknown", whom=whom[:80])
    return listing(command, whom, page, lambda reader, part: contact_lists.with_function(db, functions, reader, part))


def listing(command: Command, whom: str, page: Page, find: Find) -> Reply:
    """A page of contacts, newest first, with a button to each and one to older ones."""
    language = command.language
    found = find(reader_of(command), Page(page.before, page.since, page.size + 1))
    if not found:
        key = "contact.none_since" if page.since else "contact.none"
        since = dates.in_full(language, page.since) if page.since else ""
        return Reply((Text(say(language, key, whom=whom, since=since)),), language=language)
    shown = found[: page.size]
    parts: list[Part] = [Text(say(language, "contact.list", whom=whom), tone="heading")]
    for one in shown:
        parts.append(Text(card.line_of(command, one), button=Button(f"C{one.id}", "contact", f"C{one.id}")))
    if len(found) > len(shown):
        values = {"before": str(shown[-1].chronology)}
        older = Button(say(language, "contact.older"), command.verb, command.text, values)
        if older.fits:
            parts.append(Buttons((older,)))
    return Reply(tuple(parts), language=language)
