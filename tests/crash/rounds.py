"""A cell: rounds of reminders that fall due together, with one fault in each, and what came of it all.

`python -m tests.crash.rounds CELL SEED FAULTS` runs one and prints what was found as a line of JSON.
"""

import json
import os
import platform
import signal
import sys
import time
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median

from tests.crash import faults, stores
from tests.crash.cells import CELLS, Cell, Found
from tests.crash.faults import Field
from tests.crash.grounds import GROUNDS, Ground
from tests.crash.program import Log
from tests.crash.senders import Reminder, Sender, sender
from tests.crash.tally import tally

ROUND = 20  # reminders that fall due together, each in a channel of its own
LEAD = 0.3  # seconds from storing them to their due time
QUIET = 3.0  # seconds in which nothing more is asked of the platform: then it is over
FOLDER = Path("var/crash")


@dataclass
class Course:
    """What happened so far. `happened`: rounds in which the fault was seen to happen."""

    sent: list[Reminder] = field(default_factory=list)
    happened: int = 0
    stuck: int = 0


def run(cell: Cell, seed: int, count: int) -> Found:
    """At least `count` rounds in which the fault was seen to happen; at most half as many again in all."""
    started, course = time.monotonic(), Course()
    log = Log(FOLDER / "logs" / f"{cell.name.replace('/', '-')}.log")
    ground: Ground = GROUNDS[cell.platform]()
    with ground.server, stores.opened(cell.store) as store:
        rng = Random(f"{seed} {cell.name}")  # noqa: S311  # moments, no secrets
        where = Field(store, ground, sender(cell, store, ground, log), rng)
        try:
            for program in where.sender.programs:
                program.start()
            _rounds(cell, where, course, count)
            _until_nothing_more_is_said(ground)
            doubted = where.sender.doubted()
        finally:
            for program in where.sender.programs:
                program.end()
            log.close()
    found = _found(cell, ground, course)
    return replace(found, seed=seed, doubted=doubted, seconds=round(time.monotonic() - started, 1))


def _rounds(cell: Cell, where: Field, course: Course, count: int) -> None:
    parent = os.getppid()
    for number in range(count + count // 2):
        if os.getppid() != parent:
            raise SystemExit("whoever started this is gone")
        for program in where.sender.programs:
            program.wait()
        broken = where.ground.broken()
        _round(cell, where, course, number)
        course.happened += cell.fault not in faults.OF_THE_PLATFORM or where.ground.broken() > broken
        if course.happened >= count:
            return


def _round(cell: Cell, where: Field, course: Course, number: int) -> None:
    due, places = time.time() + LEAD, where.ground.places
    reminders = [
        Reminder(f"kenmerk{one:05}z", places[one % len(places)], datetime.fromtimestamp(due, UTC))
        for one in range(number * ROUND, (number + 1) * ROUND)
    ]
    where.sender.put(reminders)
    course.sent += reminders
    faults.happen(cell.fault, where, due)
    if _waited_for(where.sender):
        return
    course.stuck += 1
    if where.sender.watched:
        for program in where.sender.programs:
            program.kill()
            program.start()
        _waited_for(where.sender)


def _waited_for(sender: Sender) -> bool:
    """Whether nothing waits any more, within its patience."""
    until = time.monotonic() + sender.patience
    while sender.waiting():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _until_nothing_more_is_said(ground: Ground) -> None:
    """What was begun ends, and what was said twice is taken back."""
    while True:
        calls = ground.calls()
        time.sleep(QUIET)
        if ground.calls() == calls:
            return


def _found(cell: Cell, ground: Ground, course: Course) -> Found:
    said = ground.said()
    places = {word: place for word, place, _ in course.sent}
    counted = tally(places, said)
    first: dict[str, float] = {}
    for one in said:
        first.setdefault(one.word, one.at)
    late = [first[word] - due.timestamp() for word, _, due in course.sent if word in first] or [0.0]
    return Found(
        cell=cell.name,
        at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        faults=course.happened,
        reminders=len(course.sent),
        channels=len(set(places.values())),
        delivered=counted.delivered,
        lost=len(counted.lost),
        words=tuple(counted.lost[:20]),
        reported=counted.reported,
        twice=counted.twice,
        marked=counted.marked,
        healed=counted.healed,
        stuck=course.stuck,
        late=(round(median(late), 2), round(max(late), 2)),
    )


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))  # and not without what it started
    name, seed, count = sys.argv[1:4]
    print(json.dumps(asdict(run(CELLS[name], int(seed), int(count)))))  # noqa: T201  # read by matrix.py
