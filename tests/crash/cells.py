"""The cells of the matrix, and what is found in each."""

from dataclasses import dataclass
from itertools import product
from typing import Any

STORES = ("sqlite", "postgresql")
FAULTS = (
    "kill",  # kill -9, then a new process
    "stop",  # SIGSTOP for longer than the lease, then SIGCONT
    "storm",  # 429 on every call for a while
    "down",  # 503 on every call for a while
    "lost_reply",  # accepted, and the connection breaks before the answer
    "lost_before",  # the connection breaks before it is accepted
    "black_hole",  # never an answer
    "locked",  # another connection holds the database
    "disk_full",  # what is written to a file fails
)
OURS = "lobby"
GRACES: dict[str, int | None] = {"aps-1s": 1, "aps-none": None}  # APScheduler's own jobs, by their misfire grace
WHO = (OURS, *GRACES)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: who sends, from which store, what breaks, on which platform, with how many processes."""

    who: str
    store: str
    fault: str
    platform: str
    replicas: int

    @property
    def name(self) -> str:
        """As `--cell` takes it: lobby/postgresql/kill/slack/2."""
        return f"{self.who}/{self.store}/{self.fault}/{self.platform}/{self.replicas}"


def _cells() -> list[Cell]:
    made = []
    for store, fault in product(STORES, FAULTS):
        for replicas in (1, 2) if store == "postgresql" else (1,):
            made += [Cell(OURS, store, fault, platform, replicas) for platform in ("slack", "teams")]
            made += [Cell(who, store, fault, "slack", replicas) for who in GRACES]
    # a second process on one SQLite file stands by until the first is gone
    return [*made, *(Cell(OURS, "sqlite", fault, "slack", 2) for fault in ("kill", "stop"))]


CELLS = {cell.name: cell for cell in _cells()}
NAMED = tuple(
    CELLS[f"{OURS}/{name}"]
    for name in (
        "sqlite/kill/slack/1",
        "postgresql/kill/slack/2",
        "postgresql/stop/slack/2",
        "sqlite/lost_reply/slack/1",
        "postgresql/kill/teams/1",
        "sqlite/storm/teams/1",
    )
)  # what CI runs


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a cell; a line of var/crash/full.jsonl.

    faults     rounds in which the fault was seen to happen
    delivered  reminders of which a message stands where it belongs
    lost       those that were neither delivered nor reported to a person, and the words of the first of them
    reported   those of which a person was told that they did not arrive, or may not have
    twice      messages too many that stand
    marked     of those, how many say that they may be double
    healed     second messages that were taken back by whoever sent them
    doubted    tries made while an earlier one may have arrived, as their sender says
    stuck      rounds after which something still waited, and nobody sent it
    late       seconds from due to accepted: (the median, the worst)
    """

    cell: str
    at: str
    machine: str
    faults: int
    reminders: int
    channels: int
    delivered: int
    lost: int
    words: tuple[str, ...]
    reported: int
    twice: int
    marked: int
    healed: int
    stuck: int
    late: tuple[float, float]
    seed: int = 0
    doubted: int = 0
    seconds: float = 0.0

    @property
    def broken(self) -> tuple[str, ...]:
        """The promises of docs/reliability.md that did not hold; they are Lobby's alone."""
        cell = CELLS[self.cell]
        if cell.who != OURS:
            return ()
        unmarked = self.twice - self.marked
        wrong = {
            f"{self.lost} lost": self.lost,
            f"{unmarked} twice": unmarked,
            f"{self.marked} twice on Slack": self.marked if cell.platform == "slack" else 0,
            f"{self.marked} marked of {self.doubted} in doubt": self.marked > self.doubted,
            f"{self.stuck} rounds stuck": self.stuck,
        }
        return tuple(what for what, is_so in wrong.items() if is_so)

    @classmethod
    def from_json(cls, read: dict[str, Any]) -> "Found":
        """The opposite of asdict, through JSON."""
        return cls(**{**read, "words": tuple(read["words"]), "late": tuple(read["late"])})
