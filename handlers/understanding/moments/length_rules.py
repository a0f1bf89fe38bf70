"""Rules for lengths of time: `over 2 weken`, `drie dagen geleden`, `binnen 5 werkdagen`, `3 dagen voor 1 maart`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from handlers.understanding.moments.calendar import DAY, Span, day_span, instant, months_from, period, workdays_from
from handlers.understanding.moments.grammar import Match, Rewritten, Rule
from handlers.understanding.moments.lexer import Piece

_UNITS = "unit|hour|minute"
LENGTH = f"( a? few|number|decimal|half|one_and_a_half|a {_UNITS} comma? and? )+"
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Length:
    """An amount of time: months and days on the calendar, working days, and minutes on the clock."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    minutes: int = 0


def length(pieces: Sequence[Piece]) -> Length:
    """The sum of what the pieces say. ValueError: halves of what cannot be halved, or nothing."""
    months = days = workdays = minutes = 0.0
    amount = 1.0
    for piece in pieces:
        match piece.kind:
            case "number" | "decimal" | "few" | "a":
                amount = float(piece.value)
            case "half":
                amount = 0.5
            case "one_and_a_half":
                amount = 1.5
            case "hour" | "minute":
                minutes += amount * piece.value * (60 if piece.kind == "hour" else 1)
            case "unit" if piece.value in _DAYS:
                days += amount * _DAYS[piece.value]
            case "unit" if piece.value in _MONTHS:
                months += amount * _MONTHS[piece.value]
            case "unit":
                workdays += amount
    if months % 1:
        months, days = months - 0.5, days + 15
    return Length(int(months), int(-(-days // 1)), int(workdays), int(minutes))


def shifted(at: datetime, by: Length, sign: int) -> Span:
    """The day that lies so far from a moment; the minute, when hours or minutes were said. `at` is aware.

    Days are counted on the calendar; hours pass, also in the night that the clock is moved.
    """
    day = months_from(at.date(), sign * by.months) + sign * by.days * DAY
    if by.workdays:
        day = workdays_from(day, sign * by.workdays)
    if not by.minutes:
        return day_span(day)
    there = datetime.combine(day, at.timetz()).astimezone(UTC) + timedelta(minutes=sign * by.minutes)
    return instant(there.astimezone(at.tzinfo))


def _ahead(found: Match) -> Rewritten:
    """`over 2 weken`, `in an hour`, `binnen 5 werkdagen`"""
    return _shifted(found, 1)


def _further(found: Match) -> Rewritten:
    """`over 2 weken`: from today, or from the day that stands before it (`vrijdag over een week`)."""
    return "further", length(found.pieces)


def _or_so(found: Match) -> Rewritten:
    """`over een dag of tien`"""
    unit = found.named["u"]
    return "further", length((found.named["n"], unit))


def _ago(found: Match) -> Rewritten:
    """`drie dagen geleden`"""
    return _shifted(found, -1)


def _shifted(found: Match, sign: int) -> Rewritten:
    span = shifted(found.asked.at, length(found.pieces), sign)
    return ("day" if span.grain == "day" else "instant"), span


def _signed(found: Match) -> Rewritten:
    """`+2 weken`, `-3 dagen`: only as a whole text."""
    kind, span = _shifted(found, 1 if found.pieces[0].kind == "plus" else -1)
    return kind, Span(span.start, span.end, span.grain, "alone")


def _around(found: Match) -> Rewritten:
    """`komende 2 weken`, `de afgelopen drie dagen`: from now on, or until now."""
    ahead = found.kind("x") != "past"
    by = length(found.pieces)
    edge = shifted(found.asked.at, by, 1 if ahead else -1)
    if by.minutes:
        now = instant(found.asked.at)
        first, last = (now.start, edge.start) if ahead else (edge.start, now.start)
        return "period", Span(first, last, "range")
    today = day_span(found.asked.at.date())
    first, last = (today.start, edge.start) if ahead else (edge.start, today.start)
    return "period", Span(first, last, "range")


def _length(found: Match) -> Rewritten:
    return "length", length(found.pieces)


def _from_day(found: Match) -> Rewritten:
    """`3 dagen voor 1 maart`, `2 werkdagen na Pasen`, `drie weken vanaf morgen`"""
    span: Span = found.value("d")
    sign = -1 if found.kind("side") == "before" else 1
    day = span.day if sign < 0 or span.grain == "day" else (span.end - DAY).date()
    made = shifted(datetime.combine(day, found.asked.at.timetz()), found.value("n"), sign)
    return ("day" if made.grain == "day" else "instant"), made


def _further_than(found: Match) -> Rewritten | None:
    """`vrijdag over een week`, `morgen over twee weken`"""
    by, today, wanted = found.value("n"), found.asked.at.date(), found.value("w")
    if by.minutes:
        return None
    day = found.value("d").day if wanted is None else today + ((wanted - today.weekday()) % 7) * DAY
    made = shifted(datetime.combine(day, found.asked.at.timetz()), by, 1)
    return "day", made


def _on_a_weekday(found: Match) -> Rewritten | None:
    """`over 3 weken op maandag`"""
    by = found.value("n")
    if by.minutes or by.days % 7 or not by.days:
        return None
    week = period("week", shifted(found.asked.at, by, 1).day)
    return "day", day_span(week.day + found.value("w") * DAY)


def _from_today(found: Match) -> Rewritten:
    span = shifted(found.asked.at, found.value("n"), 1)
    return ("day" if span.grain == "day" else "instant"), span


def _beside_day(found: Match) -> Rewritten | None:
    """`de dag na Prinsjesdag`, `de week voor kerst`"""
    unit, sign = found.value("u"), -1 if found.kind("side") == "before" else 1
    day = found.value("d").day
    if unit == "day":
        return "day", day_span(day + sign * DAY)
    return ("period", period(unit, day, sign)) if unit in {"week", "month"} else None


def _from_now(found: Match) -> Rewritten:
    return _shifted(found, 1)


def _now(found: Match) -> Rewritten:
    return "instant", instant(found.asked.at, "alone")


LENGTHS: tuple[Rule, ...] = (
    (f"{LENGTH} ago", _ago),
    (f"{LENGTH} back", _ago),
    ("u:unit ago", _ago),
    ("over a u:unit|hour|minute of n:number", _or_so),
    (f"over|in about? {LENGTH}", _further),
    (f"within now and {LENGTH}", _ahead),
    (f"within|after the? {LENGTH}", _ahead),
    (f"within the? coming {LENGTH}", _ahead),
    (f"{LENGTH} later", _ahead),
    (f"{LENGTH} from now", _from_now),
    (f"the? x:past|coming {LENGTH}", _around),
    (f"plus|dash {LENGTH}", _signed),
    (f"{LENGTH} &before|after|from|since|counted", _length),
    ("now", _now),
)
FURTHER: tuple[Rule, ...] = (
    ("w:weekday|day_short|day_risky n:further", _further_than),
    ("d:day n:further", _further_than),
    ("n:further on? the? w:weekday|day_short", _on_a_weekday),
    ("n:further", _from_today),
)
FROM_A_DAY: tuple[Rule, ...] = (
    ("the? u:unit side:before|after d:day", _beside_day),
    ("n:length counted? side:before|after|from|since the? d:day|period", _from_day),
)
