"""Filtering: 2,000 titles for 200 lists of 30 search words, on one core; beside it a loop with a regex for each."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from random import Random
from statistics import median
from typing import Literal

from bench.corpus import Zipf, vocabulary
from handlers.parliament.matching import Matcher

ITEMS, LISTS, WORDS = 2_000, 200, 30
LIMIT = 100.0  # milliseconds for all items
COLUMNS = ("2,000 titles, 200 lists of 30 words", "median ms", "worst ms", "limit", "made in ms", "hits")

Found = Sequence[Mapping[str, str]]  # list -> its word, for each text
Find = Callable[[str], Mapping[str, str]]


def rows(times: int = 9) -> list[list[str]]:
    """The table; ours is timed this many times. Fails when the two do not find the same."""
    texts, lists = titles(), subscriptions()
    start = time.perf_counter()
    matcher = Matcher(lists)
    made = (time.perf_counter() - start) * 1000
    ours = [_timed(matcher.find, texts) for _ in range(times)]
    theirs, beside = _timed(loop(lists), texts)
    hits = assert_same(texts, ours[0][0], theirs)
    took = sorted(ms for _, ms in ours)
    mark = "" if median(took) <= LIMIT else " (!)"
    figures = (f"{median(took):.0f}{mark}", f"{took[-1]:.0f}", f"{LIMIT:g}", f"{made:.0f}", f"{hits:,}")
    return [
        ["Lobby: one automaton", *figures],
        ["beside it: a regex for each list", f"{beside:,.0f}", "", "", "", f"{hits:,}"],
    ]


def assert_same(texts: Sequence[str], ours: Found, theirs: Found) -> int:
    """Both found the same lists in every text, and this many; or this says where they did not."""
    for text, one, other in zip(texts, ours, theirs, strict=True):
        assert one.keys() == other.keys(), f"{text!r}: {one} is not {other}"
    return sum(map(len, ours))


def titles(count: int = ITEMS) -> list[str]:
    """Titles of 12 to 30 words, a few of them in most titles and most in a handful, as in life; some with a hyphen."""
    chance = Random(7)  # noqa: S311  # no secret
    words = vocabulary()
    drawn = Zipf(chance, words)
    texts = ([words[place] for place in drawn.places(chance.randrange(12, 30))] for _ in range(count))
    return [" ".join(said).capitalize().replace(" de ", "-", 1) for said in texts]


def subscriptions(count: int = LISTS, size: int = WORDS) -> dict[str, list[str]]:
    """Lists of search words of every kind: most whole or open, some in two words, one in fifteen that takes away."""
    chance = Random(11)  # noqa: S311  # no secret
    words = [word for word in vocabulary() if len(word) > 4]
    forms = ("{}", "{}*", "{}*", "*{}", "{} {}", "*{}*")
    lists = {}
    for number in range(count):
        said = [chance.choice(forms).format(*chance.sample(words, 2)) for _ in range(size - 2)]
        lists[f"list {number}"] = [*said, *(f"-{word}" for word in chance.sample(words, 2))]
    return lists


def loop(lists: Mapping[str, Sequence[str]]) -> Find:
    """What one writes first: a regex for each list, tried on every text in turn, and one for what it takes away."""
    read = {name: (_regex(words, "wanted"), _regex(words, "away")) for name, words in lists.items()}

    def find(text: str) -> dict[str, str]:
        found = {}
        for name, (wanted, away) in read.items():
            hit = wanted.search(text)
            if hit and away.search(text):
                gone = [match.span(1) for match in away.finditer(text)]
                hits = (one for one in wanted.finditer(text) if not _within(one.span(1), gone))
                hit = next(hits, None)
            if hit:
                found[name] = hit[1]
        return found

    return find


def _regex(words: Sequence[str], which: Literal["wanted", "away"]) -> re.Pattern[str]:
    """Every place where one of these words stands, those that overlap too."""
    said = [word.removeprefix("-") for word in words if word.startswith("-") == (which == "away")]
    return re.compile(rf"\b(?=({'|'.join(map(_written, said))})\b)", re.IGNORECASE)


def _within(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(first <= span[0] and span[1] <= last for first, last in others)


def _written(word: str) -> str:
    said = r"\W+".join(map(re.escape, word.strip("*").split()))
    return r"\w*" * word.startswith("*") + said + r"\w*" * word.endswith("*")


def _timed(find: Find, texts: Sequence[str]) -> tuple[Found, float]:
    """What was found, and in how many milliseconds."""
    start = time.perf_counter()
    found = [find(text) for text in texts]
    return found, (time.perf_counter() - start) * 1000
