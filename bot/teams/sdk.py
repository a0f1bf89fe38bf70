"""Microsoft's SDK, and nowhere else: verify and decode what comes in, send and update what goes out.

The SDK is no longer kept up. Each repair names what it repairs; docs/decisions.md says when it can go.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
import structlog
from aiohttp import web
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters
from botframework.connector import BotFrameworkConnectorConfiguration
from botframework.connector.aio import ConnectorClient
from botframework.connector.aiohttp_bf_pipeline import AsyncBfPipeline
from botframework.connector.auth import BotFrameworkAuthenticationFactory, ServiceClientCredentialsFactory
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor
from msrest.exceptions import ClientException
from msrest.pipeline import Request, SansIOHTTPPolicy
from msrest.universal_http.requests import ClientRetryPolicy

from bot.notsent import NotSent
from bot.payload import UNREADABLE
from bot.teams.keys import CHANNEL, Keys, Unreachable
from bot.teams.reference import Reference
from bot.teams.token import SCOPE, Token
from bot.teams.transport import Transport

log = structlog.get_logger()

# Two lists of a thousand numbers were searched anew for every client: 17 ms of each turn.
ClientRetryPolicy.safe_codes = frozenset(ClientRetryPolicy.safe_codes)  # type: ignore[assignment]  # it only looks whether a number is in it

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
        """The SDK makes no connection of its own here."""
        raise NotImplementedError


class Signed(SansIOHTTPPolicy[Any, Any]):
    """Puts our token on a request."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def on_request(self, request: Request[Any], **_: object) -> None:
        """Before it leaves."""
        request.http_request.headers.update(self._token.header)


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
        self._connectors: dict[str, ConnectorClient] = {}

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
        return web.json_response(said, status=status)

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
        head = jwt.get_unverified_header(token)
        claims = jwt.decode(token, options={"verify_signature": False})
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
        made = Activity().deserialize({**activity, "conversation": {"id": where.conversation}})
        async with self._talks(where) as talks:
            if reply_to:
                sent = await talks.reply_to_activity(where.conversation, reply_to, made)
            else:
                sent = await talks.send_to_conversation(where.conversation, made)
        return str(sent.id) if sent and sent.id else ""

    async def update(self, where: Reference, id: str, activity: Json) -> None:
        """Put something else in the place of what was said there. NotSent when it was not taken."""
        made = Activity().deserialize({**activity, "id": id})
        async with self._talks(where) as talks:
            await talks.update_activity(where.conversation, id, made)

    async def open(self, where: Reference, user: str) -> Reference:
        """The one-to-one conversation with a user (`29:…`) of `where`. NotThere when the app is not installed there."""
        asked = ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id=where.bot),
            members=[ChannelAccount(id=user)],
            tenant_id=where.tenant,
            channel_data={"tenant": {"id": where.tenant}},
        )
        async with self._talks(where) as talks:
            made = str((await talks.create_conversation(asked)).id or "")
        if not made:
            raise NotSent("no conversation", perhaps=True)
        return where.one_to_one(made)

    async def member(self, where: Reference, user: str) -> Json:
        """What Teams says of a user who is in that conversation: name, aadObjectId, tenantId, userRole …"""
        async with self._talks(where) as talks:
            found = await talks.get_conversation_member(where.place, user)
            said: Json = found.serialize(keep_readonly=True) | (found.additional_properties or {})
        return said

    async def channels(self, where: Reference) -> dict[str, str]:
        """id -> name of the channels of a team; the SDK's own way of asking blocks. The first has no name: ""."""
        await self._ready()
        address = f"{where.service_url.rstrip('/')}/v3/teams/{quote(where.team, safe='')}/conversations"
        answer = await self._transport.ask("GET", address, self._token.header)
        with _understood():
            found = await answer.json(content_type=None)
            return {str(one["id"]): str(one.get("name") or "") for one in found["conversations"]}

    async def close(self) -> None:
        """Give the connections back."""
        await self._transport.__aexit__()

    async def _ready(self) -> None:
        if self._app_id:
            await self._token.ready()

    @asynccontextmanager
    async def _talks(self, where: Reference) -> AsyncIterator[Any]:
        """The SDK's operations on conversations at a connector; one client for each address, our token on it."""
        await self._ready()
        known = self._connectors.get(where.service_url)
        if known is None:
            signed = Signed(self._token)
            config = BotFrameworkConnectorConfiguration(
                signed, where.service_url, pipeline_type=AsyncBfPipeline, sender=self._transport
            )
            known = ConnectorClient(signed, base_url=where.service_url, custom_configuration=config)
            if len(self._connectors) > 20:  # Teams has a few addresses, one for each part of the world
                self._connectors.clear()
            self._connectors[where.service_url] = known
        with _understood():
            yield known.conversations


@contextmanager
def _understood() -> Iterator[None]:
    """An answer that is a yes, but says it in another way than Teams does: a proxy may speak for it."""
    try:
        yield
    except (ClientException, *UNREADABLE) as trouble:
        log.warning("answer of teams not understood", trouble=f"{type(trouble).__name__}: {trouble}"[:200])
        raise NotSent("not_understood", perhaps=True) from trouble


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
