"""Unknown values: what a source said in a field whose values we thought we knew, and how often."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

LONGEST = 200  # characters of a value

unknown_values = Table(
    "unknown_values",
    metadata,
    Column("kind", String(30), primary_key=True),
    Column("field", String(40), primary_key=True),
    Column("value", String(LONGEST), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("first_at", Utc, nullable=False),
)


class Unknown(NamedTuple):
    """One value, how often it came, and since when."""

    kind: str
    field: str
    value: str
    times: int
    first_at: datetime


def _upsert(make: Any) -> Any:
    new = make(unknown_values)
    more = {"times": unknown_values.c.times + new.excluded.times}
    return new.on_conflict_do_update(index_elements=["kind", "field", "value"], set_=more)


_COUNT = {"sqlite": _upsert(sqlite.insert), "postgresql": _upsert(postgresql.insert)}


def count(db: Connection, found: Mapping[tuple[str, str, str], int], now: datetime) -> None:
    """They came so many times more: (kind, field, value) -> how often."""
    rows = [
        {"kind": kind, "field": field, "value": value[:LONGEST], "times": times, "first_at": now}
        for (kind, field, value), times in found.items()
    ]
    if rows:
        db.execute(_COUNT[db.dialect.name], rows)


def everything(db: Connection) -> list[Unknown]:
    """All of them, the newest first."""
    query = select(unknown_values).order_by(unknown_values.c.first_at.desc(), unknown_values.c.value)
    return [Unknown(**row._mapping) for row in db.execute(query)]
