"""Items: what parliament does as people know it: a bill, a meeting, a vote, a commitment, a consultation.

Each is derived from entities (storage/entities.py), or read from a page, or typed in by a colleague.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)

from storage.database import Connection, Utc, metadata

BILL, MEETING, VOTE, COMMITMENT, CONSULTATION = "bill", "meeting", "vote", "commitment", "consultation"
MOTION = "motion"  # a motion or an amendment
CONFIDENTIAL = "confidential"  # a consultation that is there for those its task names: nothing else looks for the noun
OPEN, CLOSED = "open", "gesloten"  # how a consultation stands
REPLY = "reply"  # of its facts the one that is ours: whether we replied. No source takes it away
END = time(23, 59)  # a day that tells no hour: to its end
ZONE = "Europe/Amsterdam"  # the clock of The Hague

items = Table(
    "items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("noun", String(20), nullable=False),
    Column("key", String(120), nullable=False),
    Column("number", String(30), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(80), nullable=False),
    Column("state", String(60), nullable=False),
    Column("at", Utc),
    Column("day", Date),
    Column("committee", String(60), nullable=False),
    Column("bill", String(30), nullable=False),
    Column("words", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("began_at", Utc),
    Column("facts", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    UniqueConstraint("noun", "key"),
    Index(None, "noun", "day"),
    Index(None, "noun", "number"),
    Index(None, "bill"),
    Index(None, "first_at"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Item:
    """One item as it stands now.

    noun       bill, meeting, vote, motion (or amendment), commitment, consultation, or a confidential consultation
    key        what it is the same by, whatever else changes: an id of its source
    number     by which people call it: `36704`, `36800-XVI`, `2026A05428`; "" for none
    kind       what it is in the source's word: Wetgeving, Commissiedebat, Met handopsteken …
    state      where it stands: the stage of a bill, Gepland, aangenomen …
    at, day    when it is or was: the moment where there is one, the day on the clock of The Hague; None: not known
    committee  its abbreviation (`AM`), "" for none
    bill       the dossier it is about: `36704`; "" for none
    words      all that it can be found by
    began_at   when it began at its source: what began long ago is not news
    facts      the rest of it, as JSON
    """

    noun: str
    key: str
    number: str = ""
    title: str = ""
    kind: str = ""
    state: str = ""
    at: datetime | None = None
    day: date | None = None
    committee: str = ""
    bill: str = ""
    words: str = ""
    address: str = ""
    began_at: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    version: int = 0
    first_at: datetime | None = None
    changed_at: datetime | None = None
    id: int = 0

    @property
    def due(self) -> datetime | None:
        """Of what has to be in by its moment: that moment, aware; None when it is not known."""
        return self.at or (datetime.combine(self.day, END, ZoneInfo(ZONE)) if self.day else None)

    def is_over(self, now: datetime) -> bool:
        """Of the same: whether nothing can be sent in any more."""
        return self.state == CLOSED or (self.due is not None and self.due <= now)


_OURS = ("id", "version", "first_at", "changed_at")  # what the source does not tell
_TOLD = tuple(one.name for one in fields(Item) if one.name not in _OURS)
_COLUMNS = tuple(items.c[one.name] for one in fields(Item))


def put(db: Connection, item: Item, now: datetime) -> tuple[Item | None, Item]:
    """Keep it as it is now: (as it was, as it is). Unchanged is not written: both are then the same."""
    was = by_key(db, item.noun, item.key)
    told = {name: getattr(item, name) for name in _TOLD}
    told["facts"] = {**_added(was), **item.facts}
    if was and all(getattr(was, name) == value for name, value in told.items()):
        return was, was
    if was is None:
        ours = {"version": 1, "first_at": now, "changed_at": now}
        number = db.execute(insert(items).values(**told, **ours).returning(items.c.id)).scalar_one()
        return None, _item({**told, **ours, "id": number})
    ours = {"version": was.version + 1, "changed_at": now}
    db.execute(update(items).where(items.c.id == was.id).values(**told, **ours))
    return was, _item({**told, **ours, "first_at": was.first_at, "id": was.id})


def _added(was: Item | None) -> dict[str, Any]:
    """What colleagues wrote with what the source tells."""
    return {REPLY: was.facts[REPLY]} if was and REPLY in was.facts else {}


def shown_anew(db: Connection, number: int, now: datetime) -> Item | None:
    """Another version of it, although its source tells the same: what stands around it is another."""
    anew = {"version": items.c.version + 1, "changed_at": now}
    row = db.execute(update(items).where(items.c.id == number).values(anew).returning(*_COLUMNS)).one_or_none()
    return Item(*row) if row else None


def rekey(db: Connection, number: int, key: str) -> None:
    """The same item is the same by another key from now on."""
    db.execute(update(items).where(items.c.id == number).values(key=key))


def get(db: Connection, number: int) -> Item | None:
    """One by its own number."""
    return _first(db, items.c.id == number)


def by_key(db: Connection, noun: str, key: str) -> Item | None:
    """One by what it is the same by."""
    return _first(db, (items.c.noun == noun) & (items.c.key == key))


def by_number(db: Connection, noun: str, number: str) -> Item | None:
    """The one that people call by this number; the newest, where there are several."""
    query = select(*_COLUMNS).where(items.c.noun == noun, items.c.number == number).order_by(items.c.id.desc()).limit(1)
    row = db.execute(query).one_or_none()
    return Item(*row) if row else None


def between(db: Connection, nouns: Collection[str], first: date, last: date) -> list[Item]:
    """Those of these nouns on these days, both included, in the order of their moments; whole days first."""
    query = (
        select(*_COLUMNS)
        .where(items.c.noun.in_(nouns), items.c.day >= first, items.c.day <= last)
        .order_by(items.c.day, items.c.at, items.c.id)
    )
    return [Item(*row) for row in db.execute(query)]


def first_seen(db: Connection, nouns: Collection[str], after: datetime, until: datetime) -> list[Item]:
    """Those of these nouns that were first seen after one moment, up to and with another; the oldest first."""
    query = select(*_COLUMNS).where(items.c.first_at > after, items.c.first_at <= until, items.c.noun.in_(nouns))
    return [Item(*row) for row in db.execute(query.order_by(items.c.id))]


def some(db: Connection, numbers: Collection[int]) -> dict[int, Item]:
    """Those with these numbers."""
    rows = db.execute(select(*_COLUMNS).where(items.c.id.in_(list(numbers)))) if numbers else ()
    return {row.id: Item(*row) for row in rows}


def by_keys(db: Connection, nouns: Collection[str], keys: Collection[str]) -> dict[str, Item]:
    """Those of these nouns by what they are the same by."""
    if not keys:
        return {}
    query = select(*_COLUMNS).where(items.c.noun.in_(nouns), items.c.key.in_(list(keys)))
    return {row.key: Item(*row) for row in db.execute(query)}


def about(db: Connection, bill: str, nouns: Collection[str]) -> list[Item]:
    """Those of these nouns that are about a dossier, the oldest first."""
    query = select(*_COLUMNS).where(items.c.bill == bill, items.c.noun.in_(nouns)).order_by(items.c.day, items.c.id)
    return [Item(*row) for row in db.execute(query)]


def since(db: Connection, nouns: Collection[str], moment: datetime, most: int) -> list[Item]:
    """Those of these nouns that began at or after a moment, the newest first, at most so many."""
    query = (
        select(*_COLUMNS)
        .where(items.c.noun.in_(nouns), items.c.began_at >= moment)
        .order_by(items.c.began_at.desc(), items.c.id.desc())
        .limit(most)
    )
    return [Item(*row) for row in db.execute(query)]


def holding(db: Connection, noun: str, typed: str, most: int) -> list[Item]:
    """Those of a noun that hold each of the words typed, whatever their case; the newest first, at most so many."""
    query = select(*_COLUMNS).where(items.c.noun == noun)
    for word in typed.lower().split():
        plain = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        query = query.where(func.lower(items.c.title + " " + items.c.words).like(f"%{plain}%", escape="\\"))
    rows = db.execute(query.order_by(items.c.began_at.desc(), items.c.id.desc()).limit(most))
    return [Item(*row) for row in rows]


def all_of(db: Connection, noun: str, states: Collection[str] = ()) -> list[Item]:
    """All of a noun, or those that stand so; by day."""
    query = select(*_COLUMNS).where(items.c.noun == noun).order_by(items.c.day, items.c.id)
    query = query.where(items.c.state.in_(states)) if states else query
    return [Item(*row) for row in db.execute(query)]


def _first(db: Connection, which: Any) -> Item | None:
    row = db.execute(select(*_COLUMNS).where(which)).one_or_none()
    return Item(*row) if row else None


def _item(row: Mapping[str, Any]) -> Item:
    return Item(**row)
