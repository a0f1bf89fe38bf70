"""Outbox: what is still to be sent, stored with the fact it belongs to; who may send it now; what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, Utc, metadata

IN_DOUBT = "in_doubt"  # how the reason begins why nobody can say whether it arrived
WAITING, SENT, DROPPED, DEAD = "waiting", "sent", "dropped", "dead"
_LEASED = text("token IS NOT NULL")

outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False),
    Column("what", String(30), nullable=False),
    Column("noun", String(30), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("member_id", ForeignKey("members.id")),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("again", Boolean, nullable=False),
    Column("due", Utc, nullable=False),
    Column("next_at", Utc, nullable=False),
    Column("state", String(10), nullable=False),
    Column("token", String(32)),
    Column("tries", Integer, nullable=False),
    Column("cleared", Integer, nullable=False),
    Column("first_at", Utc),
    Column("message", String(300), nullable=False),
    Column("why", Text, nullable=False),
    Column("done_at", Utc),
    UniqueConstraint("key"),
    Index(None, "state", "next_at"),
    Index(None, "noun", "row_id"),
    Index(None, "token", sqlite_where=_LEASED, postgresql_where=_LEASED),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be said, once.

    key       the occurrence: what, rung, version, audience; the same key is never said twice
    what      how it is put into words when the time has come (handlers/notices.py)
    noun      the record it is about, with its number and the version it was planned for
    member_id whom it is for, wherever they can be reached; None: it is for a place
    platform, place   the place; of a member where they were reached, "" until then
    again     whether a doubt that nobody can settle is settled by sending it again, marked so; False: it is reported
    due       when it was to be sent; next_at is when it is looked at next: while it is leased, the end of the lease
    tries     how often it was claimed; `cleared` of those are known to have come to nothing
    first_at  the first claim: nothing of it can stand anywhere before that
    message   the platform's id of it, once it is sent
    """

    key: str
    what: str
    noun: str
    row_id: int
    due: datetime
    version: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    member_id: int | None = None
    platform: str = ""
    place: str = ""
    again: bool = True
    next_at: datetime | None = None
    state: str = WAITING
    token: str | None = None
    tries: int = 0
    cleared: int = 0
    first_at: datetime | None = None
    message: str = ""
    why: str = ""
    done_at: datetime | None = None
    id: int = 0

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier try may have arrived: the present claim is one of the tries."""
        return self.tries - self.cleared > 1


_FIELDS = tuple(one.name for one in fields(Notice) if one.name != "id")
# whom it is for, as one word: rows for one audience are sent one after the other
_AUDIENCE = func.coalesce(cast(outbox.c.member_id, String), outbox.c.platform + " " + outbox.c.place)
_PUT = {
    "sqlite": sqlite.insert(outbox).on_conflict_do_nothing().returning(outbox.c.id),
    "postgresql": postgresql.insert(outbox).on_conflict_do_nothing().returning(outbox.c.id),
}


_REACH = (
    update(outbox).where(outbox.c.id == bindparam("number")).values(platform=bindparam("on"), place=bindparam("there"))
)
_OF = (
    select(outbox)
    .where(outbox.c.noun == bindparam("noun"), outbox.c.row_id == bindparam("row_id"))
    .order_by(outbox.c.id)
)


def put(db: Connection, notice: Notice) -> bool:
    """Add it, in the transaction of the fact it belongs to; False when this occurrence stands there already."""
    row = {name: getattr(notice, name) for name in _FIELDS}
    row |= {"facts": dict(notice.facts), "next_at": notice.next_at or notice.due}
    return db.scalar(_PUT[db.dialect.name], row) is not None


def get(db: Connection, number: int) -> Notice | None:
    """One by number."""
    row = db.execute(select(outbox).where(outbox.c.id == number)).one_or_none()
    return Notice(**row._mapping) if row else None


def stands(db: Connection, key: str) -> bool:
    """Whether this occurrence was put, whatever became of it."""
    return db.scalar(select(outbox.c.id).where(outbox.c.key == key)) is not None


def soonest(db: Connection) -> datetime | None:
    """When the next one is to be looked at; None when nothing waits."""
    found: datetime | None = db.scalar(
        select(outbox.c.next_at).where(outbox.c.state == WAITING).order_by(outbox.c.next_at).limit(1)
    )
    return found


def claim(db: Connection, lease: tuple[str, datetime, datetime], most: int, mine: Collection[int]) -> list[Notice]:
    """The first that is due for each audience that is not being spoken to, at most so many; they are leased now.

    lease  (token, now, until)
    mine   numbers that this process has under way: a lease that ended early (the clock moved) gives no second claim
    """
    token, now, until = lease
    due = and_(outbox.c.state == WAITING, outbox.c.next_at <= now, outbox.c.id.not_in(list(mine)))
    leased = outbox.c.token.is_not(None)  # what is settled gives its lease back: no need to ask for its state
    busy = select(_AUDIENCE).where(leased, or_(outbox.c.next_at > now, outbox.c.id.in_(list(mine))))
    place_in_line = func.row_number().over(partition_by=_AUDIENCE, order_by=(outbox.c.due, outbox.c.id))
    lines = select(outbox.c.id, place_in_line.label("place_in_line"), outbox.c.next_at).where(
        due, _AUDIENCE.not_in(busy)
    )
    in_line = lines.subquery()
    first = select(in_line.c.id).where(in_line.c.place_in_line == 1).order_by(in_line.c.next_at).limit(most)
    free = select(outbox.c.id).where(outbox.c.id.in_(first), due).with_for_update(skip_locked=True)
    numbers = list(db.scalars(free).all())
    if not numbers:
        return []
    taken = (
        update(outbox)
        .where(outbox.c.id.in_(numbers))
        .values(token=token, next_at=until, tries=outbox.c.tries + 1, first_at=func.coalesce(outbox.c.first_at, now))
        .returning(outbox)
    )
    return sorted((Notice(**row._mapping) for row in db.execute(taken)), key=lambda one: (one.due, one.id))


def reach(db: Connection, where: Collection[tuple[int, str, str]]) -> None:
    """Where those are reached whom they are for: (number, platform, place). A doubt is settled there."""
    if where:
        db.execute(_REACH, [{"number": number, "on": on, "there": there} for number, on, there in where])


def sent(db: Connection, notice: Notice, message: str, now: datetime) -> bool:
    """It stands there; False when the lease was lost meanwhile, and another may have sent it too."""
    return _close(db, notice, SENT, {"message": message, "done_at": now, "why": ""})


def drop(db: Connection, notice: Notice, why: str, now: datetime) -> bool:
    """It is no longer to be said."""
    return _close(db, notice, DROPPED, {"why": why, "done_at": now})


def give_up(db: Connection, notice: Notice, why: str, now: datetime) -> bool:
    """It cannot be said: a person has to know."""
    return _close(db, notice, DEAD, {"why": why, "done_at": now})


def _close(db: Connection, notice: Notice, state: str, more: Mapping[str, Any]) -> bool:
    here = (outbox.c.id == notice.id, outbox.c.token == notice.token, outbox.c.state == WAITING)
    return db.execute(update(outbox).where(*here).values(state=state, token=None, **more)).rowcount == 1


def later(db: Connection, notice: Notice, at: datetime, why: str, nothing_sent: bool) -> bool:
    """Look at it again at that moment. `nothing_sent`: this try is known to have come to nothing."""
    here = (outbox.c.id == notice.id, outbox.c.token == notice.token, outbox.c.state == WAITING)
    values: dict[str, Any] = {"token": None, "next_at": at, "why": why}
    if nothing_sent:
        values["cleared"] = notice.tries
    return db.execute(update(outbox).where(*here).values(values)).rowcount == 1


def redirect(db: Connection, notice: Notice, facts: Mapping[str, Any], now: datetime) -> None:
    """It goes another way: from the beginning, as if it was never tried."""
    here = (outbox.c.id == notice.id, outbox.c.token == notice.token, outbox.c.state == WAITING)
    anew = {"platform": "", "place": "", "token": None, "tries": 0, "cleared": 0, "first_at": None, "next_at": now}
    db.execute(update(outbox).where(*here).values(facts=dict(facts), **anew))


def supersede(db: Connection, noun: str, row_id: int, whats: Collection[str], now: datetime) -> list[Notice]:
    """What was planned of a record and is not under way is no longer to be said; gives what that was.

    What is under way is looked at again when it wakes.
    """
    here = (outbox.c.noun == noun, outbox.c.row_id == row_id, outbox.c.what.in_(list(whats)))
    waits = (outbox.c.state == WAITING, outbox.c.token.is_(None))
    gone = update(outbox).where(*here, *waits).values(state=DROPPED, why="superseded", done_at=now).returning(outbox)
    return [Notice(**row._mapping) for row in db.execute(gone)]


def hurry(db: Connection, where: tuple[str, str], whats: Collection[str], now: datetime) -> int:
    """What waits for this (platform, place), of these sorts, is looked at now; gives how many those are."""
    here = (outbox.c.platform == where[0], outbox.c.place == where[1], outbox.c.what.in_(list(whats)))
    waits = (outbox.c.state == WAITING, outbox.c.token.is_(None), outbox.c.next_at > now)
    return db.execute(update(outbox).where(*here, *waits).values(next_at=now)).rowcount


def of(db: Connection, noun: str, row_id: int) -> list[Notice]:
    """All that was or is to be said of a record, oldest first."""
    return [Notice(**row._mapping) for row in db.execute(_OF, {"noun": noun, "row_id": row_id})]


def recent(db: Connection, what: str, since: datetime) -> list[Notice]:
    """What was said of that sort since then."""
    query = select(outbox).where(outbox.c.what == what, outbox.c.state == SENT, outbox.c.done_at >= since)
    return [Notice(**row._mapping) for row in db.execute(query)]


def dead(db: Connection, since: datetime, most: int) -> list[Notice]:
    """What could not be said since then, the latest first."""
    query = select(outbox).where(outbox.c.state == DEAD, outbox.c.done_at >= since).order_by(outbox.c.done_at.desc())
    return [Notice(**row._mapping) for row in db.execute(query.limit(most))]


def late(db: Connection, before: datetime) -> int:
    """How many wait that were to be looked at before that moment, a lease that ended among them."""
    query = select(func.count()).select_from(outbox).where(outbox.c.state == WAITING, outbox.c.next_at < before)
    return int(db.scalar(query) or 0)


def waits(db: Connection, what: str) -> bool:
    """Whether something of that sort is on its way."""
    query = select(outbox.c.id).where(outbox.c.state == WAITING, outbox.c.what == what).limit(1)
    return db.scalar(query) is not None


def doubt_all(db: Connection, now: datetime) -> int:
    """A copy was put back: what was due by now may have been sent after it was made; each is asked about first."""
    due = (outbox.c.state == WAITING, outbox.c.next_at <= now)
    doubted = {"tries": outbox.c.tries + 1, "first_at": func.coalesce(outbox.c.first_at, outbox.c.due)}
    return db.execute(update(outbox).where(*due).values(doubted)).rowcount


def purge(db: Connection, before: datetime) -> int:
    """Forget what was sent or dropped before that moment; what could not be said stays as long."""
    return db.execute(delete(outbox).where(outbox.c.state != WAITING, outbox.c.done_at < before)).rowcount
