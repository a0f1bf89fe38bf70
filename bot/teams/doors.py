"""The way in from Teams: /api/messages, what stands behind it, and how we stand with Microsoft."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from aiohttp import web

from bot.door import Door
from bot.notsent import NotSent
from bot.once import Answered
from bot.teams.answer import Answers
from bot.teams.app import Front
from bot.teams.asking import Asking
from bot.teams.carrier import TeamsCarrier
from bot.teams.channels import Channels
from bot.teams.keys import Keys
from bot.teams.people import People
from bot.teams.sdk import Adapter
from bot.teams.send import Sender
from bot.teams.token import Token
from bot.turns import Turns
from storage import signs
from storage.database import Database, Unavailable

log = structlog.get_logger()

PATH = "/api/messages"
AGAIN = 15.0  # seconds; how often what was refused is tried again


@dataclass(frozen=True, slots=True)
class Setup:
    """The settings of Teams as plain values. `app_id` "": nothing is verified, for development on this machine.

    tenants  ids in lower case, that of the app registration first; the login address already names it
    """

    app_id: str
    password: str
    tenants: tuple[str, ...]
    login_url: str
    metadata_url: str
    zone: str


class Teams:
    """Teams as a front of the one web server."""

    name = "teams"

    def __init__(self, setup: Setup, door: Door, database: Database) -> None:
        self._verifies = bool(setup.app_id)
        self._door = door
        self._database = database
        self._token = Token(setup.login_url, setup.app_id, setup.password)
        self._keys = Keys(setup.metadata_url)
        tenants = frozenset(setup.tenants)
        self._adapter = Adapter(setup.app_id, tenants, (setup.metadata_url, self._keys), self._token)
        sender = Sender(self._adapter)
        self.carrier = TeamsCarrier(self._adapter, sender.pace, database, door)
        self._turns = Turns(Answered(self.name, database, door))
        answers = Answers(sender, database, door)
        people = People(sender, tenants)
        asking = Asking(door, people, answers, self._turns, Channels(sender), setup.zone)
        self._front = Front(asking, answers, self._turns)
        self._watching: asyncio.Task[None] | None = None

    def attach(self, app: web.Application) -> None:
        """Take our address in the web server; fetch keys and token when it starts."""
        app.router.add_route("*", PATH, self._receive)
        app.on_startup.append(self._start)
        app.on_cleanup.append(self._stop)

    @property
    def why(self) -> str:
        """What is wrong between us and Microsoft; "" when all is well."""
        return (self._keys.why or self._token.why) if self._verifies else ""

    async def check(self) -> None:
        """Have keys and a token ready, and leave a sign for `status` of whether we do."""
        before = self.why
        if self._verifies:
            with suppress(NotSent):  # said in `why`
                await self._token.ready()
            await self._keys.ahead()
        if self.why and self.why != before:
            log.error("teams does not answer", why=self.why)

        def leave() -> None:
            with self._database.writing() as db:
                signs.leave(db, self.name, self.why, datetime.now(UTC))

        try:
            await self._door.do(leave)
        except Unavailable as trouble:
            log.warning("no sign of teams left", trouble=str(trouble).splitlines()[0])

    async def _start(self, _: web.Application) -> None:
        if not self._verifies:
            log.warning("teams is not verified: for development on this machine alone")
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        await self.check()
        while True:
            await asyncio.sleep(AGAIN)
            if self.why:
                await self.check()

    async def _stop(self, _: web.Application) -> None:
        if self._watching:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        await self._turns.finish()
        await self._adapter.close()

    async def _receive(self, request: web.Request) -> web.Response:
        """One request of Teams."""
        answer: web.Response = await self._adapter.process(request, self._front.turn)
        return answer
