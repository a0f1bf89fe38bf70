"""The words this house knows (people, fracties, organisations, dossiers, colleagues), and who goes by a name."""

from collections.abc import Iterable, Sequence
from datetime import date

from handlers.command import Command
from handlers.members import reader_of
from handlers.understanding.moments import Recess
from handlers.understanding.people import Directory, Known
from handlers.understanding.words import Words, kinds
from storage import (
    aliases,
    contact_lists,
    dossiers,
    fracties,
    members,
    organisations,
    own_words,
    people,
    recesses,
    signs,
)
from storage.database import Connection
from storage.people import Someone
from storage.search import words as folded

# (version of the words, day, people and organisations left out) -> what was built of them; the latest first.
# A version is never given out twice, so what stands here is never stale; changed in one step, for threads share it.
_built: list[tuple[tuple[str, date, set[int], set[int]], Words]] = []
_KEPT = 8
_SHOWN = 12  # other words of a dossier that are told
_LIKE = 3  # people offered for a name nobody has
_IN_OFFICE = 5  # people offered for an office


def everything(command: Command, db: Connection, day: date | None = None) -> Words:
    """All words with which a sentence is read, with everybody whom this person may know, as of `day` or today."""
    day = _same_day(db, command.today, day or command.today)
    unmet, unheard = contact_lists.strangers(db, reader_of(command))
    key = (signs.words_version(db), day, unmet, unheard)
    words = next((words for known, words in tuple(_built) if known == key), None)
    if words is None:
        words = _build(db, day, unmet, unheard)
        _built[:] = [(key, words), *_built[: _KEPT - 1]]
    return words


def _same_day(db: Connection, today: date, day: date) -> date:
    """Today, when everybody held on `day` what they hold today; so yesterday needs no words of its own."""
    return day if day != today and people.changed(db, day, today) else today


def _build(db: Connection, day: date, unmet: set[int], unheard: set[int]) -> Words:
    parties = {one["abbreviation"]: (one["name"], *one["aliases"]) for one in fracties.all_on(db, day)}
    known = [one for one in organisations.everything(db) if one["id"] not in unheard]
    bodies = {one["name"]: one["aliases"] for one in known if one["kind"] not in {"partner", "fractie"}}
    partners = {one["name"]: one["aliases"] for one in known if one["kind"] == "partner"}
    away = {one.id: one for one in people.away(db, day)}
    everybody = [
        Known(
            one.id,
            one.surname,
            one.tussenvoegsel,
            one.initials,
            one.roepnaam,
            one.fractie,
            one.function,
            one.organisation,
            former=one.id in away,
        )
        for one in (away.get(each.id, each) for each in people.on(db, day))
        if one.id not in unmet
    ]
    ours = [found.name for found in members.everybody(db)]
    return Words(
        Directory(everybody, parties, _aliases(db, ours)),
        dossiers.everything(db),
        bodies,
        partners,
        _kinds(db),
        own_words.everything(db, "stance"),
        ours,
        tuple(Recess(*one) for one in recesses.everything(db)),
    )


def _kinds(db: Connection) -> dict[str, Sequence[str]]:
    own = own_words.everything(db, "kind")
    return {name: (*kinds().get(name, ()), *own.get(name, ())) for name in kind_names(db, own)}


def kind_names(db: Connection, own: Iterable[str] | None = None) -> tuple[str, ...]:
    """The kinds a contact can be of: ours, and those the organisation added."""
    return tuple(dict.fromkeys((*kinds(), *(own_words.everything(db, "kind") if own is None else own))))


def _aliases(db: Connection, ours: Sequence[str]) -> dict[str, int]:
    """The learned spellings, except what one of our own is called."""
    own = {word for name in ours for word in folded(name)}
    return {said: person for said, person in aliases.taught(db).items() if own.isdisjoint(said.split())}


def people_named(command: Command, db: Connection, name: str, day: date | None = None) -> list[Someone]:
    """The people that go by this name: all of them, never one picked, and those who no longer hold a function too."""
    mentions = everything(command, db, day).directory.mentions(name)
    ids = {number for mention in mentions for number in (*mention.ids, *mention.earlier)}
    return people.on(db, day or command.today, ids) if ids else []


def people_like(command: Command, db: Connection, name: str) -> list[Someone]:
    """A few people whom an unknown name may be: to be asked, never to be picked."""
    ids = everything(command, db).directory.nearly(name)[:_LIKE]
    return people.on(db, command.today, ids) if ids else []


def people_in_office(command: Command, db: Connection, office: str, day: date | None = None) -> list[Someone]:
    """Who can be meant by an office: every minister we know. Nobody, when that would be a long list."""
    ids = everything(command, db, day).directory.in_office(office)
    return people.on(db, day or command.today, ids) if 0 < len(ids) <= _IN_OFFICE else []


def people_away(db: Connection, day: date) -> dict[int, Someone]:
    """Who held no function on that day but did on another, with their last one."""
    return {one.id: one for one in people.away(db, day)}


def people_numbered(command: Command, db: Connection, number: str) -> list[Someone]:
    """The person a button names by number."""
    unmet, _ = contact_lists.strangers(db, reader_of(command))
    known = number.isdecimal() and len(number) < 10 and int(number) not in unmet
    return people.on(db, command.today, [int(number)]) if known else []


def fractie_named(db: Connection, name: str) -> tuple[str, list[str]] | None:
    """A fractie by any of its names: the name to show, and the abbreviations it sat under."""
    wanted = folded(name)
    for one in fracties.all_on(db):
        if wanted and wanted in [folded(said) for said in (one["abbreviation"], one["name"], *one["aliases"])]:
            return str(one["name"]), [one["abbreviation"]]
    return None


def organisation_named(command: Command, db: Connection, name: str) -> tuple[int, str] | None:
    """An organisation by its name or an alias."""
    wanted = folded(name)
    _, unheard = contact_lists.strangers(db, reader_of(command))
    for one in organisations.everything(db):
        if wanted and one["id"] not in unheard and wanted in [folded(said) for said in (one["name"], *one["aliases"])]:
            return int(one["id"]), str(one["name"])
    return None


def functions_named(command: Command, db: Connection, name: str) -> list[str]:
    """The functions that hold all these words: `minister asiel` finds the minister van Asiel en Migratie."""
    wanted = set(folded(name))
    unmet, _ = contact_lists.strangers(db, reader_of(command))
    return [function for function in people.function_names(db, unmet) if wanted and wanted <= set(folded(function))]


def dossiers_named(db: Connection, name: str) -> list[tuple[str, Sequence[str]]]:
    """The dossiers that go by this word: (name, its other words). `opvang*` stands for every ending."""
    wanted = " ".join(folded(name))
    found: list[tuple[str, Sequence[str]]] = []
    for dossier, synonyms in dossiers.everything(db).items():
        never = [word for word in synonyms if word.startswith("-")]
        called = [word for word in synonyms if not word.startswith("-")]
        if any(_is_called(wanted, word) for word in (dossier, *called)) and not any(
            _is_called(wanted, word) for word in never
        ):
            found.append((dossier, _telling(dossier, called)))
    return found


def _is_called(wanted: str, word: str) -> bool:
    said = " ".join(folded(word))
    begins, ends = word.endswith("*"), word.startswith("*")
    return wanted == said or (begins and wanted.startswith(said)) or (ends and wanted.endswith(said))


def _telling(dossier: str, called: Sequence[str]) -> list[str]:
    """Some of the words it is called by, without those that only say the same again: opvang, opvangplek."""
    told: list[str] = []
    for word in (each.strip("*") for each in called):
        if not any(word.startswith(known) or known.startswith(word) for known in (dossier, *told)):
            told.append(word)
    return told[:_SHOWN]
