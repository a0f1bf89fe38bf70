"""What we promised to do next: `vrijdag terugbellen`, `@tom stuurt notitie voor 1 december`."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from handlers.understanding.moments import Asked, Moment, every
from handlers.understanding.tokens import Token, clauses, fold, masked, tokens

_LISTS = tomllib.loads(Path(__file__).with_name("steps.toml").read_text(encoding="utf-8"))


def _list(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


_ALWAYS, _DATED = _list("always"), _list("dated")
_ALWAYS_PHRASES, _DATED_PHRASES = tuple(_LISTS["always_phrases"]), tuple(_LISTS["dated_phrases"])
_VERBS = [line.split() for line in _LISTS["verbs"]]
_PLURAL, _FIRST, _THIRD = (frozenset(verb[form] for verb in _VERBS) for form in range(3))
_AUXILIARIES, _NOUNS = _list("auxiliaries"), _list("nouns")
_FIRST_PERSON, _MINE, _ACTION, _NOT_THE_DOER = (
    _list(name) for name in ("first_person", "mine", "action", "not_the_doer")
)
_THEIRS, _NOTHING, _PAST, _HAPPENED, _TOLD, _DUE = (
    _list(name) for name in ("theirs", "nothing", "past", "happened", "told", "due")
)
_ASIDE = re.compile(rf"\b(?:{'|'.join(sorted(_LISTS['asides'].split()))})\b", re.IGNORECASE)
_DID, _PLEDGED, _HAVE = (_list(name) for name in ("did", "pledged", "have"))
_MYSELF, _REMIND = _list("myself"), _list("remind")
_AT = re.compile(r"(?<![\w.-])@([\w.-]*\w)")
_PARTICIPLE = re.compile(r"(?:ge|be|ver|toe|door|op|uit|na|terug|aan)*ge\w{2,}(?:d|t|en)")
_EDGE_WORDS = "|".join(sorted(_LISTS["edges"].split(), key=len, reverse=True))
_EDGE = re.compile(
    rf"^(?:[\s,;:.()–-]|(?:{_EDGE_WORDS})\b)+|(?:[\s,;:.()–-]|\b(?:{_EDGE_WORDS}):?)+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Our next step.

    what    the words for it, without the day and the person
    who     the name after @, the name of one of our members, `ik`, or None
    moment  when, if that was said; it stands at its place in the text
    named   the words for who does it, as they were typed; "" when nobody was named
    """

    start: int
    end: int
    what: str
    who: str | None = None
    moment: Moment | None = None
    named: str = ""

    @property
    def day(self) -> date | None:
        """The day by which; None when none was said, or when there is no such day."""
        return self.moment.day if self.moment else None

    @property
    def clock(self) -> time | None:
        """The time, when one was said."""
        return self.moment.clock if self.moment else None


class _Doer(NamedTuple):
    """Who does it, and the place of the name in the clause; `ours` without a name is all of us."""

    name: str | None
    place: tuple[int, int] | None
    ours: bool


class _Clause:
    """One clause of the text, with what can be seen in it of a step."""

    def __init__(self, text: str, start: int, asked: Asked, members: Sequence[str]) -> None:
        self.text, self.start = text, start
        self.words = tokens(text)
        self.moments = [moment for moment in every(text, asked) if moment.limit != "since"]
        self._members = members

    @cached_property
    def said(self) -> frozenset[str]:
        """Every word of it, folded."""
        return frozenset(token.word for token in self.words)

    @cached_property
    def doer(self) -> _Doer:
        """@naam, a colleague beside a verb or after `actie`, or we ourselves."""
        for at in _AT.finditer(self.text):
            if self._before(at.start()) not in {"met", "with", "door", "by", "namens", "en"}:
                return _Doer(at[1], at.span(), True)
        return self._colleague() or self._ourselves() or _Doer(None, None, False)

    @cached_property
    def sign(self) -> int | None:
        """Where the word stands that makes it a step of ours; None when nothing does."""
        firm = self._place_of(_ALWAYS)
        if firm is None:
            firm = self._place_of_phrase(_ALWAYS_PHRASES)
        if firm is None and self.doer.ours and self.doer.place is None:
            firm = self._own_verb()
        if firm is None and (self.moments or self.doer.name):
            firm = self._place_of(_DATED)
            firm = self._place_of_phrase(_DATED_PHRASES) if firm is None else firm
            firm = self._asked_of_oneself() if firm is None else firm
        return firm

    @cached_property
    def _is_told(self) -> bool:
        """A participle says that it happened already: `vrijdag gebeld`."""
        return not _TOLD.isdisjoint(self.said) or any(_PARTICIPLE.fullmatch(word) for word in self.said)

    def _place_of(self, words: frozenset[str]) -> int | None:
        return next((token.start for token in self.words if token.word in words), None)

    def _place_of_phrase(self, phrases: Sequence[str]) -> int | None:
        low = self.text.lower()
        return next((low.index(phrase) for phrase in phrases if phrase in low), None)

    def _before(self, place: int) -> str:
        """The folded word that ends before this place, with only a space or a bracket between."""
        return next((token.word for token in reversed(self.words) if token.end <= place and place - token.end <= 2), "")

    def _colleague(self) -> _Doer | None:
        """A member of ours who does it: `Bas belt`, `die maakt Bas`, `actie Fatima`, `terugbellen (Bas)`."""
        firsts = {fold(name).split()[0]: name for name in reversed(self._members) if name.strip()}
        for index, token in enumerate(self.words):
            if token.word not in firsts or not token.capital:
                continue
            around = self._around(index)
            acts = any(word in _THIRD or word in _AUXILIARIES for word in around)
            named = self._before(token.start) in _ACTION
            beside = not _ALWAYS.isdisjoint(self.said) or (self.moments and not _DATED.isdisjoint(self.said))
            if acts or named or (beside and self._before(token.start) not in _NOT_THE_DOER):
                start = self.words[index - 1].start if named else token.start
                return _Doer(firsts[token.word], (start, token.end), True)
        return None

    def _around(self, index: int) -> list[str]:
        near = self.words[max(0, index - 1) : index] + self.words[index + 1 : index + 2]
        return [token.word for token in near]

    def _ourselves(self) -> _Doer | None:
        for index, token in enumerate(self.words):
            if token.word not in _FIRST_PERSON | _MYSELF:
                continue
            near = self._around(index)
            if token.word in _MYSELF:
                if not _REMIND.isdisjoint(near):
                    return _Doer("ik", None, True)
                continue
            pledged = not _HAVE.isdisjoint(near) and not _PLEDGED.isdisjoint(self.said)
            if pledged or any(word in _FIRST or word in _PLURAL or word in _AUXILIARIES for word in near):
                return _Doer("ik" if token.word in _MINE else None, None, True)
        return None

    def _own_verb(self) -> int | None:
        """Where `ik stuur`, `sturen wij` or `I will send` begins."""
        return next((token.start for token in self.words if token.word in _FIRST_PERSON), None)

    def _asked_of_oneself(self) -> int | None:
        """`bel vrijdag terug`, `stuur morgen de stukken`: a verb at the head, with a day; or a colleague's verb."""
        if self.doer.name and self.doer.place:
            return next((token.start for token in self.words if token.word in _THIRD | _FIRST), None)
        head = next((token for token in self.words if token.word not in {"en", "dan", "nog", "daarna"}), None)
        is_verb = head is not None and head.word in (_FIRST if self.start else _FIRST - _NOUNS)
        return head.start if head and is_verb and self.moments and not self._is_told else None

    @property
    def _said_of_the_step(self) -> frozenset[str]:
        """The words without the bijzin after the sign: `nabellen | of ze er iets mee doet`."""
        aside = _ASIDE.search(self.text, self.sign) if self.sign is not None else None
        return frozenset(token.word for token in self.words if aside is None or token.start < aside.start())

    @property
    def is_step(self) -> bool:
        """Whether it is something that we are to do."""
        name = self.doer.name
        if self.sign is None and not self.moments and not _DID.isdisjoint(self.said):
            return False
        if self.sign is None and not (name and (self._is_dated or self.text.lstrip(" (").startswith("@"))):
            return False
        said = self._said_of_the_step
        if not _PAST.isdisjoint(said) or (not _NOTHING.isdisjoint(said) and not name):
            return False
        return bool(self.doer.ours or _THEIRS.isdisjoint(said))

    @property
    def _is_dated(self) -> bool:
        """Whether a moment is that of the step; in a clause of what happened only one beside its doer is."""
        place = self.doer.place
        if place is None or not any(token.word in _HAPPENED and token.end <= place[0] for token in self.words):
            return bool(self.moments)
        gaps = [(min(place[1], one.end), max(place[0], one.start)) for one in self.moments]
        return any(not any(start <= token.start < end for token in self.words) for start, end in gaps)

    @property
    def only_says_when(self) -> bool:
        """`klaar op 27 november`, after a step."""
        if not self.moments:
            return False
        moment = self.moments[0]
        rest = tokens(self.text[: moment.start] + self.text[moment.end :])
        return all(token.word in _DUE for token in rest)


def follow_up(
    text: str, asked: Asked, members: Sequence[str] = (), hidden: Sequence[tuple[int, int]] = ()
) -> FollowUp | None:
    """The first step of ours in the text, with what the next clauses add to it.

    hidden  places of names, in which no day is read
    """
    plain = masked(text, hidden)
    ahead = replace(asked, ahead=True)
    found: FollowUp | None = None
    for start, end in clauses(plain):
        clause = _Clause(plain[start:end], start, ahead, members)
        is_next = found is not None and start - found.end <= 2
        if clause.is_step:
            step = _step(text, clause)
        elif is_next and clause.only_says_when:
            step = FollowUp(start, end, "", None, _placed(clause.moments[0], clause))
        else:
            continue
        if found is None:
            found = step
        elif is_next and (not found.who or not found.moment):
            found = _together(found, step)
    return found


def _together(first: FollowUp, more: FollowUp) -> FollowUp:
    what = ", ".join(filter(None, (first.what, more.what)))
    named = first.named or more.named
    moment = first.moment or more.moment
    return replace(first, end=more.end, what=what, who=first.who or more.who, moment=moment, named=named)


def _step(text: str, clause: _Clause) -> FollowUp:
    part, place = clause.text, clause.doer.place
    begin = _begin(clause)
    days = [moment for moment in clause.moments if moment.start >= begin]
    spans = [(day.start, day.end) for day in days[:1]] + ([place] if place else [])
    what = _what(text[clause.start : clause.start + len(part)], begin, spans)
    begin += len(part[begin:]) - len(part[begin:].lstrip())
    moment = _placed(days[0], clause) if days else None
    end, named = clause.start + len(part.rstrip()), part[place[0] : place[1]] if place else ""
    return FollowUp(clause.start + begin, end, what, clause.doer.name, moment, named)


def _placed(moment: Moment, clause: _Clause) -> Moment:
    """The moment at its place in the whole text."""
    return replace(moment, start=moment.start + clause.start, end=moment.end + clause.start)


def _begin(clause: _Clause) -> int:
    """Where the step begins: at the start of the clause, or after what happened when both stand in one clause."""
    sign = len(clause.text) if clause.sign is None else clause.sign
    places = [sign, *(moment.start for moment in clause.moments)]
    if clause.doer.place:
        places.append(clause.doer.place[0])
    happened: list[Token] = [token for token in clause.words if token.word in _HAPPENED and token.end <= sign]
    if not happened or happened[-1].start >= max(places):
        return 0
    return min(place for place in places if place >= happened[-1].end)


def _what(part: str, begin: int, spans: Sequence[tuple[int, int]]) -> str:
    pieces, place = [], begin
    for start, end in sorted(spans):
        pieces.append(part[place : max(place, start)])
        place = max(place, end)
    pieces.append(part[place:])
    cleaned = (_EDGE.sub("", piece) for piece in pieces)
    return " ".join(" ".join(cleaned).split())
