"""The door: an answer, or a word within the patience and the outcome after it; readers do not wait for writers."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from bot import door as doors
from bot import run
from bot.door import Door
from bot.run import Run
from handlers.command import Command
from handlers.members import House
from handlers.reply import Reply
from storage.database import Database
from tests.world import CHANNEL, NOW, identity

LINE = "gesprek met Podt (D66) over nareis"


def _command(verb: str, line: str, id: str = "") -> Command:
    return Command(id or f"{verb}-{line}", verb, line, identity("alice"), CHANNEL, NOW)


async def _nowhere(reply: Reply) -> None:
    raise AssertionError(f"nothing was to be brought: {reply.text}")


@contextmanager
def _locked(database: Database) -> Iterator[Callable[[], None]]:
    """Nobody else can write, until the function that this gives is called."""
    holder = sqlite3.connect(str(database.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield holder.rollback
    finally:
        holder.close()


def _converse(database: Database, talk: Callable[[Door], Awaitable[None]]) -> None:
    """A conversation at a door that is closed after it."""

    async def through() -> None:
        door = Door(Run(database, House()))
        await talk(door)
        await door.close()

    asyncio.run(through())


def test_what_is_quick_is_answered_at_once(sqlite: Database) -> None:
    async def talk(door: Door) -> None:
        stored = await door.ask(_command("log", LINE), _nowhere)
        found = await door.ask(_command("zoek", "nareis"), _nowhere)
        assert stored.text.startswith("Vastgelegd als C1")
        assert "C1" in found.text
        assert not stored.later
        assert not found.later

    _converse(sqlite, talk)


def test_what_takes_long_is_answered_with_a_word_and_then_brought_once(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "PATIENCE", 0.1)
    brought: asyncio.Queue[Reply] = asyncio.Queue()

    async def talk(door: Door) -> None:
        with _locked(sqlite) as release:
            word = await door.ask(_command("log", LINE), brought.put)
            assert word.later
            assert word.text == "Ik ben ermee bezig. De uitkomst komt hier vanzelf."
            release()
            outcome = await asyncio.wait_for(brought.get(), 10)
        assert outcome.text.startswith("Vastgelegd als C1")

    _converse(sqlite, talk)
    assert brought.empty()


def test_a_refusal_that_comes_late_is_brought_too(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PATIENCE", 0.1)
    monkeypatch.setattr(run, "GIVE_UP", 0.1)
    brought: asyncio.Queue[Reply] = asyncio.Queue()

    async def talk(door: Door) -> None:
        with _locked(sqlite):
            assert (await door.ask(_command("log", LINE), brought.put)).later
            outcome = await asyncio.wait_for(brought.get(), 10)
        assert not outcome.ok
        assert LINE in outcome.text

    _converse(sqlite, talk)


def test_reading_does_not_wait_for_writing(sqlite: Database) -> None:
    async def talk(door: Door) -> None:
        with _locked(sqlite) as release:
            late: asyncio.Queue[Reply] = asyncio.Queue()
            writing = asyncio.create_task(door.ask(_command("log", LINE), late.put))
            found = await asyncio.wait_for(door.ask(_command("contact", "Podt"), _nowhere), 1)
            assert found.ok
            assert not writing.done()
            release()
            assert (await writing).text.startswith("Vastgelegd als C1")

    _converse(sqlite, talk)


def test_closing_waits_for_what_is_under_way(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "PATIENCE", 0.1)
    brought: asyncio.Queue[Reply] = asyncio.Queue()

    async def talk(door: Door) -> None:
        with _locked(sqlite) as release:
            await door.ask(_command("log", LINE), brought.put)
            asyncio.get_running_loop().call_later(0.3, release)
            await door.close()
        assert brought.get_nowait().text.startswith("Vastgelegd als C1")

    _converse(sqlite, talk)


def test_one_writer_at_a_time_on_sqlite_keeps_the_order(sqlite: Database) -> None:
    lines = [f"{LINE}, nummer {number}" for number in range(10)]

    async def talk(door: Door) -> None:
        replies = await asyncio.gather(*(door.ask(_command("log", line), _nowhere) for line in lines))
        assert [reply.text.splitlines()[0] for reply in replies] == [f"Vastgelegd als C{n}" for n in range(1, 11)]

    _converse(sqlite, talk)


def test_our_own_work_stands_in_the_same_line(sqlite: Database) -> None:
    def count() -> None:
        with sqlite.reading() as db:
            seen.append(db.scalar(text("SELECT count(*) FROM contacts")))

    seen: list[object] = []

    async def talk(door: Door) -> None:
        first = asyncio.create_task(door.ask(_command("log", LINE), _nowhere))
        await asyncio.sleep(0)
        await door.do(count)
        assert (await first).ok

    _converse(sqlite, talk)
    assert seen == [1]


@pytest.mark.parametrize("verb", ["log", "zoek"])
def test_both_databases_answer_through_the_door(database: Database, verb: str) -> None:
    async def talk(door: Door) -> None:
        reply = await door.ask(_command(verb, LINE), _nowhere)
        assert reply.ok

    _converse(database, talk)
