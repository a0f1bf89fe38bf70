"""The words this house knows (people, fracties, organisations, dossiers, colleagues), and who goes by a name."""

from collections.abc import Sequence
from functools import lru_cache

from handlers.command import Command
from handlers.understanding.people import Directory, Known
from handlers.understanding.words import Words, kinds
from storage import dossiers, fracties, members, organisations, people
from storage.database import Connection
from storage.people import Someone
from storage.search import words as folded

Named = tuple[tuple[str, tuple[str, ...]], ...]  # ((name, other words for it), …): can be compared and kept


@lru_cache(maxsize=4)
def _built(everybody: tuple[Someone, ...], names: tuple[Named, Named, Named, Named], ours: tuple[str, ...]) -> Words:
    """Built once per set of words: the next command with the same people and dossiers builds nothing."""
    parties, themes, bodies, partners = (dict(each) for each in names)
    known = [
        Known(
            one.id,
            one.surname,
            one.tussenvoegsel,
            one.initials,
            one.roepnaam,
            one.fractie,
            one.function,
            one.organisation,
        )
        for one in everybody
    ]
    return Words(Directory(known, parties), themes, bodies, partners, kinds(), ours)


def everything(command: Command, db: Connection) -> Words:
    """All words with which a sentence is read, with everybody as they are today."""
    parties = tuple((one["abbreviation"], (one["name"], *one["aliases"])) for one in fracties.all_on(db, command.today))
    themes = tuple((name, tuple(more)) for name, more in dossiers.everything(db).items())
    known = organisations.everything(db)
    bodies = tuple((one["name"], tuple(one["aliases"])) for one in known if one["kind"] not in {"partner", "fractie"})
    partners = tuple((one["name"], tuple(one["aliases"])) for one in known if one["kind"] == "partner")
    ours = tuple(found.name for found in members.everybody(db))
    return _built(tuple(people.on(db, command.today)), (parties, themes, bodies, partners), ours)


def people_named(command: Command, db: Connection, name: str) -> list[Someone]:
    """The people that go by this name: all of them, never one picked."""
    ids = {number for mention in everything(command, db).directory.mentions(name) for number in mention.ids}
    return people.on(db, command.today, ids) if ids else []


def people_numbered(command: Command, db: Connection, number: str) -> list[Someone]:
    """The person a button names by number."""
    return people.on(db, command.today, [int(number)]) if number.isdecimal() and len(number) < 10 else []


def fractie_named(db: Connection, name: str) -> tuple[str, list[str]] | None:
    """A fractie by any of its names: the name to show, and the abbreviations it sat under."""
    wanted = folded(name)
    for one in fracties.all_on(db):
        if wanted and wanted in [folded(said) for said in (one["abbreviation"], one["name"], *one["aliases"])]:
            return str(one["name"]), [one["abbreviation"]]
    return None


def organisation_named(db: Connection, name: str) -> tuple[int, str] | None:
    """An organisation by its name or an alias."""
    wanted = folded(name)
    for one in organisations.everything(db):
        if wanted and wanted in [folded(said) for said in (one["name"], *one["aliases"])]:
            return int(one["id"]), str(one["name"])
    return None


def functions_named(db: Connection, name: str) -> list[str]:
    """The functions that hold all these words: `minister asiel` finds the minister van Asiel en Migratie."""
    wanted = set(folded(name))
    return [function for function in people.function_names(db) if wanted and wanted <= set(folded(function))]


def dossiers_named(db: Connection, name: str) -> list[tuple[str, Sequence[str]]]:
    """The dossiers that go by this word: (name, its other words). `opvang*` stands for every ending."""
    wanted = " ".join(folded(name))
    found: list[tuple[str, Sequence[str]]] = []
    for dossier, synonyms in dossiers.everything(db).items():
        for said in (dossier, *synonyms):
            begin = " ".join(folded(said))
            if wanted == begin or (said.endswith("*") and wanted.startswith(begin)):
                found.append((dossier, [each.rstrip("*") for each in synonyms if each.rstrip("*") != dossier]))
                break
    return found
