"""Organisations in a sentence: the partners that took part, and municipalities behind a mayor or an alderman."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from handlers.understanding.tokens import Token, clauses
from handlers.understanding.vocabulary import Found, Vocabulary

_HERE = Path(__file__)
_LISTS = tomllib.loads(_HERE.with_suffix(".toml").read_text(encoding="utf-8"))
_PLACES = re.split(r"[|\n]", tomllib.loads(_HERE.with_name("municipalities.toml").read_text(encoding="utf-8"))["names"])


def _any(name: str) -> str:
    return r"(?:" + "|".join(map(re.escape, sorted(_LISTS[name], key=len, reverse=True))) + ")"


_MUNICIPALITY = "gemeente"
_WITHOUT = re.compile(rf"\b(?:{_any('without')}|{_any('topic')}):?\s+(?:de |het |the )?$", re.IGNORECASE)
_ABSENT = re.compile(
    rf"\s*(?:\([^()]*\))?(?:\s+\w[\w'’-]*){{0,3}}?\s+{_any('absent')}(?=$|\W)(?!\s+{_any('still')}\b)"
    rf"|\s+(?:niet|not)\s*\)?$|[- ]{_any('papers')}\b",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:en|and|&|,? ?noch)\s+(?:de |het )?", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:,|en|and|&|of|or)\s*(?:de |het )?", re.IGNORECASE)
_COUNCIL = re.compile(rf"\b(?:{_any('council')}|{_MUNICIPALITY})\s+(?:(?-i:van|of|in|te)\s+)?$", re.IGNORECASE)
_WORD_BEFORE = re.compile(rf"\b{_MUNICIPALITY} $", re.IGNORECASE)
_NEW = re.compile(
    r"\b[Gg]emeente\s+(?P<name>(?:(?:De|Den|Het|'s)[ -])?[A-Z][\w-]+"
    r"(?: (?:(?:op|aan|bij|van|de|den) ){1,2}[A-Z][\w-]+)*)"
)


def read_bodies(bodies: Mapping[str, Iterable[str]]) -> Vocabulary:
    """Finds organisations; those whose name is a plain word, such as Trouw, only with a capital."""
    return Vocabulary(bodies, capitals=_LISTS["capitals"])


def present(text: str, partners: Sequence[Found]) -> tuple[Found, ...]:
    """The partners without those that are said to be absent, or that were only spoken about."""
    away = {found.name for found in _away(text, partners)}
    return tuple(found for found in partners if found.name not in away)


def _away(text: str, partners: Sequence[Found]) -> Iterator[Found]:
    parts = clauses(text)
    before = False  # whether the one before is away by a word that goes on: `zonder UNHCR en Nidos`
    for index, found in enumerate(partners):
        start, end = next(part for part in parts if part[0] <= found.start <= part[1])
        link = text[partners[index - 1].end : found.start] if index else ""
        before = bool(_WITHOUT.search(text, max(start, found.start - 40), found.start)) or (
            before and bool(_LIST.fullmatch(link))
        )
        if before:
            yield found
        elif _ABSENT.match(text, found.end, end):
            yield found
            for last in range(index, 0, -1):
                if not _AND.fullmatch(text[partners[last - 1].end : partners[last].start]):
                    break
                yield partners[last - 1]


def is_office(mention: str) -> bool:
    """Whether somebody is named by an office that names an organisation: `de minister van Asiel en Migratie`."""
    return bool(_OFFICE.match(mention))


def municipalities(text: str, among: Sequence[Token], known: Sequence[Found]) -> tuple[Found, ...]:
    """Municipalities that are no organisation of ours yet: `burgemeester van Ede`, `gemeente Bergen op Zoom`."""
    if "emeente" not in text and not _COUNCILS.search(text):
        return ()
    named = [_named(text, place) for place in _READ_PLACES.find(text, among) if _is_council(text, place)]
    named += [Found(new.start(), new.end(), new[0], f"{_MUNICIPALITY} {new['name']}") for new in _NEW.finditer(text)]
    free: list[Found] = []
    for found in sorted(named, key=lambda one: (one.start, -one.end)):
        if not any(one.start < found.end and found.start < one.end for one in (*known, *free)):
            free.append(found)
    return tuple(free)


def _is_council(text: str, place: Found) -> bool:
    return bool(_COUNCIL.search(text, max(0, place.start - 40), place.start))


def _named(text: str, place: Found) -> Found:
    before = _WORD_BEFORE.search(text, max(0, place.start - 10), place.start)
    start = before.start() if before else place.start
    return Found(start, place.end, text[start : place.end], f"{_MUNICIPALITY} {place.name}")


_OFFICE = re.compile(rf"(?:de |het |the )?{_any('office')}\b.* (?:van|voor|of|for) ", re.IGNORECASE)
_COUNCILS = re.compile(_any("council"), re.IGNORECASE)
_READ_PLACES = Vocabulary({place: () for place in _PLACES if place}, capitals=[place.lower() for place in _PLACES])
