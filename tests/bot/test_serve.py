"""Serving: a process in which nobody delivers any more ends, and says why; whoever watches over it starts it anew."""

import asyncio
import socket

import pytest

from bot import serve, web
from bot.delivery import Dispatcher
from bot.door import Door
from bot.run import Run
from bot.standby import Turn
from handlers.members import House
from storage.database import Database


class Broken(Turn):
    """Something that nobody thought of."""

    def ours(self) -> bool:
        raise RuntimeError("nobody thought of this")


def test_without_a_dispatcher_the_process_ends(sqlite: Database) -> None:
    async def run() -> None:
        door = Door(Run(sqlite, House()))
        app = web.build(sqlite, ())
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        async with asyncio.timeout(20):
            await serve.platforms(Dispatcher(sqlite, door, {}, Broken(sqlite)), app, ("127.0.0.1", port), None)

    with pytest.raises(RuntimeError, match="nobody thought of this"):
        asyncio.run(run())
