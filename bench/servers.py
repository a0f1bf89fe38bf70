"""Servers as processes of their own, which take turns under the same requests: a busy machine is as busy for each."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from statistics import median
from typing import NamedTuple

import psutil
from aiohttp import ClientError, ClientSession, TCPConnector

from bench.measure import Times

ROUNDS = 5
STARTS_WITHIN = 30.0  # seconds

FIGURES = ("clients", "p50 ms", "p99 ms", "requests/s", "CPU ms", "p50 / its", "requests/s / its")
LINES = (
    "gesprek met Podt (D66) gisteren over nareis, vrijdag terugbellen",
    "telefoon met Kati Piri (PRO) vandaag om 14:00 over opvang",
    "e-mail van Jimmy Dijk (SP) 17-11-2026 over inburgering en huisvesting, 36871",
    "kennismaking met Bikker (CU) 12 november over amv @Bob",
)


class Request(NamedTuple):
    """One POST."""

    address: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `at`: its address, without a path."""

    at: str
    process: psutil.Process

    @property
    def seconds(self) -> float:
        """What it took of the processor so far."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


async def nothing() -> None:
    """All was done when the answer came."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who take turns.

    make     so many requests, made and signed before the clock runs
    right    whether the status and body of an answer are right
    settled  comes back when all that was asked is done: what happens after the answers counts too
    """

    server: Server
    make: Callable[[int], Sequence[Request]]
    right: Callable[[int, str], bool]
    settled: Callable[[], Awaitable[None]] = nothing


@dataclass
class Measured:
    """What came of so many clients: milliseconds of every request; requests/s and CPU ms a request of every round."""

    ms: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def times(self) -> Times:
        """Of all rounds together."""
        return Times(sorted(self.ms))

    @property
    def rate(self) -> float:
        """Requests per second, the middle one of the rounds."""
        return median(self.rates)


@dataclass(frozen=True, slots=True)
class Aims:
    """At most so many times the bare median at one client; at least so much of its requests/s, and a p99, at more."""

    times_bare: float
    of_bare: float
    p99: float = inf


Found = Mapping[tuple[str, int], Measured]  # (side, clients) -> what came of it


@contextmanager
def served(settings: Mapping[str, str], module: str, *arguments: str) -> Iterator[Server]:
    """A program of ours as a server at PORT; it is ready when /readyz says so."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    others = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, "-m", module, *arguments]
        environment = {**others, **settings, "PORT": str(port)}
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=said)  # noqa: S603  # our own program
        try:
            asyncio.run(_until_ready(f"http://127.0.0.1:{port}/readyz"))
            yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
        except BaseException:
            said.seek(0)
            if last := said.read().decode(errors="replace")[-4000:]:
                print(f"\n{module} said last:\n{last}", file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait(20)


async def _until_ready(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    async with ClientSession() as session:
        while time.monotonic() < until:
            try:
                async with session.get(address) as answer:
                    if answer.status == 200:
                        return
            except ClientError:
                pass
            await asyncio.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


async def in_turn(sides: Mapping[str, Side], loads: Mapping[int, int], warm_up: int) -> Found:
    """Each side in each round, under each load: clients -> requests."""
    found = {(name, clients): Measured() for clients in loads for name in sides}
    async with ClientSession(connector=TCPConnector(limit=0)) as session:
        for side in sides.values():
            await _send(session, side, side.make(warm_up), 1)
            await side.settled()
        for _ in range(ROUNDS):
            for (name, clients), measured in found.items():
                side = sides[name]
                requests = side.make(loads[clients])
                used, start = side.server.seconds, time.perf_counter()
                measured.ms += await _send(session, side, requests, clients)
                await side.settled()
                measured.rates.append(len(requests) / (time.perf_counter() - start))
                measured.cpu.append((side.server.seconds - used) * 1000 / len(requests))
    return found


async def _send(session: ClientSession, side: Side, requests: Sequence[Request], clients: int) -> list[float]:
    """So many clients share the requests, each sending its next when it has its answer; the milliseconds of each."""
    waiting = iter(requests)
    took: list[float] = []

    async def client() -> None:
        for address, body, headers in waiting:
            start = time.perf_counter()
            async with session.post(address, data=body, headers=headers) as answer:
                said = await answer.text()
            took.append((time.perf_counter() - start) * 1000)
            assert side.right(answer.status, said), f"{answer.status} {said}"

    await asyncio.gather(*(client() for _ in range(clients)))
    return took


def rows(found: Found, names: Mapping[str, str], ours: str, aims: Aims) -> list[list[str]]:
    """The rows of a table: side -> what it is called there. The first is what the others are measured by."""
    bare = next(iter(names))
    made = []
    for (name, clients), measured in found.items():
        if name not in names:
            continue
        least = found[bare, clients]
        slower, share = measured.times.median / least.times.median, measured.rate / least.rate
        judged, alone = name == ours, clients == 1
        made.append(
            [
                names[name],
                str(clients),
                f"{measured.times.median:.1f}",
                f"{measured.times.p99:.1f}{_missed(judged and not alone and measured.times.p99 > aims.p99)}",
                f"{measured.rate:.0f}",
                f"{median(measured.cpu):.1f}",
                f"{slower:.1f}{_missed(judged and alone and slower > aims.times_bare)}",
                f"{share:.2f}{_missed(judged and not alone and share < aims.of_bare)}",
            ]
        )
    return made


def _missed(aim: bool) -> str:
    return " (!)" if aim else ""
