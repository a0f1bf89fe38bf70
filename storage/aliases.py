"""Aliases: other spellings of somebody, learned from the answers to our questions."""

from collections.abc import Collection

from sqlalchemy import Column, ForeignKey, Integer, Table, Text, delete, distinct, func, insert, select

from storage.contacts import contacts
from storage.database import Connection, metadata
from storage.signs import words_changed

aliases = Table(
    "aliases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spelling", Text, nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id"), nullable=False, index=True),
)

_TAUGHT = (
    select(aliases.c.spelling, func.min(aliases.c.person_id))
    .join(contacts, contacts.c.id == aliases.c.contact_id)
    .where(contacts.c.undone_at.is_(None), contacts.c.confidential.is_(False))
    .group_by(aliases.c.spelling)
    .having(func.count(distinct(aliases.c.person_id)) == 1)
)


def learn(db: Connection, spelling: str, person_id: int, contact_id: int) -> None:
    """In this contact somebody said that these folded words are this person."""
    db.execute(insert(aliases).values(spelling=spelling, person_id=person_id, contact_id=contact_id))
    words_changed(db)


def forget(db: Connection, contact_id: int, still_there: Collection[int] = ()) -> None:
    """What this contact taught no longer counts, except of the people who are still in it."""
    gone = aliases.c.contact_id == contact_id, aliases.c.person_id.not_in(still_there)
    if db.execute(delete(aliases).where(*gone)).rowcount:
        words_changed(db)


def drop(db: Connection, spelling: str, person_id: int) -> None:
    """Somebody said that these words are not this person: whoever said so before no longer counts."""
    db.execute(delete(aliases).where(aliases.c.spelling == spelling, aliases.c.person_id == person_id))
    words_changed(db)


def taught(db: Connection) -> dict[str, int]:
    """Spelling -> person, of the spellings that were always said to be one person; no confidential contact counts."""
    return {spelling: person for spelling, person in db.execute(_TAUGHT)}
