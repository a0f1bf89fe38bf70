"""The closed lists of words that make up a moment, with one letter wrong forgiven; the lists are in words.toml."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz.distance import OSA

from handlers.understanding.moments import feasts
from handlers.understanding.tokens import fold

_ONES = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TENS = {20: "twintig", 30: "dertig", 40: "veertig", 50: "vijftig"}
_SHORTEST_TYPO = 6  # letters; shorter words have too many neighbours
# Kinds of words in which one wrong letter is forgiven.
_FORGIVEN = frozenset(
    (
        "weekday",
        "month",
        "month_english",
        "relative",
        "next",
        "coming",
        "past",
        "previous",
        "morgen",
        "begin",
        "of_today",
        "unit",
    )
)


class Word(NamedTuple):
    """What a word is in the grammar, and what it stands for."""

    kind: str
    value: int | str


@cache
def lexicon() -> dict[str, Word]:
    """Folded word -> what it is."""
    table = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    found: dict[str, Word] = {}
    for kind, values in table.items():
        for value, words in values.items():
            number = int(value) if value.lstrip("-").isdigit() else value
            found.update((word, Word(kind, number)) for word in words.split())
    for ten, tens in _TENS.items():
        found[f"{tens}ste"] = Word("ordinal", ten)
        for one, ones in enumerate(_ONES, 1):
            found[f"{ones}en{tens}"] = Word("number", ten + one)
            found[f"{ones}en{tens}ste"] = Word("ordinal", ten + one)
    return found


@cache
def feast_names() -> dict[tuple[str, ...], str]:
    """Folded words of a name -> the feast."""
    return {tuple(fold(name).split()): feast for feast, rule in feasts.table().items() for name in rule["names"]}


@cache
def feast_heads() -> dict[str, int]:
    """First word of a name of a feast -> the most words such a name has."""
    heads: dict[str, int] = {}
    for name in feast_names():
        heads[name[0]] = max(len(name), heads.get(name[0], 0))
    return heads


def near(word: str) -> Word | None:
    """What a misspelt word of six letters or more must be: one letter wrong, and only one word it can be."""
    if not _SHORTEST_TYPO - 1 <= len(word) <= 20 or not word.isalpha():
        return None
    close = {name for cut in _cuts(word) for name in _misspelt().get(cut, ()) if OSA.distance(name, word) == 1}
    meanings = {lexicon()[name] for name in close}
    return meanings.pop() if len(meanings) == 1 else None


@cache
def _misspelt() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for word, meant in lexicon().items():
        if meant.kind in _FORGIVEN and len(word) >= _SHORTEST_TYPO:
            for cut in _cuts(word):
                found.setdefault(cut, set()).add(word)
    return found


def _cuts(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one edit apart share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
