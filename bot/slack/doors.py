"""The two ways in from Slack, by what is configured: HTTP with a signature, Socket Mode with an app token."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from traceback import walk_tb

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.door import Door
from bot.payload import UNREADABLE
from bot.slack.app import Front
from bot.slack.carrier import SlackCarrier
from bot.slack.manifest import PATH
from bot.slack.people import People
from bot.slack.send import Sender, client, fence, once
from bot.slack.standing import Standing
from bot.slack.tickets import tickets
from storage import signs
from storage.database import Database, Unavailable

log = structlog.get_logger()

PING = 2.0  # seconds; a socket that broke without a goodbye is noticed and replaced within some four of these
AGAIN = 5.0  # seconds; how often a token that Slack refused is tried again


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of Slack as plain values. `app_token` "" = HTTP alone; `signing_secret` "" = Socket Mode alone."""

    bot_token: str
    signing_secret: str
    app_token: str
    api_url: str
    workspaces: frozenset[str]
    zone: str


class Slack:
    """Slack as a front of the one web server."""

    name = "slack"

    def __init__(self, setup: Setup, door: Door, database: Database) -> None:
        self._setup = setup
        self._door = door
        self._database = database
        web_client = client(setup.bot_token, setup.api_url)
        self.standing = Standing(web_client)
        sender = Sender(web_client, heard=self.standing.heard)
        self._once = once(setup.bot_token, setup.api_url)
        self.carrier = SlackCarrier(Sender(self._once, sender.pace, self.standing.heard))
        people = People(sender, self.standing, setup.workspaces)

        async def authorize(team_id: str | None) -> AuthorizeResult:
            # who may come in is decided in people.py; the token is one and the same
            return AuthorizeResult(
                enterprise_id=None, team_id=team_id, bot_user_id=self.standing.user, bot_token=setup.bot_token
            )

        self._bolt = AsyncApp(
            signing_secret=setup.signing_secret or "not used",
            client=AsyncWebClient(base_url=setup.api_url),  # of no use to us: what is sent goes through send.py
            authorize=authorize,
            process_before_response=True,
            ignoring_self_events_enabled=False,  # bolt would ask Slack who it is for each event; we know
        )
        self._front = Front(door, database, sender, people, self.standing, setup.zone, self._leave_sign)
        self._front.listen(self._bolt)
        self._bolt.error(_stumbled)
        self._tickets = tickets(setup.api_url)
        self._socket: AsyncSocketModeHandler | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._left = ""  # the sign that `status` has

    def attach(self, app: web.Application) -> None:
        """Take our address in the web server, and connect when it starts."""
        if self._setup.signing_secret:
            app.router.add_post(PATH, self._receive)
        app.on_startup.append(self._start)
        app.on_cleanup.append(self._stop)

    @property
    def why(self) -> str:
        """What is wrong between us and Slack, in Slack's own word; "" when all is well."""
        return self._trouble or ("" if self._connected else "socket mode is not connected")

    @property
    def _trouble(self) -> str:
        refused = self._tickets.refused
        return self.standing.why or (f"socket mode: {refused}" if refused else "")

    @property
    def _connected(self) -> bool:
        """Whether a socket stands, where there is to be one."""
        session = self._socket.client.current_session if self._socket else None
        return not self._setup.app_token or (session is not None and not session.closed)

    async def check(self) -> None:
        """Ask Slack how we stand, and leave a sign of it for `status`."""
        before = self.standing.why
        if not await self.standing.check() and self.standing.why != before:
            log.error("slack does not answer", why=self.standing.why)
        await self._leave_sign()

    async def _leave_sign(self) -> None:
        trouble = self._trouble

        def leave() -> None:
            with self._database.writing() as db:
                signs.leave(db, self.name, trouble, datetime.now(UTC))

        try:
            await self._door.do(leave)
            self._left = trouble
        except Unavailable as trouble:
            log.warning("no sign of slack left", trouble=str(trouble).splitlines()[0])

    async def _start(self, _: web.Application) -> None:
        fence(self._once)
        await self.check()
        self._tasks.append(asyncio.create_task(self._watch()))

    async def _watch(self) -> None:
        """Connect as soon as our token works; while it does not, try it again. The server answers meanwhile."""
        while True:
            if self.standing.why:
                await self.check()
            elif self._trouble != self._left:
                await self._leave_sign()
            if self._setup.app_token and not self._socket and not self.standing.why:
                self._socket = AsyncSocketModeHandler(
                    self._bolt, self._setup.app_token, web_client=self._tickets, ping_interval=PING
                )
                # it tries until it is connected
                self._tasks.append(asyncio.create_task(self._socket.connect_async()))
            await asyncio.sleep(AGAIN)

    async def _stop(self, _: web.Application) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._front.turns.finish()
        if self._socket:
            await self._socket.close_async()
        if self._once.session:
            await self._once.session.close()

    async def _receive(self, request: web.Request) -> web.Response:
        """One request of Slack. What cannot be read is refused; nothing of it reaches a handler."""
        if not _can_be_checked(request):
            return web.json_response({"error": "this is not signed by Slack"}, status=401)
        try:
            asked = await to_bolt_request(request)
            answer = await self._bolt.async_dispatch(asked)
        except UNREADABLE as trouble:
            answer = await _stumbled(trouble)
        return await to_aiohttp_response(answer)


async def _stumbled(error: Exception) -> BoltResponse:
    """Bolt stumbled over a payload of another shape than Slack's: that is no fault of ours, and said in one line."""
    if any(frame.f_globals["__name__"] == Front.__module__ for frame, _ in walk_tb(error.__traceback__)):
        log.error("a listener failed", exc_info=error)
        return BoltResponse(status=500)
    log.warning("request not understood", trouble=f"{type(error).__name__}: {error}"[:200])
    return BoltResponse(status=400, body='{"error": "this is not a request of Slack"}')


def _can_be_checked(request: web.Request) -> bool:
    """Whether bolt can compare the signature: on a time that is no number it stumbles, and answers 500."""
    if "Content-Encoding" in request.headers:  # the signature is over bytes as Slack sends them: as they are
        return False
    at = request.headers.get("X-Slack-Request-Timestamp", "0")
    return at.isascii() and at.isdecimal() and len(at) < 15 and request.headers.get("X-Slack-Signature", "").isascii()
