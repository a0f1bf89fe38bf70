"""The days and moments of a digest: each once, at the time that the clock on the wall shows."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.tasks.ladder import Rhythm, in_utc, is_working
from storage.digests import Digest

LATE = timedelta(hours=12)  # it is caught up on until then; later, it is merged into the next
AHEAD = 30  # days that are looked at for the next one
_DAY = timedelta(days=1)


def comes_on(digest: Digest, day: date) -> bool:
    """Whether there is one on that day: one of its weekdays, and no public holiday."""
    if str(day.isoweekday()) not in digest.days.split():
        return False
    return day.weekday() >= 5 or is_working(day, Rhythm())


def moment(digest: Digest, day: date) -> datetime:
    """When it comes on that day, in UTC."""
    return in_utc(day, time.fromisoformat(digest.at), digest.zone)


def local(digest: Digest, at: datetime) -> date:
    """The day where it is read."""
    return at.astimezone(ZoneInfo(digest.zone)).date()


def next_after(digest: Digest, at: datetime) -> datetime:
    """The first moment after that one. A digest that comes on no weekday at all is looked at again in a month."""
    day = local(digest, at)
    for count in range(AHEAD):
        there = day + count * _DAY
        if comes_on(digest, there) and moment(digest, there) > at:
            return moment(digest, there)
    return at + AHEAD * _DAY


def latest(digest: Digest, now: datetime) -> datetime | None:
    """The last moment at which it was due, by now; None when nothing was since the one it waits for."""
    found, at = None, digest.next_at
    while at is not None and at <= now:
        if comes_on(digest, local(digest, at)):
            found = at
        at = next_after(digest, at)
    return found


def begins_week(digest: Digest, day: date) -> bool:
    """Whether it is the first of its week: then it looks at the whole week."""
    monday = day - timedelta(days=day.weekday())
    return not any(comes_on(digest, monday + count * _DAY) for count in range(day.weekday()))
