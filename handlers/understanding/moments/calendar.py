"""Spans of time, and the arithmetic of days, weeks, months and clocks, on the local wall clock."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from handlers.understanding.moments import feasts

Grain = Literal["minute", "part", "day", "week", "weekend", "month", "quarter", "season", "recess", "year", "range"]
Proof = Literal["", "edge", "alone"]
OFFICE_OPENS, OFFICE_CLOSES = 7, 17  # hours; `half drie` is half past two in the afternoon
DAY = timedelta(days=1)
MONTHS_IN: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of local time.

    end       exclusive; the same as `start` for a moment on the clock
    proof     what it needs to count inside a longer text: "edge" a mark or an end after it, "alone" nothing beside it
    fits      False when a weekday was said that this day is not
    others    other days that the same words can mean
    limit     `voor`, `uiterlijk`: until; `na`, `vanaf`: since
    dayless   only a time was said; the day is the one on which that is next
    vague     the words leave more days open (`begin januari`); the day is the one they come nearest to
    """

    start: datetime
    end: datetime
    grain: Grain
    proof: Proof = ""
    fits: bool = True
    others: tuple[date, ...] = ()
    limit: Literal["", "until", "since"] = ""
    dayless: bool = False
    vague: bool = False

    @property
    def day(self) -> date:
        """Its first day."""
        return self.start.date()


def day_span(day: date, proof: Proof = "", fits: bool = True, others: tuple[date, ...] = ()) -> Span:
    """One whole day."""
    start = datetime.combine(day, time())
    return Span(start, start + DAY, "day", proof, fits, tuple(other for other in others if other != day))


def instant(at: datetime, proof: Proof = "") -> Span:
    """A moment on the clock, to the minute."""
    at = at.replace(second=0, microsecond=0, tzinfo=None)
    return Span(at, at, "minute", proof)


def moved(span: Span, start: datetime, end: datetime, grain: Grain) -> Span:
    """Another stretch, found from the same words."""
    return replace(span, start=start, end=end, grain=grain)


def months_from(day: date, count: int) -> date:
    """The same day so many months on; the last of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    following = date(year, month + 1, 1) + timedelta(days=31)
    last = (following.replace(day=1) - DAY).day
    return date(year, month + 1, min(day.day, last))


def period(grain: str, day: date, count: int = 0) -> Span:
    """The week, weekend, month, quarter or year that holds this day, or the one so many further."""
    if grain in {"week", "weekend"}:
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=count)
        first, last = (monday, monday + 7 * DAY) if grain == "week" else (monday + 5 * DAY, monday + 7 * DAY)
    else:
        size = MONTHS_IN[grain]
        month = (day.month - 1) // size * size + 1
        first = months_from(day.replace(month=month, day=1), count * size)
        last = months_from(first, size)
    kind: Grain = grain  # type: ignore[assignment]  # one of the grains, as the callers write them
    return Span(datetime.combine(first, time()), datetime.combine(last, time()), kind)


def iso_week(number: int, year: int) -> Span:
    """Week 1 to 53 of a year. ValueError: that year has no such week."""
    return period("week", date.fromisocalendar(year, number, 1))


def next_day(wanted: date, today: date, ahead: bool) -> date:
    """A day of some year, in the year that puts it on the right side of today. ValueError: there is none near."""
    step = 1 if ahead else -1
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = wanted.replace(year=year)
        except ValueError:  # 29 February
            continue
        if found == today or (found > today) == ahead:
            return found
    raise ValueError("no such day near today")


def day_and_month(day: int, month: int, today: date, ahead: bool) -> date:
    """`12 november`. ValueError: there is no such day."""
    return next_day(date(2000, month, day), today, ahead)  # 2000 has a 29 February


def day_of_month(day: int, today: date, ahead: bool) -> date:
    """`de 6e`: the nearest month on that side that has such a day."""
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    for count in range(0, 3 if ahead else -3, 1 if ahead else -1):
        first = months_from(today.replace(day=1), count)
        if day > (months_from(first, 1) - DAY).day:
            continue
        found = first.replace(day=day)
        if found == today or (found > today) == ahead:
            return found
    raise ValueError("no such day")


def weekday_near(wanted: int, today: date, ahead: bool) -> date:
    """The first such weekday after today, or the last before it; never today itself."""
    if ahead:
        return today + timedelta(days=(wanted - today.weekday()) % 7 or 7)
    return today - timedelta(days=(today.weekday() - wanted) % 7 or 7)


def nth_week(which: int, within: Span) -> Span:
    """The 1st, 2nd, … week whose Monday lies in a period; -1 is the last whole one."""
    first, end = within.day, within.end.date()
    monday = first + timedelta(days=-first.weekday() % 7) + timedelta(weeks=which - 1)
    if which < 0:
        monday = end - (DAY if within.grain == "year" else 7 * DAY)
        monday -= timedelta(days=monday.weekday())
    if within.grain == "year" and which > 0:
        return iso_week(which, first.year)
    return period("week", monday)


def edge_of(which: str, within: Span) -> Span:
    """`begin`, `mid` or `end` of a period, as one day."""
    return replace(day_span(_edge_of(which, within)), vague=True)


def _edge_of(which: str, within: Span) -> date:
    first, last = within.day, within.end.date() - DAY
    if within.grain == "week":
        return first + {"begin": 0, "mid": 2, "end": 4}[which] * DAY
    if which != "mid":
        return first if which == "begin" else last
    middles = {"month": 15, "quarter": 15, "year": 1}
    if within.grain in MONTHS_IN:
        return months_from(first, MONTHS_IN[within.grain] // 2).replace(day=middles[within.grain])
    return first + (last - first) // 2


def workdays_from(day: date, count: int) -> date:
    """So many working days later, or earlier; more than a few years is no plan. ValueError: too many."""
    if abs(count) > 1000:
        raise ValueError("too many working days")
    return feasts.workdays_from(day, count)
