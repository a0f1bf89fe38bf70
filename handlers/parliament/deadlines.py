"""Deadlines: a consultation that closes, an inbreng that is due. Each becomes a task with its reminders.

It is the coordinator's until somebody is assigned, which is handing over that same task: there is one ladder.
"""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from handlers import members
from handlers.parliament.card import ZONE
from handlers.parliament.interest import Concern
from handlers.tasks import people
from handlers.tasks.closing import withdraw
from handlers.tasks.saving import By, add, save
from storage import items, outbox, tasks
from storage.database import Connection
from storage.follows import Follow
from storage.items import Item
from storage.outbox import Notice
from storage.tasks import Task

KINDS = {items.CONSULTATION: "consultatiereactie", items.MEETING: "inbreng"}
END = time(23, 59)  # a closing date tells no hour: to its end
GONE = {"Geannuleerd", "vervallen"}
LONGEST = 300  # characters of a title


def is_deadline(item: Item) -> bool:
    """Whether an item is a moment by which something must be in."""
    return item.noun == items.CONSULTATION or item.facts.get("group") == "inbreng"


def due(item: Item) -> datetime | None:
    """By when, aware; None when that is not known."""
    if item.at:
        return item.at
    return datetime.combine(item.day, END, ZoneInfo(ZONE)) if item.day else None


def owe(db: Connection, item: Item, concern: Concern, now: datetime) -> Task | None:
    """The task of those whom it concerns, made once; None where there is nothing to be in time for."""
    follow, moment = concern.follow, due(item)
    if moment is None or moment <= now or item.state in GONE:
        return None
    return of(db, item, follow) or _made(db, item, follow, now)


def of(db: Connection, item: Item, follow: Follow) -> Task | None:
    """The open task that an item became for an audience."""
    return next((one for one in tasks.of_item(db, item.id) if _is_for(one, follow)), None)


def _is_for(task: Task, follow: Follow) -> bool:
    if follow.member_id is not None:
        return not task.place and follow.member_id == task.author_id
    return (task.platform, task.place) == (follow.platform, follow.place)


def _made(db: Connection, item: Item, follow: Follow, now: datetime) -> Task:
    owner = follow.member_id or _coordinator(db) or follow.author_id
    local = (due(item) or now).astimezone(ZoneInfo(ZONE))
    task = Task(
        KINDS[item.noun],
        item.title[:LONGEST],
        owner,
        owner,
        local.date(),
        ZONE,
        now,
        clock=local.time().replace(second=0, microsecond=0),
        bill=item.bill[:20],
        source=item.address[:1000],
        platform=follow.platform if follow.member_id is None else "",
        place=follow.place if follow.member_id is None else "",
        item_id=item.id,
    )
    return add(db, task, By(owner, now))


def _coordinator(db: Connection) -> int | None:
    found = members.coordinators(db)
    return found[0].id if found else None


def moved(db: Connection, item: Item, now: datetime) -> None:
    """Its date is another: so is that of its tasks, which is said once; what is cancelled need not be done."""
    moment = due(item)
    for task in tasks.of_item(db, item.id):
        by = By(task.author_id, now)
        if item.state in GONE:
            withdraw(db, task, by, "vervallen_bij_bron")
        elif moment and moment != task.due:
            local = moment.astimezone(ZoneInfo(ZONE))
            clock = local.time().replace(second=0, microsecond=0)
            anew = replace(task, day=local.date(), clock=clock, zone=ZONE, rests_until=None)
            saved = save(db, task, anew, "verschoven", by)
            _told(db, task, saved, now)


def _told(db: Connection, before: Task, task: Task, now: datetime) -> None:
    """The old moment and the new, to all it concerns: it is the source that moved it."""
    waited = {one.member_id: one.facts["from"] for one in outbox.supersede(db, "task", task.id, ["moved"], now)}
    old = {"day": before.day.isoformat(), "clock": f"{before.clock:%H:%M}" if before.clock else ""}
    for one in people.active(db, people.named(task), but=()):
        key = f"task/{task.id}/moved/{task.plan}/m{one}"
        outbox.put(db, Notice(key, "moved", "task", task.id, now, task.version, {"from": waited.get(one, old)}, one))


def close_past(db: Connection, now: datetime) -> list[tuple[Item, Task]]:
    """What is past and was not done is closed, and written down as such: no more is reminded of it."""
    found = []
    for task in tasks.open_of_items(db, now):
        item = items.get(db, task.item_id or 0)
        if item:
            closed = replace(task, state=tasks.WITHDRAWN, done_at=now, rests_until=None)
            save(db, task, closed, "niet_gereageerd", By(task.author_id, now))
            outbox.supersede(db, "task", task.id, ["rung", "escalated"], now)
            found.append((item, task))
    return found
