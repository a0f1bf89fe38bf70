"""The words of a line in a digest: number, name, where it stands; short enough to be one line."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

from handlers import dates
from handlers.parliament import card
from handlers.texts import say
from parliament.tweedekamer.bills import BILLS
from storage import items
from storage.items import Item

LONGEST = 110  # characters of a title
# `Gewijzigde motie van de leden Podt en Piri c.s. ter vervanging van nr. 12 over nareis` -> as The Hague calls it
_OF_MEMBERS = re.compile(
    r"((?:nader )?gewijzigde? )?(motie|amendement) van (?:het lid|de leden) (.+?)( c\.s\.)?"
    r"(?: ter vervanging van .+?)? (over .+)",
    re.IGNORECASE,
)


def short(title: str) -> str:
    """`motie-Podt/Piri over nareis`; a long one is cut."""
    found = _OF_MEMBERS.fullmatch(title)
    if found:
        names = re.sub(r",\s+|\s+en\s+", "/", found[3])
        title = f"{(found[1] or '').lower()}{found[2].lower()}-{names}{found[4] or ''} {found[5]}"
    return card.shortened(title, LONGEST)


def subject(item: Item) -> str:
    """What a meeting is about; "" where that is no more than its kind."""
    return "" if item.title.casefold() == item.kind.casefold() else short(item.title)


def clock(item: Item) -> str:
    """`14:00`, in The Hague; "" where no hour is told."""
    return f"{item.at.astimezone(ZoneInfo(card.ZONE)):%H:%M}" if item.at else ""


@lru_cache(maxsize=1_000)
def why(language: str, reasons: tuple[tuple[str, str, str], ...]) -> str:
    """`thema asiel, opvang; commissie AM`"""
    said: dict[str, list[str]] = {}
    for what, value, _ in reasons:
        said.setdefault(what, []).append(value)
    names = (
        say(language, f"follow.is_{what}", value=", ".join(dict.fromkeys(values))) for what, values in said.items()
    )
    return "; ".join(names)


def named(language: str, item: Item) -> tuple[str, ...]:
    """Its number, its name, and where it stands."""
    if item.noun == items.MEETING:
        when = card.when(language, item)
        return say(language, "digest.planned"), when, item.kind, subject(item), item.committee
    if item.noun == items.CONSULTATION:
        return (card.line(language, item),)
    if item.noun == items.COMMITMENT:
        due = say(language, "commitment.due", day=dates.short(language, item.day)) if item.day else ""
        return item.kind, item.number, str(item.facts.get("function", "")), short(item.title), due
    if item.noun == items.MOTION:
        return item.number, short(item.title), item.state
    return item.number, short(str(item.facts.get("short") or item.title)), item.state


def vote(language: str, item: Item) -> tuple[str, ...]:
    """`36704`, `Wet iets`, `aangenomen, 93 voor en 57 tegen`, `voor: D66, VVD; tegen: PVV`"""
    number = item.bill if item.facts.get("soort") in BILLS and item.bill else item.number
    return number, short(item.title), card.stands(language, item), _split(language, item)


def _split(language: str, item: Item) -> str:
    """Who was for and who against, the largest first; a fractie that was divided is on both sides."""
    positions: Sequence[Mapping[str, object]] = item.facts.get("positions", ())
    sides = {
        choice: sorted(
            (-int(str(one.get("seats") or 0)), str(one.get("fractie"))) for one in positions if one["choice"] == choice
        )
        for choice in ("voor", "tegen")
    }
    names = {choice: [name for _, name in those] for choice, those in sides.items()}
    if "for_" in item.facts:  # of the Eerste Kamer, where nobody counts seats
        names = {"voor": list(item.facts["for_"]), "tegen": list(item.facts["against"])}
    said = (f"{say(language, f'digest.{choice}')}: {', '.join(those)}" for choice, those in names.items() if those)
    return "; ".join(said)
