"""`/lobby log` as signed HTTP to `python -m bot run`, beside a bare Bolt app that commits one row, on SQLite (FULL).

`python -m bench.slack` runs this one alone.
"""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from aiohttp import ClientError, ClientSession, TCPConnector
from sqlalchemy import text

from bench import measure, places
from bench.measure import Times
from bot.people import load_people
from storage import schema
from storage.database import Database
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How, posted
from tests.servers.slack_payloads import slash

ROUNDS = 5
PER_ROUND = {1: 80, 16: 320}  # clients -> requests
WARM_UP = 40
STARTS_WITHIN = 30.0  # seconds
# Aims: at most so many times the bare median at one client; at least so much of its requests/s, and a p99, at 16.
TIMES_BARE, OF_BARE, P99_MS = 4.0, 0.3, 250.0

COLUMNS = ("/lobby log, signed HTTP", "clients", "p50 ms", "p99 ms", "requests/s", "p50 / its", "requests/s / its")

_WHO = ("alice", "bob", "carla")
_LINES = (
    "gesprek met Podt (D66) gisteren over nareis, vrijdag terugbellen",
    "telefoon met Kati Piri (PRO) vandaag om 14:00 over opvang",
    "e-mail van Jimmy Dijk (SP) 17-11-2026 over inburgering en huisvesting, 36871",
    "kennismaking met Bikker (CU) 12 november over amv @Bob",
)

Request = tuple[bytes, dict[str, str]]


@dataclass
class Measured:
    """What one server did with so many clients: milliseconds of every request, requests per second of every round."""

    ms: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    @property
    def times(self) -> Times:
        """Of all rounds together."""
        return Times(sorted(self.ms))

    @property
    def rate(self) -> float:
        """Requests per second, the middle one of the rounds."""
        return median(self.rates)


def log() -> list[list[str]]:
    """The rows of the table. The two take turns, so that a busy machine is as busy for both."""
    with LocalSlack() as slack, places.sqlite() as ours, places.sqlite() as bare:
        _set_up(ours)
        with _served("bot", ours, slack, "run") as lobby, _served("bench.slack_bare", bare, slack) as least:
            found = asyncio.run(_in_turn(slack, {"bare": least, "lobby": lobby}))
        sent = WARM_UP + ROUNDS * sum(PER_ROUND.values())
        assert _rows(ours, "contacts") == _rows(bare, "bench_bare") == sent, "not every request left one row"
    return _table(found)


def _set_up(database: Database) -> None:
    """As after `migrate` and `people load`."""
    schema.upgrade(database)
    with database.writing() as db:
        load_people(db, datetime.now(UTC))


@contextmanager
def _served(module: str, database: Database, slack: LocalSlack, *arguments: str) -> Iterator[str]:
    """A server as a process of its own; gives its address for Slack."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")} | {
        "PORT": str(port),
        "LOBBY_DATABASE_URL": str(database.url),
        "LOBBY_SLACK_API_URL": slack.url,
        "LOBBY_SLACK_BOT_TOKEN": slack.bot_token,
        "LOBBY_SLACK_SIGNING_SECRET": slack.signing_secret,
        "LOBBY_SLACK_WORKSPACES": slack.team,
    }
    folder = Path(database.url.database or "").parent
    with (folder / "server.log").open("wb") as file:
        command = [sys.executable, "-m", module, *arguments]
        server = subprocess.Popen(command, env=settings, stdout=file, stderr=file)  # noqa: S603  # our own program
    try:
        asyncio.run(_until_ready(f"http://127.0.0.1:{port}/readyz"))
        yield f"http://127.0.0.1:{port}/slack/events"
    finally:
        server.terminate()
        server.wait(20)


async def _until_ready(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    async with ClientSession() as session:
        while time.monotonic() < until:
            try:
                async with session.get(address) as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                await asyncio.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


async def _in_turn(slack: LocalSlack, servers: dict[str, str]) -> dict[tuple[str, int], Measured]:
    found = {(name, clients): Measured() for clients in PER_ROUND for name in servers}
    numbers = count(1)
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        for address in servers.values():
            await _send(session, address, _requests(slack, numbers, WARM_UP), 1)
        for _ in range(ROUNDS):
            for (name, clients), measured in found.items():
                requests = _requests(slack, numbers, PER_ROUND[clients])
                start = time.perf_counter()
                measured.ms += await _send(session, servers[name], requests, clients)
                measured.rates.append(len(requests) / (time.perf_counter() - start))
    return found


def _requests(slack: LocalSlack, numbers: Iterator[int], how_many: int) -> list[Request]:
    """Made and signed before the clock runs; no two lines are the same."""
    made = []
    for number, _ in zip(numbers, range(how_many), strict=False):
        line = f"log {_LINES[number % len(_LINES)]} nummer {number}"
        who = slack.user(_WHO[number % len(_WHO)])
        payload = slack.there(slash, slack.state, who, slack.channel("team-asiel"), "/lobby", line)
        made.append(posted(slack.state, payload, How()))
    return made


async def _send(session: ClientSession, address: str, requests: Sequence[Request], clients: int) -> list[float]:
    """So many clients share the requests, each sending its next when it has its answer; the milliseconds of each."""
    waiting = iter(requests)
    took: list[float] = []

    async def client() -> None:
        for body, headers in waiting:
            start = time.perf_counter()
            async with session.post(address, data=body, headers=headers) as answer:
                said = await answer.text()
            took.append((time.perf_counter() - start) * 1000)
            assert answer.status == 200 and "Vastgelegd als C" in said, said

    await asyncio.gather(*(client() for _ in range(clients)))
    return took


def _rows(database: Database, table: str) -> int:
    with database.reading() as db:
        found: int = db.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # names of ours
        return found


def _table(found: dict[tuple[str, int], Measured]) -> list[list[str]]:
    rows = []
    for (name, clients), measured in found.items():
        least = found["bare", clients]
        slower, share = measured.times.median / least.times.median, measured.rate / least.rate
        p99 = f"{measured.times.p99:.1f}"
        ratios = ["1.0", "1.00"]
        if name == "lobby" and clients == 1:
            ratios = [f"{slower:.1f}{' (!)' if slower > TIMES_BARE else ''}", f"{share:.2f}"]
        elif name == "lobby":
            ratios = [f"{slower:.1f}", f"{share:.2f}{' (!)' if share < OF_BARE else ''}"]
            p99 += " (!)" if measured.times.p99 > P99_MS else ""
        shown = "bare: Bolt, one row with SQLAlchemy Core" if name == "bare" else "Lobby: python -m bot run"
        rows.append([shown, str(clients), f"{measured.times.median:.1f}", p99, f"{measured.rate:.0f}", *ratios])
    return rows


if __name__ == "__main__":
    print(measure.table("/lobby log in Slack, SQLite, synchronous=FULL", COLUMNS, log()))
