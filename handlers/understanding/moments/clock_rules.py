"""Rules for the time of day: in figures and in words, with the part of the day that says which half of it."""

from dataclasses import dataclass, replace
from datetime import time

from handlers.understanding.moments.calendar import OFFICE_CLOSES, OFFICE_OPENS, Proof
from handlers.understanding.moments.grammar import Match, Rewritten, Rule

# Part of the day -> its first hour and the hour after its last.
PARTS = {
    "morning": (6, 12),
    "noon": (12, 13),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (0, 6),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    twelve  it was said on a clock of twelve hours, so that a part of the day can still move it
    until   the end, for a span such as `10-11u`
    sure    the part of the day was said with it: of today, also when that has passed
    proof   as of a Span
    """

    at: time
    twelve: bool = False
    until: time | None = None
    sure: bool = False
    proof: Proof = ""


def _clock(hour: int, minute: int = 0, twelve: bool = False, proof: Proof = "") -> Rewritten | None:
    """A time as an office means it: one to six o'clock are in the afternoon when nothing else is said."""
    if (hour, minute) == (24, 0):
        hour, minute = 23, 59  # the last minute of that day, not the first of the next
    if not (0 <= hour < 24 and 0 <= minute < 60):
        return None
    twelve = twelve and 1 <= hour <= 12
    if twelve and hour < OFFICE_OPENS:
        hour += 12
    return "clock", Clock(time(hour, minute), twelve, proof=proof)


def _figures(found: Match) -> Rewritten | None:
    """`14:30`, `17u10`"""
    hour, minute = found.value("c")
    return _halved(found, hour, minute) if found.value("half_day") else _clock(hour, minute)


def _halved(found: Match, hour: int, minute: int = 0) -> Rewritten | None:
    """`5pm`, `7:56 am`"""
    if not 1 <= hour <= 12:
        return None
    return _clock(hour % 12 + (12 if found.value("half_day") == "pm" else 0), minute)


def _meridiem(found: Match) -> Rewritten | None:
    return _halved(found, found.value("h"))


def dotted(found: Match) -> Rewritten | None:
    """`14.30 uur`, `om 9.30`, `15.00`"""
    hour, minute = found.value("p")
    if len(minute) != 2 or len(hour) > 2:
        return None
    said = any(piece.kind in {"hour", "at", "about"} for piece in found.pieces)
    return _clock(int(hour), int(minute), twelve=hour[0] != "0", proof="" if said else "edge")


def _dotted_half(found: Match) -> Rewritten | None:
    """`10.30am`"""
    hour, minute = map(int, found.value("p"))
    return _halved(found, hour, minute)


def _whole(found: Match) -> Rewritten | None:
    """`14u`, `9 uur`, `om 7`: beside a day, or after `om` with `uur`, it is a time; otherwise it can be a length."""
    hour = found.value("h")
    said = any(piece.kind in {"at", "about"} for piece in found.pieces)
    marked = any(piece.kind == "hour" for piece in found.pieces)
    return _clock(hour, twelve=True, proof="" if said and marked else "alone")


def _and_minutes(found: Match) -> Rewritten | None:
    """`1 uur 30`, `vijftien uur dertig`"""
    return _clock(found.value("h"), found.value("n"), twelve=True)


def _half(found: Match) -> Rewritten | None:
    """`half drie` is 14:30"""
    hour = found.value("h")
    return _clock((hour - 1) or 12, 30, twelve=True) if 1 <= hour <= 12 else None


def _beside(found: Match) -> Rewritten | None:
    """`kwart voor vier`, `10 over 2`, `tien voor half zes`"""
    minutes, hour = found.value("n"), found.value("h")
    if not (0 < minutes < 60 and 0 <= hour <= 24):
        return None
    if found.value("half") is not None:
        minutes = -30 + (minutes if found.kind("side") == "over" else -minutes)
    elif found.kind("side") in {"before", "to"}:
        minutes = -minutes
    total = (hour * 60 + minutes) % 1440
    made = _clock(*divmod(total, 60))
    if made is None or hour > 12:
        return made
    at = made[1].at.hour
    return _clock(at or 12, total % 60, twelve=True)


def _span(found: Match) -> Rewritten | None:
    """`10-11u`, `van 9 tot 11 uur`"""
    first, last = (int(hour) for hour in found.value("p")) if found.value("p") else (found.value("h"), found.value("n"))
    made = hours(first, last)
    return ("clock", made) if made else None


def _dotted_span(found: Match) -> Rewritten | None:
    """`van 14.00 tot 15.30 uur`"""
    (hour, minute), (last_hour, last_minute) = (map(int, found.value(name)) for name in ("p", "q"))
    start, end = _clock(hour, minute, twelve=True), _clock(last_hour, last_minute, twelve=True)
    return ("clock", replace(start[1], until=end[1].at)) if start and end else None


def _said_alone(found: Match) -> Rewritten | None:
    made = hours(found.value("h"), found.value("n"))
    return ("clock", replace(made, proof="alone")) if made else None


def hours(first: int, last: int) -> Clock | None:
    """From one whole hour to another."""
    start, end = _clock(first, twelve=True), _clock(last, twelve=True)
    return Clock(start[1].at, True, end[1].at, proof="edge") if start and end and first < 24 else None


def _from_to(found: Match) -> Rewritten | None:
    """`14:00 - 15:30`, `van 9 tot half elf`"""
    first, last = found.value("c"), found.value("d")
    if first.until or last.until:
        return None
    return "clock", Clock(first.at, False, last.at, proof="")


def _in_part(found: Match) -> Rewritten | None:
    """`7 uur 's avonds`, `4 uur in de morgen`"""
    return "clock", in_part(found.value("c"), found.value("part"))


def _midnight(found: Match) -> Rewritten:
    """`middernacht`, `12 uur middernacht`"""
    return "clock", Clock(time())


def _half_past(found: Match) -> Rewritten | None:
    """`half past two` is 14:30"""
    return _clock(found.value("h"), 30, twelve=True)


def in_part(clock: Clock, part: str) -> Clock:
    """The time in the half of the day to which that part belongs."""
    if not clock.twelve:
        return replace(clock, sure=True)
    hour = clock.at.hour
    if part in {"morning", "night"}:
        hour = hour % 12 if part == "night" or hour > 12 else hour
    elif hour < 12 and hour % 12 < 12:
        hour = hour % 12 + 12
    return Clock(clock.at.replace(hour=hour), until=clock.until, sure=True)


def _office_closes(found: Match) -> Rewritten:
    """`eod`, `einde dag`"""
    return "clock", Clock(time(OFFICE_CLOSES), proof="alone")


def _end_of_part(found: Match) -> Rewritten | None:
    """`eind van de middag`"""
    end = {"morning": 12, "afternoon": OFFICE_CLOSES, "noon": 13}.get(found.value("part"))
    return ("clock", Clock(time(end))) if end else None


_DAYLIKE = "unit|minute|month|month_english|ordinal|weekday|a|few"
CLOCKS: tuple[Rule, ...] = (
    ("at|about* half past h:number", _half_past),
    ("at|about* n:number|quarter_hour minute? side:past|to h:number !" + _DAYLIKE, _beside),
    ("at|about* ( n:number hour )? midnight", _midnight),
    ("at|about* n:number|quarter_hour minute? side:before|over half:half? h:number hour? !" + _DAYLIKE, _beside),
    ("at|about* half h:number hour? !" + _DAYLIKE, _half),
    ("at|about|on* c:clock_figures hour? half_day:meridiem?", _figures),
    ("at|about* h:number half_day:meridiem", _meridiem),
    ("of|between? p:pair_dash hour", _span),
    ("of|between|from h:number hour? until|and|to|dash n:number hour", _span),
    ("h:number hour until|and|to|dash n:number hour", _span),
    ("of|between|from? p:pair_dot hour? until|and|to|dash q:pair_dot hour?", _dotted_span),
    ("at|about* p:pair_dot half_day:meridiem", _dotted_half),
    ("at|about+ p:pair_dot hour?", dotted),
    ("p:pair_dot hour", dotted),
    ("at|about* h:number hour n:number !" + _DAYLIKE, _and_minutes),
    ("end of? the? u:unit", lambda found: _office_closes(found) if found.value("u") in {"day", "workday"} else None),
    ("end_of_day", _office_closes),
    ("in|on? the? end of? the? part:part", _end_of_part),
)
# A whole text such as `van 9 tot 11` means hours.
HOURS: tuple[Rule, ...] = (
    ("of|between|from h:number until|and|to|dash n:number", _said_alone),
    ("the? part:part at|about* c:clock", _in_part),
)
# After the days: what can also be a length, or a date.
LATE_CLOCKS: tuple[Rule, ...] = (
    ("at|about* h:number hour", _whole),
    ("at|about+ h:number !" + _DAYLIKE, _whole),
)
CLOCK_SPANS: tuple[Rule, ...] = (
    ("at|about* the? c:clock in? the* part:part", _in_part),
    ("of|between|from? c:clock until|and|to|dash d:clock", _from_to),
)
