"""Entities: what parliament published, each as it was last seen, and what each points to.

A mirror of the source in the source's own names: whatever is shown to people is derived from it (storage/items.py), and
can be derived anew. Each row that is new or changed gets the next change number, by which the deriving goes on.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from storage import cursors
from storage.database import Connection, Utc, metadata

entities = Table(
    "entities",
    metadata,
    Column("kind", String(30), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("body", Text, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("updated", Utc, nullable=False),
    Column("first_at", Utc, nullable=False),
    Column("change", Integer, nullable=False),
    Index(None, "change", unique=True),
    Index(None, "id", sqlite_where=text("deleted"), postgresql_where=text("deleted")),
)

entity_links = Table(
    "entity_links",
    metadata,
    Column("target", String(60), primary_key=True),
    Column("kind", String(30), primary_key=True),
    Column("id", String(60), primary_key=True),
    Column("name", String(30), primary_key=True),
    sqlite_with_rowid=False,
)


class Seen(NamedTuple):
    """One entity as a source tells of it.

    body     as JSON: {"values": {field: value}, "links": {name: [ids of what it points to]}}; "" when it is deleted
    updated  when it became visible there
    links    the links of the body: (name, id), each pair once
    """

    id: str
    body: str
    updated: datetime
    deleted: bool = False
    links: tuple[tuple[str, str], ...] = ()


class Kept(NamedTuple):
    """One entity as it stands here."""

    kind: str
    id: str
    body: str
    deleted: bool
    updated: datetime
    first_at: datetime
    change: int


_KNOWN = select(entities.c.id, entities.c.body, entities.c.deleted).where(
    entities.c.kind == bindparam("kind"), entities.c.id.in_(bindparam("ids", expanding=True))
)
_CHANGE = (
    update(entities)
    .where(entities.c.kind == bindparam("of"), entities.c.id == bindparam("which"))
    .values(
        body=bindparam("body"),
        deleted=bindparam("deleted"),
        updated=bindparam("updated"),
        change=bindparam("change"),
    )
)
_THERE = select(entities.c.kind, entities.c.id).where(
    entities.c.kind.in_(bindparam("kinds", expanding=True)), entities.c.id.in_(bindparam("ids", expanding=True))
)
_TOUCH = (
    update(entities)
    .where(entities.c.kind == bindparam("of"), entities.c.id == bindparam("which"))
    .values(change=bindparam("change"))
)
_UNLINK = delete(entity_links).where(
    entity_links.c.target == bindparam("to"),
    entity_links.c.kind == bindparam("of"),
    entity_links.c.id == bindparam("which"),
    entity_links.c.name == bindparam("as"),
)
_GONE = select(entities.c.id).where(  # in the words of its index: SQLite would not take `deleted = 1` for `deleted`
    text("entities.deleted"), entities.c.id.in_(bindparam("ids", expanding=True))
)
_LINKED = (
    select(entity_links.c.kind, entity_links.c.id)
    .where(entity_links.c.target.in_(bindparam("targets", expanding=True)))
    .distinct()
)
_COLUMNS = tuple(entities.c[name] for name in Kept._fields)
_POINTING = select(entity_links.c.id).where(
    entity_links.c.target.in_(bindparam("targets", expanding=True)), entity_links.c.kind == bindparam("kind")
)
_BY_LINK = (  # by the links first: SQLite would look through the whole kind
    select(*_COLUMNS)
    .where(entities.c.kind == bindparam("kind"), entities.c.id.in_(_POINTING), ~entities.c.deleted)
    .order_by(entities.c.id)
)
_BY_ID = (
    select(*_COLUMNS)
    .where(entities.c.kind == bindparam("kind"), entities.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(entities.c.id)
)


def store(db: Connection, kind: str, seen: Iterable[Seen], now: datetime, kinds: Collection[str] = ()) -> int:
    """Keep them as they are now; gives how many were new or different. The last word on an id counts.

    What is unchanged is not written. Nothing points to what is deleted, whichever of the two came first. What a deleted
    one pointed to (of these kinds) is the same, and gets a change number: what is made of it may be another now.
    """
    last = {one.id: one for one in _without_deleted(db, seen)}
    known = {row.id: row for row in db.execute(_KNOWN, {"kind": kind, "ids": list(last)})} if last else {}
    new = [one for one in last.values() if one.id not in known]
    changed = [
        one
        for one in last.values()
        if (was := known.get(one.id)) and (was.body != one.body or was.deleted != one.deleted)
    ]
    _write(db, kind, new, changed, ({id: row.body for id, row in known.items()}, now))
    gone = [one.id for one in (*new, *changed) if one.deleted]
    if gone:
        _forget_links_to(db, gone, now)
        _touch(db, kinds, {id for one in gone if one in known for _, id in _pairs(known[one].body)})
    return len(new) + len(changed)


def _touch(db: Connection, kinds: Collection[str], ids: Collection[str]) -> None:
    """The next change numbers for these, which are as they were."""
    if not ids or not kinds:
        return
    there = db.execute(_THERE, {"kinds": list(kinds), "ids": list(ids)}).all()
    if there:
        number = db.scalar(select(func.max(entities.c.change))) or 0
        rows = [{"of": row.kind, "which": row.id, "change": count} for count, row in enumerate(there, number + 1)]
        db.execute(_TOUCH, rows)


def _write(
    db: Connection, kind: str, new: Sequence[Seen], changed: Sequence[Seen], was: tuple[Mapping[str, str], datetime]
) -> None:
    """`was`: (the bodies of those that are changed, now)."""
    if not new and not changed:
        return
    bodies, now = was
    cursors.held(db, "entities", "change")  # the numbers are given out by one at a time
    number = db.scalar(select(func.max(entities.c.change))) or 0
    _insert(db, kind, new, (number, now))
    _unlink(db, kind, {one.id: bodies[one.id] for one in changed})
    _update(db, kind, changed, number + len(new))
    links = [
        {"target": target, "kind": kind, "id": one.id, "name": name}
        for one in (*new, *changed)
        for name, target in one.links
    ]
    if links:
        db.execute(insert(entity_links), links)


def _without_deleted(db: Connection, seen: Iterable[Seen]) -> Iterator[Seen]:
    """The same, but for their links to what is deleted."""
    told = list(seen)
    targets = {target for one in told for _, target in one.links}
    gone = set(db.scalars(_GONE, {"ids": list(targets)})) if targets else set()
    for one in told:
        yield _cut(one, gone) if any(target in gone for _, target in one.links) else one


def _cut(one: Seen, gone: Collection[str]) -> Seen:
    body = json.loads(one.body)
    links = {name: [id for id in ids if id not in gone] for name, ids in body["links"].items()}
    left = {name: ids for name, ids in links.items() if ids}
    written = json.dumps({"links": left, "values": body["values"]}, ensure_ascii=False, sort_keys=True)
    return one._replace(body=written, links=tuple(link for link in one.links if link[1] not in gone))


def _forget_links_to(db: Connection, gone: Collection[str], now: datetime) -> None:
    """Those that point to what is deleted are changed: they no longer do."""
    rows = db.execute(_LINKED, {"targets": list(gone)}).all()
    for kind in sorted({row.kind for row in rows}):
        of_kind = get(db, kind, {row.id for row in rows if row.kind == kind})
        cut = [_cut(_seen(one), gone) for one in of_kind]
        _write(db, kind, [], cut, ({one.id: one.body for one in of_kind}, now))


def _seen(kept: "Kept") -> Seen:
    return Seen(kept.id, kept.body, kept.updated, kept.deleted, _pairs(kept.body))


def _pairs(body: str) -> tuple[tuple[str, str], ...]:
    links = json.loads(body)["links"] if body else {}
    return tuple((name, id) for name, ids in links.items() for id in ids)


def _insert(db: Connection, kind: str, new: Sequence[Seen], at: tuple[int, datetime]) -> None:
    """`at`: (the change number before the first of them, now)."""
    if new:
        last, now = at
        rows = [
            {
                "kind": kind,
                "id": one.id,
                "body": one.body,
                "deleted": one.deleted,
                "updated": one.updated,
                "first_at": now,
                "change": number,
            }
            for number, one in enumerate(new, last + 1)
        ]
        db.execute(insert(entities), rows)


def _update(db: Connection, kind: str, changed: Sequence[Seen], last: int) -> None:
    if changed:
        rows = [
            {
                "of": kind,
                "which": one.id,
                "body": one.body,
                "deleted": one.deleted,
                "updated": one.updated,
                "change": number,
            }
            for number, one in enumerate(changed, last + 1)
        ]
        db.execute(_CHANGE, rows)


def _unlink(db: Connection, kind: str, was: Mapping[str, str]) -> None:
    """What these pointed to, as their bodies were, they point to no longer. Found by the target: no second index."""
    gone = [
        {"to": target, "of": kind, "which": id, "as": name}
        for id, body in was.items()
        if body
        for name, targets in json.loads(body)["links"].items()
        for target in targets
    ]
    if gone:
        db.execute(_UNLINK, gone)


def changed(db: Connection, after: int, most: int) -> list[Kept]:
    """What was new or changed after a change number, in that order; deleted ones too."""
    query = select(*_COLUMNS).where(entities.c.change > after).order_by(entities.c.change).limit(most)
    return [Kept(*row) for row in db.execute(query)]


def get(db: Connection, kind: str, ids: Collection[str]) -> list[Kept]:
    """Those of a kind with these ids that are here, deleted ones too."""
    return [Kept(*row) for row in db.execute(_BY_ID, {"kind": kind, "ids": list(ids)})] if ids else []


def all_of(db: Connection, kind: str) -> list[Kept]:
    """All of a kind that are not deleted."""
    query = select(*_COLUMNS).where(entities.c.kind == kind, ~entities.c.deleted).order_by(entities.c.id)
    return [Kept(*row) for row in db.execute(query)]


def pointing(db: Connection, kind: str, targets: Collection[str]) -> list[Kept]:
    """Those of a kind that point to one of these ids, and are not deleted."""
    return [Kept(*row) for row in db.execute(_BY_LINK, {"kind": kind, "targets": list(targets)})] if targets else []


def counts(db: Connection) -> Mapping[str, int]:
    """Kind -> how many are here, the deleted ones left out."""
    query = select(entities.c.kind, func.count()).where(~entities.c.deleted).group_by(entities.c.kind)
    return {kind: count for kind, count in db.execute(query).all()}


def newest(db: Connection) -> datetime | None:
    """When the newest one became visible at its source."""
    found: datetime | None = db.scalar(select(func.max(entities.c.updated)))
    return found
