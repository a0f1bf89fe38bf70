"""Dates and times as the bot prints them: always in full, always with the weekday."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date

from handlers.problems import Problem
from handlers.understanding import moments

_SPAN = re.compile(r"(\d{1,4})\s*(d|w|m|j|y)[a-z]*", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "j": 365, "y": 365}
_NOTATIONS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


def in_full(language: str, day: date, clock: time | None = None) -> str:
    """`vrijdag 4 december 2026, 17:00`"""
    said = _day_in_full(language, day)
    return f"{said}, {clock:%H:%M}" if clock else said


@lru_cache(maxsize=1000)
def _day_in_full(language: str, day: date) -> str:
    return format_date(day, "EEEE d MMMM y", locale=language)


def short(language: str, day: date) -> str:
    """`vr 4 dec 2026`: for a row of a list."""
    return format_date(day, "EEE d MMM y", locale=language).replace(".", "")


def moment(language: str, at: datetime, zone: str) -> str:
    """A stored moment on the person's own clock."""
    local = at.astimezone(ZoneInfo(zone))
    return in_full(language, local.date(), local.time())


def read_day(typed: str, field: str) -> date:
    """A date from a form: 2026-12-04 (what a date picker sends) or 4-12-2026. Anything else is a Problem."""
    for notation in _NOTATIONS:
        try:
            return datetime.strptime(typed.strip(), notation).date()  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
    raise Problem("dates.not_a_day", field=field, typed=typed[:40])


def read_clock(typed: str, field: str) -> time:
    """A time from a form: 14:30, 14.30 or 14u30."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.u](\d{2})?)?\s*(?:uur|u)?", typed.strip())
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    raise Problem("dates.not_a_clock", field=field, typed=typed[:40])


def read_since(typed: str, today: date) -> date:
    """The start of a list: `90d`, `6w`, `3m`, `1j`, `2026-01-01`, `1-1-2026`."""
    span = _SPAN.fullmatch(typed.strip())
    if span:
        try:
            return today - timedelta(days=int(span[1]) * _DAYS[span[2].lower()])
        except OverflowError as error:
            raise Problem("dates.not_a_day", typed=typed[:40]) from error
    said = moments.read(typed, moments.Asked(datetime.combine(today, time(), UTC), ahead=False))
    if said and said.day:
        return said.day
    try:
        return read_day(typed, "")
    except Problem as problem:
        raise Problem("dates.not_since", typed=typed[:40]) from problem
