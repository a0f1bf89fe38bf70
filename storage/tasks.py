"""Tasks: what somebody is to do before a moment."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    bindparam,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.database import Connection, Utc, metadata
from storage.outbox import WAITING, outbox

OPEN, DONE, WITHDRAWN = "open", "klaar", "ingetrokken"
LAPSED = "vervallen"  # of an item of parliament that closed, does not go on, or is not for us: nobody withdrew it
END_OF_DAY = time(17)  # when a task is due whose time was not said

tasks = Table(
    "tasks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("plan", Integer, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("title", Text, nullable=False),
    Column("owner_id", ForeignKey("members.id"), nullable=False),
    Column("author_id", ForeignKey("members.id"), nullable=False),
    Column("reader_id", ForeignKey("members.id")),
    Column("day", Date, nullable=False),
    Column("clock", Time),
    Column("zone", String(40), nullable=False),
    Column("due", Utc, nullable=False),
    Column("bill", String(20), nullable=False),
    Column("source", Text, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("contact_id", ForeignKey("contacts.id")),
    Column("item_id", Integer),  # of items; SQLite can give a table that stands no key to another
    Column("unassigned", Boolean, nullable=False, server_default=false()),
    Column("confidential", Boolean, nullable=False),
    Column("state", String(12), nullable=False),
    Column("accepted_at", Utc),
    Column("alive_at", Utc),
    Column("reminded_at", Utc),
    Column("rests_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("done_at", Utc),
    Index(None, "state", "due"),
    Index(None, "owner_id", "state", "due"),
    Index(None, "contact_id"),
    Index(None, "item_id"),
    sqlite_autoincrement=True,  # T12 is never another task later
)


@dataclass(frozen=True, slots=True)
class Task:
    """One task. `day` and `clock` are local to `zone`; no clock = before the end of the working day.

    version   of the whole; `plan` is that of its reminders: another owner, date or ladder makes another plan
    kind      what is to be made: brief, consultatiereactie, position paper …, or "vervolg" (of a contact), "deadline"
    owner     who does it; `author` gave it; `reader` reads along (0: nobody)
    place     (platform, place) where it is announced; "" where it is not
    item_id   the item of parliament whose date it has: when that moves, it moves
    unassigned  nobody was given it yet: its owner keeps watch
    confidential   it is known to its owner, author and reader alone
    alive_at  the last sign of life of the owner: accepted, seen, put off …
    reminded_at    when the owner was last reminded
    rests_until    no reminder before that moment, except that the rest ends then
    """

    kind: str
    title: str
    owner_id: int
    author_id: int
    day: date
    zone: str
    created_at: datetime
    clock: time | None = None
    reader_id: int | None = None
    bill: str = ""
    source: str = ""
    platform: str = ""
    place: str = ""
    contact_id: int | None = None
    item_id: int | None = None
    unassigned: bool = False
    confidential: bool = False
    state: str = OPEN
    accepted_at: datetime | None = None
    alive_at: datetime | None = None
    reminded_at: datetime | None = None
    rests_until: datetime | None = None
    done_at: datetime | None = None
    plan: int = 1
    version: int = 1
    id: int = 0

    @property
    def due(self) -> datetime:
        """Aware: the moment by which it is to be done."""
        return datetime.combine(self.day, self.clock or END_OF_DAY, ZoneInfo(self.zone))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == OPEN


_STORED = tuple(one.name for one in fields(Task) if one.name != "id")
_COLUMNS = tuple(tasks.c[one.name] for one in fields(Task))
_REMINDED = update(tasks).where(tasks.c.id == bindparam("number")).values(reminded_at=bindparam("at"))
_GET = select(*_COLUMNS).where(tasks.c.id == bindparam("number"))


def _row(task: Task) -> dict[str, Any]:
    return {name: getattr(task, name) for name in _STORED} | {"due": task.due}


def _task(row: Any) -> Task:
    return Task(**row._mapping)


def add(db: Connection, task: Task) -> Task:
    """Save a new task; gives it with its number."""
    return replace(task, id=int(db.execute(insert(tasks).returning(tasks.c.id), _row(task)).scalar_one()))


def get(db: Connection, number: int) -> Task | None:
    """One by number."""
    row = db.execute(_GET, {"number": number}).one_or_none()
    return _task(row) if row else None


def change(db: Connection, task: Task) -> Task | None:
    """Save it over the version it was read at; None when somebody was there first."""
    new = replace(task, version=task.version + 1)
    here = (tasks.c.id == task.id, tasks.c.version == task.version)
    return new if db.execute(update(tasks).where(*here).values(_row(new))).rowcount == 1 else None


def reminded(db: Connection, number: int, at: datetime) -> None:
    """When its owner was reminded last: no change of what anybody sees."""
    db.execute(_REMINDED, {"number": number, "at": at})


def of_item(db: Connection, item_id: int) -> list[Task]:
    """Those of an item of parliament, however they stand."""
    query = select(*_COLUMNS).where(tasks.c.item_id == item_id).order_by(tasks.c.id)
    return [_task(row) for row in db.execute(query)]


def open_of_items(db: Connection) -> list[Task]:
    """The open ones of any item of parliament."""
    query = select(*_COLUMNS).where(tasks.c.item_id.is_not(None), tasks.c.state == OPEN).order_by(tasks.c.id)
    return [_task(row) for row in db.execute(query)]


def open_of(db: Connection, owner: int) -> list[Task]:
    """What one member is to do, the earliest first."""
    query = select(*_COLUMNS).where(tasks.c.state == OPEN, tasks.c.owner_id == owner)
    return [_task(row) for row in db.execute(query.order_by(tasks.c.due, tasks.c.id))]


def in_calendar(db: Connection, whose: tuple[str, str] | int, first: datetime, last: datetime) -> list[Task]:
    """What is due between two moments and still to be done, or was closed since the first with nobody having done it.

    whose  (platform, place), in whose calendar nothing confidential stands; or the member who is to do it
    """
    here = [tasks.c.owner_id == whose]
    if isinstance(whose, tuple):
        here = [tasks.c.platform == whose[0], tasks.c.place == whose[1], tasks.c.confidential.is_(False)]
    closed = tasks.c.state.in_((WITHDRAWN, LAPSED)) & (tasks.c.done_at >= first)
    when = (tasks.c.due >= first, tasks.c.due <= last, or_(tasks.c.state == OPEN, closed))
    return [_task(row) for row in db.execute(select(*_COLUMNS).where(*here, *when).order_by(tasks.c.due, tasks.c.id))]


def open_in(db: Connection, platform: str, place: str) -> list[Task]:
    """What is to be done of what was announced in a place."""
    here = (tasks.c.state == OPEN, tasks.c.platform == platform, tasks.c.place == place)
    return [_task(row) for row in db.execute(select(*_COLUMNS).where(*here).order_by(tasks.c.id))]


def plan_anew(db: Connection, task: Task) -> Task:
    """Another plan of its reminders, which is no change of what anybody sees."""
    db.execute(update(tasks).where(tasks.c.id == task.id).values(plan=tasks.c.plan + 1))
    return get(db, task.id) or task


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks somebody asks for.

    viewer      the member who asks; a confidential task is there for those it names alone
    own         nothing but what names the viewer: a vrijwilliger sees no more
    owner       of one member; None: of everybody
    due_before  what is to be done before that moment; None: whenever
    bill        for that dossier; "": for any and for none
    """

    viewer: int
    own: bool = False
    owner: int | None = None
    due_before: datetime | None = None
    bill: str = ""


def _asked_for(wanted: Wanted) -> list[ColumnElement[bool]]:
    names = or_(*(column == wanted.viewer for column in (tasks.c.owner_id, tasks.c.author_id, tasks.c.reader_id)))
    there = [tasks.c.state == OPEN, names if wanted.own else or_(tasks.c.confidential.is_(False), names)]
    if wanted.owner is not None:
        there.append(tasks.c.owner_id == wanted.owner)
    if wanted.due_before is not None:
        there.append(tasks.c.due < wanted.due_before)
    if wanted.bill:
        there.append(tasks.c.bill == wanted.bill)
    return there


def listed(db: Connection, wanted: Wanted, start: int, size: int) -> list[Task]:
    """Open tasks from there on, at most so many, the earliest due first."""
    query = select(*_COLUMNS).where(*_asked_for(wanted)).order_by(tasks.c.due, tasks.c.id)
    return [_task(row) for row in db.execute(query.offset(start).limit(size))]


def count(db: Connection, wanted: Wanted) -> int:
    """How many there are in that list."""
    return int(db.scalar(select(func.count()).select_from(tasks).where(*_asked_for(wanted))) or 0)


def same(db: Connection, task: Task, since: datetime) -> Task | None:
    """An open task that is the same but for its number, made by the same member since then."""
    alike = (tasks.c.author_id, tasks.c.owner_id, tasks.c.title, tasks.c.day, tasks.c.kind)
    here = [column == getattr(task, column.name) for column in alike]
    query = select(*_COLUMNS).where(*here, tasks.c.state == OPEN, tasks.c.created_at >= since)
    row = db.execute(query.order_by(tasks.c.id.desc()).limit(1)).one_or_none()
    return _task(row) if row else None


def of_contact(db: Connection, contact: int) -> Task | None:
    """The task that a contact's follow-up became."""
    query = select(*_COLUMNS).where(tasks.c.contact_id == contact).order_by(tasks.c.id.desc()).limit(1)
    row = db.execute(query).one_or_none()
    return _task(row) if row else None


def count_overdue(db: Connection, now: datetime) -> int:
    """How many are open that were due before now, of those that everybody may see."""
    late = (tasks.c.state == OPEN, tasks.c.due < now, ~tasks.c.confidential)
    return int(db.scalar(select(func.count()).select_from(tasks).where(*late)) or 0)


def unattended(db: Connection, now: datetime, whats: Sequence[str]) -> list[int]:
    """Numbers of open tasks, due later than now, of which nothing of that sort is on its way; a hundred at most."""
    said = exists().where(
        outbox.c.noun == "task",
        outbox.c.row_id == tasks.c.id,
        outbox.c.what.in_(list(whats)),
        outbox.c.state == WAITING,
    )
    query = select(tasks.c.id).where(tasks.c.state == OPEN, tasks.c.due >= now, ~said)
    return list(db.scalars(query.order_by(tasks.c.id).limit(100)).all())
