"""Searching contacts by their words, newest first; the same answers from SQLite (FTS5) and PostgreSQL (tsvector)."""

import re
import unicodedata
from collections.abc import Iterable

from sqlalchemy import ColumnElement, bindparam, column, text

from storage.database import Connection

_WORD = re.compile(r"[^\W_]+")
LONGEST = 100  # characters of one word; PostgreSQL refuses more than 2,046 bytes

# `contact_words` has the same two columns on both, (chronology, words), and is made by the first migration:
# neither a virtual table nor a tsvector with its index can be said in the words of both databases.

_PUT = {
    "sqlite": text("INSERT INTO contact_words(rowid, words) VALUES (:chronology, :words)"),
    "postgresql": text(
        "INSERT INTO contact_words(chronology, words)"
        " VALUES (:chronology, array_to_tsvector(array_remove(string_to_array(:words, ' '), '')))"
    ),
}


def words(typed: str) -> list[str]:
    """The words of a text as they are compared: lower case, without accents, `36704-7` as two."""
    if typed.isascii():
        return [word[:LONGEST] for word in _WORD.findall(typed.lower())]
    # taken apart first: what `™` holds is in capitals; and once more after: folding puts some letters together again
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", typed).casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return [word[:LONGEST] for word in _WORD.findall(bare)]


def index(db: Connection, chronology: int, texts: Iterable[str]) -> None:
    """Make a contact findable by these texts."""
    found = dict.fromkeys(words("\n".join(dict.fromkeys(texts))))
    db.execute(_PUT[db.dialect.name], {"chronology": chronology, "words": " ".join(found)})


def unindex(db: Connection, chronology: int) -> None:
    """Make a contact findable no longer."""
    key = "rowid" if db.dialect.name == "sqlite" else "chronology"
    db.execute(text(f"DELETE FROM contact_words WHERE {key} = :chronology"), {"chronology": chronology})  # noqa: S608  # the two names are ours


def matching(db: Connection, wanted: list[str]) -> ColumnElement[bool]:
    """The condition that a row of contact_words holds every wanted word, or a word that begins with it."""
    if db.dialect.name == "sqlite":
        query = " ".join(f'"{word}"*' for word in wanted)
        return text("contact_words MATCH :wanted").bindparams(bindparam("wanted", query))  # type: ignore[return-value]  # a text clause stands where a condition may
    query = " & ".join(f"'{word}':*" for word in wanted)
    # in a SELECT of its own it is read once, not once for every row
    return column("words").op("@@")(text("(SELECT CAST(:wanted AS tsquery))").bindparams(bindparam("wanted", query)))
