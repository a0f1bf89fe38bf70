"""Reminders and other notices of a task, put into words when their time has come, or no longer said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers import dates, members
from handlers.reply import Buttons, Part, Reply, Text
from handlers.tasks import card as cards
from handlers.tasks import escalation, leaving, people, rhythm
from handlers.tasks.ladder import Rhythm, Rung, is_working, latest, open_at
from handlers.tasks.plan import put_next, rungs
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import items, outbox, posts, tasks
from storage.database import Connection
from storage.items import Item
from storage.outbox import Notice
from storage.tasks import DONE, LAPSED, WITHDRAWN, Task

DAY = timedelta(days=1)
LATE = timedelta(minutes=30)  # later than this after its moment a reminder says when it was due
_ON_REMINDER = ("gezien", "klaar", "uitstellen", "overdragen")


def rung(notice: Notice, db: Connection, now: datetime) -> Woken:
    """The owner is reminded: of the latest rung that is due. What comes after it is put."""
    task = tasks.get(db, notice.row_id)
    gone = _no_longer(db, task, notice, now)
    if task is None or gone:
        return Woken(why=gone)
    owner = members.member(db, task.owner_id)
    if not owner.active:
        # where nobody may take it, it waits until somebody may, or its owner is back
        return Woken(why="its owner left") if leaving.hand_on(db, task, now) else Woken(at=now + DAY)
    item = _item(db, task)
    if (
        item and item.noun == items.MEETING and item.due is None
    ):  # moved to a day that is not known yet: until it is, nothing is said
        return Woken(at=now + DAY)
    hours = rhythm.of(db, task.platform, task.place)
    waits = _waits(task, hours, now)
    if waits:
        return Woken(at=waits)
    ladder = rungs(db, task, hours)
    after = _put_after(db, notice)
    said = latest([one for one in ladder if one.name != after and one.at < _moment(ladder, after, now)], now)
    if after is None:
        escalation.escalate(db, task, (notice.facts["rung"], said), ladder, now)
        tasks.reminded(db, task.id, now)
        put_next(db, task, ladder, now)
    language = owner.language or people.spoken_in(db, task.platform, task.place)
    due = max(said.at, notice.due) if said else notice.due
    return Woken(_reminder(language, task, hours, (due, now)))


def _no_longer(db: Connection, task: Task | None, notice: Notice, now: datetime) -> str:
    """Why nothing is said of it any more; "" when it still is."""
    if task is None or not task.is_open:
        return "it is closed"
    if task.plan != notice.version:
        return "it was planned anew"
    item = _item(db, task)
    # what became of it is about to be written down; who opens the task after that is reminded as of any other
    return "its item is over" if item and item.is_over(now) and not item.facts.get(items.REPLY) else ""


def _item(db: Connection, task: Task) -> Item | None:
    """The item of parliament it came from."""
    return items.get(db, task.item_id) if task.item_id else None


def _waits(task: Task, hours: Rhythm, now: datetime) -> datetime | None:
    """When it can be said, while it rests or is quiet; None: now."""
    since = max(now, task.rests_until or now)
    opens = open_at(since, task.zone, hours)
    return opens if opens > now else None


def _put_after(db: Connection, notice: Notice) -> str | None:
    """The rung that was put when this one was said before: then it is said again, and nothing else follows from it."""
    planned = (one for one in outbox.of(db, "task", notice.row_id) if one.what == "rung" and one.id > notice.id)
    return next((one.facts["rung"] for one in planned if one.version == notice.version), None)


def _moment(ladder: tuple[Rung, ...], name: str | None, now: datetime) -> datetime:
    """When a rung is due; without a rung just after now."""
    return next((one.at for one in ladder if one.name == name), now + timedelta(seconds=1))


def _reminder(language: str, task: Task, hours: Rhythm, moment: tuple[datetime, datetime]) -> Reply:
    """`moment`: (when it was to be said, now)."""
    due, now = moment
    parts = _left(language, task, hours, now)
    if task.unassigned:
        parts.append(Text(say(language, "task.nobody_assigned")))
    if now - due > LATE:
        at = dates.moment(language, due, task.zone)
        parts.append(Text(say(language, "task.was_due", at=at), tone="quiet"))
    parts.append(Buttons(tuple(cards.button(language, task, does) for does in _ON_REMINDER)))
    return _to_one(language, parts)


def _left(language: str, task: Task, hours: Rhythm, now: datetime) -> list[Part]:
    """`Nog 5 werkdagen: Brief over nareis`, and a line with the number and the moment."""
    heading = Text(how_long(language, task, hours, now), tone="heading")
    shown = [f"T{task.id}", cards.kind_label(language, task.kind), cards.when(language, task), task.bill]
    return [heading, Text(" · ".join(filter(None, shown)))]


def how_long(language: str, task: Task, hours: Rhythm, now: datetime) -> str:
    """`Nog 5 werkdagen: …`, `Vandaag om 17:00: …`, `2 werkdagen te laat: …`"""
    today = now.astimezone(ZoneInfo(task.zone)).date()
    if today == task.day and now < task.due:
        clock = task.due.strftime("%H:%M")
        return say(language, "task.today", clock=clock, title=task.title)
    if now < task.due:
        days = _working_days(task.day, today, hours)
        key = "task.one_day_left" if days == 1 else "task.days_left"
    else:
        days = _working_days(task.day, today, hours)
        key = ("task.just_late", "task.one_day_late")[days] if days < 2 else "task.days_late"
    return say(language, key, title=task.title, **({} if days < 2 else {"days": days}))


def _working_days(due: date, today: date, hours: Rhythm) -> int:
    """How many working days are left until the due day (T-2: 2), or have passed since."""
    first, last = sorted((due, today))
    between = (first + timedelta(days=count) for count in range(1, (last - first).days))
    count = sum(is_working(day, hours) for day in between)
    return count + (today < due or is_working(today, hours) and today > due)


def escalated(notice: Notice, db: Connection, now: datetime) -> Woken:
    """Somebody else hears that its owner was reminded and is not heard of."""
    task = tasks.get(db, notice.row_id)
    gone = _no_longer(db, task, notice, now)
    if task is None or gone or notice.member_id is None:
        return Woken(why=gone)
    if task.alive_at and task.alive_at >= notice.due and now < task.due:
        return Woken(why="its owner is heard of")
    if notice.member_id not in {*people.above(db, task), task.reader_id}:
        return Woken(why="it is no longer theirs to watch")
    hours = rhythm.of(db, task.platform, task.place)
    opens = open_at(now, task.zone, hours)
    if opens > now:
        return Woken(at=opens)
    language = people.spoken_by(db, notice.member_id, task)
    parts = _left(language, task, hours, now)
    owner = people.name(db, task.owner_id)
    parts.append(Text(say(language, "task.silent" if now < task.due else "task.late_of", owner=owner)))
    may = people.may_change(members.member(db, notice.member_id), task)  # who reads along can only look
    does = [cards.button(language, task, one) for one in ("overdragen", "uitstellen") if may]
    return Woken(_to_one(language, [*parts, Buttons((cards.show(task), *does))]))


def assigned(notice: Notice, db: Connection, now: datetime) -> Woken:
    """A new owner hears that it is theirs."""
    task = tasks.get(db, notice.row_id)
    if task is None or not task.is_open or task.owner_id != notice.member_id:
        return Woken(why="it is no longer theirs")
    language = people.spoken_by(db, task.owner_id, task)
    facts = notice.facts
    if facts.get("left"):
        lead = say(language, "task.left_to_you", who=people.name(db, facts["left"]))
    else:
        key = "task.back_to_you" if facts.get("back") else "task.given_to_you"
        lead = say(language, key, who=people.name(db, facts["by"]))
    return Woken(_as_notice(cards.card(language, db, task, lead, members.member(db, task.owner_id))))


def card(notice: Notice, db: Connection, now: datetime) -> Woken:
    """The announcement in the channel."""
    task = tasks.get(db, notice.row_id)
    if task is None or task.confidential or task.state in {WITHDRAWN, LAPSED}:
        return Woken(why="it was withdrawn")
    language = people.spoken_in(db, notice.platform, notice.place)
    return Woken(cards.card(language, db, task))


def update(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What stands in a message is brought up to date; of what became confidential nothing but the number stays."""
    task = tasks.get(db, notice.row_id)
    shown = posts.behind(db, "task", notice.row_id, task.version) if task else []
    here = (notice.facts["platform"], notice.facts["place"], notice.facts["message"])
    if task is None or here not in [(post.platform, post.place, post.message) for post in shown]:
        return Woken(why="it stands there already")
    language = people.spoken_in(db, notice.platform, notice.place)
    if task.confidential:
        return Woken(Reply((Text(say(language, "task.hidden", id=task.id)),), private=False, language=language))
    others_read = (task.platform, task.place) == here[:2]
    viewer = None if others_read else members.member(db, _told_in(db, task, here))
    return Woken(_as_notice(cards.card(language, db, task, viewer=viewer)))


def _told_in(db: Connection, task: Task, here: tuple[str, str, str]) -> int:
    """Who was given the task in that message: perhaps an earlier owner, who can no longer do what they could."""
    platform, _, message = here
    given = (one for one in outbox.of(db, "task", task.id) if (one.platform, one.message) == (platform, message))
    return next((one.member_id for one in given if one.member_id), task.owner_id)


def moved(notice: Notice, db: Connection, now: datetime) -> Woken:
    """It is to be done by another moment than before."""
    task = tasks.get(db, notice.row_id)
    if task is None or not task.is_open or notice.member_id not in people.named(task):
        return Woken(why="it is closed, or no longer theirs")
    was = notice.facts["from"]
    day, clock = date.fromisoformat(was["day"]), time.fromisoformat(was["clock"]) if was["clock"] else None
    if (day, clock or tasks.END_OF_DAY) == (task.day, task.clock or tasks.END_OF_DAY):
        return Woken(why="it was moved back")
    language = people.spoken_by(db, notice.member_id, task)
    old = dates.in_full(language, day, clock or tasks.END_OF_DAY)
    by = notice.facts.get("by")
    lead = say(language, "task.moved", who=people.name(db, by), title=task.title) if by else ""
    lead = lead or say(language, "task.moved_by_source", title=task.title)
    change = say(language, "task.old_to_new", id=task.id, old=old, new=cards.when(language, task))
    return Woken(_to_one(language, [Text(lead, tone="heading"), Text(change), Buttons((cards.show(task),))]))


_STILL: dict[str, Callable[[Task, Notice], bool]] = {
    "aangenomen": lambda task, notice: task.is_open and bool(task.accepted_at),
    "overgedragen": lambda task, notice: task.is_open and task.owner_id == notice.facts["owner"],
    "teruggegeven": lambda task, notice: task.is_open and task.owner_id == notice.facts["owner"],
    "klaar": lambda task, notice: task.state == DONE,
    "heropend": lambda task, notice: task.is_open,
    "ingetrokken": lambda task, notice: task.state == WITHDRAWN,
    "niet_relevant": lambda task, notice: task.state == LAPSED,
    "vervallen": lambda task, notice: task.state == LAPSED,
    "gesloten": lambda task, notice: task.state == LAPSED,
    "weer_open": lambda task, notice: task.is_open,
}


def told(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What became of it; not when it is no longer so."""
    task, did = tasks.get(db, notice.row_id), notice.facts["did"]
    if task is None or not _STILL[did](task, notice):
        return Woken(why="it is no longer so")
    if task.confidential and notice.member_id not in people.named(task):
        return Woken(why="it is not theirs to know")
    if not notice.facts["by"] and _told_later(db, notice):
        return Woken(why="what its source did after that is told too")
    language = people.spoken_by(db, notice.member_id, task)
    facts: dict[str, str | int] = {"who": people.name(db, notice.facts["by"]), "id": task.id, "title": task.title}
    facts |= {"owner": people.name(db, task.owner_id), "due": cards.when(language, task)}
    lead = say(language, f"task_told.{did}", **facts)
    return Woken(_to_one(language, [Text(lead), Buttons((cards.show(task),))]))


def _told_later(db: Connection, notice: Notice) -> bool:
    """Whether more waits for the same member of what the source did: by night it says nothing."""
    later = [one for one in outbox.of(db, "task", notice.row_id) if one.id > notice.id and one.what == "told"]
    waits = [one for one in later if one.state == outbox.WAITING and one.member_id == notice.member_id]
    return any(not one.facts["by"] for one in waits)


def _to_one(language: str, parts: list[Part]) -> Reply:
    return Reply(tuple(parts), private=False, language=language)


def _as_notice(reply: Reply) -> Reply:
    """A card that comes by itself: where it comes, whoever reads there may see it."""
    return replace(reply, private=False)
