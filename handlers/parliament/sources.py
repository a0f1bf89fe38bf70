"""Sources: how each of them stands, said where people look, and told to who can do something about it.

A source that silently gives nothing is the failure to fear: it looks like a quiet week.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from handlers import dates, members
from handlers.command import Role
from handlers.reply import Reply, Text
from handlers.tasks import people
from handlers.tasks.ladder import Rhythm, is_working
from handlers.tasks.woken import Woken
from handlers.texts import say
from storage import cursors, outbox, recesses
from storage.cursors import Cursor
from storage.database import Connection
from storage.outbox import Notice

NOUN = "source"
SHOWN = {
    "tweedekamer": "TK",
    "tweedekamer-odata": "TK",
    "eerstekamer": "EK",
    "internetconsultatie": "internetconsultatie",
}
ZONE = "Europe/Amsterdam"
OVERDUE = timedelta(minutes=45)  # not read for so long: it does not answer, or nobody asks
# Working days of the Kamer without anything new after which it is not quiet but silent.
QUIET_DAYS = {"tweedekamer": 1, "tweedekamer-odata": 1, "eerstekamer": 10, "internetconsultatie": 15}
QUIET_IN_RECESS = 4  # times as long

State = Literal["well", "down", "silent", "changed"]


@dataclass(frozen=True, slots=True)
class Source:
    """How a source stands.

    state    well; down: not read lately; silent: read, and nothing new for longer than it ever takes; changed
    since    when it was last well: read (down, changed), or brought something (silent); None: never
    trouble  what the last try ended in, in the words of who read it
    """

    name: str
    state: State
    since: datetime | None
    trouble: str = ""

    @property
    def number(self) -> int:
        """By which the outbox knows it."""
        return list(SHOWN).index(self.name)


def all_of_them(db: Connection, now: datetime) -> list[Source]:
    """Every source that was ever asked for anything, in a fixed order."""
    return [_standing(db, name, parts, now) for name in SHOWN if (parts := cursors.of(db, name))]


def _standing(db: Connection, name: str, parts: list[Cursor], now: datetime) -> Source:
    read = None if any(one.read_at is None for one in parts) else min(one.read_at for one in parts if one.read_at)
    troubles = [one for one in parts if one.trouble]
    trouble = troubles[0].trouble if troubles else ""
    if any(one.changed for one in parts):
        return Source(name, "changed", read, next(one.trouble for one in parts if one.changed))
    if read is None or now - read > OVERDUE:
        return Source(name, "down", read, trouble)
    brought = max((one.item_at for one in parts if one.item_at), default=None)
    if brought and _too_quiet(db, name, brought, now):
        return Source(name, "silent", brought)
    return Source(name, "well", read)


def _too_quiet(db: Connection, name: str, brought: datetime, now: datetime) -> bool:
    """Whether more working days have passed since it last brought something than it ever is quiet; more in recess."""
    first, last = (moment.astimezone(ZoneInfo(ZONE)).date() for moment in (brought, now))
    recess = any(begins <= last and first <= ends for _, begins, ends in recesses.everything(db))
    days = (first + timedelta(days=count) for count in range(1, (last - first).days))
    passed = sum(is_working(day, Rhythm()) for day in days)
    return passed >= QUIET_DAYS[name] * (QUIET_IN_RECESS if recess else 1)


def line(language: str, found: list[Source], zone: str) -> str:
    """`TK ✓ 07:02 · internetconsultatie ⚠ sinds zo 22 nov 18:00`; says so when nothing was ever read."""
    if not found:
        return say(language, "source.none")
    return " · ".join(in_short(language, one, zone) for one in found)


def in_short(language: str, source: Source, zone: str) -> str:
    """One of them, as in the line."""
    name = SHOWN[source.name]
    if source.since is None:
        return say(language, "source.short_never", name=name)
    local = source.since.astimezone(ZoneInfo(zone))
    if source.state == "well":
        return say(language, "source.short_well", name=name, clock=f"{local:%H:%M}")
    when = f"{dates.short(language, local.date())} {local:%H:%M}"
    return say(language, "source.short_not", name=name, when=when)


def in_full(language: str, source: Source, zone: str) -> str:
    """What is the matter, in a sentence."""
    when = dates.moment(language, source.since, zone) if source.since else say(language, "status.never")
    return say(language, f"source.{source.state}", when=when, why=source.trouble or "?")


def watch(db: Connection, now: datetime) -> None:
    """Who keeps Lobby running hears of a source that is not well, once each time that it stops being so."""
    for source in all_of_them(db, now):
        if source.state == "well" or (source.since is None and source.state != "changed"):
            continue
        for one in _keepers(db):
            key = f"source/{source.name}/{source.state}/{source.since or ''}/m{one}"[:200]
            facts = {"name": source.name, "state": source.state}
            outbox.put(db, Notice(key, NOUN, NOUN, source.number, now, facts=facts, member_id=one))


def _keepers(db: Connection) -> list[int]:
    """The beheerders; where there is none, the coordinators."""
    admins = [one.id for one in members.everybody(db) if one.role == Role.BEHEERDER]
    return admins or [one.id for one in members.coordinators(db)]


def told(notice: Notice, db: Connection, now: datetime) -> Woken:
    """The message to who keeps Lobby running; dropped when it is well again."""
    found = next((one for one in all_of_them(db, now) if one.name == notice.facts["name"]), None)
    if found is None or found.state != notice.facts["state"]:
        return Woken(why="it is well again, or otherwise now")
    language = people.read_in(db, notice.member_id, (notice.platform, notice.place))
    heading = say(language, f"source.told_{found.state}", name=SHOWN[found.name])
    parts = (Text(heading, tone="heading"), Text(in_full(language, found, ZONE)))
    return Woken(Reply(parts, private=False, language=language))
