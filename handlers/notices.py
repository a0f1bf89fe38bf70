"""Notices: what waits in the outbox is looked at when its time has come, put into words, or no longer said."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from handlers import members
from handlers.digest import making, showing
from handlers.parliament import news, sources
from handlers.reply import Reply, Text
from handlers.tasks import people, reminders, weekly
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import members as staff
from storage import outbox, places, posts, tasks
from storage.database import Connection
from storage.outbox import Notice

PREFERRED = ("slack", "teams", "web")  # where somebody is reached who can be reached in several places
TOLD = "undelivered"
KEPT = timedelta(days=90)  # what was sent or dropped


class Address(NamedTuple):
    """Where it goes: a place, or a person (a user of that platform) one to one.

    thread  the message under which it stands; "" for the place itself
    """

    platform: str
    place: str
    person: bool
    thread: str = ""


def wake(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What comes of it now. The transaction in which it is looked at may put what comes after it."""
    if _told_as_another(notice, db):
        return Woken(why="two members turned out to be one, who hears it once")
    does = _WAKES.get(notice.what)
    return does(notice, db, now) if does else Woken(why="nobody knows how to say this")


def _told_as_another(notice: Notice, db: Connection) -> bool:
    """Whether it was put for a member who is now one with another, for whom the same was put."""
    start, mark, _ = notice.key.rpartition("/m")
    same = f"{start}/m{notice.member_id}"
    return bool(mark and notice.member_id) and notice.key != same and outbox.stands(db, same)


def address(notice: Notice, db: Connection, live: Collection[str]) -> Address | None:
    """Where it goes, on one of the platforms that are `live`; None when nobody can be reached there.

    Where a try was made already it goes again: a doubt can be settled there alone.
    """
    if notice.member_id is None:
        thread = _thread(notice, db)
        return Address(notice.platform, notice.place, person=False, thread=thread) if notice.platform in live else None
    if notice.platform in live and notice.place:
        return Address(notice.platform, notice.place, person=True)
    tried = notice.facts.get("tried", ())
    known = staff.reached_as(db, notice.member_id)
    on = [platform for platform in PREFERRED if platform in known and platform in live and platform not in tried]
    if len(on) > 1 and (home := _home(notice, db)) in on:
        on = [home]
    return Address(on[0], known[on[0]], person=True) if on else None


def _thread(notice: Notice, db: Connection) -> str:
    """The message that shows its record there, where it is to stand under that; "" when there is none."""
    here = (notice.platform, notice.place)
    number = notice.facts.get("thread")
    return posts.first(db, notice.noun, number, here) if number else ""


def _home(notice: Notice, db: Connection) -> str:
    """The platform on which the record of a notice lives; "" where it lives nowhere."""
    task = tasks.get(db, notice.row_id) if notice.noun == "task" else None
    return task.platform if task else ""


def failed(notice: Notice, db: Connection, why: str, moment: tuple[datetime, Collection[str]]) -> None:
    """It can never be brought there: the other platform, or else a coordinator is told.

    What may stand there already goes nowhere else: there nobody would see that it is the same.
    moment  (now, the platforms that are live)
    """
    now, live = moment
    tried = [*notice.facts.get("tried", ()), notice.platform]
    other = replace(notice, platform="", place="", facts={**notice.facts, "tried": tried})
    elsewhere = notice.member_id is not None and notice.platform and not why.startswith(outbox.IN_DOUBT)
    if elsewhere and address(other, db, live):
        outbox.redirect(db, notice, other.facts, now)
        return
    if notice.what == "update":  # the message is gone, and with it what there was to bring up to date
        posts.forget_one(db, notice.platform, notice.place, str(notice.facts.get("message", "")))
        outbox.drop(db, notice, why, now)
    elif outbox.give_up(db, notice, why, now) and notice.what != TOLD:
        for one in members.coordinators(db, but=notice.member_id):
            key = f"{TOLD}/{notice.id}/m{one.id}"
            outbox.put(db, Notice(key, TOLD, "outbox", notice.id, now, member_id=one.id))


def perhaps_twice(reply: Reply) -> Reply:
    """The same, marked: whether it stands there already could not be asked."""
    return replace(reply, parts=(Text(say(reply.language, "notice.perhaps_twice"), tone="quiet"), *reply.parts))


def language(db: Connection, notice: Notice) -> str:
    """The language of whoever reads it."""
    return people.read_in(db, notice.member_id, (notice.platform, notice.place))


def _update(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What stands in a message is brought up to date."""
    return (news.update if notice.noun == "item" else reminders.update)(notice, db, now)


def _undelivered(notice: Notice, db: Connection, now: datetime) -> Woken:
    """To a coordinator: this did not arrive, and why. A person takes it from there."""
    lost = outbox.get(db, notice.row_id)
    if lost is None:
        return Woken(why="gone")
    spoken = language(db, notice)
    facts = {"whom": whom(db, lost), "about": about(spoken, db, lost), "why": why(spoken, db, lost)}
    return Woken(Reply((Text(say(spoken, "notice.undelivered", **facts)),), private=False, language=spoken))


def whom(db: Connection, notice: Notice) -> str:
    """Whom it was for: a name, or what a place is called."""
    if notice.member_id is not None:
        return members.member(db, notice.member_id).name
    return places.name(db, notice.platform, notice.place) or notice.place


def why(language: str, db: Connection, lost: Notice) -> str:
    """Why it could not be brought; what a platform said in its own words."""
    if lost.why == "no_address":
        return say(language, "notice.no_address", whom=whom(db, lost))
    return say(language, "notice.in_doubt") if lost.why.startswith(outbox.IN_DOUBT) else lost.why


def about(language: str, db: Connection, notice: Notice) -> str:
    """`T12 · Brief over nareis`; of what is confidential the number alone."""
    task = tasks.get(db, notice.row_id) if notice.noun == "task" else None
    if notice.noun == making.TOLD:
        return say(language, "notice.digest", day=notice.facts.get("day", ""))
    if task is None:
        return say(language, "notice.weekly") if notice.what == "weekly" else notice.what
    return f"T{task.id}" if task.confidential else f"T{task.id} · {task.title}"


_WAKES: Mapping[str, Callable[[Notice, Connection, datetime], Woken]] = {
    "rung": reminders.rung,
    "escalated": reminders.escalated,
    "assigned": reminders.assigned,
    "card": reminders.card,
    "update": _update,
    news.NEW: news.announced,
    news.STEP: news.step,
    "moved": reminders.moved,
    "told": reminders.told,
    "weekly": weekly.weekly,
    sources.NOUN: sources.told,
    making.TOLD: showing.told,
    making.MORE: showing.more,
    TOLD: _undelivered,
}
