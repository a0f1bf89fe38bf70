"""Microsoft's SDK, and nowhere else: verify and decode what comes in, send and update what goes out.

The SDK is no longer kept up. Each repair names what it repairs; docs/decisions.md says when it can go. What goes out is
plain JSON: the SDK's models of it took a quarter of the time of an answer.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
import structlog
from aiohttp import web
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity
from botframework.connector.auth import BotFrameworkAuthenticationFactory, ServiceClientCredentialsFactory
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.notsent import NotSent
from bot.payload import UNREADABLE
from bot.teams.keys import CHANNEL, Keys, Unreachable
from bot.teams.reference import Reference
from bot.teams.token import SCOPE, Token
from bot.teams.transport import Transport

log = structlog.get_logger()

ISSUER = "https://api.botframework.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
CARD = "application/vnd.microsoft.card.adaptive"

Json = dict[str, Any]
Answer = tuple[int, Json]  # (status, body) of the response to an invoke
Turn = Callable[[Json], Awaitable[Answer | None]]


class Unverified(Exception):
    """This did not come from Teams for us; why is for our log, not for whoever sent it."""


class Credentials(ServiceClientCredentialsFactory):  # type: ignore[misc]  # the SDK comes without types
    """What the SDK asks of an app: whether a token is meant for us."""

    def __init__(self, app_id: str) -> None:
        self._app_id = app_id

    async def is_valid_app_id(self, app_id: str) -> bool:
        """Whether this is us."""
        return app_id == self._app_id

    async def is_authentication_disabled(self) -> bool:
        """Never; without an app id nothing is verified at all, and that is decided in one place (`verify`)."""
        return False

    async def create_credentials(self, *_: object) -> object:
        """Nobody asks: what goes out carries our own token, and the SDK makes no connection."""
        raise PermissionError("the SDK has no credentials of ours to connect with")


class Adapter(CloudAdapter):  # type: ignore[misc]  # the SDK comes without types
    """The SDK's adapter, repaired.

    app_id   "" leaves everything unverified: for development, with servers on this machine alone
    tenants  ids of the organisations whose people may come in
    """

    def __init__(self, app_id: str, tenants: frozenset[str], keys: tuple[str, Keys], token: Token) -> None:
        address, known = keys
        JwtTokenExtractor.metadataCache[address] = known  # the SDK's own fetches keys by a call that stops the loop
        super().__init__(
            BotFrameworkAuthenticationFactory.create(  # all of these, or valid tokens are refused
                to_channel_from_bot_login_url="unused",
                to_channel_from_bot_oauth_scope=SCOPE.removesuffix("/.default"),
                to_bot_from_channel_token_issuer=ISSUER,
                oauth_url="unused",
                to_bot_from_channel_open_id_metadata_url=address,
                to_bot_from_emulator_open_id_metadata_url=address,
                credential_factory=Credentials(app_id),
            )
        )
        self._app_id = app_id
        self._tenants = tenants
        self._token = token
        self._transport = Transport(token)

    async def process(self, request: web.Request, bot: Turn, ws_response: None = None) -> web.Response:
        """One request of Teams. The SDK's own answers 500 to most of what is not right, and to every card action."""
        if request.method != "POST":
            return web.json_response({"error": "POST an activity here"}, status=405, headers={"Allow": "POST"})
        if request.content_type != "application/json":
            return web.json_response({"error": "an activity is JSON"}, status=415)
        activity = self.decode(await request.read())
        if activity is None:
            return web.json_response({"error": "this is no activity"}, status=400)
        try:
            await self.verify(activity, request.headers.get("Authorization", ""))
        except Unverified:
            return web.json_response({"error": "this does not come from Teams for this bot"}, status=401)
        except Unreachable:
            return web.json_response({"error": "who sent this cannot be verified now"}, status=503)
        answer = await bot(activity)
        status, said = answer or (501 if activity["type"] == "invoke" else 201, {})
        body = json.dumps(said, ensure_ascii=False).encode(errors="replace")  # as small as a card was measured
        return web.Response(body=body, status=status, content_type="application/json")

    @staticmethod
    def decode(body: bytes) -> Json | None:
        """The activity in a body; None when it is none."""
        try:
            read = json.loads(body)
        except (ValueError, RecursionError):
            return None
        return read if isinstance(read, dict) and isinstance(read.get("type"), str) and read["type"] else None

    async def verify(self, activity: Mapping[str, Any], header: str) -> None:
        """Whether this comes from Teams, for us, from one of our organisations. Unverified or Unreachable when not."""
        try:
            if not self._app_id:
                _expect(_on_this_machine(activity["serviceUrl"]), "without an app id, Teams must be on this machine")
                return
            await self._check_token(activity, header)
            _expect(_tenants(activity) <= self._tenants, "of another tenant")
        except (PermissionError, jwt.PyJWTError, *UNREADABLE) as trouble:
            log.warning("activity refused", why=f"{type(trouble).__name__}: {trouble}"[:200])
            raise Unverified from trouble

    async def _check_token(self, activity: Mapping[str, Any], header: str) -> None:
        """The SDK checks signature, issuer, audience, service address and time; first what it would let pass."""
        token = header.partition(" ")[2]
        said = jwt.decode_complete(token, options={"verify_signature": False})
        head, claims = said["header"], said["payload"]
        _expect(head["alg"] == "RS256" and isinstance(head["kid"], str), "signed in another way")
        _expect(claims["iss"] == ISSUER, "of another issuer")  # the SDK has a door of its own for some
        _expect(isinstance(claims["exp"], int | float), "without an end")
        address = activity["serviceUrl"]
        _expect(activity["channelId"] == CHANNEL, "of another channel")  # a key can be good for others too
        _expect(urlsplit(address).scheme == "https" or _on_this_machine(address), "with an unsafe address")
        shape = Activity(channel_id=CHANNEL, service_url=address)
        await self.bot_framework_authentication.authenticate_request(shape, header)

    async def send(self, where: Reference, activity: Json, reply_to: str = "") -> str:
        """Say something there; gives its id. NotSent when it was not taken."""
        body = {**activity, "conversation": {"id": where.conversation}}
        return str((await self._ask("POST", where, _activities(where, reply_to), body)).get("id") or "")

    async def update(self, where: Reference, id: str, activity: Json) -> None:
        """Put something else in the place of what was said there. NotSent when it was not taken."""
        await self._ask("PUT", where, _activities(where, id), {**activity, "id": id})

    async def delete(self, where: Reference, id: str) -> None:
        """Take away what was said there. NotSent when it was not taken away."""
        await self._ask("DELETE", where, _activities(where, id))

    async def open(self, where: Reference, user: str) -> Reference:
        """The one-to-one conversation with a user (`29:…`) of `where`. NotThere when the app is not installed there."""
        asked = {
            "isGroup": False,
            "bot": {"id": where.bot},
            "members": [{"id": user}],
            "tenantId": where.tenant,
            "channelData": {"tenant": {"id": where.tenant}},
        }
        made = await self._ask("POST", where, "conversations", asked)
        if not made.get("id"):
            raise NotSent("no conversation", perhaps=True)
        return where.one_to_one(str(made["id"]))

    async def member(self, where: Reference, user: str) -> Json:
        """What Teams says of a user who is in that conversation: name, aadObjectId, tenantId, userRole …"""
        found = await self._ask("GET", where, f"conversations/{_escaped(where.place)}/members/{_escaped(user)}")
        if not found.get("id"):
            raise NotSent("no member", perhaps=True)
        return found

    async def channels(self, where: Reference) -> dict[str, str]:
        """id -> name of the channels of a team. The first has no name: ""."""
        found = await self._ask("GET", where, f"teams/{_escaped(where.team)}/conversations")
        try:
            return {str(one["id"]): str(one.get("name") or "") for one in found["conversations"]}
        except UNREADABLE as trouble:
            raise NotSent("not_understood", perhaps=True) from trouble

    async def close(self) -> None:
        """Give the connections back."""
        await self._transport.close()

    async def _ask(self, method: str, where: Reference, path: str, body: Json | None = None) -> Json:
        """One request to the connector of a conversation, with our token; its answer, {} when it says nothing."""
        if self._app_id:
            await self._token.ready()
        address = f"{where.service_url.rstrip('/')}/v3/{path}"
        return await self._transport.ask(method, address, self._token.header, body)


def _activities(where: Reference, id: str) -> str:
    """What is said there; one message of it by its id."""
    return f"conversations/{_escaped(where.conversation)}/activities" + (f"/{_escaped(id)}" if id else "")


def _escaped(id: str) -> str:
    return quote(id, safe="")


def _expect(right: bool, otherwise: str) -> None:
    if not right:
        raise PermissionError(otherwise)


def _on_this_machine(address: str) -> bool:
    return urlsplit(address).hostname in LOOPBACK


def _tenants(activity: Mapping[str, Any]) -> set[str]:
    """The tenants that an activity names: in two places, and in one of them at least."""
    conversation, data = activity.get("conversation") or {}, activity.get("channelData") or {}
    named = {conversation.get("tenantId"), (data.get("tenant") or {}).get("id")} - {None, ""}
    _expect(bool(named), "of no tenant")
    return {str(one).lower() for one in named}
