"""A contact sentence, read: what happened, when, with whom, about what, and what comes next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from handlers.understanding.bills import bills
from handlers.understanding.bodies import is_office, municipalities, present
from handlers.understanding.contact_day import contact_day
from handlers.understanding.dutch import LITTLE
from handlers.understanding.follow_up import FollowUp, follow_up
from handlers.understanding.initiative import initiative
from handlers.understanding.kinds import kind as what_happened
from handlers.understanding.markup import as_seen
from handlers.understanding.moments import Asked, Moment
from handlers.understanding.people import Mention, once
from handlers.understanding.spoken import authors
from handlers.understanding.tokens import Token, masked, tokens
from handlers.understanding.topics import topics
from handlers.understanding.unknown import unknown_names
from handlers.understanding.vocabulary import Found
from handlers.understanding.words import Words

_AT = re.compile(r"(?<!\w)@([\w.-]*\w)")
_COMMAND = re.compile(r"\s*/lobby(?:\s+log)?\b", re.IGNORECASE)


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
    initiative  who asked for it, when that is said; .name is "us" or "them"
    stance      what somebody on the other side is said to think of it: .name is steunt, tegen, twijfelt or gemengd
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
    initiative: Found | None
    stance: Found | None
    follow_up: FollowUp | None
    leftover: str


def understand(text: str, words: Words, at: datetime) -> Understood:
    """Reads a sentence typed at this local moment (aware), with or without `/lobby log` before it. Never raises."""
    asked = Asked(at, False, words.recesses)
    text = _without_command(as_seen(text))
    named = words.directory.read(text)
    people = once(mention for mention in named if mention.ids and not mention.absent)
    offices = [mention for mention in named if mention.office and not mention.ids]
    spans = [(mention.start, mention.end) for mention in named if mention.ids or not mention.office]
    step = follow_up(text, asked, words.members, spans)
    promised = [(step.start, step.end)] if step else []
    rest = masked(text, [*spans, *promised])
    among = tokens(masked(text, [(m.start, m.end) for m in named if not (m.office or is_office(m.text))]))
    kinds = words.read_kinds.find(rest)
    kind = what_happened(rest, kinds, step.start if step else None)
    moment = contact_day(rest, [*kinds, *people], asked)
    bodies = _bodies(text, among, words)
    dossiers = topics(text, words.read_dossiers.find(text, among), (*bodies.organisations, *bodies.partners))
    numbers = bills(text)
    colleagues = tuple(_colleagues(rest, words))
    stance, asking = words.read_stances.find(masked(text, promised)), initiative(text)
    things = [*chain(*bodies), *dossiers, *numbers, *colleagues, kind, moment]
    taken = [*spans, *promised, *((thing.start, thing.end) for thing in things if thing)]
    unclear = {(mention.start, mention.end) for mention in named if mention.absent and not mention.office}
    return Understood(
        kind=kind,
        moment=moment,
        people=_spoken_to(people, step),
        unknown=_strangers(text, named, taken, words),
        offices=tuple(office for office in offices if not (office.absent or _within(office, step))),
        organisations=_each_once(bodies.organisations),
        partners=_each_once(present(text, bodies.partners)),
        fracties=_each_once(bodies.fracties),
        dossiers=_each_once(dossiers),
        bills=numbers,
        colleagues=colleagues,
        initiative=asking,
        stance=stance,
        follow_up=step,
        leftover=_leftover(text, [span for span in (*taken, *_place(stance), *_place(asking)) if span not in unclear]),
    )


def _without_command(text: str) -> str:
    """The text with blanks for `/lobby log`, so that every other word keeps its place."""
    command = _COMMAND.match(text)
    return " " * command.end() + text[command.end() :] if command else text


def _place(found: Found | None) -> tuple[tuple[int, int], ...]:
    return ((found.start, found.end),) if found else ()


class _Bodies(NamedTuple):
    """Organisations that are named, whether they were there or not."""

    partners: tuple[Found, ...]
    organisations: tuple[Found, ...]
    fracties: tuple[Found, ...]


def _bodies(text: str, among: Sequence[Token], words: Words) -> _Bodies:
    partners = words.read_partners.find(text, among)
    organisations = words.read_organisations.find(text, among)
    councils = municipalities(text, among, organisations)
    return _Bodies(partners, (*organisations, *councils), words.directory.fracties.find(text, among))


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


def _colleagues(rest: str, words: Words) -> Iterator[Found]:
    seen: set[str] = set()
    handles = [Found(at.start(), at.end(), at[0], at[1]) for at in _AT.finditer(rest)]
    plain = masked(rest, [(found.start, found.end) for found in handles])
    named = [found for found in words.read_members.find(plain) if found.text[0].isupper()]
    for found in sorted((*handles, *named), key=lambda one: one.start):
        if found.name.casefold() not in seen:
            seen.add(found.name.casefold())
            yield found


def _leftover(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """The stretches of text that were not understood, without the little words at their edges."""
    pieces, place = [], 0
    for start, end in (*sorted(taken), (len(text), len(text))):
        piece = text[place : max(place, start)]
        said = [token for token in tokens(piece) if token.word not in LITTLE]
        if said:
            pieces.append(piece[said[0].start : said[-1].end])
        place = max(place, end)
    return " … ".join(pieces)
