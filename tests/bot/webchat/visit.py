"""A visit to the web chat over HTTP: say, press, fill and listen as one of the three people."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.webchat.app import add_webchat
from tests.bot.webchat.fake_door import FakeDoor

Json = dict[str, Any]


class Visit:
    """The page's side of HTTP. `door` tells what the bot was asked."""

    def __init__(self, client: TestClient[web.Request, web.Application], door: FakeDoor) -> None:
        self.client = client
        self.door = door

    async def post(self, what: str, body: object, **more: Any) -> ClientResponse:
        """Post anything, as the page does."""
        return await self.client.post(f"/webchat/{what}", data=json.dumps(body), headers=HEADERS | more)

    async def say(self, user: str, place: str, line: str, id: str = "") -> Json | None:
        """Type a line: the answer's message."""
        body = {"id": id or str(uuid4()), "as": user, "place": place, "line": line}
        return await self._message("say", body)

    async def press(self, user: str, message: Json, label: str, **more: object) -> Json:
        """Press the button with this label."""
        action = next(button["action"] for button in buttons(message) if button["label"] == label)
        body = {"id": str(uuid4()), "as": user, "place": message["place"], "message": message["id"], "action": action}
        answer = await self._message("press", {**body, "version": message["version"], **more})
        assert answer is not None
        return answer

    async def fill(self, user: str, message: Json, values: dict[str, str], id: str = "") -> Json:
        """Send the form in a message: `{"message"}` or `{"errors", "text"}`."""
        form = next(part for part in message["reply"]["parts"] if part["part"] == "form")
        body = {"id": id or str(uuid4()), "as": user, "place": message["place"], "message": message["id"]}
        response = await self.post("fill", {**body, "action": form["action"], "values": values})
        assert response.status == 200
        answer: Json = await response.json()
        return answer

    async def history(self, user: str, place: str) -> list[Json]:
        """What this person sees there."""
        response = await self.client.get("/webchat/messages", params={"as": user, "place": place})
        assert response.status == 200
        found: list[Json] = (await response.json())["messages"]
        return found

    async def texts(self, user: str, place: str) -> list[str]:
        """The same in one line each: what was typed, or the first words of an answer."""
        return [words(message) for message in await self.history(user, place)]

    async def _message(self, what: str, body: Json) -> Json | None:
        response = await self.post(what, body)
        answer = await response.json()
        assert response.status == 200, answer
        message: Json | None = answer["message"]
        return message


class Listening:
    """Server-sent events of one person, read one by one."""

    def __init__(self, visit: Visit, user: str, last: str = "") -> None:
        self._visit = visit
        self._query = {"as": user}
        self._headers = {"Last-Event-ID": last} if last else {}

    async def __aenter__(self) -> Self:
        self._response = await self._visit.client.get("/webchat/events", params=self._query, headers=self._headers)
        assert self._response.content_type == "text/event-stream"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._response.close()

    async def next(self) -> tuple[str, str, Json]:
        """(id, event, data) of the next event; TimeoutError when nothing comes."""
        read: dict[str, str] = {}
        async with asyncio.timeout(1):
            while "data" not in read:
                name, _, value = (await self._response.content.readline()).decode().strip().partition(": ")
                read[name] = value
        return read.get("id", ""), read["event"], json.loads(read["data"])


HEADERS = {"Content-Type": "application/json"}


def buttons(message: Json) -> list[Json]:
    """The buttons in a message."""
    return [
        button for part in message["reply"]["parts"] for button in part.get("buttons") or [part.get("button")] if button
    ]


def words(message: Json) -> str:
    """What was typed, or the first words of an answer."""
    if not message["reply"]:
        return str(message["text"])
    first = message["reply"]["parts"][0]
    return str(first.get("text") or first.get("title") or first["part"])


def visiting(story: Callable[[Visit], Awaitable[None]]) -> None:
    """Run a story against a fresh web chat."""

    async def run() -> None:
        app, door = web.Application(), FakeDoor()
        door.pause = 0.02
        add_webchat(app, door, "Europe/Amsterdam")
        async with TestClient(TestServer(app)) as client:
            await story(Visit(client, door))

    asyncio.run(run())
