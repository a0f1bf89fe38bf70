"""Sending to Slack: one message a second per channel, Retry-After honoured, and every failure said."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

Message = Mapping[str, Any]

TIMEOUT = 5  # seconds for one call
SPACING = 1.0  # seconds between two messages in one channel, as Slack asks


class NotSent(Exception):
    """Slack did not take it. `why` is Slack's own word; `permanent`: trying again will not help."""

    def __init__(self, why: str, permanent: bool) -> None:
        super().__init__(why)
        self.why = why
        self.permanent = permanent


def client(token: str, api_url: str) -> AsyncWebClient:
    """A client that tries again after a lost connection, a 5xx, and a 429 (after the time that Slack names)."""
    made = AsyncWebClient(token=token, base_url=api_url, timeout=TIMEOUT)
    made.retry_handlers = [
        AsyncConnectionErrorRetryHandler(max_retry_count=2),
        AsyncServerErrorRetryHandler(max_retry_count=2),
        AsyncRateLimitErrorRetryHandler(max_retry_count=2),
    ]
    return made


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


@dataclass(frozen=True)
class Sender:
    """Everything the bot says in Slack goes through here."""

    web: AsyncWebClient
    pace: Pace = field(default_factory=Pace)

    async def call(self, method: str, **values: Any) -> Mapping[str, Any]:
        """One method of the Web API, by its name (`users.info`). NotSent when it was not done."""
        ask = getattr(self.web, method.replace(".", "_"))  # the SDK knows which methods take JSON and which a form
        try:
            answer = await ask(**values)
        except SlackApiError as error:
            why = str(error.response.get("error", error.response.status_code))
            transient = error.response.status_code == 429 or error.response.status_code >= 500
            raise NotSent(why, permanent=not transient) from error
        except (aiohttp.ClientError, TimeoutError, json.JSONDecodeError) as error:
            raise NotSent(type(error).__name__, permanent=False) from error
        data: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return data

    async def post(self, channel: str, message: Message, thread: str = "") -> str:
        """A message that stays; gives its ts. `channel` may be a user: then it is their direct conversation."""
        await self.pace.turn(channel)
        place = {"thread_ts": thread} if thread else {}
        sent = await self.call(
            "chat.postMessage", channel=channel, **message, **place, unfurl_links=False, unfurl_media=False
        )
        return str(sent.get("ts", ""))

    async def whisper(self, channel: str, user: str, message: Message, thread: str = "") -> None:
        """A message in a channel that one person sees, and that is gone when they reload."""
        place = {"thread_ts": thread} if thread else {}
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
        try:
            answer = await AsyncWebhookClient(url, timeout=TIMEOUT).send_dict(body)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NotSent(type(error).__name__, permanent=False) from error
        if answer.status_code != 200:
            raise NotSent(f"response_url answered {answer.status_code}", permanent=answer.status_code < 500)

    async def upload(self, channel: str, name: str, content: bytes, title: str, thread: str = "") -> None:
        """A file, for an installation without a public address. NotSent when it was not done."""
        try:
            await self.web.files_upload_v2(
                channel=channel, filename=name, content=content, title=title, thread_ts=thread or None
            )
        except SlackApiError as error:
            raise NotSent(str(error.response.get("error", "")), permanent=True) from error
        except (aiohttp.ClientError, TimeoutError) as error:
            raise NotSent(type(error).__name__, permanent=False) from error


def _trusted(url: str) -> bool:
    """Addresses come in with payloads: https, or a server on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in {"127.0.0.1", "localhost", "::1"}
