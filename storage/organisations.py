"""Organisations: ministries, agencies, partners, media; anything that is spoken to or takes part."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text, insert, select, true, update

from storage.database import Connection, metadata
from storage.signs import words_changed

organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("aliases", JSON, nullable=False),
    # False: somebody typed it with a contact, and it is known to those who may see that contact
    Column("listed", Boolean, nullable=False, server_default=true()),
)


def everything(db: Connection) -> list[Mapping[str, Any]]:
    """Every organisation, by name: id, name, kind, aliases, listed."""
    return [dict(row._mapping) for row in db.execute(select(organisations).order_by(organisations.c.name))]


def save(db: Connection, name: str, kind: str, aliases: list[str], listed: bool = True) -> int:
    """An organisation, new or known by its name; gives the number."""
    words_changed(db)
    row = {"name": name, "kind": kind, "aliases": aliases, "listed": listed}
    known = update(organisations).where(organisations.c.name == name).values(row).returning(organisations.c.id)
    number = db.execute(known).scalar_one_or_none()
    if number is not None:
        return int(number)
    return int(db.execute(insert(organisations).values(row).returning(organisations.c.id)).scalar_one())


def number(db: Connection, name: str, kind: str = "overig") -> int:
    """The number of the organisation with this name or alias, whatever its case; it is added when nobody knows it."""
    folded = name.casefold()
    for known in everything(db):
        if folded in {known["name"].casefold(), *(alias.casefold() for alias in known["aliases"])}:
            return int(known["id"])
    return save(db, name, kind, [], listed=False)
