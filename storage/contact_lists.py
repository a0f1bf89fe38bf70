"""Finding contacts: one by number, many by person, organisation, fractie or words, newest first.

Whoever asks gets only what they may see: a confidential contact is there for the members it names alone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Table,
    and_,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    or_,
    select,
    table,
    union_all,
)

from storage import search
from storage.contacts import (
    Contact,
    FollowUp,
    Participant,
    Party,
    Present,
    contact_dossiers,
    contact_organisations,
    contact_participants,
    contact_people,
    contact_readers,
    contacts,
    follow_ups,
)
from storage.database import Connection
from storage.dossiers import dossiers
from storage.members import members
from storage.organisations import organisations
from storage.people import functions, people
from storage.tasks import tasks

LATEST = (
    100  # contacts of one author in which a line that was typed again is looked for; nobody types as many in minutes
)
RECENT = 2_000  # contacts that a search on PostgreSQL walks back through before it looks up all

_row = table("contact_words", column("rowid"))  # as SQLite has it
_words = table("contact_words", column("chronology"), column("words"))  # as PostgreSQL has it

_ONE_AUTHOR = select(members.c.id).where(members.c.id == bindparam("author")).with_for_update(key_share=True)
_LATELY = (
    select(contacts.c.id, contacts.c.typed)
    .where(
        contacts.c.author_id == bindparam("author"),
        contacts.c.created_at >= bindparam("since"),
        contacts.c.undone_at.is_(None),
    )
    .order_by(contacts.c.created_at.desc())
    .limit(LATEST)
    .subquery()
)
_SAME_TYPED = select(_LATELY.c.id).where(_LATELY.c.typed == bindparam("typed"))


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: a member, and whether they see public contacts only."""

    member_id: int
    public_only: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list: contacts before this chronology (None: from the newest), from this day on."""

    before: int | None = None
    since: date | None = None
    size: int = 10


def visible(reader: Reader) -> ColumnElement[bool]:
    """The condition that a contact is there for this reader."""
    named = (
        select(contact_readers.c.member_id)
        .where(contact_readers.c.contact_id == contacts.c.id, contact_readers.c.member_id == reader.member_id)
        .exists()
    )
    open_to_all: ColumnElement[bool] = contacts.c.confidential.is_(False)
    if reader.public_only:
        open_to_all = and_(open_to_all, contacts.c.public.is_(True))
    return or_(open_to_all, named)


def find(db: Connection, number: int, reader: Reader, undone: bool = False) -> Contact | None:
    """One contact by number; with `undone` also one that was taken back."""
    query = select(contacts).where(contacts.c.id == number, visible(reader))
    if not undone:
        query = query.where(contacts.c.undone_at.is_(None))
    return next(iter(_load(db, query)), None)


def same_typed(db: Connection, author_id: int, typed: str, since: datetime) -> list[Contact]:
    """What this author typed in just these words since then ("": what came from a form), and did not take back."""
    if db.dialect.name == "postgresql":
        # the same line twice at once would miss each other's contact: one author's lines wait for each other
        db.execute(_ONE_AUTHOR, {"author": author_id})
    numbers = db.scalars(_SAME_TYPED, {"author": author_id, "typed": typed, "since": since}).all()
    return (
        _load(db, select(contacts).where(contacts.c.id.in_(numbers)).order_by(contacts.c.id.desc())) if numbers else []
    )


def with_people(db: Connection, person_ids: Sequence[int], reader: Reader, page: Page) -> list[Contact]:
    """Contacts with any of these people."""
    return _newest(db, contact_people, contact_people.c.person_id.in_(person_ids), reader, page)


def with_fractie(db: Connection, abbreviations: Sequence[str], reader: Reader, page: Page) -> list[Contact]:
    """Contacts with somebody who sat for one of these fracties that day, or with the fractie as such."""
    seated = _newest(db, contact_people, contact_people.c.fractie.in_(abbreviations), reader, page)
    asked = organisations.c.kind == "fractie", organisations.c.name.in_(abbreviations)
    bodies = db.scalars(select(organisations.c.id).where(*asked)).all()
    named = _newest(db, contact_organisations, contact_organisations.c.organisation_id.in_(bodies), reader, page)
    both = {contact.id: contact for contact in (*seated, *named)}
    return sorted(both.values(), key=lambda contact: contact.chronology, reverse=True)[: page.size]


def with_function(db: Connection, functions: Sequence[str], reader: Reader, page: Page) -> list[Contact]:
    """Contacts with somebody who held one of these functions that day."""
    return _newest(db, contact_people, contact_people.c.function.in_(functions), reader, page)


def with_organisation(db: Connection, organisation_id: int, reader: Reader, page: Page) -> list[Contact]:
    """Contacts with an organisation, as the one spoken to or as partner."""
    named = contact_organisations.c.organisation_id == organisation_id
    return _newest(db, contact_organisations, named, reader, page)


def with_words(db: Connection, typed: str, reader: Reader, page: Page) -> list[Contact]:
    """Contacts that hold every word of `typed`, or a word that begins with it."""
    wanted = search.words(typed)
    if not wanted:
        return []
    matching = search.matching(db, wanted)
    if db.dialect.name == "sqlite":
        return _page(db, select(_row.c.rowid).where(matching), _row.c.rowid, reader, page)
    # PostgreSQL cannot know how rare the words are. Walking back is slow for rare ones, looking them all up is slow
    # for common ones: so walk back a little first, and where that does not fill the page they are not common.
    newest = select(_words).order_by(_words.c.chronology.desc()).limit(RECENT)
    if page.before is not None:
        newest = newest.where(_words.c.chronology < page.before)
    every = select(_words.c.chronology).where(matching).cte("every").prefix_with("MATERIALIZED")
    recent = newest.subquery("recent")
    found = _numbers(db, select(recent.c.chronology).where(matching), recent.c.chronology, reader, page)
    if len(found) == page.size:
        return _numbered(db, found)
    return _page(db, select(every.c.chronology), every.c.chronology, reader, page)


def newest(db: Connection, reader: Reader, page: Page) -> list[Contact]:
    """The newest contacts, whatever they are about."""
    every = contacts.alias()
    return _page(db, select(every.c.chronology), every.c.chronology, reader, page)


def count(db: Connection, reader: Reader) -> int:
    """How many contacts there are for this reader, those taken back left out."""
    there = select(func.count()).select_from(contacts).where(contacts.c.undone_at.is_(None), visible(reader))
    return db.execute(there).scalar_one()


def strangers(db: Connection, reader: Reader) -> tuple[set[int], set[int]]:
    """(people, organisations) that were typed by hand and stand in no contact for this reader: unknown to them."""
    found = db.execute(_STRANGERS, {"member": reader.member_id, "least": 2 if reader.public_only else 1}).all()
    return {number for what, number in found if what == 1}, {number for what, number in found if what == 2}


def _with(link: Table, named: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a thing stands in a contact for :member, as `visible` says it, without looking at each contact."""
    open_to_all = select(link.c.contact_id).where(named, link.c.reach >= bindparam("least"))
    is_reader = (
        contact_readers.c.contact_id == link.c.contact_id,
        contact_readers.c.member_id == bindparam("member"),
        link.c.reach >= 0,
    )
    return or_(open_to_all.exists(), select(link.c.contact_id).where(named, *is_reader).exists())


def _unknown() -> CompoundSelect[Any]:
    """The question of `strangers`, for nearly every command asks it: rows of (1, person) and (2, organisation)."""
    met = _with(contact_people, contact_people.c.person_id == people.c.id)
    unmet = select(people.c.id).where(people.c.source_id.is_(None), ~met).cte("unmet")
    spoken_to = _with(contact_organisations, contact_organisations.c.organisation_id == organisations.c.id)
    staffed = (
        functions.c.organisation_id == organisations.c.id,
        functions.c.person_id.not_in(select(unmet.c.id)),
    )
    unheard = select(literal_column("2"), organisations.c.id).where(
        organisations.c.listed.is_(False), ~spoken_to, ~select(functions.c.id).where(*staffed).exists()
    )
    return union_all(select(literal_column("1"), unmet.c.id), unheard)


_STRANGERS = _unknown()


def open_follow_ups(db: Connection, member_id: int, reader: Reader, limit: int = 5, skip: int = 0) -> list[Contact]:
    """The contacts whose follow-up this member is to do and that is no task, the first due first, after `skip`."""
    query = (
        select(contacts)
        .join(follow_ups)
        .where(follow_ups.c.member_id == member_id, contacts.c.undone_at.is_(None), visible(reader))
        .where(~exists().where(tasks.c.contact_id == contacts.c.id))
        .order_by(follow_ups.c.due.is_(None), follow_ups.c.due, contacts.c.id)
        .limit(limit)
        .offset(skip)
    )
    return _load(db, query)


def _newest(db: Connection, link: Any, named: ColumnElement[bool], reader: Reader, page: Page) -> list[Contact]:
    return _page(db, select(link.c.chronology).where(named).distinct(), link.c.chronology, reader, page)


def _page(db: Connection, query: Select[Any], key: Any, reader: Reader, page: Page) -> list[Contact]:
    return _numbered(db, _numbers(db, query, key, reader, page))


def _numbers(db: Connection, query: Select[Any], key: Any, reader: Reader, page: Page) -> Sequence[int]:
    """The newest of a query on one chronology column; the index gives them in this order."""
    shown = select(contacts.c.id).where(contacts.c.chronology == key, contacts.c.undone_at.is_(None), visible(reader))
    if page.since:
        shown = shown.where(contacts.c.day >= page.since)
    if page.before is not None:
        query = query.where(key < page.before)
    query = query.where(shown.exists()).order_by(key.desc()).limit(page.size)
    return db.scalars(query).all()


def _numbered(db: Connection, numbers: Sequence[int]) -> list[Contact]:
    """The contacts of these chronologies, in this order."""
    if not numbers:
        return []
    found = {one.chronology: one for one in _load(db, select(contacts).where(contacts.c.chronology.in_(numbers)))}
    return [found[number] for number in numbers]


def _load(db: Connection, query: Select[Any]) -> list[Contact]:
    """Contacts with all that belongs to them: one question per kind of thing, whatever their number."""
    rows = [dict(row._mapping) for row in db.execute(query)]
    ids = [row["id"] for row in rows]
    if not ids:
        return []
    people = _group(db, select(contact_people).where(contact_people.c.contact_id.in_(ids)))
    partied = select(contact_organisations, organisations.c.name).join(organisations)
    parties = _group(db, partied.where(contact_organisations.c.contact_id.in_(ids)))
    themed = select(contact_dossiers, dossiers.c.name).join(dossiers)
    themes = _group(db, themed.where(contact_dossiers.c.contact_id.in_(ids)))
    ours = _group(db, select(contact_participants).where(contact_participants.c.contact_id.in_(ids)))
    readers = _group(db, select(contact_readers).where(contact_readers.c.contact_id.in_(ids)))
    next_steps = _group(db, select(follow_ups).where(follow_ups.c.contact_id.in_(ids)))
    for row in rows:
        number = row["id"]
        row["people"] = tuple(_build(Present, one) for one in people[number])
        row["parties"] = tuple(_build(Party, one) for one in parties[number])
        row["dossiers"] = tuple(one["name"] for one in themes[number])
        row["participants"] = tuple(_build(Participant, one) for one in ours[number])
        row["readers"] = tuple(sorted(one["member_id"] for one in readers[number]))
        row["follow_up"] = next((_build(FollowUp, one) for one in next_steps[number]), None)
        row["bills"] = tuple(row["bills"])
    return [_build(Contact, row) for row in rows]


def _group(db: Connection, query: Select[Any]) -> dict[int, list[dict[str, Any]]]:
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in sorted((dict(row._mapping) for row in db.execute(query)), key=lambda one: one.get("position", 0)):
        groups[row["contact_id"]].append(row)
    return groups


def _build(kind: Any, row: dict[str, Any]) -> Any:
    names: Iterable[str] = kind.__dataclass_fields__
    return kind(**{name: row[name] for name in names if name in row})
