"""Serving: the web server, the clock, the door and the fronts, started and stopped together."""

import asyncio
import gc
import signal
from collections.abc import Sequence

from aiohttp import web

from bot import clock
from bot import web as server
from bot.door import Door
from bot.web import Front
from bot.webchat.app import add_webchat
from storage.database import Database

LOOPBACK = "127.0.0.1"


async def webchat(database: Database, door: Door, port: int, zone: str) -> None:
    """Serve the web chat until the process is told to stop. It never binds beyond 127.0.0.1."""
    app = server.build(database, ())
    add_webchat(app, door, zone)
    await _until_stopped(app, database, door, (LOOPBACK, port))


async def platforms(database: Database, door: Door, fronts: Sequence[Front], address: tuple[str, int]) -> None:
    """Serve the platforms that are configured, at (host, port), until the process is told to stop."""
    app = server.build(database, fronts)
    for front in fronts:
        front.attach(app)
    await _until_stopped(app, database, door, address)


async def _until_stopped(app: web.Application, database: Database, door: Door, address: tuple[str, int]) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, *address).start()
    gc.collect()
    gc.freeze()  # what the program is made of is never garbage: looking through it took 0.2 s now and then
    jobs = clock.start(database, door, app[server.FRONTS])
    try:
        await stopped.wait()
    finally:
        jobs.shutdown(wait=False)
        await runner.cleanup()
        await door.close()
        database.close()
