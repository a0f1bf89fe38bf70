"""Sending to Teams: every failure is seen, counted and logged; tried again where that helps, and never said twice."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientTimeout, web
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from bot.notsent import NotSent
from bot.teams import send, token, transport
from bot.teams.reference import Reference
from bot.teams.send import Sender
from tests.bot.teams.connected import asks, where
from tests.servers.teams import LocalTeams

Json = dict[str, Any]

HELLO: Json = {"type": "message", "text": "hallo"}
FOREVER = 1_000_000  # times


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the sender would have waited between its tries."""
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(send, "asyncio", SimpleNamespace(sleep=sleep))
    return waited


def _counted(what: str, why: str) -> float:
    return REGISTRY.get_sample_value("lobby_teams_not_sent_total", {"what": what, "why": why}) or 0.0


def _tries(teams: LocalTeams, verb: str) -> int:
    return sum(
        call.verb == verb and call.error != "lost_reply" for call in teams.state.calls
    )  # noted with what was done


def _says(teams: LocalTeams, there: Reference | None = None) -> str:
    return asks(teams, lambda sender: sender.send(there or where(teams), HELLO))


@dataclass(frozen=True)
class Failure:
    """A fault of the connector that stays, and what it comes to."""

    kind: str
    why: str
    tries: int = 1
    permanent: bool = False
    perhaps: bool = False
    stands: int = 0  # messages


FAILURES = (
    Failure("429", "429 TooManyRequests", tries=4),
    Failure("412", "412 PreconditionFailed", tries=4),
    Failure("502", "502", tries=4),
    Failure("503", "503", tries=4),
    Failure("504", "504", tries=4),
    Failure("401", "401 Unauthorized", tries=4),
    Failure("500", "500", perhaps=True),
    Failure("403", "403 BotNotInConversationRoster", permanent=True),
    Failure("404", "404 ConversationNotFound", permanent=True),
    Failure("400", "400 BadSyntax", permanent=True),
    Failure("413", "413 MessageSizeTooBig", permanent=True),
    Failure("lost_before", "ServerDisconnectedError", perhaps=True),
    Failure("lost_reply", "ServerDisconnectedError", perhaps=True, stands=1),
    Failure("black_hole", "TimeoutError", perhaps=True),
)


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: failure.kind)
def test_a_failure_that_stays_is_seen_counted_and_logged(
    teams: LocalTeams, failure: Failure, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=0.5))
    label = failure.why.split()[0]
    before = _counted("send", label)
    teams.fault("send", failure.kind, FOREVER, 2)
    with capture_logs() as logged, pytest.raises(NotSent) as caught:
        _says(teams)
    seen = caught.value
    assert (seen.why, seen.permanent, seen.perhaps) == (failure.why, failure.permanent, failure.perhaps)
    assert (_tries(teams, "send"), len(waits)) == (failure.tries, failure.tries - 1)
    assert _counted("send", label) == before + 1
    (line,) = [line for line in logged if line["event"] == "teams did not take it"]
    assert (line["what"], line["why"], line["permanent"]) == ("send", failure.why, failure.permanent)
    assert len(teams.ledger) == failure.stands


@pytest.mark.parametrize("kind", ["429", "412", "502", "503", "504"])
def test_what_passes_is_tried_again_and_said_once(teams: LocalTeams, kind: str) -> None:
    teams.fault("send", kind, 3)
    id = _says(teams)
    assert [entry.activity_id for entry in teams.ledger] == [id]


@pytest.mark.parametrize(("asked", "tries"), [(2, 4), (30, 4), (31, 1), (3600, 1)])
def test_it_waits_as_long_as_teams_asks_but_not_for_ever(
    teams: LocalTeams, waits: list[float], asked: int, tries: int
) -> None:
    teams.fault("send", "429", FOREVER, asked)
    with pytest.raises(NotSent) as caught:
        _says(teams)
    assert (waits, caught.value.after) == ([float(asked)] * (tries - 1), float(asked))


def test_where_teams_does_not_say_it_waits_twice_as_long_each_time_and_not_all_at_once(
    teams: LocalTeams, waits: list[float]
) -> None:
    for _ in range(5):
        teams.fault("send", "503", 4)
        with pytest.raises(NotSent):
            _says(teams)
    for number, base in enumerate((0.5, 1.0, 2.0)):
        same = waits[number::3]
        assert all(base / 2 <= wait <= base * 1.5 for wait in same)
        assert len(set(same)) == len(same)


# --- no connection ---


def test_a_refused_connection_is_tried_again_and_then_told(teams: LocalTeams, waits: list[float]) -> None:
    before = _counted("send", "ClientConnectorError")
    with pytest.raises(NotSent) as caught:
        _says(teams, replace(where(teams), service_url=teams.nowhere))
    assert (caught.value.permanent, caught.value.perhaps, len(waits)) == (False, False, 3)
    assert _counted("send", "ClientConnectorError") == before + 1


@contextmanager
def _full() -> Iterator[str]:
    """The address of a machine that never takes up the connection."""
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_a_connection_that_never_comes_about_is_tried_again(
    teams: LocalTeams, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing left yet, so nothing can be said twice."""
    monkeypatch.setattr(transport, "TIMEOUT", ClientTimeout(total=5, sock_connect=0.1))
    with _full() as address, pytest.raises(NotSent) as caught:
        _says(teams, replace(where(teams), service_url=address))
    assert (caught.value.perhaps, len(waits)) == (False, 3)


# --- the other verbs ---


def test_what_says_nothing_twice_is_tried_again_when_its_answer_was_lost(teams: LocalTeams) -> None:
    async def all_of_them(sender: Sender) -> tuple[str, str, Json, dict[str, str]]:
        here = where(teams)
        id = await sender.send(here, HELLO)
        for verb in ("update", "create", "member", "team"):
            teams.fault(verb, "lost_reply")
        await sender.update(here, id, HELLO | {"text": "dag"})
        opened = await sender.open(here, teams.user("alice").id)
        known = await sender.member(here, teams.user("alice").id)
        return id, opened.conversation, known, await sender.channels(where(teams, "#team-asiel"))

    id, opened, known, channels = asks(teams, all_of_them)
    assert [(entry.activity_id, entry.text) for entry in teams.of("message", "update")] == [
        (id, "hallo"),
        (id, "dag"),
        (id, "dag"),
    ]
    assert opened == teams.conversation("@alice").id
    assert known["aadObjectId"] == teams.user("alice").aad
    assert channels[teams.conversation("#team-asiel").id] == "team-asiel"


@pytest.mark.parametrize("verb", ["update", "create", "member", "team"])
def test_each_verb_tells_what_teams_refused(teams: LocalTeams, verb: str) -> None:
    async def ask(sender: Sender) -> object:
        here = where(teams)
        match verb:
            case "update":
                return await sender.update(here, "1", HELLO)  # type: ignore[func-returns-value]  # it raises
            case "create":
                return await sender.open(here, teams.user("dirk").id)
            case "member":
                return await sender.member(here, teams.user("bob").id)
        return await sender.channels(where(teams, "#zonder-bot"))

    with pytest.raises(NotSent) as caught:
        asks(teams, ask)
    assert (caught.value.permanent, teams.asked(verb)) == (True, 1)


@pytest.mark.parametrize("body", [b"", b"null", b"geen JSON", b"[]", b"7", b"<html>"])
@pytest.mark.parametrize("verb", ["send", "update", "open", "member", "channels"])
def test_a_yes_that_cannot_be_read_is_not_taken_for_more_than_that(teams: LocalTeams, verb: str, body: bytes) -> None:
    """Such as a proxy of the network that answers for Microsoft: it comes as NotSent, or as nothing at all."""

    async def ask(sender: Sender) -> object:
        site = web.Application()

        async def answer(request: web.Request) -> web.Response:
            return web.Response(status=200, body=body, content_type="application/json")

        site.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(site, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        here = replace(where(teams), service_url=f"http://127.0.0.1:{runner.addresses[0][1]}/")
        try:
            match verb:
                case "send":
                    return await sender.send(here, HELLO)
                case "update":
                    await sender.update(here, "1", HELLO)
                    return None
                case "open":
                    return await sender.open(here, "29:1")
                case "member":
                    return await sender.member(here, "29:1")
            return await sender.channels(here)
        except NotSent:
            return None
        finally:
            await runner.cleanup()

    assert asks(teams, ask) in (None, "", {})


# --- the token ---


def test_a_revoked_token_is_replaced_and_the_message_said_once(teams: LocalTeams) -> None:
    async def twice(sender: Sender) -> None:
        await sender.send(where(teams), HELLO)
        teams.revoke_tokens()
        await sender.send(where(teams), HELLO | {"text": "dag"})

    asks(teams, twice)
    assert [entry.text for entry in teams.ledger] == ["hallo", "dag"]
    assert teams.asked("token") == 2


@pytest.mark.parametrize(
    ("kind", "tries", "permanent"),
    [("400", 1, True), ("401", 1, True), ("403", 4, False), ("500", 4, False), ("503", 4, False),
     ("lost_reply", 4, False), ("black_hole", 4, False)],
)  # fmt: skip
def test_without_a_token_nothing_is_sent_and_that_is_told(
    teams: LocalTeams, kind: str, tries: int, permanent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token, "TIMEOUT", 0.1)
    before = _counted("send", "no token")
    teams.fault("token", kind, FOREVER)
    with pytest.raises(NotSent, match="no token: ") as caught:
        _says(teams)
    assert (caught.value.permanent, _tries(teams, "token"), teams.asked("send")) == (permanent, tries, 0)
    assert _counted("send", "no token") == before + 1
    assert teams.ledger == []


def test_a_token_that_comes_late_is_waited_for(teams: LocalTeams) -> None:
    teams.fault("token", "slow", seconds=0.3)

    async def many(sender: Sender) -> None:
        await asyncio.gather(*(sender.send(where(teams), HELLO) for _ in range(5)))

    asks(teams, many)
    assert (len(teams.ledger), teams.asked("token")) == (5, 1)
