"""The ladder: when a task is reminded of, in working days around its due day, and the hours in which that is said.

Every moment that comes out is aware and in UTC. A local time that does not exist (02:30 in the night that the clock
goes forward) is as much later as the gap is long (03:30), as RFC 5545 has it; one that exists twice is the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from storage.tasks import Task

AFTER = 5  # so many working days after its due day a task is still brought up
HOUR = "uur"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a team is reminded.

    steps   working days before the due day, each at `at` (local)
    opens, closes   something is said from `opens` until just before `closes` (local; closes <= opens: over midnight)
    off     stretches of days off, first and last day, beside weekends and holidays
    """

    steps: tuple[int, ...] = (10, 5, 2, 1, 0)
    opens: time = time(8)
    closes: time = time(18)
    at: time = time(9)
    off: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder. `step` is working days until the due day (T-2: 2; T+1: -1); at = aware UTC."""

    name: str
    step: int
    at: datetime


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays  # on first use: it is slow

    found = holidays.country_holidays("NL", years=year, language="en_US")
    return frozenset(day for day, name in found.items() if "Good Friday" not in name)


def is_working(day: date, rhythm: Rhythm) -> bool:
    """Monday to Friday, no Dutch holiday, not in `rhythm.off`.

    Offices work on Good Friday; Liberation Day (5 May) is a day off every fifth year: 2025, 2030.
    """
    if day.weekday() >= 5 or any(first <= day <= last for first, last in rhythm.off):
        return False
    return day not in _holidays(day.year)


def working_day(day: date, count: int, rhythm: Rhythm) -> date:
    """The working day `count` working days after that day, or before it (-2); 0 is the day itself, whatever it is."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working(day, rhythm):
            day += step
    return day


def in_utc(day: date, clock: time, zone: str) -> datetime:
    """A local day and time in UTC."""
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def ladder(task: Task, rhythm: Rhythm, since: datetime) -> tuple[Rung, ...]:
    """All of its reminders after `since` (aware: when it was made, or last planned), the earliest first.

    Of the steps those stay whose day is later than that of `since`. Where that leaves none, there is one an hour before
    the due moment, or before the hours of an evening end. After the due day the next five working days follow.
    """
    before = _before(task, rhythm, since.astimezone(ZoneInfo(task.zone)).date())
    if not before:
        before = [Rung(HOUR, 0, _an_hour_before(task, rhythm, since))]
    days = (working_day(task.day, count, rhythm) for count in range(1, AFTER + 1))
    after = [Rung(f"T+{count}", -count, in_utc(day, rhythm.at, task.zone)) for count, day in enumerate(days, 1)]
    return tuple(rung for rung in (*before, *after) if rung.at > since)


def _before(task: Task, rhythm: Rhythm, made: date) -> list[Rung]:
    days = _days_back(task.day, rhythm, made)
    rungs = []
    for step in _compressed(rhythm.steps, len(days)):
        at = in_utc(days[step], rhythm.at, task.zone) if step else _on_the_day(task, rhythm)
        if at:
            rungs.append(Rung(f"T-{step}", step, at))
    return rungs


def _days_back(due: date, rhythm: Rhythm, made: date) -> list[date]:
    """The day of T-0, T-1, … as far as the ladder goes and the task was there."""
    days: list[date] = []
    while due > made and len(days) <= max(rhythm.steps, default=0):
        days.append(due)
        due = working_day(due, -1, rhythm)
    return days


def _compressed(steps: Sequence[int], ahead: int) -> list[int]:
    """The steps for which there is time, the largest first; one in front where the wait for the first would be long."""
    stay = sorted({step for step in steps if step < ahead}, reverse=True)
    first = ahead - 1
    if len(stay) < len(set(steps)) and first >= max(stay, default=-1) + 2:
        return [first, *stay]
    return stay


def _on_the_day(task: Task, rhythm: Rhythm) -> datetime | None:
    """T-0: at its time when that is before the due moment, else what is later of the opening and an hour before it."""
    due = task.due.astimezone(UTC)
    usual = in_utc(task.day, rhythm.at, task.zone)
    if usual < due:
        return usual
    other = (in_utc(task.day, rhythm.opens, task.zone), due - timedelta(hours=1))
    midnight = in_utc(task.day, time(0), task.zone)
    return max((at for at in other if midnight <= at < due), default=None)


def _an_hour_before(task: Task, rhythm: Rhythm, since: datetime) -> datetime:
    """An hour before it is due; of an evening that is quiet, half an hour before the hours of that day end."""
    at = task.due.astimezone(UTC) - timedelta(hours=1)
    closes = in_utc(task.day, rhythm.closes, task.zone)
    earlier = closes - timedelta(minutes=30)
    quiet = open_at(at, task.zone, rhythm) > at
    return earlier if quiet and since < earlier < at else at


def latest(rungs: Sequence[Rung], now: datetime) -> Rung | None:
    """The last one whose moment has come."""
    return next((rung for rung in reversed(rungs) if rung.at <= now), None)


def open_at(moment: datetime, zone: str, rhythm: Rhythm) -> datetime:
    """The moment itself (in UTC) within the hours of that zone, else the next opening."""
    now = moment.astimezone(UTC)
    today = now.astimezone(ZoneInfo(zone)).date()
    later = _DAY if rhythm.closes <= rhythm.opens else timedelta(0)
    openings = []
    for day in (today + count * _DAY for count in range(-1, 4)):
        opens, closes = in_utc(day, rhythm.opens, zone), in_utc(day + later, rhythm.closes, zone)
        if opens <= now < closes:
            return now
        if now < opens < closes:  # hours that fall into the gap of a night in spring are none
            openings.append(opens)
    return openings[0]
