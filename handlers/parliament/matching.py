"""Matching: which of many lists of search words a text of parliament holds, and by which word.

The words are written as in config/dossiers.toml: `asiel*` is any word that begins so, `*opvang` any that ends so,
several words stand beside each other, and `-kinderopvang` takes away: what lies within it does not count. Capitals,
accents and hyphens make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick

_GONE = dict.fromkeys(map(ord, "\u00ad\u200b"))  # soft hyphens and the like: they stand within words
_BETWEEN = re.compile(r"[^0-9a-z*]+")


def folded(text: str) -> str:
    """Lower case, no accents, and one space between words and around all."""
    plain = text.casefold().translate(_GONE)
    if not plain.isascii():
        plain = "".join(one for one in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(one))
    return f" {_BETWEEN.sub(' ', plain).strip()} "


class Matcher:
    """Many lists of words, looked for together. `subscriptions`: name -> its words."""

    def __init__(self, subscriptions: Mapping[str, Iterable[str]]) -> None:
        plain: dict[str, list[tuple[str, str]]] = {}  # pattern -> (subscription, the word as it was written)
        guarded: dict[str, list[tuple[str, str]]] = {}  # the same, of lists in which a word takes away
        for name, said in subscriptions.items():
            words = {pattern: word for word in said if (pattern := _pattern(word)).strip()}
            where = guarded if any(word.startswith("-") for word in words.values()) else plain
            for pattern, word in words.items():
                where.setdefault(pattern, []).append((name, word))
        patterns = list({**plain, **guarded})
        self._plain = [tuple(plain.get(one, ())) for one in patterns]
        self._guarded = [tuple(guarded.get(one, ())) for one in patterns]
        self._automaton = AhoCorasick(patterns) if patterns else None

    def find(self, text: str) -> dict[str, str]:
        """Subscription -> the first of its words that the text holds."""
        if self._automaton is None:
            return {}
        found: dict[str, str] = {}
        guarded: dict[str, list[tuple[int, int, str]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(folded(text), overlapping=True):
            for name, word in self._plain[index]:
                if name not in found:
                    found[name] = word
            for name, word in self._guarded[index]:
                guarded.setdefault(name, []).append((start, end, word))
        return found | {name: word for name, hits in guarded.items() if (word := _left(hits))}


def _left(hits: Iterable[tuple[int, int, str]]) -> str:
    """The first hit that does not lie within one that takes away; "" when there is none."""
    there = list(hits)
    gone = [(start, end) for start, end, word in there if word.startswith("-")]
    stay = (
        (start, word)
        for start, end, word in there
        if not word.startswith("-") and not any(first <= start + 1 and end - 1 <= last for first, last in gone)
    )
    return min(stay, default=(0, ""))[1]


def _pattern(word: str) -> str:
    """What is looked for in a folded text."""
    said = word.strip().removeprefix("-")
    plain = folded(said.replace("*", "")).strip()
    return ("" if said.startswith("*") else " ") + plain + ("" if said.endswith("*") else " ")
