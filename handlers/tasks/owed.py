"""What others are owed when a task changes: notices, put in the same transaction."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from handlers.tasks import people, rhythm
from handlers.tasks.ladder import open_at
from storage import items, outbox, posts
from storage.database import Connection
from storage.items import Item
from storage.outbox import Notice
from storage.tasks import Task

LONGEST = 200  # characters of a key


def announce(db: Connection, task: Task, now: datetime) -> None:
    """Its card, where the task was given: others read there too."""
    key = _key(f"task/{task.id}/card", task.platform, task.place)
    notice = Notice(key, "card", "task", task.id, now, task.version, platform=task.platform, place=task.place)
    outbox.put(db, notice)


def assigned(db: Connection, task: Task, facts: Mapping[str, Any], now: datetime) -> None:
    """To its owner: this is yours.

    facts  `by`: the member who says so; `back`: it was handed back; `left`: the member who left it behind
    """
    outbox.supersede(db, "task", task.id, ["assigned"], now)
    key = f"task/{task.id}/assigned/{task.version}/m{task.owner_id}"
    outbox.put(db, Notice(key, "assigned", "task", task.id, now, task.version, facts, task.owner_id))


def told(db: Connection, task: Task, did: str, by: tuple[int, datetime], to: Iterable[int | None]) -> None:
    """To these members, but not to who did it: what became of it.

    by  (member, when); member 0: its source did
    """
    who, now = by
    due = now if who else in_hours(db, task, now)
    for one in people.active(db, to, but=(who,)):
        key = f"task/{task.id}/told/{task.version}/m{one}"
        facts = {"did": did, "by": who, "owner": task.owner_id}
        outbox.put(db, Notice(key, "told", "task", task.id, due, task.version, facts, one))


def moved(db: Connection, before: Task, task: Task, by: tuple[int, datetime]) -> None:
    """To all it concerns but who did it: the old moment and the new. One that still waits is said in one with it.

    by  (member, when); member 0: its source did
    """
    who, now = by
    waited = {one.member_id: one.facts["from"] for one in outbox.supersede(db, "task", task.id, ["moved"], now)}
    old = {"day": before.day.isoformat(), "clock": f"{before.clock:%H:%M}" if before.clock else ""}
    due = now if who else in_hours(db, task, now)
    for one in people.active(db, people.named(task), but=(who,)):
        key = f"task/{task.id}/moved/{task.plan}/m{one}"
        facts = {"from": waited.get(one, old), "by": who}
        outbox.put(db, Notice(key, "moved", "task", task.id, due, task.version, facts, one))


def in_hours(db: Connection, task: Task, now: datetime) -> datetime:
    """When a source has its say: within the hours of the team, for what closes at midnight wakes nobody."""
    return open_at(now, task.zone, rhythm.of(db, task.platform, task.place))


def escalated(db: Connection, task: Task, rung: str, to: Iterable[int], now: datetime) -> None:
    """To these members: its owner was reminded of it, and is not heard of."""
    for one in to:
        key = f"task/{task.id}/escalated/{rung}/{task.plan}/m{one}"
        outbox.put(db, Notice(key, "escalated", "task", task.id, now, task.plan, {"rung": rung}, one))


def updates(db: Connection, task: Task, now: datetime) -> None:
    """Every message that shows an older version; one update of a message at a time."""
    _updates(db, ("task", task.id, task.version), now)


def item_updates(db: Connection, task: Task, now: datetime) -> None:
    """Every card of its item of parliament: what stands there of the task is another now."""
    item = items.shown_anew(db, task.item_id, now) if task.item_id else None
    if item:
        updates_of(db, item, now)


def updates_of(db: Connection, item: Item, now: datetime) -> None:
    """Every message that shows an older version of an item of parliament."""
    _updates(db, ("item", item.id, item.version), now)


def _updates(db: Connection, record: tuple[str, int, int], now: datetime) -> None:
    """`record`: (noun, number, version)."""
    noun, number, version = record
    outbox.supersede(db, noun, number, ["update"], now)
    for post in posts.behind(db, noun, number, version):
        key = _key(f"update/{noun}/{number}/{version}", post.platform, post.place, post.message)
        facts = {"platform": post.platform, "place": post.place, "message": post.message}
        outbox.put(db, Notice(key, "update", noun, number, now, version, facts, None, post.platform, post.place))


def _key(start: str, *names: str) -> str:
    """The key with these names of a platform behind it; where they are too long, what is as good as unique of them."""
    whole = "/".join((start, *names))
    return whole if len(whole) <= LONGEST else f"{start}/{hashlib.sha256(whole.encode()).hexdigest()}"
