"""Rules for single days and periods: dates in every notation, weekdays, weeks, months, feasts."""

from datetime import date, timedelta

from handlers.understanding.moments import feasts
from handlers.understanding.moments.calendar import (
    DAY,
    Proof,
    Span,
    day_and_month,
    day_of_month,
    day_span,
    months_from,
    period,
    weekday_near,
)
from handlers.understanding.moments.grammar import Asked, Match, Rewritten, Rule

WEEKDAY = "w:weekday|day_short|day_risky"
MONTH = "m:month|month_english"
WHICH = "this|next|coming|past|previous|coming_short|past_short"
_BEHIND = "coming|past|coming_short|past_short"
_NEAR = timedelta(days=45)  # `zondag 10 feb` two days after it was looks back, though dates look ahead
STEPS = {"this": 0, "next": 1, "coming": 1, "past": -1, "previous": -1, "coming_short": 1, "past_short": -1}


def day_of(asked: Asked) -> date:
    """The local day on which it was typed."""
    return asked.at.date()


def _weekday_fits(found: Match, day: date) -> tuple[bool, tuple[date, ...]]:
    """Whether the weekday that was said is that of the day; if not, the nearest such weekday is the other reading."""
    wanted = found.value("w")
    if wanted is None or day.weekday() == wanted:
        return True, ()
    return False, (weekday_near(wanted, day_of(found.asked), found.asked.ahead),)


def _dated(found: Match, day: date, proof: Proof = "") -> Rewritten:
    fits, others = _weekday_fits(found, day)
    return "day", day_span(day, proof, fits, others)


def _full(found: Match) -> Rewritten | None:
    """`17-11-2026`, `vrijdag 2026-12-04`; `45-67-2026` is no slip of the pen but something else."""
    day, month, year = found.value("date")
    if day > 39 or month > 19:
        return None
    return _dated(found, date(year, month, day))


def _spoken(found: Match) -> Rewritten | None:
    """`12 november 2026`, `vrijdag 12 nov`, `12 nov 27`, `June 6, 2025`"""
    day, month, year = found.value("d"), found.value("m"), found.value("y")
    if year is not None:
        if year < 100:
            year += 2000 if year < 60 else 1900
            if 0 < found.value("y") < 32 and abs(year - day_of(found.asked).year) > 3:
                return None
        return _dated(found, date(year, month, day))
    proof: Proof = "" if found.kind("first") != "month" or found.value("w") is not None else "alone"
    return _without_year(found, day, month, proof)


def _without_year(found: Match, day: int, month: int, proof: Proof = "") -> Rewritten:
    wanted, today = found.value("w"), day_of(found.asked)
    said = found.kind("after")
    ahead = STEPS[said] > 0 if said else found.asked.ahead
    meant = day_and_month(day, month, today, ahead)
    if wanted is not None and meant.weekday() != wanted:
        other = day_and_month(day, month, today, not ahead)
        if other.weekday() == wanted and abs(other - today) < _NEAR:
            meant = other
    return _dated(found, meant, proof)


def pair(found: Match) -> Rewritten | None:
    """`12-11`, `22/4`, `15.1`; and `9/2012`, which is a month."""
    left, right = found.value("p")
    dot = found.kind("p") == "pair_dot"
    if len(left) == 4 or len(right) == 4:
        year, month = (int(left), int(right)) if len(left) == 4 else (int(right), int(left))
        if not (1900 <= year < 2200 and 1 <= month <= 12) or max(len(left), len(right)) > 4 or dot:
            return None
        span = period("month", date(year, month, 1))
        return "period", alone(span)
    day, month = int(left), int(right)
    if max(len(left), len(right)) > 2 or (dot and month > 12) or (dot and right == "00"):
        return None
    if month > 12 >= day:  # as Americans write it; there is no other reading
        day, month = (month, day) if found.kind("p") == "pair_slash" else (day, month)
    if not (1 <= day <= 31 and 1 <= month <= 12) or (left, right) == ("24", "7"):
        return None
    said = found.value("w") is not None or found.value("on") is not None
    sure: Proof = "" if day > 12 and not dot else "edge"  # `18/11 spreidingswet`: no fraction and no score
    made = _without_year(found, day, month, "alone" if dot and not said else sure)
    is_clock = dot and len(right) == 2 and found.value("w") is not None and not made[1].fits
    return None if is_clock else made  # `vrijdag 9.10`


def alone(span: Span) -> Span:
    """The span, which counts only when nothing stands beside it."""
    return Span(span.start, span.end, span.grain, "alone")


def _ordinal(found: Match) -> Rewritten | None:
    """`de 15e`, `vrijdag de 22ste`, `maandag 21`, `op 15`"""
    day, wanted = int(found.value("d")), found.value("w")
    today, ahead = day_of(found.asked), found.asked.ahead
    if not 1 <= day <= 31:
        return None
    if wanted is None:
        bare = found.kind("d") == "number"
        return "day", day_span(day_of_month(day, today, ahead), "alone" if bare else "edge")
    fits = [meant for meant in (_that_day(day, wanted, today, side) for side in (ahead, not ahead)) if meant]
    near = [meant for meant in fits if abs(meant - today) < _NEAR]
    meant = next(iter(near or fits), None)
    return ("day", day_span(meant)) if meant else None


def _that_day(day: int, weekday: int, today: date, ahead: bool) -> date | None:
    """The nearest month in which that day of the month is that weekday."""
    for count in range(0, 15 if ahead else -15, 1 if ahead else -1):
        first = months_from(today.replace(day=1), count)
        try:
            meant = first.replace(day=day)
        except ValueError:
            continue
        if meant.weekday() == weekday and (meant == today or (meant > today) == ahead):
            return meant
    return None


def _weekday(found: Match) -> Rewritten | None:
    """`vrijdag`, `komende vrijdag`, `vorige vrijdag`, `vrijdag a.s.`; `volgende vrijdag` can be read in two ways."""
    today, wanted = day_of(found.asked), found.value("w")
    said = found.kind("x") or found.kind("after")
    near = weekday_near(wanted, today, found.asked.ahead)
    if not said:
        return "day", day_span(near, "edge" if found.kind("w") == "day_short" else _risk(found))
    monday = today - timedelta(days=today.weekday())
    if said == "this":
        return "day", day_span(monday + wanted * DAY)
    if said not in {"next", "previous"}:
        return "day", day_span(weekday_near(wanted, today, said in {"coming", "coming_short"}))
    near = weekday_near(wanted, today, said == "next")
    meant = monday + (wanted + 7 * STEPS[said]) * DAY
    return "day", day_span(meant, others=(near,))


def _risk(found: Match) -> Proof:
    return "alone" if found.kind("w") == "day_risky" else ""


def _relative(found: Match) -> Rewritten:
    """`vandaag`, `eergisteren`, `morgen`"""
    return "day", day_span(day_of(found.asked) + timedelta(days=found.value("r")))


def _of_that_month(found: Match) -> Rewritten | None:
    """`vorige maand de 15e`"""
    if found.value("u") != "month":
        return None
    month = period("month", day_of(found.asked), STEPS[found.kind("x")])
    return "day", day_span(month.day.replace(day=found.value("d")))


def _this_month(found: Match) -> Rewritten | None:
    """`de 3e van de maand`"""
    if found.value("u") != "month":
        return None
    return "day", day_span(day_of_month(found.value("d"), day_of(found.asked), found.asked.ahead))


def _feast(found: Match) -> Rewritten:
    """`kerst`, `Koningsdag 2018`, `volgende koningsdag`"""
    feast, year, today = found.value("f"), found.value("y"), day_of(found.asked)
    said = found.kind("x")
    if year is not None:
        return "day", day_span(feasts.day_of(feast, year))
    ahead = found.asked.ahead if not said else STEPS[said] >= 0
    day = feasts.day_of(feast, today.year)
    if (day < today) == ahead and day != today:
        day = feasts.day_of(feast, today.year + (1 if ahead else -1))
    return "day", day_span(day)


def _several(found: Match) -> Rewritten:
    """`13 t/m 15 juli`, `van 1 tot 5 februari`, `22-23 februari`"""
    first, last = (int(day) for day in found.value("p")) if found.value("p") else (found.value("d"), found.value("e"))
    month, year, today = found.value("m"), found.value("y"), day_of(found.asked)
    start = date(year, month, first) if year else day_and_month(first, month, today, found.asked.ahead)
    end = start.replace(day=last)
    if end < start:
        raise ValueError("a span that ends before it begins")
    through = any(piece.kind in {"up_to", "with"} for piece in found.pieces)
    span = day_span(start)
    return "range", Span(span.start, day_span(end).start + (DAY if through else 0 * DAY), "range")


def _first(found: Match) -> Rewritten | None:
    """`June 7, 1986`, `maandag feb 18`: the month before the day."""
    day, year = found.value("d"), found.value("y")
    month = found.value("first")
    if year is not None:
        return _dated(found, date(year, month, day))
    sure = found.kind("first") == "month_english" or found.kind("d") == "ordinal"
    sure = sure or found.value("w") is not None or found.value("on") is not None
    return _without_year(found, day, month, "" if sure else "alone")


def _in_figures(found: Match) -> Rewritten:
    """`9 12 2026`: only as a whole text."""
    return _dated(found, date(found.value("y"), found.value("m"), found.value("d")), "alone")


def _bare(found: Match) -> Rewritten | None:
    """`15`, `31e`: only as a whole text."""
    made = _ordinal(found)
    return ("day", alone(made[1])) if made else None


_RANGE = "until|up_to|dash|and|to with?"
# After the days in weeks (`vrijdag volgende week`): weekdays that stand alone.
WEEKDAYS: tuple[Rule, ...] = ((f"the? x:final {WEEKDAY}", _weekday), (WEEKDAY, _weekday))
NUMBERS: tuple[Rule, ...] = (("d:number m:number y:year", _in_figures), ("d:number|ordinal", _bare))
DAYS: tuple[Rule, ...] = (
    (f"of|between|from? the? d:number|ordinal {_RANGE} the? e:number|ordinal of? {MONTH} comma? y:year?", _several),
    (f"of|between|from? p:pair_dash {MONTH} comma? y:year?", _several),
    (f"( {WEEKDAY} comma? )? on? the? date:date", _full),
    (f"( {WEEKDAY} comma? )? on? the? d:number|ordinal of? the? {MONTH} comma? y:year", _spoken),
    (
        f"( {WEEKDAY} comma? )? on? the? d:number|ordinal of? the? {MONTH} y:number !hour|minute|unit|dash|meridiem",
        _spoken,
    ),
    (f"( {WEEKDAY} comma? )? on? the? d:number|ordinal of? the? {MONTH} after:{_BEHIND}? !unit|weekend", _spoken),
    (f"( {WEEKDAY} comma? )? on? the? d:number|ordinal of? the? {MONTH}", _spoken),
    ("on:on the? first:month|month_english the? d:number !hour|minute|unit|dash|meridiem|year|comma", _first),
    (f"( {WEEKDAY} comma? )? first:month|month_english the? d:number|ordinal comma? y:year?", _first),
    (f"{WEEKDAY} comma? on? the? p:pair_dash|pair_slash|pair_dot !hour", pair),
    ("on? p:pair_dash|pair_slash !hour|meridiem", pair),
    ("on:on p:pair_dot !hour|meridiem", pair),
    (f"{WEEKDAY} comma? the? d:ordinal", _ordinal),
    (f"{WEEKDAY} comma? d:number !hour|minute|unit|meridiem|dash|until|and|to|pair_dot|before|over", _ordinal),
    (f"this? x:{WHICH} the? {WEEKDAY}", _weekday),
    (f"{WEEKDAY} after:{_BEHIND}|this !unit|weekend", _weekday),
    ("the? r:relative|morgen", _relative),
    (f"the? x:{WHICH} u:unit comma? on? the d:ordinal|number !unit|hour|minute", _of_that_month),
    (f"the? x:{WHICH} f:feast", _feast),
    ("f:feast of? y:year?", _feast),
)
# After the periods: the day of a month, by its number alone.
BARE_DAYS: tuple[Rule, ...] = (
    ("on? the? d:ordinal|number of the u:unit", _this_month),
    ("the d:ordinal !of|unit|weekday|month|month_english", _ordinal),
    ("on the? d:ordinal|number !unit|hour|minute|meridiem|of", _ordinal),
)
