"""Fracties of the Tweede Kamer, those that sit and those that sat."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import JSON, Column, Date, Integer, String, Table, Text, insert, or_, select, update

from storage.database import Connection, metadata
from storage.signs import words_changed

fracties = Table(
    "fracties",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(80), nullable=False, unique=True),
    Column("abbreviation", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("aliases", JSON, nullable=False),
    Column("since", Date),
    Column("until", Date),
)


def save(db: Connection, fractie: Mapping[str, Any]) -> int:
    """A fractie as its source gives it (columns of `fracties`), new or known; gives the number."""
    words_changed(db)
    known = update(fracties).where(fracties.c.source_id == fractie["source_id"]).values(**fractie)
    number = db.execute(known.returning(fracties.c.id)).scalar_one_or_none()
    if number is not None:
        return int(number)
    return int(db.execute(insert(fracties).values(**fractie).returning(fracties.c.id)).scalar_one())


def all_on(db: Connection, day: date | None = None) -> list[Mapping[str, Any]]:
    """The fracties that sat on `day`, or all there ever were; by abbreviation."""
    query = select(fracties).order_by(fracties.c.abbreviation)
    if day is not None:
        query = query.where(or_(fracties.c.since.is_(None), fracties.c.since <= day))
        query = query.where(or_(fracties.c.until.is_(None), fracties.c.until >= day))
    return [dict(row._mapping) for row in db.execute(query)]
