"""Organisations: ministries, agencies, partners, media; anything that is spoken to or takes part."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Column, Integer, String, Table, Text, insert, select, update

from storage.database import Connection, metadata

organisations = Table(
    "organisations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("aliases", JSON, nullable=False),
)


def everything(db: Connection) -> list[Mapping[str, Any]]:
    """Every organisation, by name: id, name, kind, aliases."""
    return [dict(row._mapping) for row in db.execute(select(organisations).order_by(organisations.c.name))]


def save(db: Connection, name: str, kind: str, aliases: list[str]) -> int:
    """An organisation, new or known by its name; gives the number."""
    row = {"name": name, "kind": kind, "aliases": aliases}
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
    return save(db, name, kind, [])
