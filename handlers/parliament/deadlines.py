"""Deadlines: a consultation that closes, an inbreng that is due. Each becomes a task with its reminders.

Whoever coordinates has it until somebody is assigned, which is handing over that same task: there is one ladder for
each place. What its source moves, cancels or closes is moved, cancelled or closed here, and said once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from handlers import members
from handlers.parliament import interest
from handlers.tasks import closing, owed, people
from handlers.tasks.saving import By, add, save
from storage import history, items, tasks
from storage.database import Connection
from storage.follows import Follow
from storage.items import CONFIDENTIAL, CONSULTATION, MEETING, REPLY, Item
from storage.tasks import LAPSED, Task

KINDS = {CONSULTATION: "consultatiereactie", CONFIDENTIAL: "consultatiereactie", MEETING: "inbreng"}
GONE = {"Geannuleerd", "vervallen", "ingetrokken"}
AHEAD = timedelta(days=400)  # how far an inbreng is looked for
LONGEST = 300  # characters of a title
SOURCE = 0  # the member who did what nobody did

Place = tuple[str, str]  # (platform, place); "" and "" for what is announced nowhere


def is_deadline(item: Item) -> bool:
    """Whether an item is a moment by which something must be in."""
    return item.noun in (CONSULTATION, CONFIDENTIAL) or item.facts.get("group") == "inbreng"


def owe(db: Connection, item: Item, place: Place, author_id: int, now: datetime) -> Task | None:
    """The open task of a place that an item concerns, made once; author_id: whose wish it is that it is followed.

    None where there is nothing to be in time for, or where a colleague closed it.
    """
    if item.due is None or item.is_over(now) or item.state in GONE or reply_day(db, item):
        return None
    task = of(db, item, place)
    if task is None:
        return _made(db, item, place, author_id, now)
    if task.state == LAPSED:
        return _open_again(db, item.due, task, now)
    return task if task.is_open else None


def of(db: Connection, item: Item, place: Place) -> Task | None:
    """What an item became for a place, or for no place and so for all; however it stands."""
    found = tasks.of_item(db, item.id)
    here = [one for one in found if (one.platform, one.place) == place]
    anywhere = [one for one in found if not one.place and one.state != tasks.WITHDRAWN]
    return next(iter([*here, *anywhere]), None)


def watched_by(db: Connection, author_id: int) -> int | None:
    """Who has it while nobody is assigned: who coordinates, the author first, else the author; None for nobody."""
    found = [one.id for one in members.coordinators(db)]
    return author_id if author_id in found else next(iter([*found, *people.active(db, [author_id])]), None)


def taken_up(db: Connection, item: Item, place: Place, by: By) -> Task | None:
    """The open task of what is to be given to somebody, whether or not it concerned that place until now."""
    task = of(db, item, place)
    if task is None:
        return _made(db, item, place, by.member_id, by.at)
    return task if task.is_open else closing.reopen(db, task, by)


def _made(db: Connection, item: Item, place: Place, author_id: int, now: datetime) -> Task | None:
    owner = watched_by(db, author_id)
    if owner is None or item.due is None:
        return None
    day, clock = _local(item.due)
    task = Task(KINDS[item.noun], item.title[:LONGEST], owner, owner, day, items.ZONE, now, clock=clock)
    where = {"platform": place[0], "place": place[1], "item_id": item.id, "unassigned": True}
    more = {"bill": item.bill[:20], "source": item.address[:1000]}
    return add(db, replace(task, **where, **more), By(owner, now))  # type: ignore[arg-type]  # each of its own kind


def _local(moment: datetime) -> tuple[date, time]:
    """A moment on the clock of The Hague."""
    at = moment.astimezone(ZoneInfo(items.ZONE))
    return at.date(), at.time().replace(second=0, microsecond=0)


def moved(db: Connection, was: Item, item: Item, now: datetime, who: int = SOURCE) -> Item:
    """An item is another than it was: so are its open tasks, which is said once. Gives the item as it is then.

    who  the member who changed it, who knows of it already
    """
    stands = item.state not in GONE and not item.is_over(now)
    if stands and was.facts.get(REPLY, {}).get("none"):
        item = noted(db, item, {}, now)
    for task in _renamed(db, was, item, By(who, now)):
        if task.is_open and item.state in GONE and who:
            closing.withdraw(db, task, By(who, now))
        elif task.is_open and item.state in GONE:
            lapsed = _lapse(db, task, "vervallen_bij_bron", now)
            owed.told(db, lapsed, "vervallen", (SOURCE, now), people.named(lapsed))
        elif task.is_open and item.due and was.due != item.due:
            anew = _at(task, was.due, item.due, now)
            if anew.due != task.due:
                saved = save(db, task, anew, "verschoven", By(who or task.author_id, now))
                owed.moved(db, task, saved, (who, now))
        elif task.state == LAPSED and stands and item.due and not task.place:
            _open_again(db, item.due, task, now)
    return item


def _renamed(db: Connection, was: Item, item: Item, by: By) -> list[Task]:
    """Its tasks; those that have its title have that of now."""
    found = tasks.of_item(db, item.id)
    old, new = was.title[:LONGEST], item.title[:LONGEST]
    return [
        save(db, one, replace(one, title=new), "andere_titel", By(by.member_id or one.author_id, by.at))
        if one.is_open and one.title == old != new
        else one
        for one in found
    ]


def _at(task: Task, old: datetime | None, new: datetime, now: datetime) -> Task:
    """The task by its new moment; what was to be done earlier than the old one is so still."""
    day, clock = _local(new)
    last = replace(task, day=day, clock=clock, zone=items.ZONE, rests_until=None)
    if old is None or task.due >= old:
        return last
    early = replace(task, day=task.day + (day - _local(old)[0]), rests_until=None)
    return early if now < early.due <= last.due else last


def _open_again(db: Connection, moment: datetime, task: Task, now: datetime) -> Task:
    day, clock = _local(moment)
    anew = replace(task, state=tasks.OPEN, done_at=None, rests_until=None, day=day, clock=clock, zone=items.ZONE)
    saved = save(db, task, anew, "weer_open", By(task.author_id, now))
    owed.told(db, saved, "weer_open", (SOURCE, now), people.named(saved))
    return saved


def _lapse(db: Connection, task: Task, action: str, now: datetime, who: int = SOURCE) -> Task:
    """It need not be done any more, and nobody did it."""
    lapsed = replace(task, state=LAPSED, done_at=now, rests_until=None)
    return save(db, task, lapsed, action, By(who or task.author_id, now))


def begin(db: Connection, follow: Follow, now: datetime) -> list[Task]:
    """A channel follows something from now on: what of that is already open is a deadline there."""
    if follow.member_id is not None:
        return []
    hit = [one for one in interest.hits(db, follow, _ahead(db, now)) if _concerns(db, one, follow.audience)]
    place = (follow.platform, follow.place)
    owes = [owe(db, one, place, follow.author_id, now) for one in hit]
    return [task for task in owes if task]


def end(db: Connection, follow: Follow, by: By) -> None:
    """A channel follows it no longer: what concerns it no more, and is nobody's yet, need not be done there."""
    for task in tasks.open_in(db, follow.platform, follow.place) if follow.member_id is None else ():
        item = items.get(db, task.item_id) if task.item_id and task.unassigned else None
        if item and not _concerns(db, item, follow.audience):
            _lapse(db, task, "niet_relevant", by.at, by.member_id)


def not_ours(db: Connection, item: Item, place: Place, by: By) -> None:
    """It is not for us: who was doing it hears that it need not be done."""
    task = of(db, item, place)
    if task and task.is_open and (task.platform, task.place) == place:
        lapsed = _lapse(db, task, "niet_relevant", by.at, by.member_id)
        if not task.unassigned:
            owed.told(db, lapsed, "niet_relevant", by, people.named(lapsed))


def _concerns(db: Connection, item: Item, audience: str) -> bool:
    return audience in interest.concerned(db, item)


def _ahead(db: Connection, now: datetime) -> list[Item]:
    """All that something can still be sent in for."""
    today = now.astimezone(ZoneInfo(items.ZONE)).date()
    meetings = items.between(db, (MEETING,), today, today + AHEAD)
    return [*items.all_of(db, CONSULTATION, (items.OPEN,)), *(one for one in meetings if is_deadline(one))]


def close_past(db: Connection, now: datetime) -> list[tuple[Item, Task]]:
    """What is over is closed, and that nobody replied is written down; gives those, each with its task.

    For once an hour, whether or not a source is read.
    """
    _close_own(db, now)
    found: list[tuple[Item, Task]] = []
    everything = sorted(tasks.open_of_items(db), key=lambda task: task.item_id or 0)
    for number, group in groupby(everything, key=lambda task: task.item_id or 0):
        item = items.get(db, number)
        if item is None or not item.is_over(now) or item.facts.get(REPLY):
            continue
        day = reply_day(db, item)
        lapsed = [_lapse(db, task, "gesloten" if day else "niet_gereageerd", now) for task in group]
        item = noted(db, item, {"day": day.isoformat()} if day else {"none": True}, now)
        found += [] if day else [(item, task) for task in lapsed]
    return found


def _close_own(db: Connection, now: datetime) -> None:
    """Those that a colleague entered have no source that closes them."""
    for item in (*items.all_of(db, CONSULTATION, (items.OPEN,)), *items.all_of(db, CONFIDENTIAL, (items.OPEN,))):
        if item.facts.get("own") and item.is_over(now):
            _, closed = items.put(db, replace(item, state=items.CLOSED), now)
            owed.updates_of(db, closed, now)


def noted(db: Connection, item: Item, reply: Mapping[str, Any], now: datetime) -> Item:
    """Write down whether we replied; the cards that show it are brought up to date.

    reply  `day` (ISO), `reference`, `by` (a member) and `at`; or `none`: closed without; {}: not yet
    """
    was, anew = items.put(db, replace(item, facts={**item.facts, REPLY: dict(reply)}), now)
    if was is not anew:
        owed.updates_of(db, anew, now)
    return anew


def reply_day(db: Connection, item: Item) -> date | None:
    """The day on which we replied: as it was recorded, or when the first task for it was done."""
    said = item.facts.get(REPLY, {}).get("day")
    if said:
        return date.fromisoformat(said)
    done = [one.done_at for one in tasks.of_item(db, item.id) if one.state == tasks.DONE and one.done_at]
    return min(done).astimezone(ZoneInfo(items.ZONE)).date() if done else None


def replied(db: Connection, item: Item, reply: Mapping[str, Any], by: By) -> Item:
    """We sent a reply: it is recorded, and all that was still to be done for it is done."""
    anew = noted(db, item, {**reply, "by": by.member_id, "at": by.at.isoformat()}, by.at)
    for task in _undone(db, item):
        closing.finish(db, task, by)
    return anew


def _undone(db: Connection, item: Item) -> Iterable[Task]:
    """What is open for it, or was closed because nobody had replied."""
    for task in tasks.of_item(db, item.id):
        missed = task.state == LAPSED and history.of(db, "task", task.id)[-1].action == "niet_gereageerd"
        if task.is_open or missed:
            yield task


def not_replied(db: Connection, item: Item, by: By) -> Item:
    """It was recorded by mistake: what was done by it is to be done again, as long as it can be."""
    said = item.facts.get(REPLY, {}).get("at")
    at = datetime.fromisoformat(said) if said else None
    anew = noted(db, item, {"none": True} if item.is_over(by.at) else {}, by.at)
    for task in tasks.of_item(db, item.id):
        if at and task.state == tasks.DONE and task.done_at == at:
            if item.is_over(by.at):
                _lapse(db, task, "niet_gereageerd", by.at, by.member_id)
            else:
                closing.reopen(db, task, by)
    return anew
