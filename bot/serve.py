"""Serving: the web server, the clock and the door, started and stopped together."""

import asyncio
import signal

from aiohttp import web

from bot import clock
from bot import web as server
from bot.door import Door
from bot.webchat.app import add_webchat
from storage.database import Database


async def webchat(database: Database, door: Door, port: int, zone: str) -> None:
    """Serve the web chat until the process is told to stop. It never binds beyond 127.0.0.1."""
    app = server.build(database)
    add_webchat(app, door, zone)
    await _until_stopped(app, database, door, port)


async def _until_stopped(app: web.Application, database: Database, door: Door, port: int) -> None:
    stopped = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stopped.set)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    jobs = clock.start(database, door)
    try:
        await stopped.wait()
    finally:
        jobs.shutdown(wait=False)
        await runner.cleanup()
        await door.close()
        database.close()
