"""Days and times in Dutch and plain English sentences: only what cannot be read in two ways."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from handlers.understanding.days import day_and_month, day_of_month, weekday
from handlers.understanding.dutch import DAYS, MONTHS

_FIRST_YEAR_OF_1900 = 60  # 14-03-91 is in 1991, 14-03-31 in 2031
_ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS = {
    **{name: number for number, name in enumerate(DAYS)},
    **{name: number for number, name in enumerate(_ENGLISH_DAYS)},
    **{name: number for number, name in enumerate(("ma", "di", "wo", "do", "vr", "za", "zo"))},
}
_MONTHS = {
    **{name: number for number, name in enumerate(MONTHS, 1)},
    **{name: number for number, name in enumerate(_ENGLISH_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_ENGLISH_MONTHS, 1)},
    "mrt": 3,
    "sept": 9,
    "febr": 2,
}
_RELATIVE = {
    "vandaag": 0,
    "vanochtend": 0,
    "vanmorgen": 0,
    "vanmiddag": 0,
    "vanavond": 0,
    "gisteren": -1,
    "gisterochtend": -1,
    "gistermorgen": -1,
    "gistermiddag": -1,
    "gisteravond": -1,
    "eergisteren": -2,
    "morgen": 1,
    "morgenochtend": 1,
    "morgenmiddag": 1,
    "morgenavond": 1,
    "overmorgen": 2,
    "today": 0,
    "this morning": 0,
    "this afternoon": 0,
    "yesterday": -1,
    "tomorrow": 1,
}


def _any_of(names: dict[str, int]) -> str:
    return "|".join(sorted((re.escape(name) for name in names), key=len, reverse=True))


_DAYS = rf"(?:{_any_of(_WEEKDAYS)})\b\.?"
_WHICH = (
    r"a\.s\.|vorige\ week|volgende\ week|afgelopen|vorige|laatste|last|komende|aanstaande|eerstvolgende|next|deze|this"
)
_AFTER = r"deze\ week|jl|j\.l|a\.s|as|aanstaande|vorige\ week|volgende\ week"
_END = r"(?![\w/@]|-\w|\.\d|:\d)"
# The groups d, m and y of one form share its number: d1, m1, y1.
_MOMENT = re.compile(
    rf"""(?<![\w/.@-])(?:
      (?:(?P<weekday>{_DAYS}),?\ (?:de\ )?)?(?:
          (?P<y1>\d{{4}})-(?P<m1>\d{{1,2}})-(?P<d1>\d{{1,2}})
        | (?P<d2>\d{{1,2}})(?P<dash>[-/.])(?P<m2>\d{{1,2}})(?P=dash)(?P<y2>\d{{4}}|\d{{2}})
        | (?P<d3>\d{{1,2}})(?:e|ste|de|th|st|nd|rd)?\ (?P<m3>{_any_of(_MONTHS)})\b\.?(?:,?\ (?P<y3>\d{{4}})\b)?
        | (?P<m4>{"|".join(_ENGLISH_MONTHS)})\ (?P<d4>\d{{1,2}})(?:th|st|nd|rd)?\b(?:,?\ (?P<y4>\d{{4}}))?
        | (?P<d5>\d{{1,2}})[-/](?P<m5>\d{{1,2}})
        | (?:(?P<lastmonth>vorige\ maand)\ )?de\ (?P<d6>\d{{1,2}})(?:e|de|ste)
      ){_END}
    | (?P<relative>{_any_of(_RELATIVE)}){_END}
    | (?:(?P<which>{_WHICH})\ )?(?P<day>{_DAYS})(?:\ (?P<after>{_AFTER})\b\.?)?{_END}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CLOCK = re.compile(
    r",?\s(?:begonnen\s)?(?:(?:om|at|vanaf|tussen)\s)?(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d{2})(?:\s?(?:uur|u|h)\b)?|\s?(?P<unit>uur|u|h|am|pm)\b(?P<past>\d{2})?)(?![\w%]|[.:]\d)",
    re.IGNORECASE,
)
# `om 14u`, `at 9`, and without a preposition only what is a time beyond doubt: `14:30`, `14.30 uur`.
_SAID_CLOCK = re.compile(r"(?<!\w)(?:om|at)(?=\s\d)|(?=\s\d{1,2}(?::\d\d\b|\.\d\d\s?(?:uur|u)\b))", re.IGNORECASE)
_OTHER_CLOCK = re.compile(
    r"\b(?:trein|bus|van|tot|voor|na|uiterlijk|vanaf|until|before|after|by|from|to)$", re.IGNORECASE
)
# Before a day, this makes it part of more: `derde dinsdag`, `2 dagen voor 1 maart`, `13 t/m 15 juli`, `deze morgen`.
_PART_OF_MORE = re.compile(
    r"(?:\b(?:eerste|tweede|derde|vierde|volgende|vlg week|deze|de|'s)"
    r"|\b(?:(?:werk)?dag(?:en)?|week|weken|maand|maanden|days?|weeks?) (?:voor|na|vanaf|before|after|from)"
    r"|\d ?(?:en|and|tot|tot en met|t/m|to|-|–))\s$",
    re.IGNORECASE,
)
_OF_A_MONTH = re.compile(r" (?:van|in|of)\b", re.IGNORECASE)
# A weekday before a date that we do not read: `vrijdag de tweede`, `maandag 21`.
_UNREAD_DATE = re.compile(r",? (?:de \w+(?:ste|de)\b|\d{1,2}\b(?!\s?(?:uur|u|h|am|pm)\b|[.:/-]\d))", re.IGNORECASE)
_ENGLISH_DO = re.compile(r"\b(?:to|we|they|you|i|can|will|not|what)\s$", re.IGNORECASE)
_ENDS_A_DAY = re.compile(r"\s*(?:$|[,;:.)(\n]|om\b|at\b|\d{1,2}[:.]\d\d|met\b|over\b|@)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a text, with the time of day when that stands beside it.

    day           None only when there is no such day
    impossible    there is no such day (31-02-2026)
    weekday_fits  False when a weekday was said that this date is not
    """

    start: int
    end: int
    text: str
    day: date | None
    clock: time | None = None
    impossible: bool = False
    weekday_fits: bool = True


def read(text: str, today: date) -> Moment | None:
    """When something happened: the first day in the text, looking back from today for what names no year or week.

    A time after `om` without any day is today's. None when no day or time is said.
    """
    first = next(iter(every(text, today, ahead=False)), None)
    if first and (first.clock or first.impossible):
        return first
    clock = _clock_said(text)
    if clock is None:
        return first
    start, end, at = clock
    return replace(first, clock=at) if first else Moment(start, end, text[start:end], today, at)


def every(text: str, today: date, ahead: bool) -> tuple[Moment, ...]:
    """Every day in the text; `ahead`: what names no year or week lies after today, otherwise before it."""
    return tuple(_every(text, today, ahead))


def _every(text: str, today: date, ahead: bool) -> Iterator[Moment]:
    for found in _MOMENT.finditer(text):
        if not _is_a_day(text, found):
            continue
        start, end = found.span()
        try:
            day = _day(found, today, ahead)
        except (ValueError, OverflowError):
            yield Moment(start, end, text[start:end], None, impossible=True)
            continue
        named = found["weekday"]
        fits = named is None or day.weekday() == _WEEKDAYS[named.lower().rstrip(".")]
        clock = _CLOCK.match(text, end)
        at = _time(clock) if clock else None
        end = clock.end() if clock and at else end
        yield Moment(start, end, text[start:end], day, at, weekday_fits=fits)


def _is_a_day(text: str, found: re.Match[str]) -> bool:
    """Whether these words can only be this day: `2-3 keer`, `de 3e keer`, `zo` and `derde dinsdag` are not."""
    if _PART_OF_MORE.search(text, max(0, found.start() - 30), found.start()):
        return False
    if found["day"]:
        return _is_weekday(text, found)
    if found["weekday"] or found["lastmonth"] or found["relative"]:
        return True
    if found["d5"] or found["d6"]:
        plausible = not found["d5"] or (1 <= int(found["d5"]) <= 31 and 1 <= int(found["m5"]) <= 12)
        return plausible and found[0] != "24/7" and bool(_ENDS_A_DAY.match(text, found.end()))
    numeric = found["d1"] or found["d2"]
    return not numeric or (int(numeric) < 40 and int(found["m1"] or found["m2"]) < 20)


def _is_weekday(text: str, found: re.Match[str]) -> bool:
    """`do` and `zo` are short for days only where a day can stand; with a capital `Di` or `Ma` is a name."""
    if _UNREAD_DATE.match(text, found.end()):
        return False
    if (found["which"] or "").lower() in {"laatste", "last"} and _OF_A_MONTH.match(text, found.end()):
        return False
    said = found["day"].rstrip(".")
    if len(said) > 2 or found["which"] or found["after"]:
        return True
    if said.lower() == "zo" or not said.islower():
        return False
    return not (said == "do" and _ENGLISH_DO.search(text, max(0, found.start() - 6), found.start()))


def _day(found: re.Match[str], today: date, ahead: bool) -> date:
    """The day these words say; ValueError when there is no such day."""
    if found["relative"]:
        return today + timedelta(days=_RELATIVE[found["relative"].lower()])
    if found["day"]:
        said = (found["which"] or found["after"] or "").lower().rstrip(".")
        return weekday(_WEEKDAYS[found["day"].lower().rstrip(".")], said, today, ahead)
    parts = {name[0]: part for name, part in found.groupdict().items() if part and name[1:].isdigit()}
    number = int(parts["d"])
    if "m" not in parts:
        return day_of_month(number, found["lastmonth"] is not None, today, ahead)
    month = int(parts["m"]) if parts["m"].isdigit() else _MONTHS[parts["m"].lower()]
    if "y" not in parts:
        return day_and_month(number, month, today, ahead)
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < _FIRST_YEAR_OF_1900 else 1900
    return date(year, month, number)


def _clock_said(text: str) -> tuple[int, int, time] | None:
    for said in _SAID_CLOCK.finditer(text):
        if _OTHER_CLOCK.search(text, max(0, said.start() - 10), said.start()):
            continue
        clock = _CLOCK.match(text, said.end())
        at = _time(clock) if clock else None
        if clock and at:
            return said.start(), clock.end(), at
    return None


def _time(clock: re.Match[str]) -> time | None:
    hour, minute = int(clock["hour"]), int(clock["minute"] or clock["past"] or 0)
    unit = (clock["unit"] or "").lower()
    if unit in {"am", "pm"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if unit == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
