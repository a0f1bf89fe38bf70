"""Moments in Dutch and English text: days, times, periods and limits; what can be read in two ways says so."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from handlers.understanding.dutch import NO_TYPO, SPOKEN
from handlers.understanding.moments import foreign
from handlers.understanding.moments.calendar import Span
from handlers.understanding.moments.clock_rules import CLOCK_SPANS, CLOCKS, HOURS, LATE_CLOCKS
from handlers.understanding.moments.day_rules import BARE_DAYS, DAYS, NUMBERS, WEEKDAYS
from handlers.understanding.moments.grammar import Asked, Grammar, Recess
from handlers.understanding.moments.length_rules import FROM_A_DAY, FURTHER, LENGTHS
from handlers.understanding.moments.lexer import Piece, pieces
from handlers.understanding.moments.period_rules import PERIODS, YEARS
from handlers.understanding.moments.whole_rules import DAYS_TOGETHER, DOTS, LEFT, LIMITS, RANGES, TIMES, WORDS
from handlers.understanding.tokens import fold

__all__ = ["Asked", "Moment", "Recess", "every", "read", "whole"]

# Each pass reads what the passes before it made.
_PASSES = tuple(
    Grammar(rules)
    for rules in (
        WORDS,
        (*CLOCKS, *LENGTHS),
        (*DAYS, *PERIODS, *BARE_DAYS),
        DAYS_TOGETHER,
        (*FURTHER, *WEEKDAYS, *LATE_CLOCKS),
        (*DOTS, *FROM_A_DAY, *DAYS_TOGETHER, *CLOCK_SPANS),
        TIMES,
        (*TIMES, *HOURS),
        (*LEFT, *NUMBERS, *YEARS),
        RANGES,
        LIMITS,
    )
)
_MOMENTS = frozenset(("day", "instant", "daypart", "period", "range", "limit", "impossible"))
_FILLERS = frozenset(("the", "on", "at", "about", "in", "of", "comma", "bracket", "loose"))
_ENDS_A_DAY = re.compile(
    r"\s*(?:$|[,;:.)(\n]|om\b|at\b|\d{1,2}[:.]\d\d|met\b|over\b|@"
    rf"|(?:(?:nog|al|even|kort|weer) )?(?:{'|'.join(sorted(SPOKEN))})\b)",
    re.IGNORECASE,
)
_ENGLISH_DO = re.compile(r"\b(?:to|we|they|you|i|can|will|not|what)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a text, with the time of day when that was said.

    begins        local; None only when there is no such day (31-02-2026)
    ends          of a period, a span or a part of a day, exclusive; None for one day or one time
    timed         a time was said, so that `begins` is to the minute
    limit         `voor`, `uiterlijk`, `tot`: "until"; `na`, `vanaf`: "since"
    weekday_fits  False when a weekday was said that this date is not
    others        other days that the same words can mean
    dayless       only a time was said; the day is today, or the next on which that time is to come
    vague         the words leave more days open (`begin januari`)
    """

    start: int
    end: int
    text: str
    begins: datetime | None
    ends: datetime | None = None
    timed: bool = False
    limit: Literal["", "until", "since"] = ""
    weekday_fits: bool = True
    others: tuple[date, ...] = ()
    dayless: bool = False
    vague: bool = False

    @property
    def day(self) -> date | None:
        """The day, or the first one."""
        return self.begins.date() if self.begins else None

    @property
    def clock(self) -> time | None:
        """The time, when one was said."""
        return self.begins.time() if self.begins and self.timed else None

    @property
    def impossible(self) -> bool:
        """There is no such day."""
        return self.begins is None


def whole(text: str, asked: Asked) -> Moment | None:
    """The moment that the whole text says, every word of it; None when a word is left over."""
    row = pieces(text)
    said = [piece for piece in _read(row, asked) if piece.kind not in _FILLERS]
    if len(said) == 1 and said[0].kind in _MOMENTS:
        return _moment(text, said[0], row)
    day = foreign.full_date(text)
    return Moment(0, len(text), text, datetime.combine(day, time())) if day else None


def every(text: str, asked: Asked) -> tuple[Moment, ...]:
    """Every moment in a longer text, left to right, without words that can as well be something else."""
    row = pieces(text)
    found = (piece for piece in _read(row, asked) if piece.kind in _MOMENTS)
    return tuple(_moment(text, piece, row) for piece in found if _counts(text, piece))


def read(text: str, asked: Asked) -> Moment | None:
    """The moment the whole text says, or the first that stands in it."""
    return whole(text, asked) or next(iter(every(text, asked)), None)


def _read(row: Sequence[Piece], asked: Asked) -> Sequence[Piece]:
    for grammar in _PASSES:
        row = grammar.rewrite(row, asked)
    return row


def _counts(text: str, piece: Piece) -> bool:
    """Whether words inside a longer text can only be this moment: `2-3 keer`, `de 3e keer` and `zo` are not."""
    if piece.kind == "impossible":
        return True
    proof = piece.value.proof
    if proof == "alone":
        return False
    said = text[piece.start : piece.end]
    if piece.typo and (" " not in said.strip() and fold(said) in NO_TYPO):
        return False
    if proof == "edge" and not _ENDS_A_DAY.match(text, piece.end):
        return len(said) == 2 and _is_day_short(text, piece)
    return proof != "edge" or len(said) != 2 or _is_day_short(text, piece)


def _is_day_short(text: str, piece: Piece) -> bool:
    """`do` and `za` are days in lower case; with a capital `Di` or `Ma` is a name, and `zo` is a word."""
    said = text[piece.start : piece.end]
    if said == "zo" or not said.islower():
        return False
    return not (said == "do" and _ENGLISH_DO.search(text, max(0, piece.start - 6), piece.start))


def _moment(text: str, piece: Piece, row: Sequence[Piece]) -> Moment:
    start = next((first.start for first in row if first.start >= piece.start and first.kind not in _FILLERS), 0)
    start = min(max(start, piece.start), piece.end)
    if piece.kind == "impossible":
        return Moment(start, piece.end, text[start : piece.end], None)
    span: Span = piece.value
    timed = span.grain == "minute" or (span.grain == "range" and span.start.time() != time())
    is_point = span.end == span.start or span.grain == "day"
    return Moment(
        start,
        piece.end,
        text[start : piece.end],
        span.start,
        None if is_point else span.end,
        timed,
        span.limit,
        span.fits,
        span.others,
        span.dayless,
        span.vague,
    )
