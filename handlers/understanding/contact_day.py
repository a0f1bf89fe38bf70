"""On which day a contact was: the moment of what happened, not of what is promised or only spoken of."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.understanding.dutch import LITTLE
from handlers.understanding.known import Mention
from handlers.understanding.moments import Asked, Moment, every
from handlers.understanding.moments.calendar import next_day
from handlers.understanding.tokens import clauses, tokens
from handlers.understanding.vocabulary import Found

_PLANNED = re.compile(
    r"\b(?:ingepland|gepland|a\.s|aanstaande|komende|volgende|planned|scheduled|coming)\b", re.IGNORECASE
)
# `gepland voor dinsdag` is on that day, not before it.
_PLANNED_FOR = re.compile(r"\b(?:gepland|ingepland|planned|scheduled)\s+$", re.IGNORECASE)
# A time after one of these is not that of the contact.
_OTHER_CLOCK = re.compile(
    r"\b(?:trein|bus|tram|vlucht|train|van|tot|voor|na|uiterlijk|vanaf|until|before|after|by|from|to)\s$", re.IGNORECASE
)
# Nor is the day of a document, a vote or a deadline.
_OTHER_DAY = re.compile(
    r"\b(?:motie|amendement|rapport|nota|notitie|uitspraak|artikel|advies|besluit|kamerbrief|wetsvoorstel|debat|verslag"
    r"|stemming(?:en)?|deadline|termijn|sluit(?:ing|ingsdatum)?|zitting|inbreng|report|motion|vote)"
    r"(?:\s+[^\s,;.]+){0,2}?\s+(?:van|op|is|zijn|was|of|on)?\s*$|\bdeadline\b[^,;.]{0,40}$"
    r"|\b(?:over|inzake|mbt|m\.b\.t\.|n\.a\.v\.|nav|aanleiding van|about)(?:\s+[^\s,;.]+){1,4}\s+(?:van|from)\s+$",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:van|per|vanaf|sinds|of|from)\s+$", re.IGNORECASE)
_IS_PLANNED = re.compile(r"\b(?:ingepland|gepland|planned|scheduled)\s*$", re.IGNORECASE)  # and then the day
_NOT_YET_DAY = re.compile(r"\b(?:(?:over)?morgen|tomorrow)\b", re.IGNORECASE)
# What is told of has happened.
_TOLD = re.compile(
    r"\b(?:(?:be|ver|op|na|door|terug|toe|aan|af|bij|langs|rond|mee)?ge(?!meen|bied|val|zin|sprek|bouw|bruik|tal|leden)\w+"
    r"(?:d|t|en)|besproken|ontmoet|bezocht|sprak|spraken|belde|belden|mailde|mailden|appte|appten|ontmoette|spoke|called"
    r"|emailed|met with|visited)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:t/m|tot en met|tot|en|-|–)\s*\d{1,2}\b(?![:.])", re.IGNORECASE)
_NOT_YET = re.compile(r"(?:over)?morgen|tomorrow|over |in \w+ (?:weeks?|days?)", re.IGNORECASE)
# Somebody says what will happen: the day in it is not that of the contact.
_PROMISE = re.compile(
    r"\b(?:beloof\w*|zal|zullen|gaat|gaan|komt|belt|mailt|stuurt|legt|will|promised)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}|['’]\d\d")
_LONG_AGO, _SOON = timedelta(days=180), timedelta(days=120)
_STARTS = frozenset(
    (
        "begonnen",
        "begin",
        "beginnend",
        "start",
        "startend",
        "aanvang",
        "om",
        "at",
        "van",
        "vanaf",
        "tussen",
        "started",
        "starting",
    )
)


def contact_day(rest: str, said: Sequence[Found | Mention], asked: Asked) -> Moment | None:
    """The day of the contact: in the clause that says what happened or with whom, or in one that is only a day.

    rest  the text, without the names and the follow-up
    said  what happened, and with whom
    """
    parts = clauses(rest)
    about = [any(start <= one.start < end for one in said) for start, end in parts]
    told = bool(_TOLD.search(rest))
    clock, week, before = None, False, ""
    for (start, end), says in zip(parts, about, strict=True):
        part = rest[start:end]
        agreed = not told and _is_agreed(part)
        planned = agreed or bool(_PLANNED.search(part) or _IS_PLANNED.search(before))
        moments, before = every(part, replace(asked, ahead=planned)), part
        for place, moment in enumerate(moments):
            if _is_of_something_else(part, moment, asked, planned):
                continue
            limited = moment.limit and not _PLANNED_FOR.search(part, 0, moment.start)
            if limited or _is_period(moment):
                week = week or (planned and not limited)
            elif moment.dayless:
                if clock is None and not _OTHER_CLOCK.search(part, max(0, moment.start - 10), moment.start):
                    clock = _moved(moment, start, rest)
            elif (planned or not _is_to_come(moment, part)) and (says or not any(about) or _only(part, moment)):
                whole = _with_clock(replace(moment, limit=""), moments[place + 1 :], part)
                found = _timed(_moved(whole, start, rest), rest, end, asked)
                return (
                    replace(found, vague=True)
                    if agreed or (week and not planned)
                    else _or_next_year(found, asked, planned)
                )
    return clock


def _is_of_something_else(part: str, moment: Moment, asked: Asked, planned: bool) -> bool:
    """The day of a document or a debate, or one to come of what is told: `gesproken over de wet van 1 januari 2027`."""
    if _OTHER_DAY.search(part, 0, moment.start):
        return True
    to_come = bool(moment.day and moment.day > asked.at.date())
    of = _OF.search(part, 0, moment.start)
    return to_come and not moment.dayless and not planned and bool(of and _TOLD.search(part))


def _is_agreed(part: str) -> bool:
    """`morgen belafspraak met Podt`: what was not told of is still to come, and nobody else promises it."""
    return bool(_NOT_YET_DAY.search(part)) and not _PROMISE.search(part)


def _with_clock(moment: Moment, later: Sequence[Moment], part: str) -> Moment:
    """The day with a time further on in its clause: `gisteren belafspraak met Podt om 10u`."""
    if moment.timed or moment.begins is None:
        return moment
    for clock in later:
        other = _OTHER_CLOCK.search(part, max(0, clock.start - 10), clock.start)
        if clock.dayless and clock.begins and not clock.limit and not other:
            begins = datetime.combine(moment.begins.date(), clock.begins.time())
            return replace(moment, begins=begins, timed=True, ends=None)
    return moment


def _is_period(moment: Moment) -> bool:
    """A week or a month is not the day of a contact; a part of a day is."""
    if _RANGE.search(moment.text):  # `werkbezoek 12 t/m 13 november`
        return False
    return bool(moment.begins and moment.ends and moment.ends - moment.begins > timedelta(days=1))


def _is_to_come(moment: Moment, part: str) -> bool:
    """What somebody will do, or what lies ahead, is not what happened."""
    return bool(_NOT_YET.match(moment.text) or _PROMISE.search(part))


def _or_next_year(moment: Moment, asked: Asked, planned: bool) -> Moment:
    """`30 nov` without a year lies in the past; six days before it is more likely a plan: both are readings."""
    day, today = moment.day, asked.at.date()
    if day is None or planned or _YEAR.search(moment.text) or today - day < _LONG_AGO:
        return moment
    try:
        ahead = next_day(day, today, ahead=True)
    except ValueError:  # 29 February
        return moment
    return replace(moment, others=(ahead,)) if ahead - today < _SOON else moment


def _moved(moment: Moment, by: int, text: str) -> Moment:
    """The moment at its place in the whole text."""
    return replace(moment, start=moment.start + by, end=moment.end + by, text=text[moment.start + by : moment.end + by])


def _timed(moment: Moment, rest: str, end: int, asked: Asked) -> Moment:
    """The day with a time that follows it in the next clause: `gesprek maandag, 9.30`."""
    if moment.timed or moment.begins is None or rest[moment.end : end].strip():
        return moment
    after = next(iter(every(rest[end : end + 30], asked)), None)
    if after is None or not after.begins or not after.dayless:
        return moment
    if any(token.word not in _STARTS for token in tokens(rest[end : end + after.start])):
        return moment
    begins = datetime.combine(moment.begins.date(), after.begins.time())
    last = end + after.end
    return replace(moment, end=last, text=rest[moment.start : last], begins=begins, timed=True, ends=None)


def _only(part: str, moment: Moment) -> bool:
    """Whether a clause says a day and next to nothing else."""
    around = tokens(part[: moment.start] + part[moment.end :])
    return all(token.word in LITTLE or token.text.startswith("_") for token in around)
