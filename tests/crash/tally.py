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
    said: dict[tuple[str, str], list[Said]] = defaultdict(list)  # by word and place
    for message in messages:
        said[message.word, message.place].append(message)
    found = Tally()
    standing = set()
    for (word, place), all_of_them in said.items():
        stay = [one for one in all_of_them if not one.gone]
        found.healed += len(all_of_them) - len(stay)
        if stay:
            standing.add((word, place))
            found.twice += len(stay) - 1
            found.marked += min(len(stay) - 1, sum(one.marked for one in stay))
    told = {word for word, place in standing if places.get(word) != place}
    for word, place in places.items():
        found.delivered += (word, place) in standing
        found.reported += word in told
        if (word, place) not in standing and word not in told:
            found.lost.append(word)
    return found
