"""Interest: whom an item of parliament concerns, and why, by what each channel and person follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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


def concerned(db: Connection, item: Item) -> dict[str, Concern]:
    """Audience -> why: each audience once, with all that it answers to."""
    everything = follows.everything(db)
    if not everything:
        return {}
    looked_for = reader(db, everything)
    text = f"{item.title} {item.words}"
    themes, searched = looked_for.themes.find(text), looked_for.searched.find(text)
    found: dict[str, Concern] = {}
    names = (item.bill, item.number, named(item))
    refused = {one.audience for one in everything if one.what == NOT and one.value in names}
    for follow in everything:
        if follow.what == NOT or follow.audience in refused:
            continue
        word = _hit(follow, item, themes, searched)
        if word is not None:
            before = found.get(follow.audience, Concern(follow))
            reason = (follow.what, follow.value, word)
            found[follow.audience] = Concern(before.follow, (*before.reasons, reason))
    return found


def concerning(db: Connection, whose: Follow, those: Sequence[Item]) -> list[Item]:
    """Those of these items that concern the audience of a follow."""
    own = follows.of(db, whose)
    wanted = [one for one in own if one.what != NOT]
    refused = {one.value for one in own if one.what == NOT}
    looked_for = reader(db, wanted)
    found = []
    for item in those:
        text = f"{item.title} {item.words}"
        themes, searched = looked_for.themes.find(text), looked_for.searched.find(text)
        hit = any(_hit(one, item, themes, searched) is not None for one in wanted)
        if hit and refused.isdisjoint((item.bill, item.number, named(item))):
            found.append(item)
    return found


def hits(db: Connection, follow: Follow, those: Sequence[Item]) -> list[Item]:
    """Those of these items that a follow would have hit."""
    looked_for = reader(db, [follow])
    found = []
    for item in those:
        text = f"{item.title} {item.words}"
        if _hit(follow, item, looked_for.themes.find(text), looked_for.searched.find(text)) is not None:
            found.append(item)
    return found


def _hit(follow: Follow, item: Item, themes: Mapping[str, str], searched: Mapping[str, str]) -> str | None:
    """The word by which it hits, "" where none is needed; None when it does not."""
    if follow.what in ("dossier", "zoek"):
        return (themes if follow.what == "dossier" else searched).get(follow.value)
    return "" if _FITS[follow.what](follow.value, item) else None


_FITS: Mapping[str, Callable[[str, Item], bool]] = {
    "wet": lambda value, item: value in (item.bill, item.number, *item.facts.get("bills", ())),
    "commissie": lambda value, item: bool(item.committee) and item.committee.casefold() == value.casefold(),
    "lid": lambda value, item: value in item.facts.get("people", ()),
    "toezeggingen": lambda value, item: item.noun == items.COMMITMENT,
    "consultaties": lambda value, item: item.noun == items.CONSULTATION,
    "consultatie": lambda value, item: value == named(item),
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
