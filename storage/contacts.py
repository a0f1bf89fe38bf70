"""Contacts: the record of one talk, call, letter or visit; its tables, saving and finding it."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Insert,
    Integer,
    String,
    Table,
    Text,
    Time,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from storage import search
from storage.database import Connection, Utc, metadata
from storage.dossiers import dossiers

contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    # sorts by moment, then by number; unique, and the row number of the full-text index
    Column("chronology", BigInteger, unique=True),
    Column("kind", String(30), nullable=False),
    Column("day", Date, nullable=False),
    Column("clock", Time),
    Column("zone", String(40), nullable=False),
    Column("moment", Utc, nullable=False),
    Column("typed", Text, nullable=False),
    Column("discussed", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("agreed", Text, nullable=False),
    Column("stance", String(10), nullable=False),
    Column("stance_source", Text, nullable=False),
    Column("initiative", String(4), nullable=False),
    Column("documents", Text, nullable=False),
    Column("bills", JSON, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("undone_at", Utc),
    Index(None, "author_id", "created_at"),
    sqlite_autoincrement=True,  # C12 is never another contact later
)


def _link(name: str, *columns: Column[Any], key: tuple[str, ...]) -> Table:
    """A table of one kind of things that belong to a contact, in the order in which they were named."""
    contact: Column[int] = Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True)
    place: Column[int] = Column("position", Integer, primary_key=True)
    indexes = (Index(None, *key, "chronology"),) if key else ()
    return Table(name, metadata, contact, place, *columns, *indexes)


contact_people = _link(
    "contact_people",
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("function", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("fractie", Text, nullable=False),
    Column("reach", Integer, nullable=False),  # of the contact, as chronology is
    Column("chronology", BigInteger, nullable=False),
    key=("person_id",),
)
contact_organisations = _link(
    "contact_organisations",
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
    Column("partner", Boolean, nullable=False),
    Column("reach", Integer, nullable=False),
    Column("chronology", BigInteger, nullable=False),
    key=("organisation_id",),
)
contact_dossiers = _link(
    "contact_dossiers",
    Column("dossier_id", ForeignKey("dossiers.id"), nullable=False),
    Column("chronology", BigInteger, nullable=False),
    key=("dossier_id",),
)
contact_participants = _link(
    "contact_participants",
    Column("member_id", ForeignKey("members.id")),
    Column("name", Text, nullable=False),
    key=(),
)
contact_readers = Table(
    "contact_readers",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("member_id", ForeignKey("members.id"), primary_key=True),
)
follow_ups = Table(
    "follow_ups",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("what", Text, nullable=False),
    Column("day", Date),
    Column("clock", Time),
    Column("zone", String(40), nullable=False),
    Column("due", Utc),
    Column("member_id", ForeignKey("members.id")),
    Column("who", Text, nullable=False),
)
Index(None, contact_people.c.person_id, contact_people.c.reach)
Index(None, contact_organisations.c.organisation_id, contact_organisations.c.reach)
Index(None, contact_people.c.fractie, contact_people.c.chronology)
Index(None, contact_people.c.function, contact_people.c.chronology)
Index(None, follow_ups.c.member_id, follow_ups.c.due)

_ADD = insert(contacts).returning(contacts.c.id)
_PLACE = update(contacts).where(contacts.c.id == bindparam("number"))
_ADD_PEOPLE, _ADD_PARTIES, _ADD_PARTICIPANTS, _ADD_READERS, _ADD_FOLLOW_UP = map(
    insert, (contact_people, contact_organisations, contact_participants, contact_readers, follow_ups)
)
_ADD_DOSSIERS = insert(contact_dossiers).values(
    dossier_id=select(dossiers.c.id).where(dossiers.c.name == bindparam("dossier")).scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody we spoke to, with function, organisation and fractie as they were that day."""

    person_id: int
    name: str
    function: str = ""
    organisation: str = ""
    fractie: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """One of ours who took part; `member_id` is None for somebody who is no member here."""

    member_id: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation that was spoken to, or a partner who stood beside us."""

    organisation_id: int
    name: str
    partner: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is to be done next: day and clock are local; no clock = some time that day."""

    what: str
    day: date | None = None
    clock: time | None = None
    member_id: int | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact. `day` and `clock` are local to `zone`; `id` 0 is one that was not saved yet.

    stance      "", "steunt", "tegen", "twijfelt" or "gemengd"; `stance_source` says where that is read from
    initiative  "", "wij" or "zij"
    readers     for a confidential contact: the member numbers who may see it, the author among them
    """

    kind: str
    day: date
    zone: str
    author_id: int
    created_at: datetime
    clock: time | None = None
    typed: str = ""
    discussed: str = ""
    asked: str = ""
    agreed: str = ""
    stance: str = ""
    stance_source: str = ""
    initiative: str = ""
    documents: str = ""
    bills: tuple[str, ...] = ()
    confidential: bool = False
    public: bool = False
    people: tuple[Present, ...] = ()
    parties: tuple[Party, ...] = ()
    dossiers: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    readers: tuple[int, ...] = ()
    follow_up: FollowUp | None = None
    undone_at: datetime | None = None
    id: int = 0
    version: int = 1

    @property
    def moment(self) -> datetime:
        """Aware; noon of the day where no time is known, so that no zone moves it to another day."""
        return datetime.combine(self.day, self.clock or time(12), ZoneInfo(self.zone))

    @property
    def chronology(self) -> int:
        """Sorts contacts by moment, then by number."""
        return int(self.moment.timestamp() // 60 + 2**31) << 24 | self.id & 0xFFFFFF

    @property
    def reach(self) -> int:
        """Who may see it: 0 the readers it names, 1 the team, 2 everybody here; -1 nobody, it was taken back."""
        return -1 if self.undone_at else 0 if self.confidential else 2 if self.public else 1


_CHILDREN = {"people", "parties", "dossiers", "participants", "readers", "follow_up"}
_COLUMNS = tuple(field.name for field in fields(Contact) if field.name not in _CHILDREN | {"id"})


def _row(contact: Contact) -> dict[str, Any]:
    row = {name: getattr(contact, name) for name in _COLUMNS}
    return row | {"bills": list(contact.bills), "moment": contact.moment}


def add(db: Connection, contact: Contact) -> Contact:
    """Save a new contact; gives it with its number."""
    number = db.execute(_ADD, _row(contact)).scalar_one()
    saved = replace(contact, id=number)
    db.execute(_PLACE, {"number": number, "chronology": saved.chronology})
    _add_children(db, saved)
    return saved


def change(db: Connection, contact: Contact) -> Contact | None:
    """Save a contact over the version it was read at; None when somebody was there first."""
    new = replace(contact, version=contact.version + 1)
    here = (contacts.c.id == contact.id, contacts.c.version == contact.version)
    before = db.scalar(select(contacts.c.chronology).where(*here))
    if before is None:
        return None
    done = db.execute(update(contacts).where(*here).values(_row(new) | {"chronology": new.chronology}))
    if done.rowcount != 1:
        return None
    search.unindex(db, before)
    for table in (contact_people, contact_organisations, contact_dossiers, contact_participants):
        db.execute(delete(table).where(table.c.contact_id == contact.id))
    for table in (contact_readers, follow_ups):
        db.execute(delete(table).where(table.c.contact_id == contact.id))
    _add_children(db, new)
    return new


def _add_children(db: Connection, contact: Contact) -> None:
    key = {"contact_id": contact.id}
    chronology = contact.chronology
    when = key | {"chronology": chronology}
    who = when | {"reach": contact.reach}
    sets: tuple[tuple[Insert, dict[str, int], list[dict[str, Any]]], ...] = (
        (_ADD_PEOPLE, who, [_values(person) for person in contact.people]),
        (
            _ADD_PARTIES,
            who,
            [{"organisation_id": party.organisation_id, "partner": party.partner} for party in contact.parties],
        ),
        (_ADD_DOSSIERS, when, [{"dossier": name} for name in contact.dossiers]),
        (_ADD_PARTICIPANTS, key, [_values(one) for one in contact.participants]),
    )
    for statement, keys, rows in sets:
        if rows:
            db.execute(statement, [row | keys | {"position": place} for place, row in enumerate(rows)])
    if contact.readers:
        db.execute(_ADD_READERS, [{"contact_id": contact.id, "member_id": one} for one in contact.readers])
    if contact.follow_up:
        db.execute(_ADD_FOLLOW_UP, _follow_up_row(contact, contact.follow_up))
    if contact.undone_at is None:
        search.index(db, chronology, _texts(contact))


def _values(one: Any) -> dict[str, Any]:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _follow_up_row(contact: Contact, follow_up: FollowUp) -> dict[str, Any]:
    due = None
    if follow_up.day:
        due = datetime.combine(follow_up.day, follow_up.clock or time(17), ZoneInfo(contact.zone))
    return _values(follow_up) | {"contact_id": contact.id, "zone": contact.zone, "due": due}


def _texts(contact: Contact) -> list[str]:
    """Everything a contact can be found by."""
    people = [f"{one.name} {one.function} {one.organisation} {one.fractie}" for one in contact.people]
    parties = [party.name for party in contact.parties]
    follow_up = [contact.follow_up.what] if contact.follow_up else []
    said = [contact.typed, contact.discussed, contact.asked, contact.agreed, contact.documents]
    return [contact.kind, *said, *contact.bills, *contact.dossiers, *people, *parties, *follow_up]
