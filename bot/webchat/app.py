"""The web chat over HTTP: the page, and what is posted from it."""

from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

from bot.webchat.chat import Asks, Chat
from bot.webchat.guard import Refused, guarded, language, read_body, speaker_of, text_of, texts_of, uuid_of
from bot.webchat.reading import Reading
from bot.webchat.rooms import CHANNELS, PEOPLE, ROLES, Speaker, direct
from bot.webchat.show import show
from bot.webchat.timeline import Message, Timeline
from handlers.command import LINE_LIMIT, read_action
from handlers.reply import Reply, Text
from handlers.texts import catalogue

PAGE = Path(__file__).with_name("page")


def add_webchat(app: web.Application, door: Asks, zone: str) -> Timeline:
    """Serve the page at `/`, and everything it needs below `/webchat/`; gives what is said there."""
    timeline = Timeline()
    reading, saying = Reading(timeline), Saying(timeline, Chat(timeline, door, zone))
    app.router.add_get("/", guarded(_page))
    for part in PAGE.iterdir():
        if part.suffix != ".html":
            app.router.add_get(f"/webchat/{part.name}", guarded(_part))
    for read in (_words, reading.messages, reading.events, reading.rendered, reading.file):
        app.router.add_get(f"/webchat/{read.__name__.strip('_')}", guarded(read), allow_head=False)
    for change in (saying.say, saying.press, saying.fill):
        app.router.add_post(f"/webchat/{change.__name__}", guarded(change))

    async def close(_: web.Application) -> None:
        timeline.close()

    app.on_shutdown.append(close)
    return timeline


class Saying:
    """The addresses that ask the bot something. Posted twice with the same id it is the same thing."""

    def __init__(self, timeline: Timeline, chat: Chat) -> None:
        self._timeline = timeline
        self._chat = chat

    async def say(self, request: web.Request) -> web.Response:
        """`{"id", "as", "place", "line"}` -> `{"message"}`: the answer, or null when it was talk among people."""
        body = await read_body(request)
        speaker, id, line = speaker_of(body), uuid_of(body), text_of(body, "line")
        if not line.strip():
            raise Refused(400, "empty")
        if len(line) > LINE_LIMIT:
            raise Refused(400, "too_long", length=len(line), limit=LINE_LIMIT)
        return _answer(await self._chat.say(speaker, id, line), speaker)

    async def press(self, request: web.Request) -> web.Response:
        """`{"id", "as", "place", "message", "action"}` and the `version` that was seen -> `{"message"}`."""
        body = await read_body(request)
        speaker, _ = speaker_of(body), uuid_of(body)
        message, action = self._message(body, speaker), read_action(text_of(body, "action"))
        if action is None:
            raise Refused(400, "missing", name="action")
        version = body.get("version", message.version)
        if type(version) is not int:
            raise Refused(400, "missing", name="version")
        return _answer(await self._chat.press(speaker, message, version, action), speaker)

    async def fill(self, request: web.Request) -> web.Response:
        """`{"id", "as", "place", "message", "action", "values"}` -> `{"message"}`, or `{"errors", "text"}`."""
        body = await read_body(request)
        speaker, id, values = speaker_of(body), uuid_of(body), texts_of(body, "values")
        before = self._chat.filled(speaker, id)
        if before:
            return _answer(before, speaker)
        message = self._message(body, speaker)
        form = message.reply.form if message.reply else None
        if form is None or form.action != text_of(body, "action"):
            raise Refused(404, "no_form")
        answer = await self._chat.fill(speaker, id, message, values)
        if isinstance(answer, Reply):
            why = next((part.text for part in answer.parts if isinstance(part, Text)), "")
            return web.json_response({"errors": dict(answer.errors), "text": why})
        return _answer(answer, speaker)

    def _message(self, body: dict[str, object], speaker: Speaker) -> Message:
        message = self._timeline.find(text_of(body, "message"), speaker.person.user)
        if message is None or message.reply is None or message.place != speaker.place.id:
            raise Refused(404, "no_message")
        return message


def _answer(message: Message | None, speaker: Speaker) -> web.Response:
    return web.json_response({"message": show(message, speaker.person.user) if message else None})


async def _page(request: web.Request) -> web.Response:
    """The page, with its words in the language of the reader."""
    chosen = language(request)
    words = {key: escape(word) for key, word in _sentences(chosen).items()}
    html = Template((PAGE / "index.html").read_text(encoding="utf-8")).substitute(words, lang=chosen)
    return web.Response(text=html, content_type="text/html")


async def _part(request: web.Request) -> web.FileResponse:
    """A style sheet, a script or the icon."""
    return web.FileResponse(PAGE / Path(request.path).name)


async def _words(request: web.Request) -> web.Response:
    """`{"words", "people", "channels"}`: what the page says, as whom you can speak, and where."""
    words = _sentences(language(request))
    people = [
        {"user": user, "name": person.name, "role": words[f"role_{ROLES[user]}"], "direct": direct(user).id}
        for user, person in PEOPLE.items()
    ]
    channels = [{"id": place.id, "name": place.name} for place in CHANNELS.values()]
    return web.json_response({"words": words, "people": people, "channels": channels})


def _sentences(chosen: str) -> dict[str, str]:
    """The table [webchat] of the texts, without its name."""
    return {
        key.removeprefix("webchat."): sentence
        for key, sentence in catalogue(chosen).items()
        if key.startswith("webchat.")
    }
