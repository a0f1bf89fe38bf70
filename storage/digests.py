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


_COLUMNS = tuple(digests.c[one.name] for one in fields(Digest))
_EDITION = tuple(editions.c[one.name] for one in fields(Edition))


def of(db: Connection, audience: Digest) -> Digest | None:
    """The one of an audience."""
    here = (digests.c.member_id == audience.member_id,)
    if audience.member_id is None:
        place = (digests.c.platform == audience.platform, digests.c.place == audience.place)
        here = (digests.c.member_id.is_(None), *place)  # type: ignore[assignment]
    row = db.execute(select(*_COLUMNS).where(*here).order_by(digests.c.id).limit(1)).one_or_none()
    return Digest(*row) if row else None


def get(db: Connection, number: int) -> Digest | None:
    """One by number."""
    row = db.execute(select(*_COLUMNS).where(digests.c.id == number)).one_or_none()
    return Digest(*row) if row else None


def save(db: Connection, digest: Digest) -> Digest:
    """Keep it as it is now, new or known."""
    told: dict[str, Any] = {one.name: getattr(digest, one.name) for one in fields(Digest) if one.name != "id"}
    if digest.id:
        db.execute(update(digests).where(digests.c.id == digest.id).values(told))
        return digest
    row = db.execute(insert(digests).values(told).returning(*_COLUMNS)).one()
    return Digest(*row)


def due(db: Connection, now: datetime, most: int) -> list[Digest]:
    """Those that are to be made by now, the earliest first."""
    query = select(*_COLUMNS).where(digests.c.active, digests.c.next_at <= now)
    return [Digest(*row) for row in db.execute(query.order_by(digests.c.next_at, digests.c.id).limit(most))]


def add(db: Connection, edition: Edition) -> Edition:
    """The digest of a day is made."""
    told = {one.name: getattr(edition, one.name) for one in fields(Edition) if one.name != "id"}
    row = db.execute(insert(editions).values(told).returning(*_EDITION)).one()
    return Edition(*row)


def edition(db: Connection, number: int) -> Edition | None:
    """One by number."""
    row = db.execute(select(*_EDITION).where(editions.c.id == number)).one_or_none()
    return Edition(*row) if row else None


def purge(db: Connection, before: date) -> int:
    """Forget the editions of before a day; gives how many."""
    return db.execute(delete(editions).where(editions.c.day < before)).rowcount


def last(db: Connection, digest_id: int, before: date | None = None) -> Edition | None:
    """The latest of a digest, or the latest before a day."""
    query = select(*_EDITION).where(editions.c.digest_id == digest_id)
    query = query.where(editions.c.day < before) if before else query
    row = db.execute(query.order_by(editions.c.day.desc()).limit(1)).one_or_none()
    return Edition(*row) if row else None
