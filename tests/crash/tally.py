"""Counting, from the ledger of the platform alone: what was lost, and what was said twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

DOUBLE = "(mogelijk dubbel)"


@dataclass(frozen=True, slots=True)
class Said:
    """A message that the platform accepted. `word`: of the reminder in it; `gone`: it was taken back."""

    word: str
    place: str
    at: float
    marked: bool = False
    gone: bool = False


@dataclass
class Tally:
    """What became of the reminders; the fields are those of cells.Found."""

    delivered: int = 0
    lost: list[str] = field(default_factory=list)
    reported: int = 0
    twice: int = 0
    marked: int = 0
    healed: int = 0


def tally(places: Mapping[str, str], messages: Iterable[Said]) -> Tally:
    """`places`: the word of each reminder -> where it belongs. What is said of it elsewhere tells a person about it."""
    here: dict[str, list[Said]] = defaultdict(list)
    told = set()
    for said in messages:
        if said.place == places.get(said.word):
            here[said.word].append(said)
        else:
            told.add(said.word)
    found = Tally()
    for word in places:
        standing = [said for said in here[word] if not said.gone]
        found.healed += len(here[word]) - len(standing)
        if standing:
            found.delivered += 1
            found.twice += len(standing) - 1
            found.marked += min(len(standing) - 1, sum(said.marked for said in standing))
        elif word in told:
            found.reported += 1
        else:
            found.lost.append(word)
    return found
