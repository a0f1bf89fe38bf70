"""How our requests leave: on the loop, with a time-out, tried once; what is refused says so.

The SDK's own way blocks a thread for each request, tries a closed door for five seconds, and waits a hundred for an
answer.
"""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.fence import Fenced
from bot.notsent import NotSent
from bot.teams.token import Token

Json = dict[str, Any]

TIMEOUT = aiohttp.ClientTimeout(total=10, sock_connect=3)  # seconds
# Microsoft says of these that they may be tried again.
PASSING = frozenset({412, 429, 502, 503, 504}) | {401}  # and a new token may do


class NotThere(NotSent):
    """The bot may not speak there: it was not installed (`shut`), or the conversation or the person is gone."""

    def __init__(self, why: str) -> None:
        super().__init__(why, permanent=True)
        self.shut = why.startswith("403")


class Transport:
    """Sends over one aiohttp session, made on the loop that first uses it. `token`: what the requests carry."""

    def __init__(self, token: Token) -> None:
        self._token = token
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Give the connections back."""
        if self._session:
            await self._session.close()

    async def ask(self, method: str, url: str, headers: Mapping[str, str], body: Json | None) -> Json:
        """The object with which a request is answered, {} for none. NotSent when the answer does not come or is no."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT, connector=Fenced())
        try:
            found = await self._session.request(method, url, **_sent(headers, body), allow_redirects=False)
            said = await found.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as trouble:  # nothing left yet
            raise NotSent(type(trouble).__name__) from trouble
        except (aiohttp.ClientError, TimeoutError) as trouble:
            raise NotSent(type(trouble).__name__, perhaps=True) from trouble
        if found.status == 401:
            self._token.refused(headers.get("Authorization", ""))
        if found.status >= 300:
            raise refusal(found.status, found.headers, said)
        return _object(said)


def _sent(headers: Mapping[str, str], body: Json | None) -> dict[str, Any]:
    """Letters leave as themselves: written as \\u… they would take more room than a card was measured for."""
    if body is None:
        return {"headers": headers}
    written = json.dumps(body, ensure_ascii=False).encode(errors="replace")
    return {"headers": {**headers, "Content-Type": "application/json"}, "data": written}


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> NotSent:
    """What an answer of 400 and more comes to: wait so long, try again, or never."""
    why = f"{status} {_code(body)}".strip()
    if status in (403, 404):
        return NotThere(why)
    if status in PASSING:
        return NotSent(why, after=_seconds(headers.get("Retry-After", "")))
    return NotSent(why, permanent=status < 500, perhaps=status >= 500)


def _object(body: bytes) -> Json:
    try:
        read = json.loads(body) if body.strip() else {}
    except ValueError as trouble:
        raise NotSent("unreadable", perhaps=True) from trouble  # it was a yes
    return read if isinstance(read, dict) else {}


def _code(body: bytes) -> str:
    """The connector's own word: {"error": {"code": …}}."""
    try:
        read = json.loads(body)
    except ValueError:
        return ""
    error = read.get("error") if isinstance(read, dict) else None
    code = error.get("code") if isinstance(error, dict) else error
    return str(code or "")[:80]


def _seconds(said: str) -> float | None:
    return float(said) if said.isascii() and said.isdecimal() and len(said) < 6 else None
