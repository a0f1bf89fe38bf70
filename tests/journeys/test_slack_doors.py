"""Slack's doors from outside: who does not get in, what cannot be read, and a token that was taken back."""

import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.journeys.conftest import LINE, Bot
from tests.journeys.fronts import running, settings_for
from tests.journeys.storm import bent, post
from tests.servers import slack_payloads as payloads
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How, encoded, posted, sign
from tests.servers.slack_payloads import Payload
from tests.servers.slack_reading import words
from tests.servers.slack_workspace import OTHER_TEAM

FUZZED = 10_000
SEED = 3

Json = dict[str, Any]


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


def _door(bot: Bot) -> str:
    return f"http://127.0.0.1:{bot.port}/slack/events"


# --- people ---


@pytest.mark.parametrize(
    ("who", "channel", "sentence"),
    [
        ("gast", "team-asiel", "gasten kunnen er niet bij"),
        ("dagjesgast", "algemeen", "gasten kunnen er niet bij"),
        ("vreemde", "gedeeld", "hoort bij een andere werkruimte"),
        ("robot", "team-asiel", "praat alleen met mensen"),
        ("dirk", "team-asiel", "in Slack uitgezet"),
    ],
)
def test_who_is_no_full_member_hears_it_kindly_and_leaves_no_row(
    over_http: Bot, who: str, channel: str, sentence: str
) -> None:
    before = over_http.contacts()
    for line in (f"log {LINE}", "zoek nareis", "koppel"):
        came = over_http.slack.slash(who, channel, line)
        assert came.shown
        assert sentence in words(came.shown)
        assert "Podt" not in words(came.shown)
    assert over_http.member(who) == []
    assert over_http.contacts() == before


def test_another_workspace_is_refused(over_http: Bot) -> None:
    before = over_http.contacts()
    came = over_http.slack.slash("alice", "team-asiel", f"log {LINE} van elders", How(team=OTHER_TEAM))
    assert "andere werkruimte" in over_http.lead(came)
    assert over_http.contacts() == before


def test_a_stranger_who_mentions_the_bot_in_a_shared_channel_gets_the_sentence(over_http: Bot) -> None:
    slack, before = over_http.slack, len(over_http.slack.ledger)
    assert slack.mention("vreemde", "gedeeld", f"log {LINE}").status == 200
    (said,) = slack.until(lambda: slack.ledger[before:])
    assert (said.kind, said.user) == ("ephemeral", slack.user("vreemde").id)
    assert "hoort bij een andere werkruimte" in words(said)
    assert over_http.member("vreemde") == []


def test_another_bot_the_bot_itself_and_what_is_edited_are_not_answered(over_http: Bot) -> None:
    slack = over_http.slack
    before = len(slack.ledger)
    slack.message("alice", "@alice", "help")
    (answer,) = slack.until(lambda: slack.ledger[before:])
    for came in (
        slack.mention("robot", "team-asiel", f"log {LINE}"),
        slack.message("robot", "team-asiel", f"log {LINE}"),
        slack.echo("@alice", answer.ts),
        slack.edit("@alice", slack.writes("alice", "@alice", "hulp"), "help"),
        slack.message("alice", "team-asiel", "praat onder mensen over help"),
    ):
        assert came.status == 200
    time.sleep(0.3)
    assert slack.ledger[before:] == [answer]


def test_who_is_put_out_in_slack_is_put_out_here(over_http: Bot) -> None:
    slack = over_http.slack
    over_http.logs("bob", "van Bob")
    assert over_http.member("bob") == [(1,)]
    slack.user("bob").deleted = True
    try:
        assert slack.user_change("bob").status == 200
        assert over_http.member("bob") == [(0,)]
        assert "in Slack uitgezet" in over_http.lead(slack.slash("bob", "team-asiel", "zoek nareis"))
    finally:
        slack.user("bob").deleted = False


# --- the token ---


def test_a_token_that_is_taken_back_is_said_and_works_again_when_it_is_given_back(over_http: Bot) -> None:
    slack = over_http.slack
    over_http.logs("carla", "van Carla")  # from now on the bot knows her
    assert over_http.ready() == (200, '{"ready": true, "slack": "works"}')
    slack.revoke_token()
    assert slack.mention("carla", "team-asiel", "help").status == 200
    assert over_http.ready()[0] == 503
    assert "token_revoked" in over_http.ready()[1]
    slack.until(lambda: "token_revoked" in _status(over_http), 10)
    slack.heal()
    slack.until(lambda: over_http.ready()[0] == 200, 10)
    slack.until(lambda: "token_revoked" not in _status(over_http), 10)
    assert slack.tokens_revoked().status == 200
    slack.heal()
    slack.until(lambda: over_http.ready()[0] == 200, 10)


def _status(bot: Bot) -> str:
    came = bot.slack.slash("carla", "team-asiel", "status")
    assert came.shown
    return words(came.shown)


@pytest.fixture
def refused(file: Path, tmp_path: Path) -> Iterator[Bot]:
    """A bot that was started with a token that Slack does not know, behind both doors."""
    with LocalSlack() as slack:
        slack.revoke_token("invalid_auth")
        settings = settings_for(slack, file, "socket") | settings_for(slack, file, "http")
        with running("run", tmp_path / "refused.log", "/healthz", **settings) as port:
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            yield Bot(slack, port, file, tmp_path / "refused.log")


def test_a_token_that_is_unknown_from_the_start_is_said_and_the_process_stays(refused: Bot) -> None:
    slack, before = refused.slack, refused.contacts()
    status, body = refused.ready()
    assert (status, "invalid_auth" in body) == (503, True)
    came = slack.slash("alice", "team-asiel", f"log {LINE} zonder token")
    assert "neemt het token van Lobby niet aan" in refused.lead(came)
    assert refused.contacts() == before
    slack.heal()
    slack.until(lambda: refused.ready()[0] == 200, 12)
    slack.deliver_to("")  # the socket connected by itself
    assert "Vastgelegd" in refused.lead(slack.slash("alice", "team-asiel", f"log {LINE} met token"))
    errors = [line for line in refused.log.read_text(encoding="utf-8").splitlines() if '"level": "error"' in line]
    assert len(errors) == 1  # said once, however often it was tried
    assert "invalid_auth" in errors[0]


# --- a slow database ---


def test_a_locked_database_gives_a_word_in_time_then_the_outcome_and_one_contact(over_http: Bot) -> None:
    slack, before = over_http.slack, over_http.contacts()
    slack.slash("alice", "team-asiel", "help")  # the bot knows her
    with closing(sqlite3.connect(over_http.file, check_same_thread=False, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        release = Timer(3.0, holder.rollback)
        release.start()
        came = slack.slash("alice", "team-asiel", f"log {LINE} bij een trage database")
        assert over_http.lead(came) == "Ik ben ermee bezig. De uitkomst komt hier vanzelf."
        assert came.seconds < 3
        outcome = slack.until(lambda: slack.answers(came)[1:], 10)
        release.join()
    assert outcome[0].method == "response_url"
    assert words(outcome[0]).startswith("Vastgelegd als C")
    assert over_http.contacts() == before + 1
    assert len(slack.answers(came)) == 2


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
