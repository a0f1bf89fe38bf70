"""History: every change of a record with who, when, and the record as it then stood. Nothing in it ever changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, func, insert, select

from storage.database import Connection, Utc, metadata

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("noun", String(30), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("action", String(20), nullable=False),
    Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("undoes", ForeignKey("history.id")),
    Column("state", JSON, nullable=False),
    Index(None, "noun", "row_id", "id"),
)

_WRITE = insert(history).returning(history.c.id)


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `state` is the record after it; `undoes` is the number of the change it took back."""

    id: int
    noun: str
    row_id: int
    version: int
    action: str
    member_id: int
    at: datetime
    undoes: int | None
    state: Mapping[str, Any]


def write(db: Connection, change: Mapping[str, Any]) -> int:
    """Add one change (the fields of Change but `id`); gives its number."""
    return int(db.execute(_WRITE, dict(change)).scalar_one())


def of(db: Connection, noun: str, row_id: int) -> list[Change]:
    """All changes of one record, oldest first."""
    query = select(history).where(history.c.noun == noun, history.c.row_id == row_id).order_by(history.c.id)
    return [Change(**found._mapping) for found in db.execute(query)]


def changed_at(db: Connection, noun: str, row_ids: Collection[int]) -> dict[int, datetime]:
    """When each of these records was changed last."""
    here = (history.c.noun == noun, history.c.row_id.in_(row_ids))
    query = select(history.c.row_id, func.max(history.c.at)).where(*here).group_by(history.c.row_id)
    return {number: at for number, at in db.execute(query)}


def latest_of_member(
    db: Connection, noun: str, member_ids: Collection[int], since: datetime, but: Collection[str] = ()
) -> Change | None:
    """The newest change of such a record since then that was not taken back and takes nothing back itself.

    but         actions that do not count
    member_ids  one member, under each number they ever had
    """
    later = history.alias()
    taken_back = select(later.c.undoes).where(later.c.undoes.is_not(None))
    query = (
        select(history)
        .where(history.c.noun == noun, history.c.member_id.in_(member_ids))
        .where(history.c.at >= since, history.c.undoes.is_(None), history.c.action.not_in(but))
        .where(history.c.id.not_in(taken_back))
        .order_by(history.c.id.desc())
        .limit(1)
    )
    found = db.execute(query).one_or_none()
    return Change(**found._mapping) if found else None
