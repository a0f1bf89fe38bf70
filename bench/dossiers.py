"""`python -m bench.dossiers`: which of the real titles of parliament the dossiers of config/dossiers.toml find.

It prints the measured part of docs/dossiers.md, from ../shared/data (the votes) and titles.toml (what we read in them).
"""

import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.measure import table
from bot.people import config, spoken
from handlers.parliament.themes import BESIDE, Themes

VOTES = Path(__file__).parents[2] / "shared/data/parliament/votes"
GENERAL = "asiel"
EIGHT = ("asiel", "vluchteling", "statushouder", "vreemdeling", "nareis", "gezinshereniging", "migratiepact", "azc")
COLUMNS = ("", "ours", "found", "right", "missed", "recall", "precision")


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote of the Tweede Kamer; `labelled`: it is in the asylum subset of the data."""

    id: int
    title: str
    labelled: bool

    @property
    def apart(self) -> bool:
        """Whether it is of the third that is counted apart."""
        return self.id % 3 == 0


@dataclass(frozen=True, slots=True)
class Count:
    """How many were ours, how many were found, and how many of those found were ours."""

    ours: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        """Of those that are ours, the part that was found."""
        return self.right / self.ours if self.ours else 1.0

    @property
    def precision(self) -> float:
        """Of those that were found, the part that is ours."""
        return self.right / self.found if self.found else 1.0

    def row(self, name: str) -> list[str]:
        """As a line of the table."""
        missed = self.ours - self.right
        numbers = (str(number) for number in (self.ours, self.found, self.right, missed))
        return [name, *numbers, f"{self.recall:.2f}", f"{self.precision:.2f}"]


def count(ours: Collection[object], found: Collection[object]) -> Count:
    """Of two collections of the same things."""
    return Count(len(set(ours)), len(set(found)), len(set(ours) & set(found)))


@cache
def votes() -> Sequence[Vote]:
    """The 3,690 votes of the Tweede Kamer."""
    subset = {one["id"] for one in _moties("tweede-kamer.asiel-subset")}
    return [Vote(one["id"], one["title"], one["id"] in subset) for one in _moties("tweede-kamer")]


@cache
def senate() -> Sequence[str]:
    """The titles of the Eerste Kamer, each once."""
    return list(dict.fromkeys(one["title"] for one in _moties("eerste-kamer")))


def _moties(name: str) -> list[Mapping[str, Any]]:
    return json.loads((VOTES / f"{name}.json").read_text(encoding="utf-8"))["moties"]  # type: ignore[no-any-return]  # as it is written there


@cache
def read(chamber: str) -> Mapping[str, frozenset[str]]:
    """Title -> the dossiers it is about beside the general one, of the titles that are ours, as we read them."""
    ours = tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8"))[chamber]
    return {title: frozenset(dossiers.split()) for title, dossiers in ours.items()}


@cache
def themes() -> Themes:
    """What the program reads titles with."""
    return Themes(config("dossiers")["titles"], spoken())


@cache
def found(title: str) -> Mapping[str, str]:
    """The dossiers of a title, each with its word."""
    return themes().find(title)


def subset(some: Sequence[Vote]) -> Count:
    """How well the general dossier finds the asylum subset among these votes."""
    return _labelled(some, [one for one in some if GENERAL in found(one.title)])


def _labelled(some: Sequence[Vote], hits: Sequence[Vote]) -> Count:
    return count([one.id for one in some if one.labelled], [one.id for one in hits])


def any_dossier(chamber: str, titles: Sequence[str]) -> Count:
    """How well all dossiers together find what we read as ours."""
    return count([one for one in titles if one in read(chamber)], [one for one in titles if found(one)])


@dataclass(frozen=True, slots=True)
class Dossier:
    """How well one dossier is found in the titles of the Tweede Kamer, and where it is not."""

    name: str
    count: Count
    missed: Sequence[str]
    wrong: Sequence[str]


def dossiers() -> Iterator[Dossier]:
    """Each dossier but the general one, by name."""
    titles, ours = list(dict.fromkeys(one.title for one in votes())), read("tweede-kamer")
    for name in sorted({*config("dossiers")["titles"], *spoken()} - {BESIDE, GENERAL}):
        about = [title for title in titles if name in ours.get(title, ())]
        hits = [title for title in titles if name in found(title)]
        missed = [title for title in about if title not in hits]
        yield Dossier(name, count(about, hits), missed, [title for title in hits if title not in about])


def measured() -> str:
    """The measured part of docs/dossiers.md."""
    return "\n".join(piece for piece in (*_tables(), *_lists()) if piece).strip()


def _lists() -> Iterator[str]:
    titles = dict.fromkeys(one.title for one in votes())
    yield _titles("In the subset, and not found", (v.title for v in votes() if v.labelled and not found(v.title)))
    yield _titles(
        "Ours, and found by no dossier", (one for one in titles if one in read("tweede-kamer") and not found(one))
    )
    yield _titles("The same, Eerste Kamer", (one for one in read("eerste-kamer") if not found(one)))
    for one in dossiers():
        yield _titles(f"{one.name}: missed", one.missed)
        yield _titles(f"{one.name}: found, and not about it", one.wrong)
    yield _titles("Found, and not in the subset", (v.title for v in votes() if found(v.title) and not v.labelled))


def _tables() -> Iterator[str]:
    parts = [
        ("all", votes()),
        ("two thirds", [one for one in votes() if not one.apart]),
        ("the other third", [one for one in votes() if one.apart]),
    ]
    rows = [subset(some).row(f"asiel, {name}") for name, some in parts]
    stems = [one for one in votes() if any(stem in one.title.lower() for stem in EIGHT)]
    rows.append(_labelled(votes(), stems).row("eight stems, all"))
    rows.append(_labelled(votes(), [one for one in votes() if found(one.title)]).row("any dossier, all"))
    yield table("The asylum subset, 126 of 3,690 votes", COLUMNS, rows)
    rows = [
        any_dossier("tweede-kamer", [one.title for one in some]).row(f"Tweede Kamer, {name}") for name, some in parts
    ]
    rows.append(any_dossier("eerste-kamer", senate()).row("Eerste Kamer"))
    yield table("What we read as ours, any dossier", COLUMNS, rows)
    yield table("Per dossier, Tweede Kamer", COLUMNS, [one.count.row(one.name) for one in dossiers()])


def _titles(head: str, titles: Iterable[str]) -> str:
    """A list of titles under a head; nothing when there are none."""
    lines = [f"- {title}" for title in titles]
    return "\n".join((f"\n### {head}\n", *lines)) if lines else ""


if __name__ == "__main__":
    print(measured())
