"""Rules for periods: weeks, months, quarters, seasons, years and recesses."""

from datetime import date

from handlers.understanding.moments import feasts
from handlers.understanding.moments.calendar import (
    DAY,
    Span,
    day_span,
    iso_week,
    months_from,
    next_day,
    period,
)
from handlers.understanding.moments.day_rules import MONTH, STEPS, WHICH, alone, day_of
from handlers.understanding.moments.grammar import Match, Rewritten, Rule


def _period(found: Match) -> Rewritten | None:
    """`volgende week`, `deze maand`, `dit jaar`, `komend weekend`, `volgende dag`"""
    unit = {"weekend": "weekend", "quarter_hour": "quarter"}.get(found.kind("u"), found.value("u"))
    count = STEPS[found.kind("x")]
    today = day_of(found.asked)
    if unit == "workday":
        return "day", day_span(feasts.workdays_from(today, count)) if count else None
    if unit == "day":
        return "day", day_span(today + count * DAY)
    if unit == "weekend" and found.kind("x") == "coming" and today.weekday() < 5:
        count = 0  # komend weekend is the one at the end of this week
    return "period", period(unit, today, count)


def _month(found: Match) -> Rewritten:
    """`januari`, `jan 2027`, `volgende juni`, `2016 juni`"""
    month, year, today = found.value("m"), found.value("y"), day_of(found.asked)
    if year is not None:
        if year < 100:
            year += 2000 if year < 60 else 1900
        return "period", period("month", date(year, month, 1))
    said = found.kind("x")
    ahead = found.asked.ahead if not said else STEPS[said] >= 0
    this = today.replace(day=1)
    meant = next_day(date(2000, month, 1), this, ahead)
    if said in {"next", "previous"} and meant == this:
        meant = months_from(meant, 12 * STEPS[said])
    return "period", alone(period("month", meant))


def _year(found: Match) -> Rewritten:
    return "period", alone(period("year", date(found.value("y"), 1, 1)))


def _week(found: Match) -> Rewritten | None:
    """`week 50`, `week 3 2027`"""
    number, year, today = found.value("n"), found.value("y"), day_of(found.asked)
    if found.value("u") != "week" or not 1 <= number <= 53:
        return None
    if year is not None:
        return "period", iso_week(number, year)
    ahead = found.asked.ahead
    for step in range(-1, 9):
        try:
            span = iso_week(number, today.isocalendar().year + (step if ahead else -step))
        except ValueError:
            continue
        if span.end.date() > today if ahead else span.day <= today:
            return "period", span
    raise ValueError("no such week near today")


def _quarter(found: Match) -> Rewritten | None:
    """`eerste kwartaal 2027`, `Q3`, `4de kwartaal van dit jaar`"""
    number, year, today = found.value("n"), found.value("y"), day_of(found.asked)
    if not 1 <= number <= 4:
        return None
    first = date(year or today.year, number * 3 - 2, 1)
    if year is None:
        current = period("quarter", today).day
        while found.asked.ahead and first < current:
            first = first.replace(year=first.year + 1)
        while not found.asked.ahead and first > today:
            first = first.replace(year=first.year - 1)
    span = period("quarter", first)
    return "period", alone(span) if found.kind("q") == "quarter_letter" and year is None else span


def _season(found: Match) -> Rewritten:
    """`deze zomer`, `najaar 2027`, `het voorjaar`: three months of the calendar, as politics counts them."""
    month = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}[found.value("s")]
    today, year = day_of(found.asked), found.value("y")
    start = date(year or today.year, month, 1)
    if year is None and found.kind("x") != "this":
        ahead = STEPS[found.kind("x")] > 0 if found.kind("x") else found.asked.ahead
        while ahead and months_from(start, 3) <= today:
            start = months_from(start, 12)
        while not ahead and start > today:
            start = months_from(start, -12)
    first, last = day_span(start), day_span(months_from(start, 3))
    return "period", Span(first.start, last.start, "season", "" if found.kind("x") or year else "alone")


def _recess(found: Match) -> Rewritten | None:
    """`kerstreces`, `het reces`, `zomerreces 2027`: from the table; None when that does not know it."""
    name, year, today = found.value("r"), found.value("y"), day_of(found.asked)
    known = [
        recess
        for recess in found.asked.recesses
        if name in {"any", recess.name} and year in {None, recess.first.year, recess.last.year}
    ]
    if year is None:
        side = found.asked.ahead if not found.kind("x") else STEPS[found.kind("x")] >= 0
        known = [one for one in known if (one.last >= today if side else one.first <= today)][:: 1 if side else -1]
    if not known:
        return None
    span = day_span(known[0].first)
    return "period", Span(span.start, day_span(known[0].last).end, "recess", "alone")


def _quarters(found: Match) -> Rewritten | None:
    return _quarter(found) if found.value("q") == "quarter" else None


def _this_period(found: Match) -> Rewritten | None:
    """`van de maand`, `het weekend`: the one we are in, or the weekend to come."""
    unit = found.value("u", "weekend")
    if unit in {"day", "workday"}:
        return None
    return "period", alone(period(unit, day_of(found.asked)))


YEARS: tuple[Rule, ...] = (("y:year", _year),)
PERIODS: tuple[Rule, ...] = (
    (f"the? x:{WHICH} u:unit|weekend|quarter_hour", _period),
    (f"the? x:{WHICH}? r:recess of? y:year?", _recess),
    (f"the? x:{WHICH} s:season", _season),
    ("the? s:season of? y:year?", _season),
    (f"the? x:{WHICH} {MONTH}", _month),
    (f"in? the? {MONTH} comma? of? y:year", _month),
    (f"y:year comma? {MONTH}", _month),
    ("of? u:unit n:number comma? of? y:year", _week),
    ("of? u:unit n:number !unit|hour|minute", _week),
    ("the? n:ordinal q:unit of? the? y:year", _quarters),
    ("the? n:ordinal q:unit", _quarters),
    ("q:quarter_letter n:number of? y:year?", _quarter),
    (f"in? the? {MONTH} !number|ordinal", _month),
    ("of the u:unit !number|of", _this_period),
    ("the weekend !of", _this_period),
)
