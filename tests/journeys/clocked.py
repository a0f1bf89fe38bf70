"""`python -m tests.journeys.clocked run`: the bot on a clock that a test moves.

CLOCK_FILE holds the seconds by which it is off. Only the time of day moves: what measures how long something takes does
not, as on a real machine.
"""

import os
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from bot.__main__ import main

POLL = 0.02  # seconds


def _off(file: Path) -> float:
    with suppress(OSError, ValueError):
        return float(file.read_text(encoding="utf-8"))
    return 0.0


def _follow(file: Path, begun: threading.Event) -> None:
    """Move the clock whenever the file says something else."""
    off, travelling = 0.0, None
    while True:
        wanted = _off(file)
        if wanted != off:
            if travelling:
                travelling.stop()
            travelling = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted), tick=True)
            travelling.start()
            off = wanted
        begun.set()
        time.sleep(POLL)


def start() -> None:
    """From now on the time of day is what CLOCK_FILE says."""
    begun = threading.Event()
    follower = threading.Thread(target=_follow, args=(Path(os.environ["CLOCK_FILE"]), begun), daemon=True)
    follower.start()
    begun.wait()  # the first moment is set before anything asks what time it is


if __name__ == "__main__":
    start()
    sys.exit(main(sys.argv[1:]))
