"""Votes: what the Tweede Kamer decided, and which fracties were for and against, with their seats on that day.

A hand vote has a row for each fractie, a roll call one for each member. In a roll call every row carries the size of
the whole fractie: persons are counted there, and sizes never. A split group has both: its own row, and who dissented.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from parliament.tweedekamer.entity import Entity

FOR, AGAINST, ABSENT = "voor", "tegen", "afwezig"
LATE = timedelta(days=14)  # positions that did not come by then will not come

Outcome = Literal["aangenomen", "verworpen", "gestaakt", "uitgesteld", "aangehouden", "ingetrokken", "vervallen", ""]
Manner = Literal["handopsteken", "hoofdelijk", "zonder stemming", ""]

# The end of the words of a decision, the longest first: `Stemmen - niet aangenomen` is no acceptance.
_OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    ("zonder stemming aannemen", "aangenomen"),
    ("zonder stemming aangenomen", "aangenomen"),
    ("niet aangenomen", "verworpen"),
    ("aangenomen", "aangenomen"),
    ("goedgekeurd", "aangenomen"),
    ("vastgesteld", "aangenomen"),
    ("verworpen", "verworpen"),
    ("gestaakt", "gestaakt"),
    ("staken", "gestaakt"),
    ("uitstellen", "uitgesteld"),
    ("uitgesteld", "uitgesteld"),
    ("aangehouden", "aangehouden"),
    ("aanhouden", "aangehouden"),
    ("ingetrokken", "ingetrokken"),
    ("intrekken", "ingetrokken"),
    ("vervallen", "vervallen"),
)
_NO_OUTCOMES = ("voor kennisgeving aangenomen", "voor kennisgeving aannemen")  # of letters: read, and no more
_MANNERS: dict[str, Manner] = {
    "met handopsteken": "handopsteken",
    "hoofdelijk": "hoofdelijk",
    "zonder stemming": "zonder stemming",
}
_CHOICES = {"voor": FOR, "tegen": AGAINST, "niet deelgenomen": ABSENT}
_TOTALS = re.compile(r"\((\d{1,3})\s*[-–]\s*(\d{1,3})\)")  # noqa: RUF001  # a dash as people type it


@dataclass(frozen=True, slots=True)
class Position:
    """How a fractie voted, or those of it who voted so.

    fractie     its name on that day; fractie_id: its id then, "" when not told
    choice      voor, tegen, afwezig, or what the source said that nobody knew of
    seats       how many count for it here
    members     who they were, where that was told: all of a roll call, who dissented in a hand vote
    mistake     it said that it voted so by mistake; it counts all the same
    """

    fractie: str
    choice: str
    seats: int
    fractie_id: str = ""
    members: tuple[str, ...] = ()
    mistake: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """One decision that was, or is to be, voted on.

    decided    it was taken; before that it stands on the list
    said       the source's own word for it
    told       (for, against) as the text of a roll call says
    """

    id: str
    outcome: Outcome
    manner: Manner
    decided: bool
    said: str
    text: str
    positions: tuple[Position, ...] = ()
    told: tuple[int, int] | None = None

    def seats(self, choice: str) -> int:
        """How many seats chose so."""
        return sum(one.seats for one in self.positions if one.choice == choice)

    @property
    def pending(self) -> bool:
        """Whether the outcome is known and who voted how is not yet: that may come a day later."""
        return self.decided and self.manner in ("handopsteken", "hoofdelijk") and not self.positions

    @property
    def differs(self) -> bool:
        """Whether what was counted is not what the text says."""
        return bool(self.told and self.positions) and self.told != (self.seats(FOR), self.seats(AGAINST))


def vote(besluit: Entity, stemmingen: Iterable[Entity]) -> Vote | None:
    """The vote of a decision; None when it is no vote (`Ingediend`, `Ter informatie` …)."""
    said = str(besluit.values.get("besluitSoort") or "")
    manner = _MANNERS.get(str(besluit.values.get("stemmingsSoort") or "").lower().strip(), "")
    outcome = outcome_of(said)
    if not (outcome or manner or said.lower().startswith("stemmen")):
        return None
    if said.lower().strip().endswith(("zonder stemming aannemen", "zonder stemming aangenomen")):
        manner = "zonder stemming"
    text = str(besluit.values.get("besluitTekst") or "")
    totals = _TOTALS.search(text)
    told = (int(totals[1]), int(totals[2])) if totals else None
    decided = besluit.values.get("status") in {"Besluit", "Nog te verwerken besluit"} and bool(outcome)
    positions = _positions([one for one in stemmingen if not one.deleted])
    return Vote(besluit.id, outcome if decided else "", manner, decided, said, text, positions, told)


def outcome_of(said: str) -> Outcome:
    """What the end of the words of a decision says; "" for what is no outcome, or not known."""
    words = said.lower().strip().rstrip(".")
    if words.endswith(_NO_OUTCOMES):
        return ""
    return next((outcome for tail, outcome in _OUTCOMES if words.endswith(tail)), "")


def is_lost(found: Vote, day: datetime, now: datetime) -> bool:
    """Whether who voted how is still not told so long after that it will not come."""
    return found.pending and now - day > LATE


def _positions(rows: Sequence[Entity]) -> tuple[Position, ...]:
    """The largest first; of a group that split those who dissented are taken off."""
    persons = _latest(row for row in rows if row.links.get("persoon"))
    groups = _latest(row for row in rows if not row.links.get("persoon"))
    dissenting: Counter[str] = Counter()
    by_choice: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    choices = {_key(row): _choice(row) for row in groups}
    for row in persons:
        if choices.get(_key(row)) != _choice(row):  # with their group they are counted in it
            by_choice[_key(row), _choice(row)].append(row)
            dissenting[_key(row)] += 1
    found = [_of_group(row, dissenting[_key(row)]) for row in groups]
    found += [_of_members(each) for each in by_choice.values()]
    kept = [one for one in found if one.seats > 0]
    return tuple(sorted(kept, key=lambda one: (-one.seats, one.fractie, one.choice)))


def _latest(rows: Iterable[Entity]) -> list[Entity]:
    """Of each person or group the row that became visible last: a row that is sent twice counts once."""
    last: dict[str, Entity] = {}
    for row in sorted(rows, key=lambda one: (one.updated, one.id)):
        last["".join(row.links.get("persoon", ())) or _key(row)] = row
    return list(last.values())


def _key(row: Entity) -> str:
    """What tells fracties apart within one vote: the name, for one fractie may stand there by two ids (50PLUS does)."""
    named = str(row.values.get("actorFractie") or "").casefold()
    return named or "".join(row.links.get("fractie", ())) or _fractie(row)


def _fractie(row: Entity) -> str:
    return str(row.values.get("actorFractie") or row.values.get("actorNaam") or "")


def _choice(row: Entity) -> str:
    said = str(row.values.get("soort") or "")
    return _CHOICES.get(said.lower().strip(), said)


def _of_group(row: Entity, dissenting: int) -> Position:
    size = row.values.get("fractieGrootte")
    seats = max(0, (size if isinstance(size, int) else 0) - dissenting)
    return Position(_fractie(row), _choice(row), seats, _id(row), (), row.values.get("vergissing") is True)


def _of_members(rows: Sequence[Entity]) -> Position:
    names = tuple(sorted(str(row.values.get("actorNaam") or "") for row in rows))
    mistake = any(row.values.get("vergissing") is True for row in rows)
    return Position(_fractie(rows[0]), _choice(rows[0]), len(rows), _id(rows[0]), names, mistake)


def _id(row: Entity) -> str:
    return "".join(row.links.get("fractie", ()))
