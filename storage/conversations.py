"""Conversations: the address by which the bot speaks first somewhere, as plain JSON that any SDK can use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, String, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

conversations = Table(
    "conversations",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("conversation", String(300), primary_key=True),
    Column("user", String(200), nullable=False),  # of a one-to-one conversation; "" where more people are
    Column("reference", JSON, nullable=False),
    Column("at", Utc, nullable=False),
    Index(None, "platform", "user"),
)

Reference = Mapping[str, Any]


def remember(db: Connection, key: tuple[str, str], user: str, reference: Reference, at: datetime) -> None:
    """The address of the conversation `key` (platform, conversation); an older one no longer counts."""
    here = {"platform": key[0], "conversation": key[1]}
    said = {"user": user, "reference": dict(reference), "at": at}
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert  # two processes may meet one at once
    new = make(conversations).values(here | said)
    db.execute(new.on_conflict_do_update(index_elements=list(here), set_=said))


def direct(db: Connection, platform: str, user: str) -> Reference | None:
    """The one-to-one conversation with somebody, the newest where there are more; None when there is none."""
    held = (conversations.c.platform == platform, conversations.c.user == user, conversations.c.user != "")
    found: Reference | None = db.scalar(
        select(conversations.c.reference).where(*held).order_by(conversations.c.at.desc()).limit(1)
    )
    return found


def find(db: Connection, key: tuple[str, str]) -> Reference | None:
    """The address of the conversation `key` (platform, conversation); None when the bot cannot speak there."""
    here = (conversations.c.platform == key[0], conversations.c.conversation == key[1])
    found: Reference | None = db.scalar(select(conversations.c.reference).where(*here))
    return found


def newest(db: Connection, platform: str) -> Reference | None:
    """The conversation that was met last on a platform; None when there is none."""
    query = select(conversations.c.reference).where(conversations.c.platform == platform)
    found: Reference | None = db.scalar(query.order_by(conversations.c.at.desc()).limit(1))
    return found


def forget(db: Connection, key: tuple[str, str]) -> None:
    """The bot can no longer speak there."""
    here = (conversations.c.platform == key[0], conversations.c.conversation == key[1])
    db.execute(delete(conversations).where(*here))
