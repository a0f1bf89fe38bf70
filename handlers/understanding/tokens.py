"""Words of a text with their places, folded so that case and accents make no difference."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")
_GLUE = re.compile(r"[ \u00a0.\-‐–'’‘`/]{0,3}|&")
# A clause ends at a comma, a semicolon, a line, a dash between spaces, or a full stop that is not an abbreviation's.
_CLAUSE_END = re.compile(r"(?<!\d)[,;]|[,;](?!\d)|\n|\s[-–]\s|[.!?](?=\s|$)")
_BEFORE_A_NAME = re.compile(r"\b(?:\w|mw|mevr|dhr|drs|mr|mrs|ms|dr|ir|ing|prof|st)$", re.IGNORECASE)
# Full stop of an abbreviation, unless a capital follows: that begins a new sentence.
_ABBREVIATION = re.compile(
    r"\b(?:a\.s|jl|nr|nrs|blz|o\.a|c\.s|t\.v\.v|i\.v\.m|n\.a\.v|m\.b\.t|geb|tel"
    r"|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|oct|nov|dec|ma|di|wo|do|vr|za|zo)$",
    re.IGNORECASE,
)
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})


class Token(NamedTuple):
    """One word: its place in the text, as typed, and folded."""

    start: int
    end: int
    text: str
    word: str

    @property
    def capital(self) -> bool:
        """Whether it was typed with a capital."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Lower case, without accents: `Kostić` -> `kostic`."""
    if text.isascii():  # most words are, and folding the rest costs ten times as much
        return text.lower()
    bare = unicodedata.normalize("NFD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def tokens(text: str) -> tuple[Token, ...]:
    """All words and numbers of a text, in order."""
    return tuple([Token(*word.span(), word[0], fold(word[0])) for word in _WORD.finditer(text)])


def words(text: str) -> tuple[str, ...]:
    """The folded words of a short text: `van 't Zand` -> ("van", "t", "zand")."""
    if text.isascii() and text.isalpha():  # most names are one plain word
        return (text.lower(),)
    return tuple(token.word for token in tokens(text))


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether two words can belong to one name: only a space, a dash, a dot or an apostrophe between them."""
    return bool(_GLUE.fullmatch(text, left.end, right.start))


def clauses(text: str) -> tuple[tuple[int, int], ...]:
    """The places (start, end) of the parts of a text between commas, full stops and lines."""
    parts, start = [], 0
    for mark in _CLAUSE_END.finditer(text):
        if mark[0] == "." and _is_abbreviation(text, start, mark.start()):
            continue
        parts.append((start, mark.start()))
        start = mark.end()
    return (*parts, (start, len(text)))


def _is_abbreviation(text: str, start: int, dot: int) -> bool:
    begin = max(start, dot - 8)
    if _BEFORE_A_NAME.search(text, begin, dot):
        return True
    return bool(_ABBREVIATION.search(text, begin, dot)) and not text[dot + 1 : dot + 3].lstrip()[:1].isupper()


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these places made unreadable; every other character keeps its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return "".join(letters)
