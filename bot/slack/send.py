"""Sending to Slack: one message a second per channel, Retry-After honoured, and every failure said."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.fence import Fenced
from bot.notsent import NotSent

Message = Mapping[str, Any]

TIMEOUT = 5  # seconds for one call
SPACING = 1.0  # seconds between two messages in one channel, as Slack asks


# Said twice, these say nothing twice. A message does: its answer may be lost on the way back, and it stands there.
REPEATABLE = frozenset(
    {
        "auth.test",
        "users.info",
        "conversations.info",
        "chat.getPermalink",
        "views.publish",
        "conversations.open",
        "apps.connections.open",
    }
)


class LostConnection(AsyncConnectionErrorRetryHandler):
    """Tries again when the request never left, or when it may be said twice."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        lost = await super()._can_retry_async(state=state, request=request, response=response, error=error)
        return lost and (isinstance(error, aiohttp.ClientConnectorError) or _repeatable(request))


class ServerTrouble(AsyncServerErrorRetryHandler):
    """Tries again when Slack was not there (503), or, after another error of its own, when it may be said twice."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        trouble = await super()._can_retry_async(state=state, request=request, response=response, error=error)
        away = response is not None and response.status_code == 503
        return trouble and (away or _repeatable(request))


def _repeatable(request: HttpRequest) -> bool:
    return urlsplit(request.url).path.rpartition("/")[2] in REPEATABLE


def retries() -> list[AsyncRetryHandler]:
    """What is tried again, and when: for every client of ours."""
    return [LostConnection(2), ServerTrouble(2), AsyncRateLimitErrorRetryHandler(2)]


def client(token: str, api_url: str) -> AsyncWebClient:
    """A client that waits as long as Slack says after a 429, and tries again what cannot be said twice."""
    return AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=retries())


def once(token: str, api_url: str) -> AsyncWebClient:
    """A client that tries once: delivery decides what comes next. It is of use when `fence` gave it its connections."""
    return AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])


def fence(web: AsyncWebClient) -> None:
    """Give a client fenced connections, on the running loop."""
    web.session = aiohttp.ClientSession(connector=Fenced(), timeout=aiohttp.ClientTimeout(total=TIMEOUT))


@dataclass
class Pace:
    """Keeps the messages of one channel a second apart; they wait here, not at Slack."""

    spacing: float = SPACING
    _free: dict[str, float] = field(default_factory=dict)

    async def turn(self, channel: str) -> None:
        """Come back when this channel may get its next message."""
        now = asyncio.get_running_loop().time()
        mine = max(now, self._free.get(channel, 0.0))
        self._free[channel] = mine + self.spacing
        if len(self._free) > 10_000:
            self._free = {one: free for one, free in self._free.items() if free > now}
        await asyncio.sleep(mine - now)


def _deaf(why: str) -> None:
    """For who does not want to hear."""


@dataclass(frozen=True)
class Sender:
    """Everything the bot says in Slack goes through here. `heard` gets Slack's word for each call it refused."""

    web: AsyncWebClient
    pace: Pace = field(default_factory=Pace)
    heard: Callable[[str], None] = _deaf

    async def call(self, method: str, within: float | None = None, **values: Any) -> Mapping[str, Any]:
        """One method of the Web API, by its name (`users.info`). NotSent when it was not done (`within` seconds)."""
        ask = getattr(self.web, method.replace(".", "_"))  # the SDK knows which methods take JSON and which a form
        try:
            async with asyncio.timeout(within):
                answer = await ask(**values)
        except SlackApiError as error:
            raise self._refused(error) from error
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError) as error:
            raise _lost(error) from error
        data: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return data

    def _refused(self, error: SlackApiError) -> NotSent:
        status = error.response.status_code
        why = str(error.response.get("error", status))
        self.heard(why)
        # 500, 502 and 504 may come after the message was taken; 429 and 503 do not
        again, perhaps = status == 429 or status >= 500, status >= 500 and status != 503
        return NotSent(why, permanent=not again, perhaps=perhaps, after=_seconds(error.response.headers))

    async def post(self, channel: str, message: Message, thread: str = "") -> str:
        """A message that stays; gives its ts. `channel` may be a user: then it is their direct conversation."""
        await self.pace.turn(channel)
        place: dict[str, Any] = {"thread_ts": thread} if thread else {}
        sent = await self.call(
            "chat.postMessage", channel=channel, **message, **place, unfurl_links=False, unfurl_media=False
        )
        return str(sent.get("ts", ""))

    async def whisper(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """A message in a channel that one person sees, and that is gone when they reload."""
        place: dict[str, Any] = {"thread_ts": thread} if thread else {}
        await self.call("chat.postEphemeral", channel=channel, user=user, **message, **place)

    async def respond(self, url: str, message: Message, replace: bool = False, public: bool = False) -> None:
        """Answer by the address that came with a command or a button."""
        if not _trusted(url):
            raise NotSent("response_url is no address of Slack", permanent=True)
        body = {
            **message,
            "replace_original": replace,
            "response_type": "in_channel" if public else "ephemeral",
        }
        hook = AsyncWebhookClient(url, timeout=TIMEOUT, retry_handlers=retries())
        try:
            status = (await hook.send_dict(body)).status_code
        except (aiohttp.ClientError, TimeoutError) as error:
            raise _lost(error) from error
        if status != 200:
            perhaps = status >= 500 and status != 503
            raise NotSent(f"response_url answered {status}", permanent=status < 500, perhaps=perhaps)

    async def direct(self, user: str) -> str:
        """The id of the bot's conversation with somebody."""
        found = (await self.call("conversations.open", users=user)).get("channel", {})
        return str(found.get("id", ""))

    async def upload(self, channel: str, name: str, content: bytes, title: str, thread: str = "") -> None:
        """A file, for an installation without a public address. NotSent when it was not done."""
        try:
            await self.web.files_upload_v2(
                channel=channel, filename=name, content=content, title=title, thread_ts=thread or None
            )
        except SlackApiError as error:
            raise self._refused(error) from error
        except (SlackRequestError, aiohttp.ClientError, TimeoutError) as error:
            raise _lost(error) from error


def _seconds(headers: Mapping[str, Any]) -> float | None:
    """Retry-After, where Slack says it."""
    said = str(next((value for name, value in headers.items() if name.lower() == "retry-after"), ""))
    return float(said) if said.isascii() and said.isdecimal() and len(said) < 6 else None


def _lost(error: Exception) -> NotSent:
    return NotSent(type(error).__name__, permanent=False, perhaps=not isinstance(error, aiohttp.ClientConnectorError))


def _trusted(url: str) -> bool:
    """Addresses come in with payloads: https, or a server on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost", "::1"}
