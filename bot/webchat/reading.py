"""What the page reads: the history, the stream of what happens, a reply as Slack and Teams get it, a file."""

import asyncio
import json
from contextlib import suppress
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.slack.blocks import messages as block_kit
from bot.slack.blocks import view
from bot.teams.cards import cards as adaptive_cards
from bot.webchat.guard import HEADERS, Refused, speaker_of, user_of
from bot.webchat.show import show
from bot.webchat.timeline import Cursor, Message, Timeline
from handlers.reply import File, Picture, Reply

HEARTBEAT = 15.0  # seconds; a browser that went away is noticed at the next one


class Reading:
    """The addresses that change nothing. Nobody reads here what they may not see."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline

    async def messages(self, request: web.Request) -> web.Response:
        """`?as=…&place=…` -> what this person may see there, and the cursor to listen from."""
        speaker = speaker_of(request.query)
        user = speaker.person.user
        history = [show(message, user) for message in self._timeline.history(user, speaker.place.id)]
        return web.json_response({"messages": history, "cursor": str(self._timeline.cursor)})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """`?as=…&since=…` -> server-sent events: each new or changed message this person may see, as it comes."""
        user = user_of(request)
        seen = Cursor.read(request.headers.get("Last-Event-ID") or request.query.get("since", ""))
        response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        with suppress(ConnectionResetError), self._timeline.reader() as changed:
            if seen and seen.era != self._timeline.era:
                await response.write(b"event: restart\ndata: {}\n\n")
            at = seen.seq if seen and seen.era == self._timeline.era else 0
            while not self._timeline.closed:
                changed.clear()
                for message in self._timeline.since(user, at):
                    at = message.seq
                    await response.write(_event(Cursor(self._timeline.era, at), message, user))
                await _pause(response, changed)
        return response

    async def rendered(self, request: web.Request) -> web.Response:
        """`?as=…&message=…` -> `{"slack", "teams"}`: the same reply as Block Kit and as Adaptive Cards."""
        message, reply = self._reply(request)

        def address(part: Picture | File) -> str:
            query = urlencode({"as": user_of(request), "message": message.id, "part": reply.parts.index(part)})
            return f"http://{request.host}/webchat/file?{query}"

        modal = [view(reply.form, reply.language)] if reply.form else []
        slack = [*block_kit(reply, address), *modal]
        return web.json_response({"slack": slack, "teams": adaptive_cards(reply, address)})

    async def file(self, request: web.Request) -> web.Response:
        """`?as=…&message=…&part=…` -> a picture, or a file to take away; `part` counts from 0."""
        _, reply = self._reply(request)
        part = dict(zip(map(str, range(len(reply.parts))), reply.parts, strict=True)).get(request.query.get("part", ""))
        if isinstance(part, Picture):
            return web.Response(body=part.content, content_type="image/png")
        if isinstance(part, File):
            away = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(part.name, safe='')}"}
            return web.Response(body=part.content, content_type="application/octet-stream", headers=away)
        raise Refused(404, "no_message")

    def _reply(self, request: web.Request) -> tuple[Message, Reply]:
        message = self._timeline.find(request.query.get("message", ""), user_of(request))
        if message is None or message.reply is None:
            raise Refused(404, "no_message")
        return message, message.reply


def _event(cursor: Cursor, message: Message, user: str) -> bytes:
    return f"id: {cursor}\nevent: message\ndata: {json.dumps(show(message, user))}\n\n".encode()


async def _pause(response: web.StreamResponse, changed: asyncio.Event) -> None:
    """Until something changed. A line of silence now and then finds out whether anybody still listens."""
    try:
        await asyncio.wait_for(changed.wait(), HEARTBEAT)
    except TimeoutError:
        await response.write(b": \n\n")
