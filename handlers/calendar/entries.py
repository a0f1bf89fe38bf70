"""What stands in a calendar: meetings, closing days and tasks. One that moves is still the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from handlers import members
from handlers.command import Member
from handlers.parliament import card, consultation_card, deadlines, interest
from handlers.parliament.consultation_card import Audience
from handlers.tasks import card as task_card
from handlers.tasks import people
from handlers.texts import say
from storage import history, items, places, tasks
from storage.database import Connection
from storage.feeds import Feed
from storage.follows import Follow
from storage.items import Item
from storage.tasks import Task

BACK, AHEAD = timedelta(days=30), timedelta(days=365)  # how far it reaches, and how long what is off stays in it
MOVED = "Verplaatst"  # of a meeting that goes on another day, which is not known yet
OFF = deadlines.GONE | {MOVED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a calendar.

    uid      what it is the same by, wherever it moves; `version` rises with each change
    begins   aware; a day alone is that whole day
    ends     aware; None for what has no known end
    gone     it does not go on
    secret   it is confidential
    """

    uid: str
    version: int
    changed_at: datetime
    begins: datetime | date
    title: str
    about: str
    sort: str
    ends: datetime | None = None
    where: str = ""
    address: str = ""
    gone: bool = False
    secret: bool = False


class Calendar(NamedTuple):
    """A calendar as it stands now: what it is called, and all in it, the earliest first."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _For:
    """Whose calendar it is, and how it is written. `member`: of whom; None for that of a channel."""

    feed: Feed
    language: str
    member: Member | None

    @property
    def place(self) -> tuple[str, str]:
        return self.feed.platform, self.feed.place

    @property
    def follows(self) -> Follow:
        """The audience of what is followed here."""
        return Follow("", "", *self.place, member_id=self.feed.member_id)


def calendar(db: Connection, feed: Feed, now: datetime) -> Calendar | None:
    """The calendar behind a link; None when it is that of somebody who comes in no more."""
    member = members.member(db, feed.member_id) if feed.member_id is not None else None
    if member and not member.active:
        return None
    spoken = people.read_in(db, feed.member_id, (feed.platform, feed.place))
    whose = _For(feed, spoken, member)
    those = _items(db, whose, now)
    entries = [*_of_items(db, whose, those), *_of_tasks(db, whose, _tasks(db, whose, those, now))]
    name = member.name if member else places.name(db, feed.platform, feed.place)
    return Calendar(" · ".join(filter(None, ("Lobby", name))), tuple(sorted(entries, key=_order)))


def _order(entry: Entry) -> tuple[date, str]:
    begins = entry.begins
    return begins.date() if isinstance(begins, datetime) else begins, entry.uid


def _items(db: Connection, whose: _For, now: datetime) -> list[Item]:
    """What concerns them. A confidential consultation is of another noun: it is not even looked at."""
    today = now.astimezone(ZoneInfo(items.ZONE)).date()
    found = items.between(db, (items.MEETING, items.CONSULTATION), today - BACK, today + AHEAD)
    kept = [one for one in found if one.state not in OFF or (one.changed_at and one.changed_at >= now - BACK)]
    return interest.concerning(db, whose.follows, kept)


def _of_items(db: Connection, whose: _For, those: Iterable[Item]) -> Iterator[Entry]:
    for item in those:
        begins = item.at or item.day
        if begins is None or item.changed_at is None:
            continue
        ends = item.facts.get("ends")
        yield Entry(
            f"{item.noun}-{item.key}@lobby",
            item.version,
            item.changed_at,
            begins,
            _title(whose.language, item),
            _about(db, whose, item),
            _sort(whose.language, item),
            datetime.fromisoformat(ends) if ends and item.at else None,
            str(item.facts.get("place") or ""),
            item.address,
            item.state in OFF,
        )


def _title(language: str, item: Item) -> str:
    """`Commissiedebat · Asiel`; `Consultatie sluit · Besluit nareis`; with what became of it before it."""
    kind = say(language, "calendar.closes") if item.noun == items.CONSULTATION else item.kind
    said = " · ".join(dict.fromkeys(filter(None, (kind, card.shortened(item.title)))))
    if item.state not in OFF:
        return said
    return say(language, "calendar.moved" if item.state == MOVED else "calendar.off", what=said)


def _sort(language: str, item: Item) -> str:
    """As what it is filed in a program that gives each sort a colour."""
    if item.noun == items.CONSULTATION:
        return say(language, "calendar.consultation")
    return say(language, "calendar.contribution" if deadlines.is_deadline(item) else "calendar.meeting")


def _about(db: Connection, whose: _For, item: Item) -> str:
    """A line for each thing to know beside the title: the committee, the bills, who of us is on it."""
    language, facts = whose.language, item.facts
    on_it = ""
    if deadlines.is_deadline(item):
        audience = Audience(whose.place, viewer=whose.member)
        on_it = consultation_card.who(language, db, consultation_card.those_on_it(db, item, audience))
    bills = ", ".join(facts.get("bills") or filter(None, [item.bill]))
    ours = f"K{item.id}" if item.noun == items.CONSULTATION else ""
    closed = say(language, "agenda.closed") if facts.get("closed") else ""
    committee = str(facts.get("committee") or item.committee or facts.get("ministry") or "")
    return "\n".join(filter(None, (item.title, committee, bills, closed, ours, on_it)))


def _tasks(db: Connection, whose: _For, those: Iterable[Item], now: datetime) -> list[Task]:
    """Theirs, but for those whose moment stands there already as that of an item."""
    shown = {item.id: item for item in those}
    mine = whose.feed.member_id if whose.feed.member_id is not None else whose.place
    found = tasks.in_calendar(db, mine, now - BACK, now + AHEAD)
    return [one for one in found if not _is_moment_of(one, shown)]


def _is_moment_of(task: Task, shown: Mapping[int, Item]) -> bool:
    item = shown.get(task.item_id or 0)
    return item is not None and item.due is not None and abs(item.due - task.due) < timedelta(minutes=1)


def _of_tasks(db: Connection, whose: _For, those: list[Task]) -> Iterator[Entry]:
    changed = history.changed_at(db, "task", [one.id for one in those])
    for task in those:
        gone = not task.is_open and task.done_at is not None and task.done_at < task.due
        title = task_card.heading(task)
        yield Entry(
            f"task-{task.id}@lobby",
            task.version,
            changed.get(task.id, task.created_at),
            task.due if task.clock and task.clock != items.END else task.day,
            say(whose.language, "calendar.off", what=title) if gone else title,
            "\n".join(filter(None, (people.name(db, task.owner_id), task.bill))),
            task_card.kind_label(whose.language, task.kind),
            address=task.source,
            gone=gone,
            secret=task.confidential,
        )
