"""Running cells, some at a time, each in a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.crash.cells import Cell, Found
from tests.crash.program import ROOT


class DidNotRun(Exception):
    """A cell came to no end; the message says what it said last."""


def run(cells: Sequence[Cell], seed: int, faults: int, at_once: int) -> Iterator[Found | DidNotRun]:
    """What was found in each, in the order in which they end."""
    with ThreadPoolExecutor(at_once) as pool:
        for done in as_completed([pool.submit(_run, cell, seed, faults) for cell in cells]):
            yield done.result()


def _run(cell: Cell, seed: int, faults: int) -> Found | DidNotRun:
    command = [sys.executable, "-m", "tests.crash.rounds", cell.name, str(seed), str(faults)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return DidNotRun(f"{cell.name}:\n{done.stderr[-3000:]}")
    return Found.from_json(json.loads(done.stdout.splitlines()[-1]))
