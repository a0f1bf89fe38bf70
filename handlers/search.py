"""`zoek`: contacts by their words, newest first, and the dossiers and people that go by these words."""

from handlers import words
from handlers.command import Command
from handlers.contacts.find import listing, page_of
from handlers.problems import Problem
from handlers.reply import Button, Part, Reply, Text
from handlers.texts import say
from storage import contact_lists
from storage.database import Connection


def zoek(command: Command, db: Connection) -> Reply:
    """`zoek <woorden>`: all the words must be there; the beginning of a word is enough."""
    typed = command.text.strip()
    if not typed:
        raise Problem("search.what")
    page = page_of(command)
    found = listing(command, f"“{typed}”", page, lambda reader, part: contact_lists.with_words(db, typed, reader, part))
    also = _also(command, db, typed) if page.before is None else []
    return Reply((*also, *found.parts), language=command.language)


def _also(command: Command, db: Connection, typed: str) -> list[Part]:
    """Dossiers and people that are called so."""
    language = command.language
    rows: list[Part] = [
        Text(say(language, "search.dossier", name=name, synonyms=", ".join(synonyms) or "—"))
        for name, synonyms in words.dossiers_named(db, typed)
    ]
    for one in words.people_named(command, db, typed):
        label = say(language, "search.person", name=one.label)
        rows.append(
            Text(label, button=Button(say(language, "search.contacts"), "contact", one.label, {"person": str(one.id)}))
        )
    return rows
