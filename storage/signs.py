"""Signs: when something last went well (a backup, the list of people), and when the words we read with changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, String, Table, Text, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

WORDS = "words"  # the sign whose value is the version of the words

signs = Table(
    "signs",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Utc, nullable=False),
)

_VALUE = select(signs.c.value).where(signs.c.name == bindparam("name"))


@dataclass(frozen=True, slots=True)
class Sign:
    """What was last seen of something, and when."""

    name: str
    value: str
    at: datetime


def leave(db: Connection, name: str, value: str, at: datetime) -> None:
    """This went well, just now. Two processes may say so at the same moment."""
    _put(db, name, {"value": value, "at": at})


def find(db: Connection, name: str) -> Sign | None:
    """The last sign of one thing."""
    row = db.execute(select(signs).where(signs.c.name == name)).one_or_none()
    return Sign(**row._mapping) if row else None


def words_changed(db: Connection) -> None:
    """Some person, function, organisation, fractie, dossier, member or own word is another now: the version is too."""
    _put(db, WORDS, {"value": uuid4().hex, "at": func.now()})


def _put(db: Connection, name: str, new: dict[str, Any]) -> None:
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    db.execute(make(signs).values(name=name, **new).on_conflict_do_update(index_elements=[signs.c.name], set_=new))


def words_version(db: Connection) -> str:
    """Two readings of the words under one version are alike, in whatever database; "" where none was ever kept."""
    return db.scalar(_VALUE, {"name": WORDS}) or ""
