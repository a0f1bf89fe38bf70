"""Filtering: which of 200 lists of 30 search words 2,000 titles answer to, beside a loop over regular expressions."""

import re
import time
from collections.abc import Sequence
from random import Random

from handlers.parliament.matching import Matcher, folded

ITEMS, SUBSCRIPTIONS, WORDS, TIMES = 2_000, 200, 30, 5
COLUMNS = ("2,000 titles, 200 subscriptions of 30 words", "ms", "hits")
_STEMS = [
    "asiel", "vreemdeling", "opvang", "terugkeer", "statushouder", "inburger", "gezin", "nareis", "huisvesting", "zorg",
    "onderwijs", "arbeid", "taal", "grens", "detentie", "procedure", "verblijf", "migratie", "vluchteling", "gemeente",
]  # fmt: skip
_ENDS = ("", "s", "en", "ing", "wet", "beleid", "plan", "plicht", "recht", "regeling", "locatie", "zaken")


def rows() -> list[list[str]]:
    """Ours, and the loop; both find the same, or this fails."""
    chance = Random(1)  # noqa: S311  # no secret
    words = [f"{chance.choice(_STEMS)}{chance.choice(_ENDS)}{number or ''}" for number in range(40) for _ in range(50)]
    subscriptions = {f"s{number}": _list(words, chance) for number in range(SUBSCRIPTIONS)}
    titles = [_title(words, chance) for _ in range(ITEMS)]
    ours, found = _timed(lambda: _ours(subscriptions, titles))
    theirs, expected = _timed(lambda: _theirs(subscriptions, titles), 1)
    assert found == expected, "the two do not find the same"
    hits = f"{sum(map(len, found)):,}"
    return [["ours", f"{ours:.0f}", hits], ["beside it: a regular expression for each", f"{theirs:,.0f}", hits]]


def _list(words: Sequence[str], chance: Random) -> list[str]:
    return [one + ("*" if chance.random() < 0.5 else "") for one in chance.sample(words, WORDS)]


def _title(words: Sequence[str], chance: Random) -> str:
    said = " ".join(chance.choice(words) for _ in range(6))
    return f"Motie van het lid {chance.choice(words).title()} c.s. over {said} in het kader van de begroting"


def _timed(find: "object", times: int = TIMES) -> "tuple[float, list[frozenset[str]]]":
    best, found = float("inf"), []
    for _ in range(times):
        start = time.perf_counter()
        found = find()  # type: ignore[operator]  # a function without arguments
        best = min(best, (time.perf_counter() - start) * 1000)
    return best, found


def _ours(subscriptions: dict[str, list[str]], titles: Sequence[str]) -> "list[frozenset[str]]":
    matcher = _matcher(subscriptions)
    return [frozenset(matcher.find(title)) for title in titles]


_made: dict[int, Matcher] = {}


def _matcher(subscriptions: dict[str, list[str]]) -> Matcher:
    """Compiled once, as in the bot: what is followed changes rarely."""
    if id(subscriptions) not in _made:
        _made[id(subscriptions)] = Matcher(subscriptions)
    return _made[id(subscriptions)]


def _theirs(subscriptions: dict[str, list[str]], titles: Sequence[str]) -> "list[frozenset[str]]":
    patterns = {name: re.compile("|".join(map(_pattern, said))) for name, said in subscriptions.items()}
    plain = [folded(title) for title in titles]
    return [frozenset(name for name, pattern in patterns.items() if pattern.search(title)) for title in plain]


def _pattern(word: str) -> str:
    return rf"\b{re.escape(word.rstrip('*'))}" + ("" if word.endswith("*") else r"\b")
