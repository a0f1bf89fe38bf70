"""Which day somebody means who leaves out the year, the month or the week."""

from datetime import date, timedelta

_NEXT = frozenset(("komende", "aanstaande", "eerstvolgende", "next", "a.s", "as"))
_THIS_WEEK = frozenset(("deze", "deze week", "this"))


def weekday(wanted: int, said: str, today: date, ahead: bool) -> date:
    """A day of the week (0 is Monday). `said`: `vorige week`, `komende`, `a.s`, …, or "" for the bare day.

    A bare day is the first one after today when looking ahead, otherwise the last one before today.
    """
    monday = today - timedelta(days=today.weekday())
    if said in {"vorige week", "volgende week"}:
        return monday + timedelta(days=wanted + (-7 if said == "vorige week" else 7))
    if said in _THIS_WEEK:
        return monday + timedelta(days=wanted)
    if said:
        ahead = said in _NEXT
    if ahead:
        return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)


def day_and_month(day: int, month: int, today: date, ahead: bool) -> date:
    """A date without a year: the nearest one on that side of today, today included. ValueError: no such day."""
    if (day, month) != (29, 2):
        date(today.year, month, day)
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        if not _exists(year, month, day):
            continue
        found = date(year, month, day)
        if found == today or (found > today) == ahead:
            return found
    raise ValueError("no such day near today")


def day_of_month(day: int, last_month: bool, today: date, ahead: bool) -> date:
    """`de 6e`, or `vorige maand de 6e`. ValueError: that month has no such day."""
    first = today.replace(day=1)
    if last_month or (not ahead and day > today.day):
        first = (first - timedelta(days=1)).replace(day=1)
    elif ahead and day < today.day:
        first = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=day)


def _exists(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return leap or (day, month) != (29, 2)
