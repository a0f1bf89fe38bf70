"""What stands in a digest: sections of lines, each item once, in the language of who reads it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.digest import days, deadlines, wording
from handlers.digest.window import Window, is_vote
from handlers.parliament import card, news
from handlers.texts import say
from parliament.tweedekamer.bills import BILLS
from storage import items
from storage.changes import Change
from storage.database import Connection
from storage.digests import Digest
from storage.items import Item

PARTS = ("agenda", "nieuw", "deadlines", "stemmingen", "gewijzigd")
CANCELLED = ("Geannuleerd", "Verplaatst", "vervallen")
# What comes first where the moment is the same, or there is none.
_WEIGHT = {"plenair": 0, "stemmingen": 1, "commissie": 2, "inbreng": 3, "extern": 4, "procedurevergadering": 5}
_NEW_ORDER = (items.BILL, items.CONSULTATION, items.MOTION, items.COMMITMENT, items.MEETING)


@dataclass
class Contents:
    """Puts together the sections of one digest. `shown`: the items that stand in it already."""

    db: Connection
    digest: Digest
    window: Window
    language: str
    shown: set[int] = field(default_factory=set)

    def sections(self) -> list[tuple[str, list[str]]]:
        """(name, lines) of those that have any, in their order."""
        owed, due = deadlines.lines(self.db, self.digest, self.window.day, self.language)
        if self._wants("deadlines"):
            self.shown |= owed
        votes = self._votes() if self._wants("stemmingen") else []
        first: tuple[tuple[str, str, Callable[[], list[str]]], ...] = (
            ("agenda", "today", self._today),
            ("agenda", "week", self._week),
            ("nieuw", "new", self._new),
            ("deadlines", "deadlines", lambda: due),
            ("stemmingen", "votes", lambda: votes),
            ("gewijzigd", "changed", self._changed),
        )
        made = [(name, lines()) for part, name, lines in first if self._wants(part)]
        return [(name, lines) for name, lines in made if lines]

    def _wants(self, part: str) -> bool:
        return not self.digest.parts or part in self.digest.parts.split()

    def _ours(self, those: Sequence[Item]) -> Iterator[Item]:
        """Those that concern them, and do not stand there yet; now they do."""
        for one in self.window.ours(those, self.digest.audience):
            if one.id not in self.shown:
                self.shown.add(one.id)
                yield one

    def _meetings(self, first: date, last: date) -> Iterator[Item]:
        groups = self.digest.groups.split()
        those = [
            one
            for one in self.window.meetings
            if one.day
            and first <= one.day <= last
            and one.state not in CANCELLED
            and (not groups or one.facts.get("group") in (*groups, "eerste kamer"))
        ]
        yield from self._ours(sorted(those, key=_order))

    def _today(self) -> list[str]:
        day = self.window.day
        return [line for one in self._meetings(day, day) for line in self._on_the_day(one)]

    def _on_the_day(self, item: Item) -> list[str]:
        """The meeting; of votes each thing of theirs that is voted on."""
        cases = [self.window.cases[id] for id in item.facts.get("cases", ()) if id in self.window.cases]
        theirs = [] if not is_vote(item) else list(self._ours(cases))
        if not theirs:
            return [self._meeting(item, _clock(item))]
        theirs.sort(key=lambda one: (_NEW_ORDER.index(one.noun), one.number))
        return [self._line(one, _clock(item), item.kind, *wording.named(self.language, one)[:2]) for one in theirs]

    def _week(self) -> list[str]:
        """The rest of the week, on its first day."""
        day = self.window.day
        if not days.begins_week(self.digest, day):
            return []
        rest = [one for one in self._meetings(day, date.max) if one.day != day]
        return [self._meeting(one, card.when(self.language, one)) for one in rest]

    def _meeting(self, item: Item, when: str) -> str:
        closed = say(self.language, "agenda.closed") if item.facts.get("closed") else ""
        moved = self._moved(item)
        return self._line(item, when, item.kind, wording.subject(item), item.committee, closed, moved)

    def _moved(self, item: Item) -> str:
        """Where it was before, when it moved here since the last digest."""
        first = next((one for one in self.window.changed.get(item.id, ()) if one.what == "moved"), None)
        old = str(first.facts.get("old") or "") if first else ""
        return say(self.language, "digest.was", old=news.moment(self.language, old)) if old else ""

    def _new(self) -> list[str]:
        """Bills, consultations, motions and promises; and meetings that were planned for later this week."""
        voted = {one.number for one in self.window.votes() if one.id in self.shown}
        sunday = max((one.day for one in self.window.meetings if one.day), default=self.window.day)
        those = [
            one
            for one in self.window.new
            if one.noun in _NEW_ORDER and self._is_new(one, sunday) and one.facts.get("zaak") not in voted
        ]
        those.sort(key=lambda one: (_NEW_ORDER.index(one.noun), _order(one)))
        return [self._line(one, *wording.named(self.language, one)) for one in self._ours(those)]

    def _is_new(self, item: Item, sunday: date) -> bool:
        if item.noun != items.MEETING:
            return True
        ahead = item.day is not None and self.window.day < item.day <= sunday
        return ahead and item.state not in CANCELLED and item.facts.get("group") != "inbreng"

    def _votes(self) -> list[str]:
        those = sorted(self.window.votes(), key=lambda one: (one.facts.get("soort") not in BILLS, _order(one)))
        return [self._line(one, *wording.vote(self.language, one)) for one in self._ours(those)]

    def _changed(self) -> list[str]:
        found = []
        voted = {self.window.there[id].bill for id in self.shown if id in self.window.there} | self._decided()
        for id, those in self.window.changed.items():
            item = self.window.there[id]
            by_vote = item.noun == items.BILL and item.bill in voted and item.state.startswith(news.BY_VOTE)
            if by_vote and all(one.what == "stage" for one in those):
                continue
            for one in self._ours([item]):
                said = _change(self.language, one, those)
                found += [self._line(one, said)] if said else []
        return found

    def _decided(self) -> set[str]:
        """Bills of which the vote itself stands in it."""
        return {one.bill for one in self.window.votes() if one.id in self.shown and one.facts.get("soort") in BILLS}

    def _line(self, item: Item, *said: str) -> str:
        """The words with dots between them, and why it is there."""
        concern = self.window.why(item, self.digest.audience)
        why = wording.why(self.language, concern) if concern else ""
        return " · ".join(filter(None, said)) + (f" ({why})" if why else "")


def _order(item: Item) -> tuple[date, bool, datetime, int, int]:
    """By time, then by weight."""
    at = item.at or datetime.min.replace(tzinfo=ZoneInfo("UTC"))
    weight = _WEIGHT.get(str(item.facts.get("group", "")), len(_WEIGHT))
    return item.day or date.min, item.at is None, at, weight, item.id


def _clock(item: Item) -> str:
    return f"{item.at.astimezone(ZoneInfo(card.ZONE)):%H:%M}" if item.at else ""


def _change(language: str, item: Item, those: Sequence[Change]) -> str:
    """What became of it over all its changes: from the first one to how it stands now; "" when that is the same."""
    first = those[0]
    if any(one.what == "controversial" for one in those):
        return say(language, "digest.controversial", what=card.heading(item))
    if first.what == "outcome":
        return ""
    last = those[-1]
    facts = {**last.facts, "old": first.facts.get("old", last.facts.get("old", ""))}
    if item.noun == items.MEETING and item.state in CANCELLED:
        facts.pop("moved", None)
    elif facts.get("old") in (item.at.isoformat() if item.at else str(item.day or ""), item.state):
        return ""
    return news.said(language, item, facts)
