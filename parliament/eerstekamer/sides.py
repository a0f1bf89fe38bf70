"""Who stood on one side of a vote in the Eerste Kamer: fracties, and members who differ from theirs."""

import re
from dataclasses import dataclass

_SPLIT = re.compile(r",\s*(?:en\s+)?|\s+en\s+|\s+alsmede\s+")
_EXCEPT = re.compile(r"\s*\bmet uitzondering van\b\s*")
_MEMBER = re.compile(r"^(?:het (?:\w+ )?lid|de (?:\w+ )?leden|de heer|mevrouw|de senator)\s+", re.IGNORECASE)
_OF = re.compile(r"^(?:de )?(?:aanwezige )?leden van de fracties? van\s+|^(?:die|de fracties?) van\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:de|het)\s+")
_NAME_OF = re.compile(r"^(.*\S)\s+\(([^()]+)\)$")  # Mei Li Vos (GroenLinks-PvdA)
_FRACTIE = re.compile(r"^(?:fractie|groep|lid|partij|forum|onafhankelijke)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"^(?:\S*[A-Z0-9]\S*[A-Z0-9]\S*|Volt)$")  # PvdD, 50PLUS, ChristenUnie: no surname is so


@dataclass(frozen=True, slots=True)
class Side:
    """One side.

    fracties  each once, in the order of the source; also the one whose members stood there alone
    members   those who are named themselves, as the source names them
    apart     (member, fractie) of those who stood on the other side than their fractie here
    """

    fracties: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def side(said: str) -> Side:
    """`de SP, het CDA en VVD met uitzondering van het lid Croll` -> the side. Nothing said is nobody."""
    fracties: list[str] = []
    members: list[str] = []
    apart: list[tuple[str, str]] = []
    named = excepted = False  # whether the names before it were those of members; of members who stood apart
    for part in filter(None, (each.strip(" .") for each in _SPLIT.split(_OF.sub("", said.strip())))):
        name, *exception = _EXCEPT.split(part)
        name = _OF.sub("", name)
        if _is_member(name, named):
            named = True
            if excepted:
                apart.append((_MEMBER.sub("", name), fracties[-1]))
            else:
                members.append(_MEMBER.sub("", name))
                fracties += [found[2]] if (found := _NAME_OF.match(name)) else []
            continue
        fracties.append(_ARTICLE.sub("", name))
        excepted = bool(exception)
        named = excepted
        apart += [(_MEMBER.sub("", one), fracties[-1]) for one in exception]
    return Side(tuple(dict.fromkeys(fracties)), tuple(members), tuple(apart))


def _is_member(name: str, after_members: bool) -> bool:
    """Of two words is a member, unless it says otherwise; after `de leden` come surnames, as long as they can be."""
    if _MEMBER.match(name) or _NAME_OF.match(name):
        return True
    bare = _ARTICLE.sub("", name)
    if _FRACTIE.match(bare):
        return False
    return not _ABBREVIATION.match(bare) if after_members else " " in bare


def both(for_: Side, against: Side) -> tuple[Side, Side]:
    """Who stood apart, put on the side where they stood, and their fractie on both."""
    return _joined(for_, against), _joined(against, for_)


def _joined(here: Side, there: Side) -> Side:
    fracties = dict.fromkeys([*here.fracties, *(fractie for _, fractie in there.apart)])
    return Side(tuple(fracties), (*here.members, *(name for name, _ in there.apart)))
