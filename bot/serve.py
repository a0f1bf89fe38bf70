"""Serving: the web server, the clock, the door and the fronts, started and stopped together."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from bot import calendar, clock
from bot import web as server
from bot.delivery import Dispatcher
from bot.demo_play import Play
from bot.door import Door
from bot.parliament import Polling
from bot.webchat.app import add_webchat
from bot.webchat.carrier import WebCarrier
from bot.webchat.rooms import PLATFORM
from storage.database import Database

LOOPBACK = "127.0.0.1"


async def webchat(database: Database, door: Door, port: int, zone: str, day: Play | None) -> None:
    """Serve the web chat until the process is told to stop. It never binds beyond 127.0.0.1.

    day  the day of parliament that happens meanwhile; None for a quiet one
    """
    app = server.build(database, ())
    timeline = add_webchat(app, door, zone)
    calendar.attach(app, door)
    dispatcher = Dispatcher(database, door, {PLATFORM: WebCarrier(timeline)}, app[server.TURN])

    async def playing(_: web.Application) -> AsyncIterator[None]:
        played = asyncio.create_task(day.run(dispatcher)) if day else None
        yield
        if played:
            played.cancel()
            with suppress(asyncio.CancelledError):
                await played

    app.cleanup_ctx.append(playing)
    await _until_stopped(app, dispatcher, (LOOPBACK, port), None)


async def platforms(
    dispatcher: Dispatcher, app: web.Application, address: tuple[str, int], polling: Polling | None
) -> None:
    """Serve the platforms that are configured, at (host, port), until the process is told to stop.

    polling  what keeps up with parliament; None where that is not wanted
    """
    for front in app[server.FRONTS]:
        front.attach(app)
    calendar.attach(app, dispatcher.door)
    await _until_stopped(app, dispatcher, address, polling)


async def _until_stopped(
    app: web.Application, dispatcher: Dispatcher, address: tuple[str, int], polling: Polling | None
) -> None:
    database, door = dispatcher.database, dispatcher.door
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, *address).start()
    gc.collect()
    gc.freeze()  # what the program is made of is never garbage: looking through it took 0.2 s now and then
    jobs = clock.start(app, dispatcher, polling)
    door.changed = dispatcher.nudge
    delivering = asyncio.create_task(dispatcher.run())
    delivering.add_done_callback(lambda _: stopped.set())  # without it nobody is reminded: better gone than silent
    try:
        await stopped.wait()
        if delivering.done():
            delivering.result()
    finally:
        jobs.shutdown(wait=False)
        if polling:
            polling.stop()
        delivering.cancel()
        await dispatcher.finish()
        await runner.cleanup()
        dispatcher.turn.give_back()
        await door.close()
        database.close()
