"""Taking the time of something many times, and showing the figures in a table."""

import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from statistics import median
from typing import TypeVar
from zoneinfo import ZoneInfo

Question = TypeVar("Question")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds, sorted."""

    ms: Sequence[float]

    @property
    def median(self) -> float:
        """Half of them took no longer."""
        return median(self.ms)

    @property
    def p99(self) -> float:
        """Ninety-nine of a hundred took no longer."""
        return self.ms[min(len(self.ms) - 1, int(len(self.ms) * 0.99))]


def timed(do: Callable[[Question], object], questions: Sequence[Question], count: int) -> Times:
    """Do it `count` times, with each question in turn."""
    for question in questions:
        do(question)  # once before the clock runs: the first time compiles statements and opens files
    found = []
    for turn in range(count):
        question = questions[turn % len(questions)]
        start = time.perf_counter()
        do(question)
        found.append((time.perf_counter() - start) * 1000)
    return Times(sorted(found))


def head(postgresql: str) -> str:
    """When and on what this was measured. `postgresql`: its version."""
    now = datetime.now(ZoneInfo("Europe/Amsterdam"))
    load = os.getloadavg()[0]
    return (
        f"{now:%Y-%m-%d %H:%M} · {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
        f" · Python {platform.python_version()} · SQLAlchemy {version('sqlalchemy')}"
        f" · SQLite {sqlite3.sqlite_version} · PostgreSQL {postgresql} · botbuilder {version('botbuilder-core')}"
    )


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that reads well in a terminal and in Markdown: the first column is text, the others are figures."""
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns))]

    def line(cells: Sequence[str]) -> str:
        first, *rest = zip(cells, widths, strict=True)
        return f"| {' | '.join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)))} |"

    ruler = f"|{'-' * (widths[0] + 2)}|" + "".join(f"{'-' * (width + 1)}:|" for width in widths[1:])
    return "\n".join((f"\n### {title}\n", line(columns), ruler, *(line(row) for row in rows)))


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what goes on, and how long it took."""
    print(f"{what} … ", end="", flush=True)
    start = time.perf_counter()
    yield
    print(f"{time.perf_counter() - start:.1f} s", flush=True)
