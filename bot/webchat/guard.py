"""What the web chat lets in: only its own page on this machine, and only JSON that says what it must."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from uuid import UUID

from aiohttp import web

from bot.webchat.rooms import PEOPLE, Speaker, places
from handlers.texts import LANGUAGES, say

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BODY_LIMIT: Final = 1024 * 1024  # bytes
HOSTS: Final = ("127.0.0.1", "localhost")
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


class Refused(Exception):
    """A request that cannot be done: the HTTP status, and the sentence that says why."""

    def __init__(self, status: int, key: str, **facts: str | int) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.facts = facts


def guarded(handler: Handler) -> Handler:
    """The same handler, behind the door: strangers are kept out, and what is refused is said in a sentence."""

    async def behind(request: web.Request) -> web.StreamResponse:
        try:
            _check_sender(request)
            response = await handler(request)
        except Refused as refused:
            sentence = say(language(request), f"webchat.{refused.key}", **refused.facts)
            response = web.json_response({"error": sentence}, status=refused.status)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return behind


def language(request: web.Request) -> str:
    """The language of the page."""
    asked = request.query.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


async def read_body(request: web.Request) -> dict[str, object]:
    """The JSON object that was posted."""
    if request.content_type != "application/json":
        raise Refused(415, "not_json_type")
    body = b""
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > BODY_LIMIT:
            raise Refused(413, "too_big")
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise Refused(400, "not_json")
    return read


def text_of(body: dict[str, object], name: str) -> str:
    """A text in the body."""
    return _checked(body.get(name), name)


def texts_of(body: dict[str, object], name: str) -> dict[str, str]:
    """An object of texts in the body."""
    values = body.get(name)
    if not isinstance(values, dict):
        raise Refused(400, "missing", name=name)
    return {_checked(key, name): _checked(value, name) for key, value in values.items()}


def uuid_of(body: dict[str, object]) -> str:
    """The id the page gave to what was done; the same one again is the same thing."""
    try:
        return str(UUID(text_of(body, "id")))
    except ValueError:
        raise Refused(400, "missing", name="id") from None


def speaker_of(asked: Mapping[str, object]) -> Speaker:
    """Who speaks (`as`) and where (`place`). Another person's own conversation is no place for them."""
    person = PEOPLE.get(str(asked.get("as", "")))
    if person is None:
        raise Refused(404, "no_person")
    place = places(person.user).get(str(asked.get("place", "")))
    if place is None:
        raise Refused(404, "no_place")
    return Speaker(person, place)


def user_of(request: web.Request) -> str:
    """Who reads (`?as=…`)."""
    user = request.query.get("as", "")
    if user not in PEOPLE:
        raise Refused(404, "no_person")
    return user


def _checked(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise Refused(400, "missing", name=name)
    # Half a surrogate pair cannot be written as UTF-8, and PostgreSQL takes no NUL: better said here than stumbled on.
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise Refused(400, "unreadable")
    return value


def _check_sender(request: web.Request) -> None:
    # A page elsewhere can point its own name at 127.0.0.1 (Host) or post from the visitor's browser (Origin).
    name, _, port = request.host.partition(":")
    if name.lower() not in HOSTS or (port and not port.isdecimal()):
        raise Refused(403, "not_here")
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin is not None and origin.lower() != f"http://{request.host.lower()}":
        raise Refused(403, "not_here")
