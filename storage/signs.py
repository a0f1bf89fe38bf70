"""Signs of life: when something last went well (a backup, the list of people), for `status` and `doctor`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, Table, Text, delete, insert, select

from storage.database import Connection, Utc, metadata

signs = Table(
    "signs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Utc, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Sign:
    """What was last seen of something, and when."""

    name: str
    value: str
    at: datetime


def leave(db: Connection, name: str, value: str, at: datetime) -> None:
    """This went well, just now."""
    db.execute(delete(signs).where(signs.c.name == name))
    db.execute(insert(signs).values(name=name, value=value, at=at))


def find(db: Connection, name: str) -> Sign | None:
    """The last sign of one thing."""
    row = db.execute(select(signs).where(signs.c.name == name)).one_or_none()
    return Sign(**row._mapping) if row else None
