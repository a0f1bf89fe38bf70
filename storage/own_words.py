"""Words an organisation adds to ours: kinds of contact, more words for a kind or stance, dossiers in titles."""

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import JSON, Column, Integer, String, Table, UniqueConstraint, delete, insert, select

from storage.database import Connection, metadata
from storage.signs import words_changed

Of = Literal["kind", "stance", "title"]

own_words = Table(
    "own_words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("of", String(20), nullable=False),
    Column("name", String(30), nullable=False),
    Column("words", JSON, nullable=False),
    UniqueConstraint("of", "name", name="uq_own_words_of_name"),
)


def everything(db: Connection, of: Of) -> Mapping[str, Sequence[str]]:
    """Name of a kind, stance or dossier -> the words it is read from, in the order of the configuration."""
    rows = db.execute(select(own_words.c.name, own_words.c.words).where(own_words.c.of == of).order_by(own_words.c.id))
    return {name: tuple(words) for name, words in rows}


def replace(db: Connection, of: Of, words: Mapping[str, Sequence[str]]) -> None:
    """These are all of them; what no longer stands in the configuration is read no longer."""
    words_changed(db)
    db.execute(delete(own_words).where(own_words.c.of == of))
    for name, said in words.items():
        db.execute(insert(own_words).values(of=of, name=name, words=list(said)))
