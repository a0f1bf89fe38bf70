"""What we promised to do next: `vrijdag terugbellen`, `@tom stuurt notitie voor 1 december`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from handlers.understanding.moments import Moment, every
from handlers.understanding.tokens import clauses, fold, masked

_AT = re.compile(r"@([\w.-]*\w)")
_WITH = re.compile(r"(?:\b(?:met|with|door|by|namens|en)|&)\s$", re.IGNORECASE)
# A step of its own, with or without a day.
_STEP = re.compile(
    r"\b(?:terugbellen|nabellen|terugmailen|namailen|nasturen|toesturen|opsturen|opvolgen|terugkoppelen|navragen|nagaan"
    r"|uitzoeken|herinneren|bel (?:\w+ ){0,2}terug|follow[ -]?up|call(?:ing)? back)\b",
    re.IGNORECASE,
)
# A step only when a day or a person stands with it.
_DATED_STEP = re.compile(
    r"\b(?:bellen|mailen|sturen|versturen|doorsturen|appen|checken|plannen|inplannen|afspreken|uitnodigen|aanleveren"
    r"|leveren|schrijven|delen|spreken|actie|send|call|email|remind|invite|share|submit)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(ik|wij|we) (?:stuur|sturen|bel|bellen|mail|mailen|lever|leveren|koppel|koppelen|check|checken|zoek|zoeken"
    r"|plan|plannen|regel|regelen|schrijf|schrijven|maak|maken|vraag|vragen|kom|komen)\b|\b(i)(?:'ll| will) \w+"
    r"|\b(?:stuur|bel|mail|lever|check|regel|schrijf|maak|vraag|sturen|bellen|mailen|leveren) (ik|wij|we)\b",
    re.IGNORECASE,
)
_ACTION = re.compile(r"\bactie:? (\w+)", re.IGNORECASE)
_NOTHING = re.compile(r"\b(?:niets|niks|geen|niet|nothing|no)\b", re.IGNORECASE)
# Somebody else's promise, or a wish.
_THEIRS = re.compile(
    r"\b(?:hij|zij|ze|haar|hem|men|u|he|she|they|wil|willen|zal|zullen|gaat|gaan|zou|zouden|belooft|beloofde"
    r"|minister|te|had|heeft|hebben|kon|konden|moest|did)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:gisteren|eergisteren|gisteravond|gistermiddag|yesterday|vanochtend|vanmorgen)\b", re.IGNORECASE
)
_HAPPENED = re.compile(
    r"\b(?:gesprek|overleg|gebeld|gesproken|gemaild|geappt|gehad|ontvangen|mail|brief|koffie|lunch|tel|sms|appje"
    r"|called|emailed|met with|spoke)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:over (?P<count>\d{1,2}|een|twee|drie|vier) (?P<unit>dagen|dag|weken|week)"
    r"|(?:begin )?(?P<next>volgende week|next week)|(?P<end>eind(?:e)? (?:van )?(?:de|deze) maand)|week van(?= ))",
    re.IGNORECASE,
)
_COUNT = {"een": 1, "twee": 2, "drie": 3, "vier": 4}
_EDGE = re.compile(
    r"^(?:[\s,;:.()–-]|(?:en|and|of|om|op|voor|uiterlijk|by|before|on|at|actie)\b)+|"
    r"(?:[\s,;:.()–-]|\b(?:en|om|op|voor|uiterlijk|by|before|on|at|actie:?))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Our next step.

    what  the words for it, without the day and the person
    day   None when no day was said, or when there is no such day (`impossible`)
    who   the name after @, the name of one of our members, `ik`, or None

    day_text and who_text are the words from which those were read, "" when they were not said
    """

    start: int
    end: int
    what: str
    day: date | None = None
    clock: time | None = None
    who: str | None = None
    impossible: bool = False
    weekday_fits: bool = True
    day_text: str = ""
    who_text: str = ""


def follow_up(
    text: str, today: date, members: Sequence[str] = (), hidden: Sequence[tuple[int, int]] = ()
) -> FollowUp | None:
    """The first step of ours in the text, with what the next clauses add to it.

    hidden  places of names, in which no day is read
    """
    plain = masked(text, hidden)
    found: FollowUp | None = None
    for start, end in clauses(plain):
        step = _step(text, plain, (start, end), today, members)
        if step is None:
            continue
        if found is None:
            found = step
        elif step.start - found.end <= 2 and (not found.who or not found.day):
            found = _together(text, found, step)
    return found


def _together(text: str, first: FollowUp, more: FollowUp) -> FollowUp:
    day = first if first.day or first.impossible else more
    return replace(
        first,
        end=more.end,
        what=", ".join(filter(None, (first.what, more.what))),
        day=day.day,
        clock=day.clock,
        who=first.who or more.who,
        impossible=day.impossible,
        weekday_fits=day.weekday_fits,
        day_text=day.day_text,
        who_text=first.who_text or more.who_text,
    )


def _step(text: str, plain: str, clause: tuple[int, int], today: date, members: Sequence[str]) -> FollowUp | None:
    start, end = clause
    part = plain[start:end]
    who, who_spans = _who(part, members)
    sign = _STEP.search(part) or _OURS.search(part)
    days = list(_days(part, today))
    if sign is None and (days or who):
        sign = _DATED_STEP.search(part)
    if sign is None and not (who and (days or part.lstrip().startswith("@"))):
        return None
    if _PAST.search(part) or (_NOTHING.search(part) and not who):
        return None
    if not who and _THEIRS.search(part):
        return None
    begin = _begin(part, sign.start() if sign else len(part), days, who_spans)
    days = [day for day in days if day.start >= begin]
    day = days[0] if days else Moment(0, 0, "", None)
    spans = [(day.start, day.end) for day in days[:1]] + who_spans
    what = _what(text[start:end], begin, spans)
    begin += len(part[begin:]) - len(part[begin:].lstrip())
    return FollowUp(
        start + begin,
        start + len(part.rstrip()),
        what,
        day.day,
        day.clock,
        who,
        impossible=day.impossible,
        weekday_fits=day.weekday_fits,
        day_text=day.text,
        who_text=" ".join(part[begins:ends] for begins, ends in who_spans),
    )


def _who(part: str, members: Sequence[str]) -> tuple[str | None, list[tuple[int, int]]]:
    """Who is to do it, and where that stands."""
    for at in _AT.finditer(part):
        if not _WITH.search(part, max(0, at.start() - 10), at.start()):
            return at[1], [(at.start(), at.end())]
    action = _ACTION.search(part)
    if action:
        called = next((name for name in members if fold(name).split()[:1] == [fold(action[1])]), None)
        if called or fold(action[1]) == "ik":
            return called or "ik", [(action.start(), action.end())]
    ours = _OURS.search(part)
    if ours and (ours[1] or ours[2] or ours[3]).lower() in {"ik", "i"}:
        return "ik", []
    return None, []


def _days(part: str, today: date) -> Iterator[Moment]:
    later = _LATER.search(part)
    day = _later(later, today) if later else None
    found = every(part, today, ahead=True)
    if later and day:
        yield Moment(later.start(), later.end(), later[0], day)
    elif later and found and found[0].start >= later.end() and found[0].day:
        week = found[0].day - timedelta(days=found[0].day.weekday())
        yield replace(found[0], start=later.start(), text=part[later.start() : found[0].end], day=week)
    yield from (moment for moment in found if not later or moment.start >= later.end())


def _later(later: re.Match[str], today: date) -> date | None:
    if later["count"]:
        count = int(_COUNT.get(later["count"].lower(), 0) or later["count"])
        return today + timedelta(days=count * (7 if later["unit"].lower().startswith("we") else 1))
    if later["next"]:
        return today + timedelta(days=7 - today.weekday())
    if later["end"]:
        return (today.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return None


def _begin(part: str, sign: int, days: Sequence[Moment], who: Sequence[tuple[int, int]]) -> int:
    """Where the step begins: at the start of the clause, or after what happened when both stand in one clause."""
    places = [sign, *(start for start, _ in who), *(day.start for day in days)]
    happened = [found for found in _HAPPENED.finditer(part) if found.end() <= sign]
    if not happened or happened[-1].start() >= max(places):
        return 0
    return min(place for place in places if place >= happened[-1].end())


def _what(part: str, begin: int, spans: Sequence[tuple[int, int]]) -> str:
    pieces, place = [], begin
    for start, end in sorted(spans):
        pieces.append(part[place : max(place, start)])
        place = max(place, end)
    pieces.append(part[place:])
    cleaned = (_EDGE.sub("", piece) for piece in pieces)
    return " ".join(" ".join(cleaned).split())
