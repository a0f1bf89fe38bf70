"""What stands in a digest: sections of lines, each item once, in the language of who reads it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from handlers.digest import days, deadlines, wording
from handlers.digest.window import NEW, Of, Window, is_vote
from handlers.parliament import card, news
from handlers.texts import say
from storage import items
from storage.changes import Change
from storage.database import Connection
from storage.digests import Digest
from storage.items import Item

PARTS = ("agenda", "nieuw", "deadlines", "stemmingen", "gewijzigd")
CANCELLED = ("Geannuleerd", "Verplaatst", "vervallen")


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

    def _ours(self, name: Of) -> Sequence[Item]:
        return self.window.ours(name, self.digest.audience)

    def _once(self, those: Iterable[Item]) -> Iterator[Item]:
        """Those that do not stand there yet; now they do."""
        for one in those:
            if one.id not in self.shown:
                self.shown.add(one.id)
                yield one

    def _meetings(self, first: date, last: date) -> Iterator[Item]:
        groups = self.digest.groups.split()
        yield from self._once(
            one
            for one in self._ours("meetings")
            if one.day
            and first <= one.day <= last
            and one.state not in CANCELLED
            and (not groups or one.facts.get("group") in (*groups, "eerste kamer"))
        )

    def _today(self) -> list[str]:
        day = self.window.day
        return [line for one in self._meetings(day, day) for line in self._on_the_day(one)]

    def _on_the_day(self, item: Item) -> list[str]:
        """The meeting; of votes each thing of theirs that is voted on."""
        cases = [self.window.cases[id] for id in item.facts.get("cases", ()) if id in self.window.cases]
        ours = [one for one in cases if self.window.why(one, self.digest.audience)] if is_vote(item) else []
        those = sorted(self._once(ours), key=lambda one: (NEW.index(one.noun), one.number))
        if not those:
            return [self._line(item, "today", partial(self._meeting, wording.clock))]
        return [self._line(one, "today", partial(self._voted_on, item)) for one in those]

    def _voted_on(self, meeting: Item, case: Item) -> Iterable[str]:
        return wording.clock(meeting), meeting.kind, *wording.named(self.language, case)[:2]

    def _week(self) -> list[str]:
        """The rest of the week, on its first day."""
        if not days.begins_week(self.digest, self.window.day):
            return []
        rest = self._meetings(self.window.day + timedelta(days=1), date.max)
        return [self._line(one, "week", partial(self._meeting, partial(card.when, self.language))) for one in rest]

    def _meeting(self, when: Callable[[Item], str], item: Item) -> Iterable[str]:
        closed = say(self.language, "agenda.closed") if item.facts.get("closed") else ""
        return when(item), item.kind, wording.subject(item), item.committee, closed, self._moved(item)

    def _moved(self, item: Item) -> str:
        """Where it was before, when it moved here since the last digest."""
        first = next((one for one in self.window.changed.get(item.id, ()) if one.what == "moved"), None)
        old = str(first.facts.get("old") or "") if first else ""
        return say(self.language, "digest.was", old=news.moment(self.language, old)) if old else ""

    def _new(self) -> list[str]:
        """Bills, consultations, motions and promises; and meetings that were planned for later this week."""
        voted = {one.number for one in self._ours("votes") if one.id in self.shown}
        those = (one for one in self._ours("new") if self._is_new(one) and one.facts.get("zaak") not in voted)
        return [self._line(one, "new", partial(wording.named, self.language)) for one in self._once(those)]

    def _is_new(self, item: Item) -> bool:
        if item.noun != items.MEETING:
            return True
        day, sunday = self.window.day, self.window.day + timedelta(days=6 - self.window.day.weekday())
        ahead = item.day is not None and day < item.day <= sunday
        return ahead and item.state not in CANCELLED and item.facts.get("group") != "inbreng"

    def _votes(self) -> list[str]:
        return [
            self._line(one, "vote", partial(wording.vote, self.language)) for one in self._once(self._ours("votes"))
        ]

    def _changed(self) -> list[str]:
        those = [one for one in self._ours("changed") if not self._told_by_its_vote(one) and self._change(one)[0]]
        return [self._line(one, "changed", self._change) for one in self._once(those)]

    def _told_by_its_vote(self, item: Item) -> bool:
        """Whether it is a bill of which nothing changed but its stage, by a vote that stands here too."""
        if item.noun != items.BILL or not item.state.startswith(news.BY_VOTE):
            return False
        decided = {one.bill for one in self._ours("votes") if news.is_of_bill(one) and one.id in self.shown}
        return item.bill in decided and all(one.what == "stage" for one in self.window.changed[item.id])

    def _change(self, item: Item) -> tuple[str]:
        return (_change(self.language, item, self.window.changed[item.id]),)

    def _line(self, item: Item, how: str, words: Callable[[Item], Iterable[str]]) -> str:
        """The words of it with dots between them, and why it is there."""
        concern = self.window.why(item, self.digest.audience)
        why = wording.why(self.language, concern.reasons) if concern else ""
        said = self.window.said(item, how, self.language, words)
        return f"{said} ({why})" if why else said


def _change(language: str, item: Item, those: Sequence[Change]) -> str:
    """What became of it over all its changes: from the first one to how it stands now; "" when that is the same."""
    first, last = those[0], those[-1]
    if any(one.what == "controversial" for one in those):
        return say(language, "digest.controversial", what=card.heading(item))
    if first.what == "outcome":
        return ""
    facts = {**last.facts, "old": first.facts.get("old", last.facts.get("old", ""))}
    if item.noun == items.MEETING and item.state in CANCELLED:
        facts.pop("moved", None)
    elif facts.get("old") in (item.at.isoformat() if item.at else str(item.day or ""), item.state):
        return ""
    return news.said(language, item, facts)
