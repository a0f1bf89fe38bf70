"""Socket Mode as Slack serves it: tickets, hello, envelopes, acknowledgements, disconnects and worse."""

import asyncio
import json
import secrets
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.servers.slack_state import State
from tests.servers.slack_workspace import APP

Json = dict[str, Any]


class Cut(Exception):
    """The connection went away before the acknowledgement."""


@dataclass(eq=False)
class Line:
    """One open connection. A deaf one does not hear acknowledgements any more."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    deaf: bool = False


class Sockets:
    """The open connections of the bot. An envelope goes to one of them, in turn."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.open: list[Line] = []
        self.tickets: set[str] = set()
        self.waiting: dict[str, asyncio.Future[Json]] = {}
        self.turn = 0

    def ticket(self) -> str:
        """An address that lets one connection in."""
        ticket = secrets.token_urlsafe(12)
        self.tickets.add(ticket)
        return f"{self.state.url.replace('http:', 'ws:')}/link/?ticket={ticket}&app_id={APP}"

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """The websocket route."""
        if request.query.get("ticket") not in self.tickets:
            return web.Response(status=401)
        self.tickets.remove(request.query["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        line = Line(socket, request.transport)
        self.open.append(line)
        info = {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060}
        hello = {"type": "hello", "num_connections": len(self.open), "debug_info": info}
        await socket.send_json(hello | {"connection_info": {"app_id": APP}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._hear(line, message.data)
        finally:
            if line in self.open:
                self.open.remove(line)
        return socket

    def _hear(self, line: Line, text: str) -> None:
        try:
            ack = json.loads(text)
        except ValueError:
            return
        future = self.waiting.get(ack.get("envelope_id", ""))
        if future and not future.done() and not line.deaf:
            future.set_result(ack)

    async def send(self, envelope: Json, patience: float) -> Json:
        """Deliver; gives the acknowledgement. TimeoutError after `patience` seconds, Cut when the line went."""
        line = await self._one(patience)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.waiting[envelope["envelope_id"]] = future
        try:
            await line.socket.send_json(envelope)
            async with asyncio.timeout(patience):
                return await future
        except ConnectionError as trouble:
            raise Cut from trouble
        finally:
            self.waiting.pop(envelope["envelope_id"], None)

    async def send_and_cut(self, envelope: Json, after: float) -> None:
        """Deliver, hear nothing, and break the connection after so many seconds."""
        line = await self._one(after + 3)
        line.deaf = True
        await line.socket.send_json(envelope)
        await asyncio.sleep(after)
        self.abort(line)

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to come again, as Slack does when it refreshes."""
        for line in list(self.open):
            self.open.remove(line)
            await line.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}})

    def abort(self, line: Line) -> None:
        """Break a connection without a goodbye."""
        if line in self.open:
            self.open.remove(line)
        if line.transport is not None:
            line.transport.abort()

    async def _one(self, patience: float) -> Line:
        async with asyncio.timeout(patience):
            while not (usable := [line for line in self.open if not line.socket.closed]):
                await asyncio.sleep(0.01)
        self.turn += 1
        return usable[self.turn % len(usable)]
