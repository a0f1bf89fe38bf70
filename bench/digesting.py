"""Making digests: 200 channels with 30 search words each, of 2,000 items, on one core; beside it each by itself."""

import resource
import time
from datetime import UTC, datetime, timedelta
from random import Random

from bench import filtering, places
from handlers.command import Role
from handlers.digest import days, making
from handlers.digest.window import window
from handlers.parliament import interest
from storage import digests, follows, items, members, outbox
from storage.database import Connection, Database
from storage.digests import Digest
from storage.follows import Follow
from storage.items import Item

TEAMS, WORDS, ITEMS = 200, 30, 2_000
LIMIT = 1_000.0  # milliseconds for all of them
MORNING = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
YESTERDAY = MORNING - timedelta(days=1)
NOUNS = (items.MEETING, items.BILL, items.MOTION, items.VOTE, items.COMMITMENT)
FEW = 10  # of the digests are made each by itself, for comparison
COLUMNS = (
    f"{TEAMS} digests of {ITEMS:,} items",
    "ms of our core",
    "limit",
    "ms by the clock",
    "lines in them",
    "memory, MB",
)


def rows() -> list[list[str]]:
    """All of them on both databases, twice: the second time shows whether memory grows."""
    found = []
    for name, place in (("SQLite", places.sqlite), ("PostgreSQL", places.postgresql)):
        with place() as database:
            _furnish(database)
            for turn in ("", ", the morning after"):
                now = MORNING + timedelta(days=1 if turn else 0, minutes=1)
                found.append(_timed(f"Lobby: made together, {name}{turn}", database, now))
            if name == "SQLite":
                found.append(_apart(database))
    return found


def _furnish(database: Database) -> None:
    places.set_up(database)
    with database.writing() as db:
        member = members.add(db, "Alice", Role.COORDINATOR, YESTERDAY)
        for number, words in enumerate(filtering.subscriptions(TEAMS, WORDS).values()):
            channel = f"C{number}"
            for word in words:
                follows.put(db, Follow("zoek", word, "slack", channel, author_id=member, created_at=YESTERDAY))
            made = Digest("slack", channel, author_id=member, next_at=MORNING, since=YESTERDAY - timedelta(minutes=5))
            digests.save(db, made)
        _fill(db, YESTERDAY, "a")
        _fill(db, MORNING + timedelta(hours=1), "b")
    with database.reading() as db:  # the words are compiled when an item is read, the holidays when a digest is set up
        interest.interests(db)
        days.next_after(made, MORNING)


def _fill(db: Connection, at: datetime, name: str) -> None:
    """So many items, read at that moment."""
    chance = Random(3)  # noqa: S311  # no secret
    for number, title in enumerate(filtering.titles(ITEMS)):
        noun = NOUNS[number % len(NOUNS)]
        meets = at + timedelta(days=1, minutes=chance.randrange(600)) if noun == items.MEETING else at
        facts = {"group": "commissie"} if noun == items.MEETING else {"for": 80, "against": 70}
        state = {items.VOTE: "aangenomen", items.MEETING: "Gepland"}.get(noun, "ingediend")
        items.put(
            db,
            Item(noun, f"{name}{number}", f"2026Z{number:05}", title, "Motie", state, meets, meets.date(), words=title,
                 began_at=at, facts=facts),
            at,
        )  # fmt: skip


def _timed(name: str, database: Database, now: datetime) -> list[str]:
    start, before = time.perf_counter(), time.process_time()
    more = True
    while more:
        with database.writing() as db:
            more = making.make(db, now)
    clock, core = ((time.perf_counter() - start) * 1000, (time.process_time() - before) * 1000)
    _send(database, now)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    mark = "" if core <= LIMIT else " (!)"
    return [name, f"{core:,.0f}{mark}", f"{LIMIT:,.0f}", f"{clock:,.0f}", f"{_lines(database):,}", f"{memory:.0f}"]


def _send(database: Database, now: datetime) -> None:
    """They are delivered: the next ones do not tell the same again."""
    with database.writing() as db:
        while claimed := outbox.claim(db, ("bench", now, now + timedelta(minutes=1)), TEAMS, ()):
            for notice in claimed:
                outbox.sent(db, notice, "message", now)


def _lines(database: Database) -> int:
    """How many lines stand in the latest of each."""
    with database.reading() as db:
        last = (digests.last(db, number) for number in range(1, TEAMS + 1))
        contents = [one.content["sections"] for one in last if one]
    assert len(contents) == TEAMS, "some were not made"
    return sum(len(section["lines"]) for sections in contents for section in sections)


def _apart(database: Database) -> list[str]:
    """A few of them, each of which reads everything for itself; as if for all."""
    before = time.process_time()
    with database.reading() as db:
        for number in range(1, FEW + 1):
            digest = digests.get(db, number)
            assert digest
            seen = window(db, MORNING.date(), YESTERDAY - timedelta(minutes=5), MORNING)
            assert making.edition(seen, db, digest, making.known(db, MORNING))
    took = (time.process_time() - before) * 1000 * TEAMS / FEW
    return [f"beside it: each by itself (of {FEW}, for {TEAMS})", f"{took:,.0f}", "", "", "", ""]
