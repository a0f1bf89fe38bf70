"""What comes to Slack's address and is not Slack's: signatures, headers and bodies that are wrong."""

import asyncio
import json
import random
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import pytest
from multidict import CIMultiDict

from tests.journeys.conftest import LINE, Bot
from tests.journeys.storm import bent, post
from tests.servers import slack_payloads as payloads
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How, encoded, posted, sign
from tests.servers.slack_payloads import Payload

FUZZED = 10_000
SEED = 3

Json = dict[str, Any]
Headers = Mapping[str, str]


# --- signatures ---


@pytest.mark.parametrize("signature", ["bad", "old", "future", "truncated", "missing"])
def test_what_is_not_rightly_signed_is_refused(over_http: Bot, signature: Any) -> None:
    before = over_http.contacts(), over_http.rows("SELECT count(*) FROM commands")
    came = over_http.slack.slash("alice", "team-asiel", f"log {LINE}", How(signature=signature))
    assert came.status == 401
    assert (over_http.contacts(), over_http.rows("SELECT count(*) FROM commands")) == before


def test_a_request_that_is_replayed_is_done_once(over_http: Bot) -> None:
    slack, before = over_http.slack, over_http.contacts()
    made = slack.slash("alice", "team-asiel", f"log {LINE} en herhaling", How(deliver=False))
    body, headers = posted(slack.state, made.payload, How())
    first, second = asyncio.run(post(_door(over_http), [(body, headers)] * 2, at_once=1))
    assert first == second
    assert first[0] == 200
    assert "Vastgelegd als C" in first[1]
    assert over_http.contacts() == before + 1


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ([("X-Slack-Request-Timestamp", "nan")], 400),
        ([("X-Slack-Signature", "v0=é")], 400),
        ([("Content-Encoding", "gzip")], 401),
        ([("Content-Type", "application/json")], 400),
    ],
)
def test_rightly_signed_but_with_headers_that_slack_never_sends_is_refused(
    over_http: Bot, more: list[tuple[str, str]], status: int
) -> None:
    slack, before = over_http.slack, over_http.contacts()
    made = slack.slash("alice", "team-asiel", f"log {LINE}", How(deliver=False))
    body, headers = posted(slack.state, made.payload, How())
    answer = asyncio.run(post(_door(over_http), [(body, CIMultiDict([*headers.items(), *more]))], at_once=1))
    assert answer[0][0] == status
    assert over_http.contacts() == before


@pytest.mark.filterwarnings("ignore:Sending a large body")
def test_a_body_that_is_too_large_is_refused(over_http: Bot) -> None:
    body = b"payload=".ljust(1024 * 1024 + 1, b"x")
    signed = sign(over_http.slack.signing_secret, body, int(time.time()))
    assert asyncio.run(post(_door(over_http), [(body, signed)], at_once=1))[0][0] == 413


def _door(bot: Bot) -> str:
    return f"http://127.0.0.1:{bot.port}/slack/events"


# --- what cannot be read ---


def _harmless(slack: LocalSlack) -> list[Payload]:
    """Payloads of every kind that store nothing, however they are bent."""
    state, alice, channel = slack.state, slack.user("alice"), slack.channel("team-asiel")
    message = slack.mention("alice", "team-asiel", "help").payload
    search = slack.slash("alice", "team-asiel", "zoek nareis")
    assert slack.slash("alice", "team-asiel", "log").status == 200
    view = slack.until(lambda: slack.of("view", user="alice"))[-1].view
    shown = slack.slash("alice", "team-asiel", "")
    assert shown.shown
    button = {"type": "button", "action_id": "press-1", "value": "zoek/nareis", "block_id": "b1"}
    empty = {"kind": {"answer": {"type": "static_select", "selected_option": None}}}
    ts = slack.writes("alice", "team-asiel", "hallo")
    return [
        message,
        search.payload,
        payloads.press(state, alice, shown.shown, {"block_id": "b1"}, button),
        payloads.submission(state, alice, view, empty),
        payloads.shortcut(state, alice, channel, ts, "log_message"),
        payloads.event(state, {"type": "user_change", "user": slack.user("bob").shown()}),
        payloads.event(state, {"type": "app_home_opened", "user": alice.id, "tab": "home", "channel": "D0"}),
    ]


def _encoded(payload: Payload, body: Any) -> bytes:
    if payload.vehicle == "events_api":
        return json.dumps(body).encode()
    if payload.vehicle == "slash_commands" and isinstance(body, dict):
        return urlencode(body, errors="replace").encode()
    return urlencode({"payload": json.dumps(body)}).encode()


def _bytes(rng: random.Random, payload: Payload) -> tuple[bytes, str]:
    """(body, content type): bent, cut short, nested too deep, in an odd encoding, or nonsense."""
    body, kind = encoded(payload)
    place, deep = rng.randrange(len(body)), "[" * rng.randrange(1, 50_000)
    odd = [f"{kind}; charset=utf-16", f"{kind}; charset=x-geen", "text/plain", "", "///"]
    choice = rng.randrange(10)
    if choice > 4:
        return _encoded(payload, bent(rng, payload.body)), kind
    wild = (
        (body[:place], kind),
        (rng.choice([deep, urlencode({"payload": deep}), '{"type":' + deep]).encode(), kind),
        (body, rng.choice(odd)),
        (rng.randbytes(place % 400), kind),
        (body[:place] + rng.randbytes(3) + body[place + 1 :], kind),
    )
    return wild[choice]


def _fuzz(slack: LocalSlack) -> list[tuple[bytes, Json]]:
    rng = random.Random(SEED)  # noqa: S311  # a repeatable storm, no secrets
    harmless = _harmless(slack)
    storing = slack.slash("alice", "team-asiel", f"log {LINE} uit de storm", How(deliver=False)).payload
    storm: list[tuple[bytes, Json]] = []
    for number in range(FUZZED):
        wrong = number % 4 == 0
        body, kind = _bytes(rng, storing if wrong else rng.choice(harmless))
        headers = {"Content-Type": kind} if kind else {}
        signed = sign("een ander geheim" if wrong else slack.signing_secret, body, int(time.time()))
        if wrong and rng.random() < 0.5:
            odd = rng.choice(["", "v0=", "v1=00", "é", "1e9", "9" * 400, "-1", "nan"])
            signed[rng.choice(list(signed))] = odd
        storm.append((body, headers | signed))
    return storm


def test_ten_thousand_bent_bodies_are_never_a_500_and_never_a_row(over_http: Bot) -> None:
    slack, before = over_http.slack, over_http.contacts()
    slack.state.pace = None
    storm = _fuzz(slack)
    began = time.monotonic()
    answers = asyncio.run(post(_door(over_http), storm))
    seconds = time.monotonic() - began
    worst = [(status, storm[number]) for number, (status, _) in enumerate(answers) if status >= 500 or not status]
    assert worst == []
    assert {status for number, (status, _) in enumerate(answers) if number % 4 == 0} <= {400, 401}
    assert over_http.contacts() == before
    assert over_http.logs("alice", "na de storm")
    said = over_http.log.read_text(encoding="utf-8")
    assert "a listener failed" not in said
    assert "command failed" not in said
    assert "not understood" in said
    assert seconds < 60
