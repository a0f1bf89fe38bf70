"""A text cut into the pieces that a moment can be made of: words, numbers, dates in figures, times in figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from handlers.understanding.moments import lexicon
from handlers.understanding.tokens import fold

_PIECE = re.compile(
    r"""
      (?P<iso>\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2})(?![\d/]|-\d)(?:[T ](?=\d{1,2}:\d\d))?
    | (?P<date>\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)['’]?(?:\d{4}|\d{2}))(?![\d/]|[-.]\d)
    | (?P<named>\d{1,2}[-/](?P<name>[^\W\d_]{3,9})[-/]\d{4})(?!\d)
    | (?P<clock>\d{1,2}(?::\d{2}(?::\d{2})?|[uh]\d{2}))(?![\d:])
    | (?P<packed>(?:19|20)\d{6})(?!\d)
    | (?P<dot>\d{1,2}\.\d{2})(?![\d]|[/.:]\d)
    | (?P<pair>\d{1,4}\ ?(?P<mark>[-/.–])\ ?\d{1,4})(?![\d]|[-/.:]\d)
    | (?P<ordinal>\d{1,2}\ ?(?:ste|de|e|st|nd|rd|th)(?!\w))
    | (?P<short_year>['’‘]\d{2}(?!\w))
    | (?P<decimal>\d{1,2},5)(?!\d)
    | (?P<figure>\d+)
    | (?P<dotted>(?:a\.s|j\.l|m\.i\.v|e\.o\.d|t\.e\.m|t/m)\b\.?)
    | (?P<word>[^\W\d_]+)
    | (?P<mark_>[-–,+()&])
    | (?P<space>[\s.'’‘`´]+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_COMPOUND = re.compile(
    r"(?P<head>maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo|gisteren|gister|morgen"
    r"|overmorgen|eergisteren|eergister)(?P<tail>ochtend|morgen|voormiddag|middag|namiddag|avond|nacht)"
)
_MARKS = {"-": "dash", "–": "dash", ",": "comma", "+": "plus", "&": "and", "(": "bracket", ")": "bracket"}
_SEPARATORS = {"-": "dash", "–": "dash", "/": "slash", ".": "dot"}
_LARGEST = 4  # figures of a number that can be part of a moment


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, what it is in the grammar, and what it stands for.

    typo  it was spelt wrong; such a piece counts less
    """

    start: int
    end: int
    kind: str
    value: Any
    typo: bool = False


def pieces(text: str) -> list[Piece]:
    """The whole text in pieces, without the spaces; what no moment is made of is `other`."""
    return _mornings(list(_named(text, [piece for found in _PIECE.finditer(text) for piece in _read(found)])))


def _read(found: re.Match[str]) -> Iterator[Piece]:
    kind = found.lastgroup or "other"
    if kind in {"word", "dotted"}:
        yield from _word(found)
    elif kind != "space":
        yield Piece(found.start(), found.end(), *_figures(kind, found))


def _named(text: str, found: list[Piece]) -> Iterator[Piece]:
    """The pieces, with the names of feasts (`tweede kerstdag`) each as one of them."""
    place = 0
    while place < len(found):
        first = found[place]
        longest = lexicon.feast_heads().get(_folded(text, first), 0)
        said = tuple(_folded(text, piece) for piece in found[place : place + longest])
        length = next((size for size in range(len(said), 0, -1) if said[:size] in lexicon.feast_names()), 0)
        if length:
            yield Piece(first.start, found[place + length - 1].end, "feast", lexicon.feast_names()[said[:length]])
        else:
            yield first
        place += max(1, length)


def _mornings(found: list[Piece]) -> list[Piece]:
    """`vrijdag morgen`, `deze morgen` and `in de morgen` are mornings; any other `morgen` is tomorrow."""
    for place, piece in enumerate(found):
        before = found[place - 1].kind if place else ""
        earlier = found[place - 2].kind if place > 1 else ""
        morning = before in {"this", "weekday", "day_short"} or (before == "the" and earlier == "in")
        if piece.kind == "morgen" and morning:
            found[place] = replace(piece, kind="part", value="morning")
    return found


def _folded(text: str, piece: Piece) -> str:
    if piece.kind == "ordinal":
        return f"{piece.value}e"  # `tweede`, `2de` and `2e` are one word
    return fold(text[piece.start : piece.end]).strip(".")


def _figures(kind: str, found: re.Match[str]) -> tuple[str, Any]:
    if kind in {"pair", "dot"}:
        return f"pair_{_SEPARATORS[found['mark'] or '.']}", tuple(re.findall(r"\d+", found[0]))
    if kind == "mark_":
        return _MARKS[found[0]], 0
    if kind in {"figure", "decimal"}:
        return _number(found[0])
    numbers = [int(number) for number in re.findall(r"\d+", found[0])]
    if kind in {"iso", "date", "packed", "named"}:
        return _date(kind, numbers, found["name"])
    if kind == "clock":
        return "clock_figures", (numbers[0], numbers[1])
    made = {"ordinal": ("ordinal", numbers), "short_year": ("year", list(map(_century, numbers)))}.get(kind)
    return (made[0], made[1][0]) if made else ("other", None)


def _date(kind: str, numbers: list[int], name: str | None) -> tuple[str, Any]:
    """A date in figures, as (day, month, year); the month can be a word: `05-aug-2026`."""
    if kind == "iso":
        return "date", (numbers[2], numbers[1], numbers[0])
    if kind == "packed":
        return "date", (numbers[0] % 100, numbers[0] // 100 % 100, numbers[0] // 10000)
    if kind == "date":
        return "date", (numbers[0], numbers[1], numbers[2] if numbers[2] > 99 else _century(numbers[2]))
    month = lexicon.lexicon().get(fold(name or ""))
    is_month = month is not None and month.kind in {"month", "month_english"}
    return ("date", (numbers[0], month.value, numbers[1])) if month and is_month else ("other", None)


def _century(two: int) -> int:
    """`27` -> 2027, `91` -> 1991."""
    return two + (2000 if two < 60 else 1900)


def _number(figures: str) -> tuple[str, Any]:
    if figures.endswith(",5"):
        return "decimal", float(figures.replace(",", "."))
    if len(figures) > _LARGEST:
        return "other", None
    number = int(figures)
    return ("year" if len(figures) == 4 and 1900 <= number <= 2199 else "number"), number


def _word(found: re.Match[str]) -> Iterator[Piece]:
    start, end = found.span()
    word = fold(found[0]).rstrip(".")
    known = lexicon.lexicon().get(word)
    compound = None if known else _COMPOUND.fullmatch(word)
    if known:
        yield Piece(start, end, known.kind, known.value)
    elif compound and len(word) == end - start:
        middle = start + compound.end("head")
        tail = "ochtend" if compound["tail"] == "morgen" else compound["tail"]
        for first, last, part in ((start, middle, compound["head"]), (middle, end, tail)):
            yield Piece(first, last, *lexicon.lexicon()[part])
    else:
        meant = lexicon.near(word)
        yield Piece(start, end, *meant, typo=True) if meant else Piece(start, end, "other", word)
