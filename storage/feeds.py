"""Feeds: the calendar links that were given out; the row of one that was revoked is gone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, delete, insert, select

from storage.database import Connection, Utc, metadata

feeds = Table(
    "feeds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mark", String(40), nullable=False, unique=True),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("member_id", ForeignKey("members.id"), index=True),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("created_at", Utc, nullable=False),
    Index(None, "platform", "place"),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True, slots=True)
class Feed:
    """One link that works.

    mark             what it is known by; the link is that with our signature, which is not kept with it
    platform, place  the channel whose calendar it is; both "" where it is that of one person (member_id)
    author_id        who asked for it
    """

    platform: str = ""
    place: str = ""
    member_id: int | None = None
    author_id: int = 0
    mark: str = ""
    created_at: datetime | None = None


_FIELDS = ("platform", "place", "member_id", "author_id", "mark", "created_at")
_COLUMNS = tuple(feeds.c[name] for name in _FIELDS)


def add(db: Connection, feed: Feed) -> Feed:
    """Keep a new one."""
    db.execute(insert(feeds).values({name: getattr(feed, name) for name in _FIELDS}))
    return feed


def find(db: Connection, mark: str) -> Feed | None:
    """The one that is known by this mark."""
    row = db.execute(select(*_COLUMNS).where(feeds.c.mark == mark)).one_or_none()
    return Feed(**row._mapping) if row else None


def of(db: Connection, whose: Feed) -> Feed | None:
    """The one of the same channel or person; the newest, where two asked at the same moment."""
    query = select(*_COLUMNS).where(*_whose(whose)).order_by(feeds.c.id.desc()).limit(1)
    row = db.execute(query).one_or_none()
    return Feed(**row._mapping) if row else None


def revoke(db: Connection, whose: Feed) -> bool:
    """None of that channel or person works any more; False when there was none."""
    return db.execute(delete(feeds).where(*_whose(whose))).rowcount > 0


def _whose(feed: Feed) -> tuple[Any, ...]:
    if feed.member_id is not None:
        return (feeds.c.member_id == feed.member_id,)
    return (feeds.c.member_id.is_(None), feeds.c.platform == feed.platform, feeds.c.place == feed.place)
