"""Drafts: what was typed but could not be done yet. Kept 24 hours, then forgotten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text, bindparam, delete, insert, select, update

from storage.database import Connection, Utc, metadata

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
    Column("verb", String(30), nullable=False),
    Column("text", Text, nullable=False),
    Column("values", JSON, nullable=False),
    Column("outcome", Text),
    Column("at", Utc, nullable=False, index=True),
    sqlite_autoincrement=True,  # a number is never given out twice: an old button must not reach a new draft
)

_WAITING = (
    select(drafts)
    .where(
        drafts.c.member_id == bindparam("member"),
        drafts.c.outcome.is_(None),
        drafts.c.at >= bindparam("since"),
    )
    .order_by(drafts.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member typed: the verb, the text, the values of form and answers; `outcome` once it was done."""

    id: int
    member_id: int
    verb: str
    text: str
    values: Mapping[str, str]
    outcome: str | None
    at: datetime


def keep(db: Connection, member_id: int, typed: tuple[str, str, Mapping[str, str]], at: datetime) -> int:
    """A new draft of (verb, text, values); gives its number."""
    verb, text, values = typed
    row = {"member_id": member_id, "verb": verb, "text": text, "values": dict(values), "at": at}
    return int(db.execute(insert(drafts).values(row).returning(drafts.c.id)).scalar_one())


def find(db: Connection, draft_id: int, member_id: int) -> Draft | None:
    """One draft of this member."""
    query = select(drafts).where(drafts.c.id == draft_id, drafts.c.member_id == member_id)
    found = db.execute(query).one_or_none()
    return Draft(**found._mapping) if found else None


def waiting(db: Connection, member_id: int, since: datetime) -> list[Draft]:
    """The drafts a member can go on with, newest first."""
    return [Draft(*found) for found in db.execute(_WAITING, {"member": member_id, "since": since})]


def answered(db: Connection, draft: Draft, text: str, values: Mapping[str, str]) -> None:
    """The person answered a question about it: keep the answer with it."""
    db.execute(update(drafts).where(drafts.c.id == draft.id).values(text=text, values=dict(values)))


def finish(db: Connection, draft_id: int, outcome: str) -> None:
    """It was done: `outcome` names what came of it; what was typed is forgotten."""
    done = {"outcome": outcome, "text": "", "values": {}}
    db.execute(update(drafts).where(drafts.c.id == draft_id).values(done))


def discard(db: Connection, draft_id: int, member_id: int) -> bool:
    """Throw a draft away; False when there was none."""
    gone = delete(drafts).where(drafts.c.id == draft_id, drafts.c.member_id == member_id)
    return db.execute(gone).rowcount == 1


def purge(db: Connection, before: datetime) -> int:
    """Forget drafts from before `before`; gives how many."""
    return db.execute(delete(drafts).where(drafts.c.at < before)).rowcount
