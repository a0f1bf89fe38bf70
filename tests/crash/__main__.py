"""`python -m tests.crash`: run the cells that var/crash/full.jsonl does not have yet, then print the table.

LOBBY_SEED (1) decides the moments. Each finished cell is a line in the file, so that it can be stopped and taken up.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random

from tests.crash import matrix
from tests.crash.cells import CELLS, Cell, Found
from tests.crash.matrix import DidNotRun
from tests.crash.table import table

SEED = int(os.environ.get("LOBBY_SEED", "1"))


def main() -> int:
    """The exit code: 1 when a cell did not run, or when a promise of Lobby did not hold."""
    options = _options()
    if options.list:
        _say(*CELLS)
        return 0
    failed = False
    if not options.table:
        known = _known(options.file)
        chosen = [cell for name, cell in CELLS.items() if not options.cell or name in options.cell]
        Random(SEED).shuffle(chosen)  # noqa: S311  # those that keep the machine busy are not all run at once
        failed = _run([cell for cell in chosen if cell.name not in known], options)
    found = _known(options.file)
    _say(table(found))
    return int(failed or any(one.broken for one in found.values()))


def _run(cells: Sequence[Cell], options: argparse.Namespace) -> bool:
    """Whether one did not run."""
    started, failed = time.monotonic(), False
    for number, one in enumerate(matrix.run(cells, SEED, options.faults, options.at_once), 1):
        if isinstance(one, DidNotRun):
            failed = True
            _say(f"DID NOT RUN {one}")
            continue
        with options.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(one)) + "\n")
        figures = f"{one.faults} faults, {one.reminders} reminders, lost {one.lost}, twice {one.twice}"
        promise = f" BROKEN: {', '.join(one.broken)}" if one.broken else ""
        minutes = (time.monotonic() - started) / 60
        _say(f"{number}/{len(cells)} {minutes:5.1f} min  {one.cell}: {figures} ({one.seconds:.0f} s){promise}")
    return failed


def _known(file: Path) -> dict[str, Found]:
    """What was found before with this seed, by cell."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    read = [Found.from_json(json.loads(line)) for line in lines]
    return {one.cell: one for one in read if one.seed == SEED and one.cell in CELLS}


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201  # it is a program


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--cell", action="append", choices=CELLS, metavar="NAME", help="only this one; may be repeated")
    parser.add_argument("--faults", type=int, default=50, help="per cell, twenty reminders with each (50)")
    parser.add_argument("--at-once", type=int, default=6, help="cells at a time (6): they wait more than they work")
    parser.add_argument("--file", type=Path, default=Path("var/crash/full.jsonl"), help="where what was found is kept")
    parser.add_argument("--table", action="store_true", help="only print the table")
    parser.add_argument("--list", action="store_true", help="only print the names of the cells")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
