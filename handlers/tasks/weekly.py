"""The weekly list: on Monday each coordinator reads what is too late."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers import members
from handlers.reply import Button, Buttons, Part, Reply, Text
from handlers.tasks import card as cards
from handlers.tasks.ladder import Rhythm, in_utc, open_at, working_day
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import outbox, tasks
from storage.database import Connection
from storage.outbox import Notice
from storage.tasks import Wanted

SHOWN = 20
_ZONE = "Europe/Amsterdam"  # the house is Dutch; who reads it elsewhere reads it at nine there


def plan(db: Connection, now: datetime) -> None:
    """The list of next Monday, for each coordinator; on the first working day after it when that is a day off."""
    today = now.astimezone(ZoneInfo(_ZONE)).date()
    monday = today + timedelta(days=7 - today.weekday())
    hours = Rhythm()
    at = in_utc(working_day(monday - timedelta(days=1), 1, hours), hours.at, _ZONE)
    for one in members.coordinators(db):
        key = f"weekly/{monday}/m{one.id}"
        outbox.put(db, Notice(key, "weekly", "member", one.id, at, member_id=one.id, again=False))


def weekly(notice: Notice, db: Connection, now: datetime) -> Woken:
    """What is too late today, of all that this coordinator may see; the list of the week after is put."""
    opens = open_at(now, _ZONE, Rhythm())
    if opens > now:
        return Woken(at=opens)
    plan(db, now)
    if notice.member_id not in {one.id for one in members.coordinators(db)}:
        return Woken(why="they no longer coordinate")
    wanted = Wanted(notice.member_id, due_before=now)
    count = tasks.count(db, wanted)
    if not count:
        return Woken(why="nothing is too late")
    language = members.member(db, notice.member_id).language or "nl"
    parts: list[Part] = [Text(say(language, "task.weekly", count=count), tone="heading")]
    for task in tasks.listed(db, wanted, 0, SHOWN):
        parts.append(Text(cards.line_of(language, db, task), button=cards.show(task)))
    parts.append(Buttons((Button(say(language, "task.all_late"), "taken", "te laat"),)))
    return Woken(Reply(tuple(parts), private=False, language=language))
