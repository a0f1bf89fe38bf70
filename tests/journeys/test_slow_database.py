"""A database that is locked or slow: a word within two seconds, then the outcome or a clear refusal, never two rows."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, Timer

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot import run
from bot.door import Door
from bot.run import Run
from handlers.command import Command
from handlers.members import House
from handlers.reply import Reply
from storage.database import Database
from tests.world import CHANNEL, NOW, identity

LINE = "gesprek met Podt (D66) over nareis, vrijdag terugbellen"
A_WORD_WITHIN = 3.5  # seconds; the door promises 2, the rest is for a busy machine

# SQLite has one lock; on PostgreSQL the claim of the command waits, or the contact itself
LOCKS = pytest.mark.parametrize(
    ("url", "table"), [("sqlite", "all"), ("postgresql", "contacts"), ("postgresql", "commands")], indirect=["url"]
)


@contextmanager
def _locked(url: str, table: str, seconds: float) -> Iterator[None]:
    """Nobody else can write for so many seconds; on PostgreSQL nobody can read the table either."""
    holder: sqlite3.Connection | psycopg.Connection
    if url.startswith("sqlite"):
        holder = sqlite3.connect(str(make_url(url).database), check_same_thread=False, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
    else:
        holder = psycopg.connect(url)
        holder.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    release = Timer(seconds, holder.rollback)
    release.start()
    try:
        yield
    finally:
        release.join()
        holder.close()


@contextmanager
def _crowded(url: str, seconds: float) -> Iterator[None]:
    """Somebody else writes a quarter of a second at a time, with hardly a pause, for so many seconds."""
    other = sqlite3.connect(str(make_url(url).database), check_same_thread=False, isolation_level=None, timeout=30)
    enough = Event()

    def write() -> None:
        while not enough.is_set():
            other.execute("BEGIN IMMEDIATE")
            enough.wait(0.25)
            other.execute("ROLLBACK")
            time.sleep(0.01)

    writer = Thread(target=write)
    writer.start()
    Timer(seconds, enough.set).start()
    try:
        yield
    finally:
        enough.set()
        writer.join()
        other.close()


def _slow_down(database: Database, tables: tuple[str, ...], seconds: float) -> None:
    """Every new row of these tables takes so many seconds; PostgreSQL."""
    with database.writing() as db:
        db.execute(
            text(
                "CREATE FUNCTION take_long() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END $$"
            )
        )
        for table in tables:
            db.execute(text(f"CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION take_long()"))


class Impatient:
    """Somebody who types the same line over and over while the bot is busy; each is a command of its own."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.words: list[Reply] = []  # what was said within two seconds
        self.outcomes: list[Reply] = []
        self._typed = 0

    def types(self, line: str, *pauses: float) -> None:
        """The line at once and again after each pause (seconds); gives when every outcome was brought."""
        asyncio.run(self._type(line, pauses))

    async def _type(self, line: str, pauses: tuple[float, ...]) -> None:
        door = Door(Run(self.database, House()))
        asked = [asyncio.create_task(self._ask(door, line))]
        for pause in pauses:
            await asyncio.sleep(pause)
            asked.append(asyncio.create_task(self._ask(door, line)))
        await asyncio.gather(*asked)
        await door.close()

    async def _ask(self, door: Door, line: str) -> None:
        async def bring(outcome: Reply) -> None:
            self.outcomes.append(outcome)

        self._typed += 1
        verb, _, rest = line.partition(" ")
        command = Command(f"typed-{self._typed}", verb, rest, identity("alice"), CHANNEL, NOW)
        started = time.monotonic()
        reply = await door.ask(command, bring)
        assert time.monotonic() - started < A_WORD_WITHIN
        self.words.append(reply)
        if not reply.later:
            self.outcomes.append(reply)

    @property
    def leads(self) -> list[str]:
        """The first sentence of every outcome, in the order of the alphabet."""
        return sorted(outcome.text.splitlines()[0] for outcome in self.outcomes)

    def contacts(self) -> int:
        """How many contacts stand in the database."""
        with self.database.reading() as db:
            return int(db.execute(text("SELECT count(*) FROM contacts")).scalar_one())


@pytest.fixture
def alice(database: Database) -> Impatient:
    return Impatient(database)


STORED = "Vastgelegd als C1"
ALREADY = "Dit staat er al, als C1"
BUSY = "Ik ben ermee bezig. De uitkomst komt hier vanzelf."
REFUSED = "De database antwoordt niet."


@LOCKS
@pytest.mark.parametrize("seconds", [1, 2, 5])
def test_locked_for_a_while_gives_the_outcome_and_one_contact(
    url: str, table: str, seconds: float, alice: Impatient
) -> None:
    with _locked(url, table, seconds):
        alice.types(f"log {LINE}", 0.2, 0.2)
    assert alice.leads == [ALREADY, ALREADY, STORED]
    assert alice.contacts() == 1
    if seconds > 2:
        assert [word.text for word in alice.words] == [BUSY] * 3


@LOCKS
def test_locked_for_too_long_is_refused_with_what_was_typed_and_typing_it_again_stores_it(
    url: str, table: str, alice: Impatient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "GIVE_UP", 2.5)
    with _locked(url, table, 6):
        alice.types(f"log {LINE}")
    (refusal,) = alice.outcomes
    assert not refusal.ok
    assert refusal.text.startswith(REFUSED)
    assert LINE in refusal.text
    assert alice.contacts() == 0
    alice.types(f"log {LINE}")
    assert alice.outcomes[1].text.startswith(STORED)
    assert alice.contacts() == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_slow_at_every_step_gives_the_outcome_and_one_contact(alice: Impatient) -> None:
    _slow_down(alice.database, ("commands", "contacts", "history"), 0.8)
    alice.types(f"log {LINE}", 0.2, 0.2)
    assert alice.leads == [ALREADY, ALREADY, STORED]
    assert BUSY in [word.text for word in alice.words]
    assert alice.contacts() == 1


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_slower_than_one_statement_may_take_is_refused(alice: Impatient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "GIVE_UP", 2.5)
    _slow_down(alice.database, ("history",), 3)
    alice.types(f"log {LINE}", 0.2)
    assert [outcome.text.startswith(REFUSED) and LINE in outcome.text for outcome in alice.outcomes] == [True, True]
    assert alice.contacts() == 0


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_crowded_gives_the_outcome_and_one_contact(url: str, alice: Impatient) -> None:
    with _crowded(url, 4):
        alice.types(f"log {LINE}", 0.2, 0.2)
    assert alice.leads == [ALREADY, ALREADY, STORED]
    assert alice.contacts() == 1


@LOCKS
def test_reading_meanwhile_goes_on_or_is_answered_later(url: str, table: str, alice: Impatient) -> None:
    alice.types(f"log {LINE}")
    with _locked(url, table, 3):
        alice.types("zoek nareis")
    assert "Podt" in alice.outcomes[1].text
    waits = table == "contacts"  # SQLite lets readers through, and a reading command claims nothing
    assert alice.words[1].later == waits


@LOCKS
def test_many_at_once_by_one_person_are_one_contact(url: str, table: str, alice: Impatient) -> None:
    """Eight that were all waiting for the same lock go on at the same moment."""
    with _locked(url, table, 0.7):
        alice.types(f"log {LINE}", *[0.01] * 7)
    assert alice.leads == [ALREADY] * 7 + [STORED]
    assert alice.contacts() == 1
