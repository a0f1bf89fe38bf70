"""Interest: whom an item of parliament concerns, and why, by what each channel and person follows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from handlers.parliament.matching import Matcher
from handlers.parliament.themes import Themes
from storage import dossiers, follows, items, own_words, signs
from storage.database import Connection
from storage.follows import Follow
from storage.items import Item

NOT = "niet"  # a bill of which an audience wants to hear no more


@dataclass(frozen=True, slots=True)
class Concern:
    """Why an item concerns an audience: the follows that it answers to, each with the word that hit ("" for none)."""

    follow: Follow
    reasons: tuple[tuple[str, str, str], ...] = field(default=())  # (what, value, word)


@dataclass(frozen=True, slots=True)
class Reader:
    """What is looked for in titles: the dossiers, and the search words that somebody follows."""

    themes: Themes
    searched: Matcher


class Interests:
    """What everybody follows, by what it is: an item is held against what it could hit, and nothing else."""

    def __init__(self, everything: Sequence[Follow], looked_for: Reader) -> None:
        self._reader = looked_for
        self._by: dict[tuple[str, str], list[tuple[Follow, str]]] = {}
        for one in everything:
            value = one.value.casefold() if one.what == "commissie" else one.value
            self._by.setdefault((one.what, value), []).append((one, one.audience))

    def concerned(self, item: Item, steps: Collection[str] = ()) -> dict[str, Concern]:
        """Audience -> why: each audience once, with all that it answers to. `steps`: those who want one of them."""
        refused = {audience for name in _names(item) for _, audience in self._by.get((NOT, name), ())}
        found: dict[str, list[tuple[int, Follow, str]]] = {}
        for those, word in self._hits(item):
            for follow, audience in those:
                if audience not in refused and _wants(follow, steps):
                    found.setdefault(audience, []).append((follow.id, follow, word))
        return {audience: _concern(hits) for audience, hits in found.items()}

    def _hits(self, item: Item) -> Iterator[tuple[Sequence[tuple[Follow, str]], str]]:
        """(those who follow something, the word by which it hits, "" where none is needed)"""
        text = item.words if item.title in item.words else f"{item.title} {item.words}"
        for what, words in (("dossier", self._reader.themes.find(text)), ("zoek", self._reader.searched.find(text))):
            for value, word in words.items():
                yield self._by.get((what, value), ()), word
        for what, values in _VALUES.items():
            for value in dict.fromkeys(values(item)):
                yield self._by.get((what, value), ()), ""


def _concern(hits: list[tuple[int, Follow, str]]) -> Concern:
    """Of one audience, by what it followed first."""
    if len(hits) > 1:
        hits.sort(key=itemgetter(0))
    return Concern(hits[0][1], tuple((follow.what, follow.value, word) for _, follow, word in hits))


def interests(db: Connection) -> Interests | None:
    """What everybody follows now; None when nobody follows anything."""
    everything = follows.everything(db)
    return Interests(everything, reader(db, everything)) if everything else None


def concerned(db: Connection, item: Item, steps: Collection[str] = ()) -> dict[str, Concern]:
    """Audience -> why, for one item: as Interests.concerned."""
    found = interests(db)
    return found.concerned(item, steps) if found else {}


def _wants(follow: Follow, steps: Collection[str]) -> bool:
    return not (steps and follow.steps) or not set(follow.steps.split()).isdisjoint(steps)


def concerning(db: Connection, whose: Follow, those: Sequence[Item]) -> list[Item]:
    """Those of these items that concern the audience of a follow."""
    own = follows.of(db, whose)
    found = Interests(own, reader(db, own))
    return [item for item in those if found.concerned(item)]


def hits(db: Connection, follow: Follow, those: Sequence[Item]) -> list[Item]:
    """Those of these items that a follow would have hit."""
    alone = Interests([follow], reader(db, [follow]))
    return [item for item in those if alone.concerned(item)]


def _names(item: Item) -> tuple[str, ...]:
    return tuple(filter(None, (item.bill, item.number, named(item))))


# What is followed -> the values by which an item is followed so.
_VALUES: Mapping[str, Callable[[Item], Iterable[str]]] = {
    "wet": lambda item: filter(None, (item.bill, item.number, *item.facts.get("bills", ()))),
    "commissie": lambda item: filter(None, (item.committee.casefold(),)),
    "lid": lambda item: item.facts.get("people", ()),
    "toezeggingen": lambda item: ("",) if item.noun == items.COMMITMENT else (),
    "consultaties": lambda item: ("",) if item.noun == items.CONSULTATION else (),
    "consultatie": lambda item: filter(None, (named(item),)),
}


def named(item: Item) -> str:
    """By which a consultation is known among us: `K12`; "" for anything else."""
    return f"K{item.id}" if item.noun == items.CONSULTATION else ""


def reader(db: Connection, everything: Sequence[Follow] = ()) -> Reader:
    """What is looked for now: the dossiers, and the search words of these follows. Compiled once for each version."""
    searched = tuple(sorted({one.value for one in everything if one.what == "zoek"}))
    words = _Words(signs.words_version(db), own_words.everything(db, "title"), dossiers.everything(db))
    return _compiled(words, searched)


@dataclass(frozen=True)
class _Words:
    """The words as they stand; two of one version are the same, and read no second time."""

    version: str
    titles: Mapping[str, object] = field(compare=False)
    spoken: Mapping[str, object] = field(compare=False)


@lru_cache(maxsize=8)
def _compiled(words: _Words, searched: tuple[str, ...]) -> Reader:
    titles: Mapping[str, tuple[str, ...]] = dict(words.titles)  # type: ignore[arg-type]  # as they were read
    spoken: Mapping[str, tuple[str, ...]] = dict(words.spoken)  # type: ignore[arg-type]
    return Reader(Themes(titles, spoken), Matcher({one: (one,) for one in searched}))
