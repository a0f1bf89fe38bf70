"""What happened in a stretch of time and what lies ahead, read once for all who get a digest at that moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from handlers.parliament.interest import Concern, Interests, interests
from handlers.parliament.news import FRESH
from storage import changes, items
from storage.changes import Change
from storage.database import Connection
from storage.items import Item

NEW = (items.BILL, items.CONSULTATION, items.MOTION, items.COMMITMENT, items.MEETING, items.VOTE)
UNDECIDED = ("", "op de lijst")  # a vote that was not taken yet
GONE = ("vervallen", "ingetrokken")  # no longer published


@dataclass
class Window:
    """Everything of it, whomever it concerns.

    meetings  from `day` to the end of its week
    new       first seen in it, and young
    changed   item -> its changes in it, the first one first; of what was known before
    cases     bills, motions and amendments on which is voted that day, by the id of their case
    """

    day: date
    since: datetime
    until: datetime
    meetings: Sequence[Item]
    new: Sequence[Item]
    changed: dict[int, list[Change]]
    there: dict[int, Item]
    cases: dict[str, Item]
    _interests: Interests | None = None
    _concerns: dict[int, dict[str, Concern]] = field(default_factory=dict)

    def why(self, item: Item, audience: str) -> Concern | None:
        """Why an item concerns an audience; None when it does not."""
        if item.id not in self._concerns:
            self._concerns[item.id] = self._interests.concerned(item) if self._interests else {}
        return self._concerns[item.id].get(audience)

    def ours(self, those: Iterable[Item], audience: str) -> list[Item]:
        """Those that concern an audience."""
        return [one for one in those if self.why(one, audience)]

    def votes(self) -> list[Item]:
        """Decided in it, first seen or known before."""
        decided = [one for one in self.new if one.noun == items.VOTE and one.state not in UNDECIDED]
        later = [self.there[id] for id, those in self.changed.items() if any(one.what == "outcome" for one in those)]
        return [*decided, *later]


def window(db: Connection, day: date, since: datetime, until: datetime) -> Window:
    """Of that day, and of what was read after `since`, up to and with `until`."""
    sunday = day + timedelta(days=6 - day.weekday())
    seen = [one for one in items.first_seen(db, NEW, since, until) if _is_young(one, until)]
    changed: dict[int, list[Change]] = {}
    for one in changes.between(db, since, until):
        changed.setdefault(one.item_id, []).append(one)
    there = items.some(db, changed)
    new = {one.id for one in seen}
    meetings = items.between(db, (items.MEETING,), day, sunday)
    voted_on = [id for one in meetings if is_vote(one) and one.day == day for id in one.facts.get("cases", ())]
    return Window(
        day,
        since,
        until,
        meetings,
        seen,
        {id: those for id, those in changed.items() if id in there and id not in new},
        there,
        items.by_keys(db, (items.BILL, items.MOTION), voted_on),
        interests(db),
    )


def is_vote(item: Item) -> bool:
    """Whether it is a meeting at which is voted."""
    return item.facts.get("group") == "stemmingen"


def _is_young(item: Item, until: datetime) -> bool:
    """What began long ago is no news, whenever it is first seen; nor is what is gone again."""
    if item.state in GONE:
        return False
    return item.noun == items.MEETING or (item.began_at is not None and until - FRESH <= item.began_at)
