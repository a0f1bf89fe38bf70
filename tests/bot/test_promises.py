"""The promises: looked at, told, and the heartbeat that is heard only while they are kept."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.door import Door
from bot.promises import Promises
from bot.run import Run
from handlers import members, promises
from handlers.members import House
from handlers.tasks import weekly
from storage import outbox, signs, tasks
from storage.database import Database
from storage.outbox import Notice
from storage.tasks import Task
from tests.handlers.shown import rows
from tests.servers.local import LocalServer
from tests.world import World

NOW = datetime.now(UTC)


class Watcher(LocalServer):
    """Whoever listens for the heartbeat."""

    def __init__(self) -> None:
        self.heard = 0
        made = web.Application()
        made.router.add_get("/ping", self._hear)
        super().__init__("watcher", made)

    async def _hear(self, request: web.Request) -> web.Response:
        self.heard += 1
        return web.Response()


@pytest.fixture
def watcher() -> Iterator[Watcher]:
    with Watcher() as made:
        yield made


def look(database: Database, watcher: Watcher) -> Promises:
    """One look, as the clock does it every five minutes."""
    found = Promises(database, f"{watcher.at}/ping")
    door = Door(Run(database, House()))

    async def check() -> None:
        await found.check(door)
        await door.close()

    asyncio.run(check())
    return found


def task(database: Database, due: timedelta) -> int:
    """An open task of Alice without any reminder."""
    with database.writing() as db:
        alice = members.named(db, "Alice")
        assert alice
        given = Task("brief", "Brief", alice.id, alice.id, (NOW + due).date(), "UTC", NOW)
        return tasks.add(db, given).id


def put(database: Database, number: int, at: datetime) -> None:
    with database.writing() as db:
        outbox.put(db, Notice(f"task/{number}/T-1", "rung", "task", number, at))


def test_kept_promises_are_told_and_the_heartbeat_is_heard(database: Database, watcher: Watcher) -> None:
    number = task(database, timedelta(days=9))
    put(database, number, NOW + timedelta(days=1))
    assert look(database, watcher).said.startswith("kept")
    assert watcher.heard == 1


def test_a_task_without_a_reminder_is_told_and_the_heartbeat_is_silent(database: Database, watcher: Watcher) -> None:
    number = task(database, timedelta(days=9))
    assert f"1 open tasks without a reminder: T{number}" in look(database, watcher).said
    assert watcher.heard == 0
    world = World(database, NOW)
    assert f"T{number}" in rows(world.says("alice", "status"))["Beloften"]


def test_what_is_overdue_stands_in_the_weekly_list_that_is_on_its_way(database: Database, watcher: Watcher) -> None:
    task(database, timedelta(days=-60))
    assert "no weekly list" in look(database, watcher).said
    assert watcher.heard == 0
    with database.writing() as db:
        weekly.plan(db, NOW)
    assert look(database, watcher).said.startswith("kept")


def test_a_lease_that_ended_and_was_never_seen_to_breaks_a_promise(database: Database, watcher: Watcher) -> None:
    put(database, task(database, timedelta(days=9)), NOW - timedelta(hours=1))
    with database.writing() as db:
        lease = ("gone", NOW, NOW - timedelta(minutes=30))
        assert outbox.claim(db, lease, 10, ())
    assert "1 messages that should have left" in look(database, watcher).said
    assert watcher.heard == 0


def test_a_look_of_long_ago_says_nothing_of_now(world: World) -> None:
    with world.database.writing() as db:
        signs.leave(db, promises.SIGN, "", world.now)
    assert rows(world.says("alice", "status"))["Beloften"].startswith("nagekomen")
    world.passes(minutes=16)
    assert "daarna niet meer" in rows(world.says("alice", "status"))["Beloften"]


def test_a_watcher_that_does_not_answer_stops_nothing(database: Database) -> None:
    found = Promises(database, "http://127.0.0.1:9/ping")
    door = Door(Run(database, House()))

    async def check() -> None:
        await found.check(door)
        await door.close()

    asyncio.run(check())
    assert found.said.startswith("kept")
