"""Cursors: up to where each source was read, and when that last went well."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Column, String, Table, Text, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

cursors = Table(
    "cursors",
    metadata,
    Column("source", String(40), primary_key=True),
    Column("part", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("read_at", Utc),
    Column("item_at", Utc),
    Column("tried_at", Utc),
    Column("trouble", Text, nullable=False, default=""),
    Column("changed", Boolean, nullable=False, default=False),
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the reading of one part of a source stands.

    value     where to go on; "" before the first time
    read_at   when it was last read to its end; None: never yet
    item_at   when it last brought something new
    tried_at  when it was last tried
    trouble   what the last try ended in; "" when it went well
    changed   whether that trouble is that the source is no longer what it was: somebody has to look
    """

    source: str
    part: str
    value: str = ""
    read_at: datetime | None = None
    item_at: datetime | None = None
    tried_at: datetime | None = None
    trouble: str = ""
    changed: bool = False


def held(db: Connection, source: str, part: str) -> Cursor:
    """The cursor, which nobody else can move until this transaction ends."""
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    blank = {"source": source, "part": part, "value": "", "trouble": "", "changed": False}
    db.execute(make(cursors).values(blank).on_conflict_do_nothing())
    query = select(cursors).where(cursors.c.source == source, cursors.c.part == part).with_for_update()
    return Cursor(**db.execute(query).one()._mapping)


def move(db: Connection, cursor: Cursor) -> None:
    """Write it down as it is now."""
    here = (cursors.c.source == cursor.source, cursors.c.part == cursor.part)
    now = {name: getattr(cursor, name) for name in ("value", "read_at", "item_at", "tried_at", "trouble", "changed")}
    if not db.execute(update(cursors).where(*here).values(now)).rowcount:
        db.execute(insert(cursors).values(source=cursor.source, part=cursor.part, **now))


def of(db: Connection, source: str) -> list[Cursor]:
    """All parts of a source."""
    query = select(cursors).where(cursors.c.source == source).order_by(cursors.c.part)
    return [Cursor(**row._mapping) for row in db.execute(query)]
