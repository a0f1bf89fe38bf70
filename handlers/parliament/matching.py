"""Matching: which of many lists of search words a text of parliament holds, and by which word.

The words are written as in config/dossiers.toml: `asiel*` is any word that begins so, `*opvang` any that ends so,
several words stand beside each other, and `-kinderopvang` takes away: what lies within it does not count. Capitals,
accents and hyphens make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

_GONE = dict.fromkeys(map(ord, "\u00ad\u200b"))  # soft hyphens and the like: they stand within words
_BETWEEN = re.compile(r"[^0-9a-z*]+")


@dataclass(frozen=True, slots=True)
class _Word:
    subscription: str
    said: str
    takes_away: bool


def folded(text: str) -> str:
    """Lower case, no accents, and one space between words and around all."""
    plain = text.casefold().translate(_GONE)
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
    return f" {_BETWEEN.sub(' ', plain).strip()} "


class Matcher:
    """Many lists of words, looked for together. `subscriptions`: name -> its words."""

    def __init__(self, subscriptions: Mapping[str, Iterable[str]]) -> None:
        words: dict[str, list[_Word]] = {}
        for name, said in subscriptions.items():
            for word in said:
                pattern = _pattern(word)
                if pattern.strip(" *"):
                    words.setdefault(pattern, []).append(_Word(name, word.lstrip("-"), word.startswith("-")))
        self._words = list(words.values())
        self._automaton = AhoCorasick(list(words)) if words else None

    def find(self, text: str) -> dict[str, str]:
        """Subscription -> the first of its words that the text holds."""
        if self._automaton is None:
            return {}
        found: dict[str, list[tuple[int, int, str]]] = {}
        away: dict[str, list[tuple[int, int]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(folded(text), overlapping=True):
            for word in self._words[index]:
                if word.takes_away:
                    away.setdefault(word.subscription, []).append((start, end))
                else:
                    found.setdefault(word.subscription, []).append((start, end, word.said))
        if not found:
            return {}
        return {name: said for name, hits in found.items() if (said := _left(hits, away.get(name, ())))}


def _left(hits: Iterable[tuple[int, int, str]], away: Iterable[tuple[int, int]]) -> str:
    """The first hit that does not lie within what is taken away; "" when there is none."""
    gone = list(away)
    stay = (
        (start, said)
        for start, end, said in hits
        if not any(first <= start + 1 and end - 1 <= last for first, last in gone)
    )
    return min(stay, default=(0, ""))[1]


def _pattern(word: str) -> str:
    """What is looked for in a folded text."""
    said = word.strip().removeprefix("-")
    plain = folded(said.replace("*", "")).strip()
    return ("" if said.startswith("*") else " ") + plain + ("" if said.endswith("*") else " ")
