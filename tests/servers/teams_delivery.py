"""Bringing an activity to the bot's /api/messages with a signed token, and what comes back."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.servers.teams_activities import of_tenant
from tests.servers.teams_keys import Token, authorization
from tests.servers.teams_state import Entry, State

Json = dict[str, Any]


@dataclass(frozen=True)
class How:
    """How something is delivered, where that is not the ordinary way.

    token         what is wrong with the token: see teams_keys
    tenant        another tenant in channelData and conversation; None for no tenant at all; "" for the right one
    deliver       False: make it, bring nothing; LocalTeams.again brings it later
    content_type  "" for none
    method        of HTTP
    body          other bytes than those of the activity
    """

    token: Token = "valid"
    tenant: str | None = ""
    deliver: bool = True
    content_type: str = "application/json; charset=utf-8"
    method: str = "POST"
    body: bytes | None = None


@dataclass(frozen=True)
class Pressed:
    """A button that was pressed: the message, by whom, the cards they saw, and on which of these."""

    entry: Entry
    user: str
    cards: list[Json]
    number: int

    def show(self, state: State, card: Json) -> None:
        """From now on they see this card in the place of the one they pressed on."""
        shown = [card if number == self.number else each for number, each in enumerate(self.cards)]
        state.views[self.entry.place, self.entry.activity_id, self.user] = shown


@dataclass
class Came:
    """What came back.

    status   of HTTP; 0 for none
    error    what the client would say of it: timeout, connection_failed …, http_error 500, unreachable …; "" when well
    read     the JSON of the answer, where it is an object
    card     the Adaptive Card that the answer of an invoke shows, in place of the pressed one or in a dialog
    said     the words that the answer of an invoke shows: a notice, the sentence of an error
    task     title, height, width and card of a dialog
    results  of a search: the attachments, each with a card and a preview
    pressed  the button, of something that was pressed
    """

    activity: Json
    status: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    error: str = ""
    read: Json = field(default_factory=dict)
    card: Json = field(default_factory=dict)
    said: str = ""
    task: Json = field(default_factory=dict)
    results: list[Json] = field(default_factory=list)
    pressed: Pressed | None = None

    @property
    def id(self) -> str:
        """Of the activity."""
        return str(self.activity["id"])


class Delivery:
    """The way to the bot. `address` is its /api/messages."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.address = ""
        self.patience = 15.0  # seconds that Teams waits
        self.session: ClientSession | None = None

    async def bring(self, activity: Json, how: How, pressed: Pressed | None = None) -> Came:
        """Deliver it; what came back."""
        made = activity if how.tenant == "" else of_tenant(activity, how.tenant)
        came = Came(made, pressed=pressed)
        if not how.deliver:
            return came
        start = time.perf_counter()
        try:
            await self._post(came, how)
        except TimeoutError:
            came.error = "timeout"
        except (ClientError, OSError) as trouble:
            came.error = f"connection_failed: {trouble}"
        came.seconds = time.perf_counter() - start
        if not came.error and not 200 <= came.status < 300:
            came.error = f"http_error {came.status}"
        return came

    async def close(self) -> None:
        """End the connections to the bot."""
        if self.session:
            await self.session.close()

    def posted(self, activity: Json, how: How) -> tuple[bytes, dict[str, str]]:
        """(body, headers) of the request."""
        headers = {"User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)"}
        if how.content_type:
            headers["Content-Type"] = how.content_type
        token = authorization(self.state.keys, how.token, self.state.app_id, activity["serviceUrl"])
        if token is not None:
            headers["Authorization"] = token
        return json.dumps(activity).encode() if how.body is None else how.body, headers

    async def _post(self, came: Came, how: How) -> None:
        if self.session is None:
            self.session = ClientSession(timeout=ClientTimeout(total=None), skip_auto_headers=("Content-Type",))
        body, headers = self.posted(came.activity, how)
        async with asyncio.timeout(self.patience):
            async with self.session.request(how.method, self.address, data=body, headers=headers) as response:
                came.status, came.headers = response.status, dict(response.headers)
                came.body = await response.read()
        came.read = _object(came.body)


def _object(body: bytes) -> Json:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
