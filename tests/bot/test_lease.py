"""Who stood still past the end of its lease, and what the next process makes of it."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot import delivery
from bot.carrier import Brought
from bot.notsent import NotSent
from handlers.notices import Address
from handlers.reply import Reply
from storage import outbox
from tests.bot.delivering import CHANNEL, Office, Recorder, runs, said


def test_what_a_process_left_under_way_is_asked_about_by_the_next(office: Office) -> None:
    office.put("a")
    now = datetime.now(UTC)
    with office.database.writing() as db:  # it claimed, it said it, and it was gone
        outbox.claim(db, ("gone", now - timedelta(minutes=2), now - timedelta(minutes=1)), 10, ())
        outbox.claim(db, ("gone", now, now - timedelta(seconds=1)), 10, ())
    office.slack.ledger.append((CHANNEL, "card/a", "T1 · a"))
    runs(office.until(office.settled("a")))
    assert office.slack.keys == ["card/a"]


def test_who_stood_still_past_the_lease_writes_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LEASE", 0.6)
    monkeypatch.setattr(delivery, "HASTE", 0.3)
    slow, quick = Recorder(seconds=1.0), Recorder()
    office.put("a")

    async def both() -> None:
        frozen = office.dispatcher(slack=slow)
        running = asyncio.create_task(frozen.run())
        await asyncio.sleep(0.7)
        await office.until(office.settled("a"), office.dispatcher(slack=quick))
        running.cancel()
        await frozen.finish()

    runs(both())
    assert (slow.keys, quick.keys) == ([], ["card/a"])


def test_what_came_late_after_all_is_taken_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LEASE", 0.4)
    monkeypatch.setattr(delivery, "HASTE", 0.1)

    @dataclass
    class Frozen(Recorder):
        """It stands still between the fence and the writing: microseconds in which nothing can be done."""

        async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
            await asyncio.sleep(0.8)
            self.ledger.append((to.place, key, said(reply)))
            return Brought(to.place, "late")

    frozen, quick = Frozen(), Recorder()
    office.put("a")

    async def both() -> None:
        first = office.dispatcher(slack=frozen)
        running = asyncio.create_task(first.run())
        await asyncio.sleep(0.5)
        await office.until(office.settled("a"), office.dispatcher(slack=quick))
        await asyncio.sleep(0.8)
        running.cancel()
        await first.finish()

    runs(both())
    assert quick.keys == ["card/a"]
    assert frozen.taken_back == ["late"]


def test_what_came_late_and_was_not_answered_for_is_looked_for_and_taken_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LEASE", 0.4)
    monkeypatch.setattr(delivery, "HASTE", 0.1)

    @dataclass
    class Frozen(Recorder):
        """It stands still between the fence and the writing; then it writes, and waits too long for the answer."""

        async def bring(self, to: Address, reply: Reply, key: str, since: datetime | None) -> Brought:
            await asyncio.sleep(0.8)
            self.ledger.append((to.place, key, said(reply)))
            raise NotSent("TimeoutError", perhaps=True)

        def name_of(self, key: str) -> str:
            return "late"

    frozen, quick = Frozen(), Recorder()
    office.put("a")

    async def both() -> None:
        first = office.dispatcher(slack=frozen)
        running = asyncio.create_task(first.run())
        await asyncio.sleep(0.5)
        await office.until(office.settled("a"), office.dispatcher(slack=quick))
        await asyncio.sleep(0.8)
        running.cancel()
        await first.finish()

    runs(both())
    assert quick.keys == ["card/a"]
    assert frozen.taken_back == ["late"]
