"""A contact sentence, read: what happened, when, with whom, about what, and what comes next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.understanding.bills import bills
from handlers.understanding.dutch import ACADEMIC, FILLER, HONORIFIC, TITLES
from handlers.understanding.follow_up import FollowUp, follow_up
from handlers.understanding.moments import Moment, every, read
from handlers.understanding.people import Mention, once
from handlers.understanding.spoken import authors
from handlers.understanding.tokens import clauses, masked, tokens
from handlers.understanding.unknown import unknown_names
from handlers.understanding.vocabulary import Found
from handlers.understanding.words import Words

_TOGETHER = frozenset({"samen", "together"})  # before `met UNHCR`, which is understood
_LITTLE = FILLER | HONORIFIC | ACADEMIC | _TOGETHER | frozenset(TITLES)
_CHANNELS = frozenset({"telefoon", "e-mail", "bericht", "brief"})
_AT = re.compile(r"(?<!\w)@([\w.-]*\w)")
_COMMAND = re.compile(r"\s*/lobby(?:\s+log)?\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:ingepland|gepland|a\.s|aanstaande|komende|volgende)\b", re.IGNORECASE)
# A day after one of these is a deadline or a boundary, not the day of the contact.
_BOUNDARY = re.compile(
    r"\b(?:voor|vóór|uiterlijk|vanaf|na|tot|tegen|sinds|per|by|before|after|until|since)\s$", re.IGNORECASE
)
_NOT_YET = frozenset(("morgen", "morgenochtend", "morgenmiddag", "morgenavond", "overmorgen", "tomorrow"))
# Somebody says what will happen: the day in it is not that of the contact.
_PROMISE = re.compile(
    r"\b(?:beloof\w*|zal|zullen|gaat|gaan|komt|belt|mailt|stuurt|legt|will|promised)\b", re.IGNORECASE
)
_OURS = re.compile(
    r"\bop (?:ons|onze) (?:verzoek|initiatief|uitnodiging)|\bat our (?:request|invitation)", re.IGNORECASE
)
_THEIRS = re.compile(
    r"\bop (?:hun|haar|zijn|diens) (?:verzoek|initiatief|uitnodiging)|\bop (?:verzoek|uitnodiging) van"
    r"|\bat (?:his|her|their) (?:request|invitation)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read in a sentence; empty or None is what was not said.

    kind        .name is the kind; the words it was read from are in .text
    people      those we know; more than one id in a mention: the text does not say which
    unknown     names of nobody we know
    offices     named by an office of which we do not know the holder: `de minister`
    colleagues  our own: .name is the member's name, or what stands after @
    bills       .name is the number: `36704-7`
    fracties    parties that are named, by abbreviation
    initiative  who asked for it, when that is said
    leftover    the words that were not understood
    """

    kind: Found | None
    moment: Moment | None
    people: tuple[Mention, ...]
    unknown: tuple[Mention, ...]
    offices: tuple[Mention, ...]
    organisations: tuple[Found, ...]
    partners: tuple[Found, ...]
    fracties: tuple[Found, ...]
    dossiers: tuple[Found, ...]
    bills: tuple[Found, ...]
    colleagues: tuple[Found, ...]
    initiative: Literal["us", "them"] | None
    follow_up: FollowUp | None
    leftover: str


def understand(text: str, words: Words, today: date) -> Understood:
    """Reads a contact sentence, with or without `/lobby log` before it. Never raises on any text."""
    command = _COMMAND.match(text)
    text = " " * command.end() + text[command.end() :] if command else text
    named = words.directory.read(text)
    people = once(mention for mention in named if mention.ids and not mention.absent)
    offices = [mention for mention in named if mention.office and not mention.ids]
    spans = [(mention.start, mention.end) for mention in named if mention.ids or not mention.office]
    step = follow_up(text, today, words.members, spans)
    promised = [(step.start, step.end)] if step else []
    rest = masked(text, [*spans, *promised])
    among = tokens(masked(text, spans))
    bodies = tokens(masked(text, [(mention.start, mention.end) for mention in named if not mention.office]))
    kinds = words.read_kinds.find(rest)
    kind = _kind(kinds)
    moment = _moment(rest, kinds, people, today)
    partners, organisations = (one.find(text, bodies) for one in (words.read_partners, words.read_organisations))
    fracties, dossiers = (one.find(text, among) for one in (words.directory.fracties, words.read_dossiers))
    numbers = bills(text)
    colleagues = tuple(_colleagues(rest, words))
    things = [*partners, *organisations, *fracties, *dossiers, *numbers, *colleagues, *([kind] if kind else [])]
    taken = [*spans, *promised, *((thing.start, thing.end) for thing in things)]
    if moment:
        taken.append((moment.start, moment.end))
    unclear = {(mention.start, mention.end) for mention in named if mention.absent and not mention.office}
    return Understood(
        kind=kind,
        moment=moment,
        people=_spoken_to(people, step),
        unknown=_strangers(text, named, taken, words),
        offices=tuple(office for office in offices if not (office.absent or _within(office, step))),
        organisations=_each_once(organisations),
        partners=_each_once(partners),
        fracties=_each_once(fracties),
        dossiers=_each_once(dossiers),
        bills=numbers,
        colleagues=colleagues,
        initiative=_initiative(text),
        follow_up=step,
        leftover=_leftover(text, [span for span in taken if span not in unclear]),
    )


def _strangers(
    text: str, named: Sequence[Mention], taken: Sequence[tuple[int, int]], words: Words
) -> tuple[Mention, ...]:
    """Names of nobody we know, in the order of the text."""
    found = [mention for mention in named if not (mention.ids or mention.office or mention.absent)]
    busy = [*taken, *((mention.start, mention.end) for mention in named if mention.office), *authors(text)]
    found += unknown_names(text, busy, words.directory.body)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _within(mention: Mention, step: FollowUp | None) -> bool:
    return step is not None and step.start <= mention.start and mention.end <= step.end


def _each_once(found: Sequence[Found]) -> tuple[Found, ...]:
    """Each name at its first place."""
    first: dict[str, Found] = {}
    for thing in found:
        first.setdefault(thing.name, thing)
    return tuple(first.values())


def _spoken_to(people: tuple[Mention, ...], step: FollowUp | None) -> tuple[Mention, ...]:
    """Who stands only in the follow-up was not spoken to yet, unless nobody else is named."""
    return tuple(mention for mention in people if not _within(mention, step)) or people


def _kind(kinds: Sequence[Found]) -> Found | None:
    """What happened: an event before a channel, a channel before a mere conversation; the first of them."""
    return min(kinds, key=lambda hit: (_rank(hit.name), hit.start), default=None)


def _rank(kind: str) -> int:
    if kind == "gesprek":
        return 2
    return 1 if kind in _CHANNELS else 0


def _moment(rest: str, kinds: Sequence[Found], people: Sequence[Mention], today: date) -> Moment | None:
    """The day of the contact: in the clause that says what happened or with whom, or in one that is only a day."""
    parts = clauses(rest)
    named = [kind.start for kind in kinds] + [mention.start for mention in people]
    about = [any(start <= place < end for place in named) for start, end in parts]
    for (start, end), says in zip(parts, about, strict=True):
        part = rest[start:end]
        planned = bool(_PLANNED.search(part))
        for moment in every(part, today, ahead=planned):
            if _BOUNDARY.search(part, max(0, moment.start - 10), moment.start):
                continue
            if not planned and (moment.text.lower() in _NOT_YET or _PROMISE.search(part)):
                continue
            if says or not any(about) or _only(part, moment):
                return _placed(moment, rest, start, end, today)
    clock = read(rest, today) if not any(every(rest, today, ahead=False)) else None
    return clock if clock and clock.clock else None


def _placed(moment: Moment, rest: str, start: int, end: int, today: date) -> Moment:
    """The moment at its place in the whole text, with a time that follows it in the next clause."""
    last = moment.end + start
    clock, clock_end = moment.clock, last
    if clock is None and not moment.impossible:
        after = read(rest[end : end + 30], today) if not rest[last:end].strip() else None
        if after and after.clock and after.start <= 12 and after.day == today:
            clock, clock_end = after.clock, end + after.end
    return Moment(
        moment.start + start,
        clock_end,
        rest[moment.start + start : clock_end],
        moment.day,
        clock,
        moment.impossible,
        moment.weekday_fits,
    )


def _only(part: str, moment: Moment) -> bool:
    """Whether a clause says a day and next to nothing else."""
    around = tokens(part[: moment.start] + part[moment.end :])
    return all(token.word in _LITTLE or token.text.startswith("_") for token in around)


def _colleagues(rest: str, words: Words) -> Iterator[Found]:
    seen: set[str] = set()
    handles = [Found(at.start(), at.end(), at[0], at[1]) for at in _AT.finditer(rest)]
    plain = masked(rest, [(found.start, found.end) for found in handles])
    named = [found for found in words.read_members.find(plain) if found.text[0].isupper()]
    for found in sorted((*handles, *named), key=lambda one: one.start):
        if found.name.casefold() not in seen:
            seen.add(found.name.casefold())
            yield found


def _initiative(text: str) -> Literal["us", "them"] | None:
    if _OURS.search(text):
        return "us"
    return "them" if _THEIRS.search(text) else None


def _leftover(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """The stretches of text that were not understood, without the little words at their edges."""
    pieces, place = [], 0
    for start, end in (*sorted(taken), (len(text), len(text))):
        piece = text[place : max(place, start)]
        said = [token for token in tokens(piece) if token.word not in _LITTLE]
        if said:
            pieces.append(piece[said[0].start : said[-1].end])
        place = max(place, end)
    return " … ".join(pieces)
