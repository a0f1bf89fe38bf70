"""A day that can be read in two ways, or that cannot be meant: what is odd about it, and the days it can stand for."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from handlers.understanding import moments
from handlers.understanding.moments import Asked, Moment

FARTHEST = 10  # years from today that a day may lie when somebody says that it is meant
_HALF_A_YEAR, _NEARLY_A_YEAR = timedelta(days=183), timedelta(days=300)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MORNING = 7  # the last hour of which an office may well mean that of the afternoon

_AHEAD = {"morgen": 1, "tomorrow": 1, "overmorgen": 2}  # days from today
_OF_A_DAY = re.compile(
    r"(?<![\w/-])(?P<day>\d{1,2})[-/](?P<month>\d{1,2})(?![\w/-])|\b(?:overmorgen|morgen|tomorrow"
    r"|(?:vorige|afgelopen|deze|volgende|komende) (?:week|maand)|(?:last|this|next) (?:week|month))\b",
    re.IGNORECASE,
)

_WEEKS = {"vorige": -1, "afgelopen": -1, "last": -1, "deze": 0, "this": 0, "volgende": 1, "komende": 1, "next": 1}
When = tuple[date, time | None]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is odd, the day that is odd, and what can be meant, the likeliest first.

    none     there is no such day
    weekday  the day of the week is not that of the date
    two      the words can mean two days (`volgende vrijdag`)
    vague    the words leave more days open (`begin januari`)
    far      the year is not this one, nor one beside it
    year     no year was said, and it lies nearly a year away
    past     what is still to be done would have been done already
    """

    why: Literal["none", "weekday", "two", "vague", "far", "year", "past"]
    odd: When | None
    meant: tuple[When, ...]


def of_contact(moment: Moment, now: datetime) -> Doubt | None:
    """What is odd about the day of a contact; most lie before today, some are planned.

    now  on the person's own clock
    """
    today, day = now.date(), moment.day
    if day is None:
        return Doubt("none", None, ((today, moment.clock),))
    if abs(day.year - today.year) > 1:
        near = _same_day(day, today, ahead=False)
        return _doubt("far", moment, (day, near) if _within_reach(day, today) else (near, today))
    if moment.vague:
        return _doubt("vague", moment, (day, today))
    if today - day > _NEARLY_A_YEAR and (other := _read_the_other_way(moment.text, now, ahead=True)):
        return _doubt("year", moment, (other, day))
    return _two_days(moment)


def of_follow_up(moment: Moment, now: datetime) -> Doubt | None:
    """The same of a next step, which is to come."""
    today, day, clock = now.date(), moment.day, moment.clock
    if day is None:
        return Doubt("none", None, ())
    if abs(day.year - today.year) > 1:
        meant = [one for one in (day, _same_day(day, today, ahead=True)) if _within_reach(one, today)]
        return _doubt("far", moment, meant)
    if day < today and moment.weekday_fits:
        return _doubt("past", moment, (day, _still_to_come(moment.text, day, today)))
    if clock and (day == today or moment.dayless):  # a bare time that is past was read as tomorrow's
        return _past_clock(clock, now)
    if day - today > _NEARLY_A_YEAR and _read_the_other_way(moment.text, now, ahead=False):
        return _doubt("year", moment, (day, _next_month(day, today)))
    return _two_days(moment)


def _two_days(moment: Moment) -> Doubt | None:
    """The day and the others that the same words can mean; the other is of another weekday when that does not fit."""
    if not (moment.day and moment.others) or moment.dayless:
        return None
    if moment.weekday_fits:
        return _doubt("two", moment, (moment.day, *moment.others))
    return _doubt("weekday", moment, (moment.day, *(_near(other, moment.day) for other in moment.others)))


def _past_clock(clock: time, now: datetime) -> Doubt | None:
    """A time of today that is past already."""
    when = (now.date(), clock)
    return Doubt("past", when, (when, _later(now, clock))) if clock < now.time() else None


def _doubt(
    why: Literal["weekday", "two", "vague", "far", "year", "past"], moment: Moment, days: Iterable[date]
) -> Doubt:
    meant = tuple((day, moment.clock) for day in dict.fromkeys(days))
    return Doubt(why, (moment.day, moment.clock) if moment.day else None, meant)


def unread(text: str) -> str:
    """Words of a day among those of which nothing was made; "" when there are none."""
    seen = _OF_A_DAY.search(text)
    return seen[0] if seen else ""


def of_unread(words: str, today: date) -> tuple[When, ...]:
    """The days that such words can stand for, the likeliest first."""
    seen, meant = _OF_A_DAY.search(words), [today]
    if seen and seen["day"]:
        with suppress(ValueError):  # 24/7 is no day of the year
            meant.insert(0, date(today.year, int(seen["month"]), int(seen["day"])))
    elif words.lower() in _AHEAD:
        meant.insert(0, today + timedelta(days=_AHEAD[words.lower()]))
    elif (week := _WEEKS.get(words.lower().removesuffix(" week"))) is not None and words.lower().endswith("week"):
        monday = today + _WEEK * week - _DAY * today.weekday()
        days = [monday + _DAY * count for count in range(5)]
        meant = [*(day for day in days if week or day <= today), today]
    return tuple((day, None) for day in dict.fromkeys(meant))


def _within_reach(day: date, today: date) -> bool:
    return abs(day.year - today.year) < FARTHEST


def _near(other: date, day: date) -> date:
    """The day of that weekday that is meant: the one nearest today, or where the date is far from it, near the date."""
    if abs(other - day) <= _WEEK:
        return other
    return day + _DAY * ((other.weekday() - day.weekday() + 3) % 7 - 3)


def _same_day(day: date, today: date, ahead: bool) -> date:
    """That day of the year, the nearest one on this side of today; 28 February where there is no 29th."""
    nearest = _in_year(day, today.year)
    if ahead and nearest < today:
        return _in_year(day, today.year + 1)
    return _in_year(day, today.year - 1) if nearest > today and not ahead else nearest


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _read_the_other_way(words: str, now: datetime, ahead: bool) -> date | None:
    """The day that the same words are on the other side of today; None where they name the year."""
    found, other = (moments.every(words, Asked(now, side)) for side in (ahead, not ahead))
    if not found or not other or found[0].day == other[0].day:
        return None
    return found[0].day


def _later(now: datetime, clock: time) -> When:
    """What else a time that is past can be: that of the afternoon, else that of the next working day."""
    afternoon = clock.replace(hour=clock.hour + 12) if clock.hour <= _MORNING else clock
    if afternoon > now.time():
        return now.date(), afternoon
    day = now.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day, clock


def _still_to_come(words: str, day: date, today: date) -> date:
    """The day to come that somebody meant who named one that is past: another year, another month, another week."""
    if not any(letter.isdecimal() for letter in words):
        return day + _WEEK * -(-(today - day).days // 7)
    next_year = _same_day(day, today, ahead=True)
    return next_year if next_year - today < _HALF_A_YEAR else _next_month(day, today)


def _next_month(day: date, today: date) -> date:
    """The same day of the month, the first that is still to come."""
    first = today.replace(day=1)
    while True:
        length = ((first + timedelta(days=31)).replace(day=1) - first).days
        found = first.replace(day=min(day.day, length))
        if found >= today:
            return found
        first += timedelta(days=length)
