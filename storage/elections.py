"""Elections: the days on which people vote."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, String, Table, delete, insert, select

from storage.database import Connection, metadata

elections = Table(
    "elections",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(120), primary_key=True),
)


def everything(db: Connection) -> Sequence[tuple[date, str]]:
    """(day, name), in order."""
    rows = db.execute(select(elections.c.day, elections.c.name).order_by(elections.c.day, elections.c.name))
    return [(row.day, row.name) for row in rows]


def replace(db: Connection, all_of_them: Iterable[Mapping[str, Any]]) -> None:
    """The elections as the configuration has them (day, name), instead of those that were known."""
    db.execute(delete(elections))
    for one in all_of_them:
        db.execute(insert(elections).values(day=one["day"], name=one["name"]))
