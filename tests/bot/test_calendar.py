"""A calendar over HTTP: what a program gets at a link, how it hears that nothing changed, and who gets nothing."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import calendar
from bot import web as server
from bot.door import Door
from bot.run import Run
from handlers.members import House
from storage import items
from storage.database import Database, Unavailable
from storage.items import Item
from tests.calendars import judged, link_in, opened
from tests.world import LINKS, World

Client = TestClient[web.Request, web.Application]


def visit(world: World, does: Callable[[Client], Awaitable[None]]) -> None:
    """Do this with a client of the web server."""

    async def run() -> None:
        door = Door(Run(world.database, House(), LINKS))
        app = server.build(world.database, ())
        calendar.attach(app, door)
        async with TestClient(TestServer(app)) as client:
            await does(client)
        await door.close()

    asyncio.run(run())


@pytest.fixture
def today(database: Database) -> World:
    """The office on the day on which the test runs: the web server has the clock of the machine."""
    return World(database, now=datetime.now(UTC))


def path_of(link: str) -> str:
    return link.removeprefix(LINKS.base)


def fill(world: World, count: int) -> None:
    """So many meetings about what the channel follows, over the year ahead."""
    world.says("alice", "volg gezinshereniging")
    at = world.now.replace(microsecond=0)
    with world.database.writing() as db:
        for number in range(count):
            begins = at + timedelta(days=number, minutes=7 * number)
            title = f"Nareis, gezinshereniging; en “meer” 👩🏽‍⚖️ {number} " + "é" * number
            facts = {"ends": (begins + timedelta(hours=2)).isoformat(), "place": "Zaal", "group": "commissie"}
            item = Item(items.MEETING, f"a{number}", title=title, kind="Commissiedebat", at=begins, day=begins.date(),
                        words="nareis", address=f"https://example.org/{number}", facts=facts)  # fmt: skip
            items.put(db, item, world.now)


def test_three_hundred_items_are_in_order_and_open_in_a_real_parser(today: World) -> None:
    fill(today, 300)
    path = path_of(link_in(today.says("alice", "kalender")))

    async def subscribe(client: Client) -> None:
        began = time.monotonic()
        answer = await client.get(path)
        body = await answer.read()
        assert time.monotonic() - began < 3
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert len(judged(body)) == 300
        whole = opened(body)
        assert (whole["X-WR-CALNAME"], whole["NAME"]) == ("Lobby · #team-asiel", "Lobby · #team-asiel")
        assert whole["REFRESH-INTERVAL"].dt == timedelta(hours=1)
        assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n" in body

    visit(today, subscribe)


def test_what_did_not_change_is_not_sent_again(today: World) -> None:
    fill(today, 2)
    path = path_of(link_in(today.says("alice", "kalender")))

    async def subscribe(client: Client) -> None:
        first = await client.get(path)
        tag = first.headers["ETag"]
        again = await client.get(path, headers={"If-None-Match": tag})
        assert (again.status, again.headers["ETag"], await again.read()) == (304, tag, b"")
        head = await client.head(path)
        assert (head.status, head.headers["ETag"], await head.read()) == (200, tag, b"")
        assert head.headers["Content-Type"] == "text/calendar; charset=utf-8"
        await asyncio.to_thread(fill, today, 3)
        anew = await client.get(path, headers={"If-None-Match": tag})
        assert anew.status == 200
        assert anew.headers["ETag"] != tag

    visit(today, subscribe)


def test_a_link_that_is_revoked_or_forged_gives_nothing(today: World) -> None:
    path = path_of(link_in(today.says("alice", "kalender")))
    last = "a" if path[-5] != "a" else "b"
    forged = [f"{path[:-5]}{last}.ics", "/ical/x.ics", "/ical/.ics", path.removesuffix(".ics"), f"{path}/x"]

    async def subscribe(client: Client) -> None:
        assert (await client.get(path)).status == 200
        for one in forged:
            assert (await client.get(one)).status == 404
        await asyncio.to_thread(today.says, "alice", "kalender uit")
        gone, never = await client.get(path), await client.get(forged[0])
        assert (gone.status, await gone.read()) == (never.status, await never.read()) == (404, b"")
        assert {name: gone.headers[name] for name in calendar.HEADERS} == calendar.HEADERS
        assert (await client.post(path)).status == 405

    visit(today, subscribe)


def test_a_database_that_is_away_is_no_empty_calendar(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a 404 a program would throw away what it knows."""
    path = path_of(link_in(world.says("alice", "kalender")))

    def away(*_: object) -> bytes:
        raise Unavailable("gone")

    monkeypatch.setattr(calendar, "made", away)

    async def subscribe(client: Client) -> None:
        answer = await client.get(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "120")

    visit(world, subscribe)
