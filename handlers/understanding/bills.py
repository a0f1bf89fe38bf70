"""Numbers of bills and Kamerstukken as they are written: `36871`, `36 704`, `19637, nr. 3538`, or a link."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from handlers.understanding.vocabulary import Found

_LISTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _any(name: str) -> str:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in sorted(_LISTS[name], key=len, reverse=True))
    return "(?:" + "|".join(words) + ")"


# Chapters of a budget (XX), and the letters of the Eerste Kamer: A to Z, then AA.
_ROMAN = r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})"
_LETTERS = rf"(?:{_ROMAN}|[AB]?[A-Z])"
_ALONE = r"(?=\s*(?:$|[,;:)\n]|\.(?:\s|$)))"
_NUMBER = re.compile(
    r"(?<![\w.,€])(?<!\d[/:-])(?:(?P<kst>(?:kst|KST|Kst)[- ]?)|(?:[^\W\d_]+-)(?!\d{2}[ .]))?(?P<number>\d{2}[ .]?\d{3})"
    rf"(?:-(?P<chapter>{_ROMAN})(?![A-Za-z])|[ ](?P<spaced>{_ROMAN})(?![\w]))?"
    rf"(?:(?:[-/#]|,?\s*(?:nrs?|no)\.?\s*)(?P<paper>\d{{1,4}})(?!\d)"
    rf"|(?:-|,?\s*(?:nr|no)\.?\s*)(?P<suffix>{_LETTERS}|[a-z])(?![\w])|,?[ ](?P<letter>[A-Z]){_ALONE})?"
    r"(?![^\W_]|[.,]\w)"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>|()]+", re.IGNORECASE)
_IN_URL = re.compile(
    r"(?:kst-|dossier[=/]|wetsvoorstel(?:len)?/|(?<=[?&])id=|kamerstuk(?:ken)?/)(?P<number>\d{5})"
    rf"(?:-(?P<chapter>{_ROMAN})(?![A-Za-z]))?(?:-(?P<paper>\d{{1,4}})|-(?P<suffix>{_LETTERS}))?(?![^\W_])"
)
_AFTER_COUNTED = re.compile(rf"\s(?:[a-z]+e\s)?{_any('counted')}(?!\w)|\s?€|,-", re.IGNORECASE)
_PHONE = r"(?<!\d)(?:0\d{1,3}|\+\d{1,3}(?:[ -]\d{1,3})?)[ -]"
_BEFORE_OTHER = re.compile(
    rf"(?:(?<!\w)(?:{_any('other')}|{_any('about')})(?:\s+(?:is|nr\.?|nummer))?:?\s*|{_PHONE})$", re.IGNORECASE
)
_PLAIN = str.maketrans("\u00a0\u2007\u202f\u2010\u2011\u2012\u2013\u2014", "   -----")
_TWO = re.compile(r"(?<!\d)(\d{5})/(?=\d{5}(?!\d))")
_FIRST, _LAST = 17000, 39999  # numbers of dossiers that can still be spoken of
_BEFORE = 24  # letters before a number that can say it is something else


def bills(text: str) -> tuple[Found, ...]:
    """Every bill and Kamerstuk in the text; the name is its number as `36704-7`, each once."""
    plain = _TWO.sub(r"\1 ", text.translate(_PLAIN))
    found = sorted((*_linked(text, plain), *_written(text, plain)), key=lambda one: one.start)
    return tuple({one.name: one for one in reversed(found)}.values())[::-1]


def _linked(text: str, plain: str) -> Iterator[Found]:
    for url in _URL.finditer(plain):
        for found in _IN_URL.finditer(plain, url.start(), url.end()):
            yield from _named(text, found, url.span())


def _written(text: str, plain: str) -> Iterator[Found]:
    bare = _URL.sub(lambda url: "x" * len(url[0]), plain)
    for found in _NUMBER.finditer(bare):
        before = bare[max(0, found.start() - _BEFORE) : found.start("number")]
        if _BEFORE_OTHER.search(before) or _is_counted(bare, found):
            continue
        yield from _named(text, found, (found.start("kst" if found["kst"] else "number"), found.end()))


def _is_counted(bare: str, found: re.Match[str]) -> bool:
    """`36 704 mensen`, `36.000`; what has a paper number is a Kamerstuk."""
    thousands = len(found["number"]) > 5 and found["number"].endswith("000")
    return found.end() == found.end("number") and (thousands or bool(_AFTER_COUNTED.match(bare, found.end())))


def _named(text: str, found: re.Match[str], place: tuple[int, int]) -> Iterator[Found]:
    number = re.sub(r"\D", "", found["number"])
    if not _FIRST <= int(number) <= _LAST:
        return
    said = found.groupdict()
    parts = [said.get(part) for part in ("chapter", "spaced", "paper", "suffix", "letter")]
    yield Found(*place, text[place[0] : place[1]], "-".join((number, *(part.upper() for part in parts if part))))
