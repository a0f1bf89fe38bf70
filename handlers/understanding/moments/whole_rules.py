"""Rules that put days, periods and times together: `eerste maandag van januari`, `morgen om 14u`, `van … tot …`."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.understanding.moments.calendar import (
    DAY,
    Span,
    day_span,
    edge_of,
    months_from,
    nth_week,
    period,
    workdays_from,
)
from handlers.understanding.moments.clock_rules import PARTS, Clock, dotted, hours, in_part
from handlers.understanding.moments.day_rules import pair
from handlers.understanding.moments.feasts import nth_weekday
from handlers.understanding.moments.grammar import Match, Rewritten, Rule

_WD = "w:weekday|day_short|day_risky"


def _today(found: Match) -> date:
    return found.asked.at.date()


def _edge(found: Match) -> Rewritten | None:
    """`eind volgende week`, `half december`, `begin van het jaar`, `medio 2027`"""
    which = "mid" if found.kind("e") == "half" else found.kind("e")
    unit = found.value("u")
    if unit in {"day", "workday"}:
        return None
    span = _within(found) if unit is None else period(unit, _today(found))
    return ("day", edge_of(which, span)) if span.grain != "day" else None


def _within(found: Match) -> Span:
    """The period that was said, or the year by its number."""
    said: Span | int = found.value("d")
    return period("year", date(said, 1, 1)) if isinstance(said, int) else said


def _nth(found: Match) -> Rewritten | None:
    """`eerste maandag van januari`, `laatste week van november`, `laatste dag van oktober 2015`, `derde dinsdag`"""
    which = found.value("n")
    within: Span = found.value("d") or period("month", _today(found))
    if found.value("w") is not None:
        return _nth_weekday(found, which, within)
    unit = found.value("u")
    if unit == "week":
        return "period", nth_week(which, within)
    if unit == "workday":
        start = within.end.date() if which < 0 else within.day - DAY
        return "day", day_span(workdays_from(start, which))
    if unit != "day":
        return None
    day = within.end.date() - DAY if which < 0 else within.day + (which - 1) * DAY
    return ("day", day_span(day)) if day < within.end.date() else None


def _nth_weekday(found: Match, which: int, within: Span) -> Rewritten | None:
    wanted = found.value("w")
    if within.grain not in {"month", "year", "quarter", "season"}:
        return None
    first = within.day if which > 0 else months_from(within.end.date(), -1)
    day = nth_weekday(which, wanted, first)
    proof = "" if found.value("d") else "alone"
    return "day", Span(day_span(day).start, day_span(day).end, "day", proof)  # type: ignore[arg-type]


def _nth_after(found: Match) -> Rewritten:
    """`derde dinsdag na kerst 2014`"""
    start: Span = found.value("d")
    wanted, which = found.value("w"), found.value("n", 1)
    ahead = found.kind("side") != "before"
    step = (
        timedelta(days=(wanted - start.day.weekday()) % 7 or 7)
        if ahead
        else timedelta(days=-((start.day.weekday() - wanted) % 7 or 7))
    )
    return "day", day_span(start.day + step + timedelta(weeks=(which - 1) * (1 if ahead else -1)))


def _in_week(found: Match) -> Rewritten | None:
    """`vrijdag volgende week`, `vorige week di`, `dinsdag van week 50`"""
    week: Span = found.value("d")
    return ("day", day_span(week.day + found.value("w") * DAY)) if week.grain == "week" else None


def _day_in_month(found: Match) -> Rewritten | None:
    """`de 20e van volgende maand`, `vorige maand de 15e`"""
    month: Span = found.value("d")
    if month.grain != "month":
        return None
    return "day", day_span(month.day.replace(day=found.value("n")))


def _month_in_year(found: Match) -> Rewritten | None:
    """`volgend jaar maart`, `maart volgend jaar`"""
    year: Span = found.value("d")
    month: Span = found.value("m")
    if year.grain != "year" or month.grain != "month":
        return None
    return "period", period("month", month.day.replace(year=year.day.year))


def _day_in_year(found: Match) -> Rewritten | None:
    """`15 maart volgend jaar`"""
    year: Span = found.value("d")
    day: Span = found.value("day")
    if year.grain != "year":
        return None
    return "day", day_span(day.day.replace(year=year.day.year), fits=day.fits)


def _half_of(found: Match) -> Rewritten | None:
    """`eerste helft van januari`, `tweede helft 2027`"""
    which, within = found.value("n"), _within(found)
    if which not in {1, 2, -1} or within.grain not in {"month", "year", "quarter", "week"}:
        return None
    middle = (within.start + (within.end - within.start) / 2).replace(hour=0)
    if within.grain == "year":
        middle = middle.replace(month=7, day=1)
    first, last = (within.start, middle) if which == 1 else (middle, within.end)
    return "period", Span(first, last, "range")


def _week_of(found: Match) -> Rewritten | None:
    """`week van 7 december`"""
    return ("period", period("week", found.value("d").day)) if found.value("u") == "week" else None


def _weekend_of(found: Match) -> Rewritten:
    return "period", period("weekend", found.value("d").day)


DAYS_TOGETHER: tuple[Rule, ...] = (
    (f"the? n:ordinal|final {_WD} of|in? the? d:period", _nth),
    (f"the? n:ordinal {_WD} side:after|before d:day", _nth_after),
    ("the? n:ordinal|final u:unit of|in? the? d:period", _nth),
    ("on? the? n:ordinal|number of the? d:period", _day_in_month),
    (f"{_WD} comma? of|in? the? d:period", _in_week),
    (f"d:period comma? on|of? the? {_WD} !day", _in_week),
    ("d:period m:period", _month_in_year),
    ("m:period of? d:period", _month_in_year),
    ("day:day of? d:period", _day_in_year),
    ("later|ago in? the? d:period", lambda found: ("period", found.value("d"))),
    ("the? n:ordinal|final half_of|half of? the? d:period|year", _half_of),
    (f"the? {_WD} side:before|after d:day", _nth_after),
    ("in|on? the? e:begin|mid|half|end of|in? the? d:period|year", _edge),
    ("in|on? the? e:begin|mid|half|end of|in? the? u:unit !number", _edge),
    ("the? u:unit of d:day", _week_of),
    ("the? weekend of d:day", _weekend_of),
    (f"the? n:ordinal {_WD} !other", _nth),
)


def _at(day: date, clock: Clock, found: Match, proof: str = "") -> Rewritten:
    start = datetime.combine(day, clock.at)
    if clock.until is None:
        return "instant", Span(start, start, "minute", proof)  # type: ignore[arg-type]
    end = datetime.combine(day, clock.until)
    return "instant", Span(start, end if end > start else end + DAY, "range", proof)  # type: ignore[arg-type]


def _day_at(found: Match) -> Rewritten | None:
    """`morgen om 14u`, `vrijdag 14.30 uur`, `17 uur morgen`"""
    day: Span = found.value("d")
    if day.grain != "day":
        return None
    clock: Clock = found.value("c")
    clock = in_part(clock, _part_named(found)) if found.value("part") else clock
    kind, span = _at(day.day, clock, found)
    limit = "until" if found.kind("by") in {"before", "by", "until"} else ("since" if found.value("by") else "")
    return kind, replace(span, fits=day.fits, others=day.others, limit=limit or day.limit)


def _day_between(found: Match) -> Rewritten | None:
    """`vrijdag tussen 10 en 12`"""
    made = hours(found.value("h"), found.value("n"))
    return _at(found.value("d").day, made, found) if made and found.value("d").grain == "day" else None


def _part(found: Match) -> Rewritten | None:
    """`vrijdagmiddag`, `morgen in de ochtend`"""
    day: Span = found.value("d")
    if day.grain != "day":
        return None
    return "daypart", _in_part(day, _part_named(found))


def _part_named(found: Match) -> str:
    return str(found.value("part"))


def _in_part(day: Span, part: str) -> Span:
    first, last = PARTS[part]
    start = day.start + timedelta(hours=first)
    return replace(day, start=start, end=day.start + timedelta(hours=last), grain="part")


def _of_today(found: Match) -> Rewritten:
    """`vanmiddag`, `vanavond`, `deze morgen`"""
    return "daypart", _in_part(day_span(_today(found)), _part_named(found))


def _last_night(found: Match) -> Rewritten:
    return "daypart", _in_part(day_span(_today(found) - DAY), _part_named(found))


def _part_at(found: Match) -> Rewritten:
    """`vanavond om 9`, `morgenochtend om 7`"""
    part: Span = found.value("d")
    hours = (part.start.hour, (part.end - timedelta(minutes=1)).hour)
    name = next((name for name, (first, _) in PARTS.items() if first == hours[0] and name != "noon"), "morning")
    kind, span = _at(part.day, in_part(found.value("c"), name), found)
    return kind, replace(span, fits=part.fits, others=part.others)


def _alone_part(found: Match) -> Rewritten:
    """`middag`, `rond het middaguur`: only as a whole text."""
    return "daypart", replace(_in_part(day_span(_today(found)), _part_named(found)), proof="alone")


def _alone_clock(found: Match) -> Rewritten:
    """A time without a day: today, or tomorrow when it has passed and we look ahead."""
    clock: Clock = found.value("c")
    now = found.asked.at.replace(tzinfo=None)
    day = now.date()
    passed = datetime.combine(day, clock.at) < now.replace(second=0, microsecond=0)
    if not (found.asked.ahead and passed and not clock.sure):
        kind, span = _at(day, clock, found, clock.proof)
        return kind, replace(span, dayless=True)
    kind, span = _at(day + DAY, clock, found, clock.proof)
    return kind, replace(span, dayless=True, others=(day,))


_AT = "at|about|on*"
TIMES: tuple[Rule, ...] = (
    (f"d:daypart comma? {_AT} c:clock", _part_at),
    (f"{_AT} c:clock comma? d:daypart", _part_at),
    ("the? this part:part", _of_today),
    ("the? past|final part:part", _last_night),
    ("d:day comma? in|on? the* part:part", _part),
    ("part:of_today", _of_today),
    ("in? the? part:part on? d:day", _part),
    (f"d:day comma? by:before|by|until|after|from|since {_AT} c:clock", _day_at),
    (f"d:day comma? {_AT} c:clock", _day_at),
    (f"{_AT} c:clock comma? on? the? d:day in? the* part:part", _day_at),
    (f"{_AT} c:clock comma? on? the? d:day", _day_at),
    ("d:day comma? of|between|from h:number until|and|to|dash n:number", _day_between),
    ("of|between|from h:number until|and|to|dash n:number on? d:day", _day_between),
)
WORDS: tuple[Rule, ...] = (
    ("with starting of", lambda found: ("since", 1)),
    ("in the course of", lambda found: ("loose", 1)),
    ("until and with", lambda found: ("up_to", 1)),
    ("working u:unit", lambda found: ("unit", "workday") if found.value("u") == "day" else None),
)


def _dotted_after(found: Match) -> Rewritten | None:
    """`2 december 10.10`: after a day it is a time."""
    made = dotted(found)
    day: Span = found.value("d")
    return _at(day.day, made[1], found) if made and day.grain == "day" else None


DOTS: tuple[Rule, ...] = (
    ("d:day comma? at|about* p:pair_dot", _dotted_after),
    ("p:pair_dot", lambda found: pair(found) or dotted(found)),
)
LEFT: tuple[Rule, ...] = (
    ("about* the? part:part", _alone_part),
    ("c:clock", _alone_clock),
)


def _in_order(first: Span, end: datetime, ahead: bool) -> tuple[Span, datetime]:
    """`ma t/m wo`, `25 okt tot 25 jan`: the second after the first, by a week or by a year."""
    apart = first.start - end
    by_week = apart < timedelta(days=7)
    if ahead:
        later = end + timedelta(days=7) if by_week else datetime.combine(months_from(end.date(), 12), time())
        return first, later
    earlier = first.start - timedelta(days=7) if by_week else datetime.combine(months_from(first.day, -12), time())
    return replace(first, start=earlier), end


def _range(found: Match) -> Rewritten | None:
    """`van 2 okt tot 22 oktober`, `vandaag tot morgen`, `ma t/m wo`"""
    first, last = found.value("d"), found.value("e")
    end = last.start
    if any(piece.kind in {"up_to", "with"} for piece in found.pieces):
        end = last.end
    if end < first.start and last.grain == "day" and first.grain == "day":
        first, end = _in_order(first, end, found.asked.ahead)
    if end < first.start:
        return None
    return "range", Span(first.start, end, "range", first.proof, first.fits and last.fits)


def _limit(found: Match) -> Rewritten:
    """`voor 1 maart`, `uiterlijk vrijdag 17:00`, `vanaf maandag`, `na 1 januari`"""
    span: Span = found.value("d")
    if found.kind("by") in {"before", "by", "until", "up_to"}:
        through = found.kind("by") in {"by", "up_to"} and span.grain not in {"day", "minute", "part"}
        return "limit", replace(span, start=span.end if through else span.start, limit="until")
    is_after = found.kind("by") == "after" and span.grain not in {"day", "minute"}
    return "limit", replace(span, start=span.end if is_after else span.start, limit="since")


_WHEN = "day|instant|daypart|period"
RANGES: tuple[Rule, ...] = (
    (f"of|from|between d:{_WHEN} until|up_to|dash|and|to with? e:{_WHEN}", _range),
    (f"d:{_WHEN} until|up_to|dash|to with? e:{_WHEN}", _range),
)
LIMITS: tuple[Rule, ...] = (
    (f"by before d:{_WHEN}", _limit),
    (f"by:before|by|until|up_to with? d:{_WHEN}|range", _limit),
    (f"by:after|from|since d:{_WHEN}|range", _limit),
)
