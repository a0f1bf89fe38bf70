"""Offices beside names: `minister Podt` is one person, `de minister en Podt` are two."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.understanding.dutch import ACADEMIC, HONORIFIC
from handlers.understanding.known import Mention
from handlers.understanding.names import Line
from handlers.understanding.offices import Body, Office, Offices
from handlers.understanding.unknown import name_at

_POLITE = "|".join(sorted((*ACADEMIC, *HONORIFIC)))
_TITLE_OF = re.compile(
    rf"(?: (?!(?:en|met|van|over|and|with) )[a-z]{{3,20}})?[ .]{{1,2}}(?:de (?=heer)|(?:{_POLITE})\.? )*|: ?",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?:,| -| –|\s?[(\[])\s?(?:de |het |the |is )?(?:nieuwe |huidige |oud[- ]|ex-|voormalige? )?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Beside:
    """The names right before and right after an office, and whether only a title can stand so."""

    title_of: Mention | None
    before: Mention | None
    after: Mention | None
    brackets: bool
    inside: Mention | None


def by_office(line: Line, names: Sequence[Mention], offices: Offices, body: Body) -> Iterator[Mention]:
    """Who is named by an office alone; an office of somebody named beside it, or before, is marked absent."""
    seen = {offices.function.get(one.ids[0], ""): one.start for one in reversed(names) if len(one.ids) == 1}
    for office in offices.find(line, body):
        start, end = line.tokens[office.first].start, line.tokens[office.last].end
        beside = _beside(line, names, start, end)
        again = not office.full and seen.get(office.kind, len(line.text)) < start
        if again or _is_of_a_name(office, beside):
            end = beside.inside.start if beside.inside else end
            yield Mention(start, end, line.text[start:end], (), office=True, absent=True)
            continue
        stranger = _stranger(line, office, body)
        if stranger is not None and not _is_known(names, stranger):
            if office.ids or office.full:
                yield stranger
            continue
        seen.setdefault(office.kind, start)
        certain = office.ids if not _after_a_stranger(line, office, beside, body) else ()
        yield Mention(start, end, line.text[start:end], tuple(sorted(certain)), office=True)


def _beside(line: Line, names: Sequence[Mention], start: int, end: int) -> _Beside:
    """`names` stand in the order of the text and do not overlap, so only the nearest can stand beside the office."""
    text = line.text
    place = bisect_left(names, start, key=lambda one: one.end)
    last = next((one for one in names[max(0, place - 1) : place + 1] if one.end <= start), None)
    first = next((one for one in names[place : place + 3] if one.start >= end), None)
    before = last if last and _BESIDE.fullmatch(text, last.end, start) else None
    after = first if first and _BESIDE.fullmatch(text, end, first.start) else None
    title_of = first if first and _TITLE_OF.fullmatch(text, end, first.start) else None
    gap = text[before.end : start] if before else text[end : after.start] if after else ""
    inside = next((one for one in names[place : place + 3] if one.ids and start < one.start < end <= one.end), None)
    return _Beside(title_of, before, after, "(" in gap or "[" in gap, inside)


def _is_of_a_name(office: Office, beside: _Beside) -> bool:
    """Whether the office only says who somebody is who is named beside it."""
    if beside.title_of or (beside.inside and not office.ids):
        return True
    other = beside.before or beside.after
    if other is None:
        return False
    return not office.ids or beside.brackets or not set(office.ids).isdisjoint(other.ids)


def _stranger(line: Line, office: Office, body: Body) -> Mention | None:
    """The name of nobody we know right after an office: `minister van SZW Roodbol`."""
    place = office.last + 1
    while place < len(line.tokens) and line.tokens[place].word in ACADEMIC | HONORIFIC:
        place += 1
    if place >= len(line.tokens) or not line.near(place):
        return None
    gap = line.text[line.tokens[place - 1].end : line.tokens[place].start]
    length = name_at(line, place)
    if not length or gap not in {" ", ". "} or (gap == ". " and place == office.last + 1) or body(line, place):
        return None
    start, end = line.tokens[place].start, line.tokens[place + length - 1].end
    return Mention(start, end, line.text[start:end], ())


def _after_a_stranger(line: Line, office: Office, beside: _Beside, body: Body) -> bool:
    """`Roodbol, minister van SZW`: whoever that is, not the one whom we know in that office."""
    place = office.first - 1
    if beside.before or place < 0:
        return False
    if line.tokens[place].word in {"de", "het"}:
        place -= 1
    gap = line.text[line.tokens[place].end : line.tokens[office.first].start] if place >= 0 else ""
    return bool(_BESIDE.fullmatch(gap)) and name_at(line, place) > 0 and not body(line, place)


def _is_known(names: Sequence[Mention], stranger: Mention) -> bool:
    place = bisect_left(names, stranger.start + 1, key=lambda one: one.end)
    return place < len(names) and names[place].start < stranger.end
