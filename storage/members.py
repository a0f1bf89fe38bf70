"""Members: our own staff, the platforms they use, and the codes that join two platforms into one member."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata
from storage.places import places
from storage.signs import words_changed

members = Table(
    "members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Integer, nullable=False),
    Column("language", String(2)),
    Column("active", Boolean, nullable=False, default=True),
    Column("merged_into", ForeignKey("members.id")),
    Column("created_at", Utc, nullable=False),
)

identities = Table(
    "identities",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("user", String(200), primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False),
    Column("expires_at", Utc, nullable=False),
)


class Found(NamedTuple):
    """A member as stored: `role` is the number of handlers.command.Role."""

    id: int
    name: str
    role: int
    language: str | None
    active: bool


_columns = (members.c.id, members.c.name, members.c.role, members.c.language, members.c.active)
_KNOWN_AS = (
    select(*_columns)
    .join(identities)
    .where(identities.c.platform == bindparam("platform"), identities.c.user == bindparam("user"))
)
_HERE = and_(places.c.platform == bindparam("place_platform"), places.c.place == bindparam("place"))
_MET = _KNOWN_AS.add_columns(places.c.language).outerjoin(places, _HERE)
_EVERYBODY = select(*_columns).where(members.c.active).order_by(members.c.name, members.c.id)
_BY_USER = select(identities.c.member_id).where(func.lower(identities.c.user) == bindparam("user"))
_GET = select(*_columns).where(members.c.id == bindparam("member"))
_REACHED_AS = (
    select(identities.c.platform, identities.c.user)
    .join(members, members.c.id == identities.c.member_id)
    .where(identities.c.member_id == bindparam("member"), members.c.active)
    .order_by(identities.c.user)
)


def known_as(db: Connection, platform: str, user: str) -> Found | None:
    """The member behind an identity."""
    row = db.execute(_KNOWN_AS, {"platform": platform, "user": user}).one_or_none()
    return Found(*row) if row else None


def met(db: Connection, asker: tuple[str, str], place: tuple[str, str]) -> tuple[Found, str | None] | None:
    """The member behind a (platform, user), and the language set for the (platform, place) they speak in."""
    asked = {"platform": asker[0], "user": asker[1], "place_platform": place[0], "place": place[1]}
    row = db.execute(_MET, asked).one_or_none()
    return (Found(*row[:-1]), row[-1]) if row else None


def get(db: Connection, member_id: int) -> Found | None:
    """One member by number."""
    row = db.execute(_GET, {"member": member_id}).one_or_none()
    return Found(*row) if row else None


def everybody(db: Connection) -> list[Found]:
    """All members that are active, by name."""
    return [Found(*row) for row in db.execute(_EVERYBODY)]


def called(db: Connection, name: str) -> list[Found]:
    """Active members with this name or first name, whatever the case of its letters; or with this user name."""
    folded = name.casefold()
    by_user = set(db.scalars(_BY_USER, {"user": folded}))
    return [
        found
        for found in everybody(db)
        if found.name.casefold() == folded or found.name.casefold().split()[:1] == [folded] or found.id in by_user
    ]


def add(db: Connection, name: str, role: int, at: datetime) -> int:
    """A new member; gives the number."""
    words_changed(db)
    return int(
        db.execute(insert(members).values(name=name, role=role, created_at=at).returning(members.c.id)).scalar_one()
    )


def admit(db: Connection, asker: tuple[str, str], name: str, role: int, at: datetime) -> None:
    """A new member behind this (platform, user); who came in by another connection meanwhile is not doubled."""
    number = add(db, name, role, at)
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    behind = {"platform": asker[0], "user": asker[1], "member_id": number}
    mine = make(identities).values(behind).on_conflict_do_nothing().returning(identities.c.member_id)
    if db.scalar(mine) is None:
        db.execute(delete(members).where(members.c.id == number))


def identify(db: Connection, platform: str, user: str, member_id: int) -> None:
    """From now on this identity is this member."""
    db.execute(delete(identities).where(identities.c.platform == platform, identities.c.user == user))
    db.execute(insert(identities).values(platform=platform, user=user, member_id=member_id))


def platforms_of(db: Connection, member_id: int) -> list[str]:
    """The platforms on which a member is known."""
    query = select(identities.c.platform).where(identities.c.member_id == member_id).order_by(identities.c.platform)
    return list(db.scalars(query).all())


def reached_as(db: Connection, member_id: int) -> dict[str, str]:
    """Platform -> the user as whom a member is known there; nothing of one who may not come in."""
    return {row.platform: row.user for row in db.execute(_REACHED_AS, {"member": member_id})}


def kept(db: Connection, member_id: int) -> int:
    """The member this one is now: another one when two turned out to be one person."""
    into = db.scalar(select(members.c.merged_into).where(members.c.id == member_id))
    return kept(db, into) if into else member_id


def once(db: Connection, member_id: int) -> set[int]:
    """The members this one was before, itself among them: history keeps the numbers of its day."""
    before = set(db.scalars(select(members.c.id).where(members.c.merged_into == member_id)).all())
    return {member_id}.union(*(once(db, one) for one in before))


def set_role(db: Connection, member_id: int, role: int) -> None:
    """What the member may do from now on."""
    db.execute(update(members).where(members.c.id == member_id).values(role=role))


def set_language(db: Connection, member_id: int, language: str | None) -> None:
    """The language in which the member is answered; None leaves it to the place."""
    db.execute(update(members).where(members.c.id == member_id).values(language=language))


def set_active(db: Connection, member_id: int, active: bool) -> None:
    """Whether the member may come in."""
    words_changed(db)
    db.execute(update(members).where(members.c.id == member_id).values(active=active))


def offer_code(db: Connection, code: str, member_id: int, expires_at: datetime) -> None:
    """A code to type on the other platform; an earlier one of the same member stops working."""
    db.execute(delete(link_codes).where((link_codes.c.member_id == member_id) | (link_codes.c.code == code)))
    db.execute(insert(link_codes).values(code=code, member_id=member_id, expires_at=expires_at))


def take_code(db: Connection, code: str, now: datetime) -> int | None:
    """The member who got this code, if it still holds; it works once."""
    held = (link_codes.c.code == code, link_codes.c.expires_at >= now)
    return db.execute(delete(link_codes).where(*held).returning(link_codes.c.member_id)).scalar_one_or_none()


def merge(db: Connection, gone: int, kept: int) -> None:
    """Two members were one person: all that points to `gone` points to `kept`, except history, which never changes."""
    words_changed(db)
    for table in metadata.sorted_tables:
        if table.name in {"history", "members"}:
            continue
        for column in table.c:
            if any(key.column is members.c.id for key in column.foreign_keys):
                _point(db, table, column.name, (gone, kept))
    db.execute(update(members).where(members.c.id == gone).values(active=False, merged_into=kept))


def _point(db: Connection, table: Table, name: str, move: tuple[int, int]) -> None:
    gone, kept = move
    if table.c[name].primary_key:  # the kept member may stand there already
        twin = table.alias()
        same = [twin.c[key.name] == table.c[key.name] for key in table.primary_key if key.name != name]
        db.execute(delete(table).where(table.c[name] == gone, exists().where(twin.c[name] == kept, *same)))
    db.execute(update(table).where(table.c[name] == gone).values({name: kept}))
