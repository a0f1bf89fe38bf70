"""Digests: who gets one, when and of what, and what stood in each that was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from storage.database import Connection, Utc, metadata

digests = Table(
    "digests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("member_id", ForeignKey("members.id"), index=True),
    Column("at", String(5), nullable=False),
    Column("zone", String(40), nullable=False),
    Column("days", String(20), nullable=False),
    Column("parts", Text, nullable=False),
    Column("groups", Text, nullable=False),
    Column("form", String(10), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("next_at", Utc, nullable=False),
    Column("since", Utc, nullable=False),
    Index(None, "platform", "place"),
    Index(None, "active", "next_at"),
    sqlite_autoincrement=True,
)

editions = Table(
    "editions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest_id", ForeignKey("digests.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("since", Utc, nullable=False),
    Column("until", Utc, nullable=False),
    Column("content", JSON, nullable=False),
    UniqueConstraint("digest_id", "day"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one audience gets.

    platform, place   the channel or group that reads it; both "" where it is one person (member_id)
    at       the local time in `zone`, `07:30`
    days     the days of the week on which it comes, as ISO numbers: `1 2 3 4 5`
    parts    what stands in it (agenda, nieuw, deadlines, stemmingen, gewijzigd); "" for all
    groups   which sorts of meeting; "" for all
    form     "kort": a few lines of each; "" for all that fits
    next_at  when the next one is to be made; since: up to when the last one told what happened
    """

    platform: str = ""
    place: str = ""
    member_id: int | None = None
    at: str = "07:30"
    zone: str = "Europe/Amsterdam"
    days: str = "1 2 3 4 5"
    parts: str = ""
    groups: str = ""
    form: str = ""
    active: bool = True
    author_id: int = 0
    next_at: datetime | None = None
    since: datetime | None = None
    id: int = 0

    @property
    def audience(self) -> str:
        """Whom it is for, as one word: as that of a follow."""
        return f"m{self.member_id}" if self.member_id is not None else f"{self.platform} {self.place}"


@dataclass(frozen=True, slots=True)
class Edition:
    """The digest of one day.

    since, until  it tells what happened after the one, up to and with the other
    content       what stands in it, as it was made: a second try says the same
    """

    digest_id: int
    day: date
    since: datetime
    until: datetime
    content: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0


_SETTINGS = tuple(one.name for one in fields(Digest) if one.name != "id")
_COLUMNS = tuple(digests.c[one.name] for one in fields(Digest))
_EDITION = tuple(editions.c[one.name] for one in fields(Edition))
_FIRST = select(*_COLUMNS).order_by(digests.c.id).limit(1)
_OF_MEMBER = _FIRST.where(digests.c.member_id == bindparam("member"))
_OF_PLACE = _FIRST.where(
    digests.c.member_id.is_(None), digests.c.platform == bindparam("on"), digests.c.place == bindparam("there")
)
_SAVE = (
    update(digests)
    .where(digests.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in _SETTINGS})
)
_LAST = select(*_EDITION).where(editions.c.digest_id == bindparam("which")).order_by(editions.c.day.desc()).limit(1)
_ADD = insert(editions).returning(*_EDITION)


def of(db: Connection, audience: Digest) -> Digest | None:
    """The one of an audience; the first, where two people turned out to be one."""
    whose = {"member": audience.member_id, "on": audience.platform, "there": audience.place}
    row = db.execute(_OF_PLACE if audience.member_id is None else _OF_MEMBER, whose).one_or_none()
    return Digest(*row) if row else None


def get(db: Connection, number: int) -> Digest | None:
    """One by number."""
    row = db.execute(select(*_COLUMNS).where(digests.c.id == number)).one_or_none()
    return Digest(*row) if row else None


def save(db: Connection, digest: Digest) -> Digest:
    """Keep it as it is now, new or known."""
    if digest.id:
        db.execute(_SAVE, {"which": digest.id, **{f"new_{name}": getattr(digest, name) for name in _SETTINGS}})
        return digest
    told: dict[str, Any] = {name: getattr(digest, name) for name in _SETTINGS}
    return Digest(*db.execute(insert(digests).values(told).returning(*_COLUMNS)).one())


def due(db: Connection, now: datetime, most: int) -> list[Digest]:
    """Those that are to be made by now, the earliest first."""
    query = select(*_COLUMNS).where(digests.c.active, digests.c.next_at <= now)
    return [Digest(*row) for row in db.execute(query.order_by(digests.c.next_at, digests.c.id).limit(most))]


def add(db: Connection, edition: Edition) -> Edition:
    """The digest of a day is made."""
    told = {one.name: getattr(edition, one.name) for one in fields(Edition) if one.name != "id"}
    return Edition(*db.execute(_ADD, told).one())


def edition(db: Connection, number: int) -> Edition | None:
    """One by number."""
    row = db.execute(select(*_EDITION).where(editions.c.id == number)).one_or_none()
    return Edition(*row) if row else None


def purge(db: Connection, before: date) -> int:
    """Forget the editions of before a day; gives how many."""
    return db.execute(delete(editions).where(editions.c.day < before)).rowcount


def last(db: Connection, digest_id: int) -> Edition | None:
    """The latest of a digest."""
    row = db.execute(_LAST, {"which": digest_id}).one_or_none()
    return Edition(*row) if row else None
