"""Days that have a name: when they fall, and which of them are no working days."""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.easter import easter  # type: ignore[import-untyped]  # it ships no types


@cache
def table() -> Mapping[str, Mapping[str, Any]]:
    """Feast -> how it falls and what it is called, from feasts.toml."""
    return tomllib.loads(Path(__file__).with_name("feasts.toml").read_text(encoding="utf-8"))


def day_of(feast: str, year: int) -> date:
    """The day of this feast in a year from 1583 to 4099."""
    rule = table()[feast]
    if "easter" in rule:
        sunday: date = easter(year)
        return sunday + timedelta(days=rule["easter"])
    if "nth" in rule:
        which, weekday, month = rule["nth"]
        return nth_weekday(which, weekday, date(year, month, 1))
    month, day = map(int, rule["fixed"].split("-"))
    found = date(year, month, day)
    is_kings_day_on_sunday = feast == "koningsdag" and found.weekday() == 6
    return found - timedelta(days=1) if is_kings_day_on_sunday else found


def nth_weekday(which: int, weekday: int, first: date) -> date:
    """The 1st, 2nd, … (or -1: last) of a weekday in the month that begins at `first`."""
    if which > 0:
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


@cache
def free_days(year: int) -> frozenset[date]:
    """The public holidays of the Netherlands in this year."""
    return frozenset(day_of(feast, year) for feast, rule in table().items() if rule.get("free"))


def is_workday(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and day not in free_days(day.year)


def workdays_from(day: date, count: int) -> date:
    """The day so many working days later, or earlier when `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if is_workday(day):
            count -= 1 if count > 0 else -1
    return day
