"""Matching: which of many lists of search words a text of parliament holds, and by which word.

The words are written as in config/dossiers.toml: `asiel` is that word and no other, `asiel*` any that begins so,
`*opvang` any that ends so; several words stand beside each other; `-kinderopvang` takes away: what lies within it does
not count. A word in capitals (COA, IND) counts only in capitals. Accents make no difference, nor does a hyphen:
`nareis-zaken` and `nareiszaken` find each other, and `nareis*` finds both.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

_UNSEEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")  # accents taken apart, and what has no width
_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010-\u2013](?=[^\W_])")  # within a word
_GLUE = "\0"  # stands for it while a text is made ready
_BETWEEN = re.compile(rf"[^\w{_GLUE}]|_")
_ASCII = {place: " " for place in range(1, 128) if not chr(place).isalnum()}  # the same, five times as fast

Span = tuple[int, int]  # from where to where whole words go


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What is looked for in a text that is made ready.

    said      list -> how it is written there
    away      the lists from which it takes away
    capitals  (place within the pattern, word) of the words that count only as they stand
    """

    capitals: Sequence[tuple[int, str]]
    said: dict[str, str] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)


class Matcher:
    """Many lists of words, looked for together in one pass. `lists`: name -> its words."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        patterns: dict[tuple[str, str], _Pattern] = {}
        for name, words in lists.items():
            for word in words:
                said = word.strip().removeprefix("-").strip()
                for written in filter(str.strip, _written(said)):  # of signs alone nothing is left to look for
                    capitals = [(at, one) for at, one in _long_words(written) if one.isupper()]
                    key = (written.lower(), " ".join(one for _, one in capitals))
                    pattern = patterns.setdefault(key, _Pattern(capitals))
                    if word.strip().startswith("-"):
                        pattern.away.add(name)
                    else:
                        pattern.said.setdefault(name, said)
        self._patterns = list(patterns.values())
        self._automaton = AhoCorasick([folded for folded, _ in patterns]) if patterns else None

    def find(self, text: str) -> dict[str, str]:
        """List -> its word that the text holds, the first when there are more, as it was written in the list."""
        if self._automaton is None:
            return {}
        hits: list[tuple[dict[str, str], _Form, int, int]] = []
        away: list[tuple[set[str], Span]] = []
        for form in _forms(text):
            for number, start, end in self._automaton.find_matches_as_indexes(form.text.lower(), overlapping=True):
                pattern = self._patterns[number]
                if (form.glued and not form.begins(start)) or (pattern.capitals and not form.holds(pattern, start)):
                    continue
                hits.append((pattern.said, form, start, end))
                if pattern.away:
                    away.append((pattern.away, form.words(start, end)))
        touched = set[str]().union(*(names for names, _ in away))
        found: dict[str, str] = {}
        for said, form, start, end in reversed(hits):
            found.update(said if touched.isdisjoint(said) else _left(said, form.words(start, end), away))
        return found


@dataclass(frozen=True, slots=True)
class _Form:
    """A text made ready: one space between words and around all.

    glued  the places where a hyphen was taken out to make one word of two; none when they became spaces
    """

    text: str
    glued: Sequence[int] = ()

    def holds(self, pattern: _Pattern, start: int) -> bool:
        """Whether a pattern that was found here stands here in its capitals."""
        return all(self.text.startswith(word, start + at) for at, word in pattern.capitals)

    def begins(self, start: int) -> bool:
        """Whether a word begins here, or what was one: in `Derk-onderzoek` no word holds `konder`."""
        return self.text[start] == " " or start in self.glued

    def words(self, start: int, end: int) -> Span:
        """From where to where the whole words go that a pattern touches, as places in the form with spaces."""
        first = self.text.rfind(" ", 0, start + 1) + 1
        last = self.text.find(" ", end - 1) - 1
        return first + bisect_right(self.glued, first), last + bisect_right(self.glued, last)


def _forms(text: str) -> Iterator[_Form]:
    """The text with its hyphens as spaces; and when it has any, without them."""
    ready = _ready(text)
    yield _Form(ready.replace(_GLUE, " "))
    if _GLUE in ready:
        places = (at for at, letter in enumerate(ready) if letter == _GLUE)
        yield _Form(ready.replace(_GLUE, ""), [at - before for before, at in enumerate(places)])


def _ready(text: str) -> str:
    """Only words, without accents, one space between them and around all; glue where a hyphen is within a word."""
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKD", text))
    if "-" in text or not text.isascii():
        text = _HYPHEN.sub(_GLUE, text)
    plain = text.translate(_ASCII) if text.isascii() else _BETWEEN.sub(" ", text)
    return f" {' '.join(plain.split())} "


def _written(said: str) -> Iterator[str]:
    """The patterns of a search word: open at a `*`, with a space at the other ends."""
    ready = _ready(said.replace("*", " "))
    if ready.strip():
        for one in dict.fromkeys(ready.replace(_GLUE, glue) for glue in (" ", "")):
            yield one[said.startswith("*") : len(one) - said.endswith("*")]


def _long_words(written: str) -> Iterator[tuple[int, str]]:
    """The words of two letters or more in a pattern, each with its place."""
    for match in re.finditer(r"[^ ]+", written):
        if sum(letter.isalpha() for letter in match[0]) > 1:
            yield match.start(), match[0]


def _left(said: Mapping[str, str], span: Span, away: Iterable[tuple[set[str], Span]]) -> dict[str, str]:
    """What is left of a hit when that is taken away which lies around it."""
    gone = [names for names, (first, last) in away if first <= span[0] and span[1] <= last]
    return {name: word for name, word in said.items() if not any(name in names for names in gone)}
