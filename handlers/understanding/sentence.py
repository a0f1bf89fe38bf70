"""A contact sentence, read: what happened, when, with whom, about what, and what comes next."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from handlers.understanding.bills import bills
from handlers.understanding.bodies import is_office, municipalities, present
from handlers.understanding.dutch import ACADEMIC, FILLER, HONORIFIC, TITLES
from handlers.understanding.follow_up import FollowUp, follow_up
from handlers.understanding.initiative import Initiative, initiative
from handlers.understanding.kinds import kind as what_happened
from handlers.understanding.moments import Asked, Moment, every
from handlers.understanding.people import Mention, once
from handlers.understanding.spoken import authors
from handlers.understanding.tokens import Token, clauses, masked, tokens
from handlers.understanding.topics import topics
from handlers.understanding.unknown import unknown_names
from handlers.understanding.vocabulary import Found
from handlers.understanding.words import Words

_TOGETHER = frozenset({"samen", "together"})  # before `met UNHCR`, which is understood
_LITTLE = FILLER | HONORIFIC | ACADEMIC | _TOGETHER | frozenset(TITLES)
_STARTS = frozenset(
    (
        "begonnen",
        "begin",
        "beginnend",
        "start",
        "startend",
        "aanvang",
        "om",
        "at",
        "van",
        "vanaf",
        "tussen",
        "started",
        "starting",
    )
)
_AT = re.compile(r"(?<!\w)@([\w.-]*\w)")
_COMMAND = re.compile(r"\s*/lobby(?:\s+log)?\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:ingepland|gepland|a\.s|aanstaande|komende|volgende|planned|scheduled|coming)\b", re.IGNORECASE
)
# A time after one of these is not that of the contact.
_OTHER_CLOCK = re.compile(
    r"\b(?:trein|bus|tram|vlucht|train|van|tot|voor|na|uiterlijk|vanaf|until|before|after|by|from|to)\s$", re.IGNORECASE
)
_NOT_YET = re.compile(r"\b(?:over)?morgen|\btomorrow\b|\bover |\bin \w+ (?:week|day)", re.IGNORECASE)
# Somebody says what will happen: the day in it is not that of the contact.
_PROMISE = re.compile(
    r"\b(?:beloof\w*|zal|zullen|gaat|gaan|komt|belt|mailt|stuurt|legt|will|promised)\b", re.IGNORECASE
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
    initiative: Initiative | None
    stance: Found | None
    follow_up: FollowUp | None
    leftover: str


def understand(text: str, words: Words, at: datetime) -> Understood:
    """Reads a contact sentence, with or without `/lobby log` before it. Never raises on any text.

    at  when it was typed: the local moment, aware
    """
    asked = Asked(at, False, words.recesses)
    command = _COMMAND.match(text)
    text = " " * command.end() + text[command.end() :] if command else text
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
    moment = _moment(rest, kinds, people, asked)
    bodies = _bodies(text, among, words)
    dossiers = topics(text, words.read_dossiers.find(text, among), (*bodies.organisations, *bodies.partners))
    numbers = bills(text)
    colleagues = tuple(_colleagues(rest, words))
    stance = words.read_stances.find(masked(text, promised))
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
        initiative=initiative(text),
        stance=stance,
        follow_up=step,
        leftover=_leftover(text, [span for span in (*taken, *_place(stance)) if span not in unclear]),
    )


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


def _moment(rest: str, kinds: Sequence[Found], people: Sequence[Mention], asked: Asked) -> Moment | None:
    """The day of the contact: in the clause that says what happened or with whom, or in one that is only a day."""
    parts = clauses(rest)
    named = [kind.start for kind in kinds] + [mention.start for mention in people]
    about = [any(start <= place < end for place in named) for start, end in parts]
    clock = None
    for (start, end), says in zip(parts, about, strict=True):
        part = rest[start:end]
        planned = bool(_PLANNED.search(part))
        for moment in every(part, replace(asked, ahead=planned)):
            if moment.limit or _is_period(moment) or (not planned and _is_to_come(moment, part)):
                continue
            if moment.dayless:
                if clock is None and not _OTHER_CLOCK.search(part, max(0, moment.start - 10), moment.start):
                    clock = _moved(moment, start, rest)
            elif says or not any(about) or _only(part, moment):
                return _timed(_moved(moment, start, rest), rest, end, asked)
    return clock


def _is_period(moment: Moment) -> bool:
    """A week or a month is not the day of a contact; a part of a day is."""
    return bool(moment.begins and moment.ends and moment.ends - moment.begins > timedelta(days=1))


def _is_to_come(moment: Moment, part: str) -> bool:
    """What somebody will do, or what lies ahead, is not what happened."""
    is_ahead = moment.day is not None and _NOT_YET.search(moment.text) is not None
    return is_ahead or _PROMISE.search(part) is not None


def _moved(moment: Moment, by: int, text: str) -> Moment:
    """The moment at its place in the whole text."""
    return replace(moment, start=moment.start + by, end=moment.end + by, text=text[moment.start + by : moment.end + by])


def _timed(moment: Moment, rest: str, end: int, asked: Asked) -> Moment:
    """The day with a time that follows it in the next clause: `gesprek maandag, 9.30`."""
    if moment.timed or moment.begins is None or rest[moment.end : end].strip():
        return moment
    after = next(iter(every(rest[end : end + 30], asked)), None)
    if after is None or not after.begins or not after.dayless:
        return moment
    if any(token.word not in _STARTS for token in tokens(rest[end : end + after.start])):
        return moment
    begins = datetime.combine(moment.begins.date(), after.begins.time())
    last = end + after.end
    return replace(moment, end=last, text=rest[moment.start : last], begins=begins, timed=True, ends=None)


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
