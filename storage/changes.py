"""Changes: what became another thing about an item of parliament, and when we read so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, delete, insert, select

from storage.database import Connection, Utc, metadata

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", ForeignKey("items.id"), nullable=False),
    Column("at", Utc, nullable=False),
    Column("what", String(20), nullable=False),
    Column("facts", JSON, nullable=False),
    Index(None, "at"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an item. `what`: stage, moved, state, outcome or controversial; `facts`: at least `old`."""

    item_id: int
    at: datetime
    what: str
    facts: Mapping[str, Any]


def note(db: Connection, change: Change) -> None:
    """Write it down."""
    row = {"item_id": change.item_id, "at": change.at, "what": change.what, "facts": dict(change.facts)}
    db.execute(insert(changes).values(row))


def purge(db: Connection, before: datetime) -> int:
    """Forget what changed before a moment; gives how many."""
    return db.execute(delete(changes).where(changes.c.at < before)).rowcount


def between(db: Connection, after: datetime, until: datetime) -> list[Change]:
    """What changed after one moment, up to and with another, in that order."""
    columns = (changes.c.item_id, changes.c.at, changes.c.what, changes.c.facts)
    query = select(*columns).where(changes.c.at > after, changes.c.at <= until).order_by(changes.c.id)
    return [Change(*row) for row in db.execute(query)]
