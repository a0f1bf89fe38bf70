"""Recesses: the days on which the Kamer does not meet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, String, Table, delete, insert, select

from storage.database import Connection, metadata
from storage.signs import words_changed

recesses = Table(
    "recesses",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
)


def everything(db: Connection) -> Sequence[tuple[str, date, date]]:
    """(name, first day, last day), in order."""
    rows = db.execute(select(recesses.c.name, recesses.c.first, recesses.c.last).order_by(recesses.c.first))
    return [(row.name, row.first, row.last) for row in rows]


def replace(db: Connection, all_of_them: Iterable[Mapping[str, Any]]) -> None:
    """The recesses as the configuration has them (name, first, last), instead of those that were known."""
    words_changed(db)
    db.execute(delete(recesses))
    for one in all_of_them:
        db.execute(insert(recesses).values(name=one["name"], first=one["first"], last=one["last"]))
