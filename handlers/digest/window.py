"""What happened in a stretch of time and what lies ahead, read once for all who get a digest at that moment."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from handlers.parliament.interest import Concern, Interests, interests
from handlers.parliament.news import FRESH, is_of_bill
from storage import changes, items
from storage.changes import Change
from storage.database import Connection
from storage.items import Item

Of = Literal["meetings", "new", "votes", "changed"]
NEW = (
    items.BILL,
    items.CONSULTATION,
    items.MOTION,
    items.COMMITMENT,
    items.MEETING,
)  # in the order in which they stand
UNDECIDED = ("", "op de lijst")  # a vote that was not taken yet
GONE = ("vervallen", "ingetrokken")  # no longer published
# What comes first where the moment is the same, or there is none.
_WEIGHT = {"plenair": 0, "stemmingen": 1, "commissie": 2, "inbreng": 3, "extern": 4, "procedurevergadering": 5}


@dataclass
class Window:
    """Everything of it, whomever it concerns.

    those    meetings: from `day` to the end of its week; new: first seen in it, and young; votes: taken in it; changed:
             known before, and another now. Each in the order in which it is shown
    changed  item -> its changes in it, the first one first
    cases    bills, motions and amendments on which is voted that day, by the id of their case
    """

    day: date
    since: datetime
    until: datetime
    those: Mapping[Of, Sequence[Item]]
    changed: Mapping[int, Sequence[Change]]
    cases: Mapping[str, Item]
    _interests: Interests | None = None
    _concerns: dict[int, dict[str, Concern]] = field(default_factory=dict)
    _whose: dict[str, dict[Of, list[Item]]] = field(default_factory=dict)
    _said: dict[tuple[int, str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, those in self.those.items():
            for item in those:
                for audience in self._concerned(item):
                    self._whose.setdefault(audience, {}).setdefault(name, []).append(item)

    def ours(self, name: Of, audience: str) -> Sequence[Item]:
        """Those of them that concern an audience."""
        return self._whose.get(audience, {}).get(name, ())

    def why(self, item: Item, audience: str) -> Concern | None:
        """Why an item concerns an audience; None when it does not."""
        return self._concerned(item).get(audience)

    def said(self, item: Item, how: str, language: str, words: Callable[[Item], Iterable[str]]) -> str:
        """The words of an item, put together once for all who read them."""
        key = item.id, how, language
        if key not in self._said:
            self._said[key] = " · ".join(filter(None, words(item)))
        return self._said[key]

    def _concerned(self, item: Item) -> dict[str, Concern]:
        if item.id not in self._concerns:
            self._concerns[item.id] = self._interests.concerned(item) if self._interests else {}
        return self._concerns[item.id]


def window(db: Connection, day: date, since: datetime, until: datetime) -> Window:
    """Of that day, and of what was read after `since`, up to and with `until`."""
    sunday = day + timedelta(days=6 - day.weekday())
    seen = [one for one in items.first_seen(db, (*NEW, items.VOTE), since, until) if _is_young(one, until)]
    noted: dict[int, list[Change]] = {}
    for one in changes.between(db, since, until):
        noted.setdefault(one.item_id, []).append(one)
    new = {one.id for one in seen}
    there = {id: item for id, item in items.some(db, noted).items() if id not in new}
    changed = {id: those for id, those in noted.items() if id in there}
    meetings = items.between(db, (items.MEETING,), day, sunday)
    voted_on = [id for one in meetings if is_vote(one) and one.day == day for id in one.facts.get("cases", ())]
    those: dict[Of, Sequence[Item]] = {
        "meetings": sorted(meetings, key=_order),
        "new": sorted((one for one in seen if one.noun in NEW), key=lambda one: (NEW.index(one.noun), _order(one))),
        "votes": sorted(_votes(seen, changed, there), key=lambda one: (not is_of_bill(one), _order(one))),
        "changed": [there[id] for id in changed],
    }
    cases = items.by_keys(db, (items.BILL, items.MOTION), voted_on)
    return Window(day, since, until, those, changed, cases, interests(db))


def _votes(seen: Sequence[Item], changed: Mapping[int, Sequence[Change]], there: Mapping[int, Item]) -> Iterator[Item]:
    """Decided in it, first seen or known before."""
    yield from (one for one in seen if one.noun == items.VOTE and one.state not in UNDECIDED)
    yield from (there[id] for id, those in changed.items() if any(one.what == "outcome" for one in those))


def is_vote(item: Item) -> bool:
    """Whether it is a meeting at which is voted."""
    return item.facts.get("group") == "stemmingen"


def _is_young(item: Item, until: datetime) -> bool:
    """What began long ago is no news, whenever it is first seen; nor is what is gone again."""
    if item.state in GONE:
        return False
    return item.noun == items.MEETING or (item.began_at is not None and until - FRESH <= item.began_at)


def _order(item: Item) -> tuple[date, bool, datetime, int, int]:
    """By time, then by weight."""
    at = item.at or datetime.min.replace(tzinfo=UTC)
    weight = _WEIGHT.get(str(item.facts.get("group", "")), len(_WEIGHT))
    return item.day or date.min, item.at is None, at, weight, item.id
