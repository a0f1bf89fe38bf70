"""`log` on SQLite, from Command to the receipt that is on the disk, beside the least that is safe: one row."""

import time
from collections.abc import Callable
from datetime import datetime
from itertools import count

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from bench.measure import Times
from bench.servers import LINES
from bot.run import Run
from handlers import members
from handlers.command import Command, Identity, Place
from storage.database import Database

TIMES = 500
COLUMNS = ("one client after the other", "median ms", "p99 ms", "ours / its")

_bare = Table("bench_bare", MetaData(), Column("id", Integer, primary_key=True), Column("words", Text, nullable=False))


def log(database: Database, now: datetime) -> list[list[str]]:
    """The rows of the table. The two take turns, so that a busy machine is as busy for both."""
    numbers = count(1)
    run = Run(database, members.House())

    def ours() -> None:
        number = next(numbers)
        line = f"{LINES[number % len(LINES)]} nummer {number}"
        person = Identity("slack", "alice", "Alice")
        reply = run(Command(f"bench log {number}", "log", line, person, Place("slack", "C1", "#team"), now))
        assert reply.ok and reply.about, reply.text

    def bare() -> None:
        with database.writing() as db:
            db.execute(insert(_bare), {"words": LINES[0]})

    with database.writing() as db:
        _bare.create(db)
    least, log = _in_turn(bare, ours)
    return [
        ["beside it: SQLAlchemy Core, insert one row and commit", *_figures(least), "1.0"],
        ["/lobby log, a sentence in, a receipt out", *_figures(log), f"{log.median / least.median:.1f}"],
    ]


def _figures(times: Times) -> tuple[str, str]:
    return f"{times.median:.2f}", f"{times.p99:.2f}"


def _in_turn(*doings: Callable[[], None]) -> list[Times]:
    found: list[list[float]] = [[] for _ in doings]
    for turn in range(-len(LINES), TIMES):  # the first of each kind compile their statements
        for place, do in enumerate(doings):
            start = time.perf_counter()
            do()
            if turn >= 0:
                found[place].append((time.perf_counter() - start) * 1000)
    return [Times(sorted(ms)) for ms in found]
