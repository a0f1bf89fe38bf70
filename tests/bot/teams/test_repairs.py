"""What Microsoft's SDK does not do, beside what ours does: when a test of the stock one fails, its repair can go."""

import asyncio
import inspect
import json
import time
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
from aiohttp import ClientSession, web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import (
    AdaptiveCardInvokeResponse,
    ChannelAccount,
    ConversationAccount,
    ConversationReference,
)
from botframework.connector.auth import BotFrameworkAuthenticationFactory, ServiceClientCredentialsFactory
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor, _OpenIdMetadata
from msrest.universal_http.requests import ClientRetryPolicy
from urllib3.util.retry import Retry

from bot.notsent import NotSent
from bot.teams import send
from bot.teams.sdk import ISSUER, Answer
from bot.teams.sdk import Json as Payload
from tests.bot.teams.connected import adapter, asks, where
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How
from tests.servers.teams_keys import authorization
from tests.servers.teams_tenant import BOT

WORD = "application/vnd.microsoft.activity.message"

Json = dict[str, Any]
Found = TypeVar("Found")
Requests = Callable[[ClientSession, str], Awaitable[Found]]


class Bearer:
    """A good token on every request of the stock SDK."""

    def __init__(self, teams: LocalTeams) -> None:
        self._token = teams.there(teams.state.new_token)

    def signed_session(self, session: Any) -> Any:
        """As msrest asks of credentials."""
        session.headers["Authorization"] = f"Bearer {self._token}"
        return session


class Stock(ServiceClientCredentialsFactory):  # type: ignore[misc]  # the SDK comes without types
    """The credentials of the stock adapter: a token that is there already."""

    def __init__(self, teams: LocalTeams) -> None:
        self._teams = teams
        self._bearer = Bearer(teams)

    async def is_valid_app_id(self, app_id: str) -> bool:
        """Whether this is us."""
        return app_id == self._teams.app_id

    async def is_authentication_disabled(self) -> bool:
        """Never."""
        return False

    async def create_credentials(self, *_: object, **__: object) -> Bearer:
        """What the requests carry."""
        return self._bearer


def stock(teams: LocalTeams) -> CloudAdapter:
    """Microsoft's adapter as it comes, set up for this Teams."""
    JwtTokenExtractor.metadataCache.pop(teams.openid_url, None)
    return CloudAdapter(
        BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url=teams.login_url,
            to_channel_from_bot_oauth_scope="https://api.botframework.com",
            to_bot_from_channel_token_issuer=ISSUER,
            oauth_url="https://token.botframework.com",
            to_bot_from_channel_open_id_metadata_url=teams.openid_url,
            to_bot_from_emulator_open_id_metadata_url=teams.openid_url,
            credential_factory=Stock(teams),
        )
    )


class Pressed(ActivityHandler):  # type: ignore[misc]
    """A bot that answers a button with a word."""

    async def on_adaptive_card_invoke(self, context: TurnContext, value: object) -> AdaptiveCardInvokeResponse:
        """As Microsoft's samples do."""
        return AdaptiveCardInvokeResponse(status_code=200, type=WORD, value="ja")


async def _answers(activity: Payload) -> Answer | None:
    return 200, {"statusCode": 200, "type": WORD, "value": "ja"}


Door = Callable[[web.Request], Awaitable[web.StreamResponse | None]]


def _served(door: Door, does: Requests[Found]) -> Found:
    """What comes of requests to a door."""

    async def serve() -> Found:
        async def receive(request: web.Request) -> web.StreamResponse:
            answer = await door(request)
            assert answer is not None
            return answer

        site = web.Application()
        site.router.add_route("*", "/", receive)
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with ClientSession(skip_auto_headers=("Content-Type",)) as session:
                return await does(session, f"http://127.0.0.1:{runner.addresses[0][1]}/")
        finally:
            await runner.cleanup()

    return asyncio.run(serve())


def _both(teams: LocalTeams, does: Requests[Found]) -> tuple[Found, Found]:
    """(stock, ours)"""

    async def of_stock(request: web.Request) -> web.StreamResponse | None:
        answer: web.StreamResponse | None = await stock_adapter.process(request, Pressed())
        return answer

    async def of_ours(request: web.Request) -> web.StreamResponse | None:
        answer: web.StreamResponse = await our_adapter.process(request, _answers)
        return answer

    stock_adapter = stock(teams)
    first = _served(of_stock, does)
    our_adapter = adapter(teams)
    return first, _served(of_ours, does)


def _signed(teams: LocalTeams, activity: Json) -> dict[str, str]:
    token = authorization(teams.state.keys, "valid", teams.app_id, activity["serviceUrl"])
    return {"Authorization": token or "", "Content-Type": "application/json"}


# --- doors ---


def test_the_answer_to_a_button(teams: LocalTeams) -> None:
    """process(): the SDK makes the answer twice, and its second time fails."""
    value = {"action": {"type": "Action.Execute", "verb": "zoek", "data": {}}, "trigger": "manual"}
    made = teams.invoke("alice", "@alice", "adaptiveCard/action", value, How(deliver=False)).activity

    async def press(session: ClientSession, address: str) -> tuple[int, Any]:
        async with session.post(address, data=json.dumps(made), headers=_signed(teams, made)) as answer:
            return answer.status, await answer.json() if answer.status == 200 else None

    of_stock, ours = _both(teams, press)
    assert of_stock == (500, None)
    assert ours == (200, {"statusCode": 200, "type": WORD, "value": "ja"})


@pytest.mark.parametrize(
    ("method", "body", "kind", "ours"),
    [
        ("GET", b"", "", 405),
        ("HEAD", b"", "", 405),
        ("POST", b"{}", "", 415),
        ("POST", b"{", "application/json", 400),
        ("POST", b"[]", "application/json", 400),
    ],
)
def test_what_is_no_activity(teams: LocalTeams, method: str, body: bytes, kind: str, ours: int) -> None:
    """process(): 500 for what is the asker's mistake."""

    async def ask(session: ClientSession, address: str) -> int:
        headers = {"Content-Type": kind} if kind else {}
        async with session.request(method, address, data=body, headers=headers) as answer:
            return answer.status

    assert _both(teams, ask) == (500, ours)


@pytest.mark.parametrize("token", ["garbage", "three_parts", "unknown_key", "unendorsed_key"])
def test_a_token_that_is_not_right(teams: LocalTeams, token: Any) -> None:
    """process() and Keys: 500 for a token that is not right, which reads as if it were worth another try."""
    teams.add_unendorsed_key()
    made = teams.message("alice", "@alice", "help", how=How(deliver=False)).activity
    header = authorization(teams.state.keys, token, teams.app_id, teams.service_url)
    headers = {"Authorization": header or "", "Content-Type": "application/json"}

    async def ask(session: ClientSession, address: str) -> int:
        async with session.post(address, data=json.dumps(made), headers=headers) as answer:
            return answer.status

    assert _both(teams, ask) == (500, 401)


# --- keys ---


def _stall(does: Callable[[], Awaitable[object]]) -> float:
    """The longest that nothing else ran meanwhile, in seconds."""

    async def measure() -> float:
        work = asyncio.ensure_future(does())
        longest, last = 0.0, time.perf_counter()
        while not work.done():
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        work.exception()
        return longest

    return asyncio.run(measure())


def test_fetching_keys_stops_the_loop_and_ours_does_not(teams: LocalTeams) -> None:
    """Keys: the SDK fetches with a call that blocks, without a time-out."""
    kid = teams.state.keys.current.kid
    for verb in ("metadata", "keys"):
        teams.fault(verb, "slow", 2, 0.3)
    assert _stall(lambda: _OpenIdMetadata(teams.openid_url).get(kid)) > 0.5
    adapter(teams)  # puts its own where the SDK looks for keys
    ours = JwtTokenExtractor.metadataCache[teams.openid_url]
    assert _stall(lambda: ours.get(kid)) < 0.25


def test_a_new_key_locks_the_stock_sdk_out(teams: LocalTeams) -> None:
    """Keys: a key that is not among those it has is an IndexError, before it thinks of looking for new ones."""
    metadata = _OpenIdMetadata(teams.openid_url)
    asyncio.run(metadata.get(teams.state.keys.current.kid))
    teams.rotate_keys()
    with pytest.raises(IndexError):
        asyncio.run(metadata.get(teams.state.keys.current.kid))


# --- speed ---


def test_a_client_of_the_stock_sdk_searches_a_list_a_thousand_times_and_ours_makes_none(
    teams: LocalTeams, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adapter.send: 17 ms of every turn; what we say leaves without msrest."""
    assert "safe_codes = [i for i in range(500)" in inspect.getsource(ClientRetryPolicy)
    made: list[object] = []

    def makes(policy: ClientRetryPolicy) -> Retry:
        made.append(policy)
        return Retry(0)

    monkeypatch.setattr(ClientRetryPolicy, "__call__", makes)
    _stock_says(teams, teams.service_url)
    assert made
    made.clear()
    asks(teams, lambda sender: sender.send(where(teams), {"type": "message", "text": "hallo"}))
    assert (made, len(teams.ledger)) == ([], 2)


# --- sending ---


def _stock_says(teams: LocalTeams, service_url: str) -> list[str]:
    """What its on_turn_error heard of a message by the stock SDK; its caller heard nothing."""
    heard: list[str] = []

    async def on_error(context: TurnContext, error: Exception) -> None:
        heard.append(type(error).__name__)

    async def say(context: TurnContext) -> None:
        context.activity.id = None  # one it made up: what it says would be an answer to that
        await context.send_activity("hallo")

    there = ConversationReference(
        service_url=service_url,
        channel_id="msteams",
        bot=ChannelAccount(id=BOT),
        user=ChannelAccount(id=teams.user("alice").id),
        conversation=ConversationAccount(id=teams.conversation("@alice").id, tenant_id=teams.tenant),
    )

    async def tell() -> None:
        made = stock(teams)
        made.on_turn_error = on_error
        await made.continue_conversation(there, say, teams.app_id)

    asyncio.run(tell())
    return heard


@pytest.mark.parametrize("kind", ["429", "403", "412", "502", "503", "500", "lost_before", "refused"])
def test_the_stock_sdk_swallows_a_failure_and_ours_does_not(
    teams: LocalTeams, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Adapter.send and Sender: with on_turn_error, as every sample has it, the caller believes it was sent."""
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda seconds: None)  # its five seconds of knocking
    monkeypatch.setattr(send, "asyncio", SimpleNamespace(sleep=lambda seconds: asyncio.sleep(0)))
    if kind != "refused":
        teams.fault("send", kind, 1000)
    address = teams.nowhere + "/" if kind == "refused" else teams.service_url
    assert (len(_stock_says(teams, address)), teams.ledger) == (1, [])
    here = where(teams)
    there = type(here)(address, here.conversation, here.kind, here.tenant, here.bot)
    with pytest.raises(NotSent):
        asks(teams, lambda sender: sender.send(there, {"type": "message", "text": "hallo"}))


def test_the_stock_sdk_does_send_when_all_is_well(teams: LocalTeams) -> None:
    """So what it swallows above is no mistake of the test."""
    assert _stock_says(teams, teams.service_url) == []
    assert [entry.text for entry in teams.ledger] == ["hallo"]


def test_the_stock_sdk_tries_once_what_teams_asks_to_try_again(teams: LocalTeams) -> None:
    teams.fault("send", "429", 1)
    _stock_says(teams, teams.service_url)
    assert (teams.asked("send"), teams.ledger) == (1, [])
