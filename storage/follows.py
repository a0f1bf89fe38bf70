"""Follows: what a channel, or somebody alone, wants to hear of parliament."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from storage.database import Connection, Utc, metadata

follows = Table(
    "follows",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("member_id", ForeignKey("members.id"), index=True),
    Column("what", String(20), nullable=False),
    Column("value", String(200), nullable=False),
    Column("steps", Text, nullable=False),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Index(None, "platform", "place"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Follow:
    """One thing that is followed.

    platform, place   the channel that hears of it; both "" where it is one person (member_id)
    what   wet, dossier, zoek, commissie, lid, toezeggingen or consultaties
    value  which one: `36704`, `gezinshereniging`, `AM`; "" where what says it all
    steps  the steps that are told (nieuw, fase, agenda, stemming, termijn), with spaces between them; "" for all
    """

    what: str
    value: str
    platform: str = ""
    place: str = ""
    member_id: int | None = None
    steps: str = ""
    author_id: int = 0
    created_at: datetime | None = None
    id: int = 0

    @property
    def audience(self) -> str:
        """Whom it is for, as one word."""
        return f"m{self.member_id}" if self.member_id is not None else f"{self.platform} {self.place}"


_FIELDS = ("what", "value", "platform", "place", "member_id", "steps", "author_id", "created_at", "id")
_COLUMNS = tuple(follows.c[name] for name in _FIELDS)


def put(db: Connection, follow: Follow) -> tuple[Follow, bool]:
    """Follow it: (as it stands now, whether it is new). Followed already, its steps are those of now."""
    here = (*_whose(follow), follows.c.what == follow.what, follows.c.value == follow.value)
    rows = db.execute(update(follows).where(*here).values(steps=follow.steps).returning(*_COLUMNS)).all()
    if rows:
        return Follow(*rows[0]), False
    values: dict[str, Any] = {name: getattr(follow, name) for name in _FIELDS if name != "id"}
    new = insert(follows).values(values).returning(*_COLUMNS)
    return Follow(*db.execute(new).one()), True


def stop(db: Connection, follow: Follow) -> bool:
    """No longer; False when it was not followed."""
    here = (*_whose(follow), follows.c.what == follow.what, follows.c.value == follow.value)
    return db.execute(delete(follows).where(*here)).rowcount > 0


def of(db: Connection, whose: Follow) -> list[Follow]:
    """What the audience of a follow follows, in the order in which it began to."""
    query = select(*_COLUMNS).where(*_whose(whose)).order_by(follows.c.id)
    return [Follow(*row) for row in db.execute(query)]


def everything(db: Connection, whats: Collection[str] = ()) -> list[Follow]:
    """What everybody follows, or those kinds of it."""
    query = select(*_COLUMNS).order_by(follows.c.id)
    query = query.where(follows.c.what.in_(whats)) if whats else query
    return [Follow(*row) for row in db.execute(query)]


def _whose(follow: Follow) -> tuple[Any, ...]:
    if follow.member_id is not None:
        return (follows.c.member_id == follow.member_id,)
    return (follows.c.member_id.is_(None), follows.c.platform == follow.platform, follows.c.place == follow.place)
