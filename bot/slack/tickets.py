"""What opens a socket: a ticket, asked for ever less often while Slack refuses it, and Slack's word for why."""

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.send import TIMEOUT, retries

log = structlog.get_logger()

SLOWEST = 60.0  # seconds between two tries; Slack takes one a minute


class Tickets(AsyncWebClient):
    """The client with which the SDK asks for tickets. `refused` is Slack's word while it gives none, "" otherwise."""

    refused = ""

    async def apps_connections_open(self, *, app_token: str, **more: Any) -> AsyncSlackResponse:
        """A ticket. The SDK would ask every other second and log two errors each time: here one line says why."""
        wait = 1.0
        while True:
            try:
                given = await super().apps_connections_open(app_token=app_token, **more)
            except SlackApiError as error:
                self._heard(str(error.response.get("error", error.response.status_code)))
            except (aiohttp.ClientError, TimeoutError, ValueError) as trouble:
                self._heard(type(trouble).__name__)
            else:
                self.refused = ""
                return given
            await asyncio.sleep(wait)
            wait = min(2 * wait, SLOWEST)

    def _heard(self, why: str) -> None:
        if why != self.refused:
            log.error("slack gives no socket", why=why)
        self.refused = why


def tickets(api_url: str) -> Tickets:
    """It needs no token of its own: each ticket is asked for with the app token."""
    return Tickets(base_url=api_url, timeout=TIMEOUT, retry_handlers=retries())
