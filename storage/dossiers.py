"""Dossiers: the themes of our lobby, each with the words by which it is called."""

from collections.abc import Mapping, Sequence

from sqlalchemy import JSON, Column, Integer, String, Table, insert, select, update

from storage.database import Connection, metadata
from storage.signs import words_changed

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("synonyms", JSON, nullable=False),
)


def everything(db: Connection) -> Mapping[str, Sequence[str]]:
    """name -> synonyms, by name."""
    rows = db.execute(select(dossiers.c.name, dossiers.c.synonyms).order_by(dossiers.c.name))
    return {name: tuple(synonyms) for name, synonyms in rows}


def numbers(db: Connection) -> dict[str, int]:
    """name -> number."""
    return {name: number for name, number in db.execute(select(dossiers.c.name, dossiers.c.id))}


def save(db: Connection, name: str, synonyms: Sequence[str]) -> None:
    """A dossier with its words, new or known."""
    words_changed(db)
    row = {"name": name, "synonyms": list(synonyms)}
    if db.execute(update(dossiers).where(dossiers.c.name == name).values(row)).rowcount == 0:
        db.execute(insert(dossiers).values(row))
