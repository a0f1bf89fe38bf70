"""Teams' door from outside: whose token is not right does not get in, keys that cannot be had, what cannot be read."""

import asyncio
import json
import random
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.fronts import running
from tests.journeys.storm import ODD, bent, post
from tests.journeys.teams_bot import LINE, TeamsBot, copied, nothing_happens, serve
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import How
from tests.servers.teams_keys import Token, authorization
from tests.servers.teams_reading import buttons, words
from tests.servers.teams_tenant import OTHER_TENANT, TENANT

FUZZED = 10_000
SEED = 4

LATER = How(deliver=False)

Json = dict[str, Any]


@pytest.fixture(scope="module")
def bot(file: Path) -> Iterator[TeamsBot]:
    """The bot before a Teams that works."""
    with serve(file) as started:
        yield started


# --- tokens ---

REFUSED: tuple[Token, ...] = (
    "missing", "not_bearer", "empty", "garbage", "three_parts", "wrong_issuer", "emulator_issuer", "wrong_audience",
    "wrong_service_url", "no_service_url_claim", "expired", "no_expiry", "not_yet", "alg_none", "hs256", "unknown_key",
    "unendorsed_key", "no_endorsements", "truncated", "tampered",
)  # fmt: skip


def test_what_is_rightly_signed_enters(bot: TeamsBot) -> None:
    before = bot.contacts()
    came = bot.teams.message("alice", "@alice", f"log {LINE}")
    assert came.status == 201
    assert words(bot.answer(came)).startswith("Vastgelegd als C")
    assert bot.contacts() == before + 1


@pytest.mark.parametrize("token", REFUSED)
def test_a_token_that_is_not_right_is_refused(bot: TeamsBot, token: Token) -> None:
    with nothing_happens(bot):
        came = bot.teams.message("alice", "@alice", f"log {LINE}", how=How(token=token))
        assert came.status == 401
    assert json.loads(came.body) == {"error": "this does not come from Teams for this bot"}


@pytest.mark.parametrize("tenant", [OTHER_TENANT, None])
def test_another_tenant_and_none_at_all_are_refused(bot: TeamsBot, tenant: str | None) -> None:
    with nothing_happens(bot):
        assert bot.teams.message("alice", "@alice", f"log {LINE}", how=How(tenant=tenant)).status == 401


ELSEWHERE = "http://smba.example.net/emea/"
WRONG: dict[str, Json] = {
    "for another channel": {"channelId": "webchat"},
    "for no channel": {"channelId": None},
    "with a connector that is not the token's": {"serviceUrl": "https://smba.example.net/emea/"},
    "with a connector that is no text": {"serviceUrl": 7},
    "without a connector": {"serviceUrl": None},
    "another tenant in one of two places": {"channelData": {"tenant": {"id": OTHER_TENANT}}},
    "another tenant in the other place": {"conversation": {"id": "a:1", "tenantId": OTHER_TENANT}},
    "a tenant that is no text": {"conversation": {"id": "a:1", "tenantId": {"id": TENANT}}},
    "a conversation that is no object": {"conversation": "a:1"},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_an_activity_that_does_not_belong_to_its_token_is_refused(bot: TeamsBot, wrong: Json) -> None:
    made = bot.teams.message("alice", "@alice", f"log {LINE}", how=LATER)
    body = {name: value for name, value in (made.activity | wrong).items() if value is not None}
    with nothing_happens(bot):
        assert bot.teams.again(made, How(body=json.dumps(body).encode())).status == 401


def test_a_connector_without_https_beyond_this_machine_is_refused(bot: TeamsBot) -> None:
    made = bot.teams.message("alice", "@alice", f"log {LINE}", how=LATER)
    with nothing_happens(bot):
        assert bot.teams.bring(made.activity | {"serviceUrl": ELSEWHERE}).status == 401


@pytest.mark.parametrize("part", ["header", "claims"])
def test_a_token_that_is_nested_too_deep_is_refused(bot: TeamsBot, part: str) -> None:
    """Reading it gives up with an error of another kind, which must not be ours."""
    deep, whole = (urlsafe_b64encode(each).decode().rstrip("=") for each in (b"[" * 4000, b'{"alg":"RS256","kid":"a"}'))
    token = f"{deep}.e30.e30" if part == "header" else f"{whole}.{deep}.e30"
    made = bot.teams.message("alice", "@alice", "help", how=LATER)
    ((status, _),) = asyncio.run(post(bot.door, [(json.dumps(made.activity).encode(), _headers(token))]))
    assert status == 401


def _headers(token: str) -> Json:
    return {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}


# --- for development ---


def test_without_an_app_id_only_a_teams_on_this_machine_enters(file: Path) -> None:
    mine = copied(file, "development")
    settings = {"LOBBY_ENV": "dev", "LOBBY_DATABASE_URL": f"sqlite:///{mine}"}
    with LocalTeams() as teams, running("run", mine.with_suffix(".log"), "/healthz", **settings) as port:
        bot = TeamsBot(teams, port, mine, mine.with_suffix(".log"))
        teams.deliver_to(bot.door)
        made = teams.message("alice", "@alice", f"log {LINE}", how=LATER)
        for elsewhere in (
            "https://smba.example.net/emea/",
            "http://127.0.0.1.example.net/",
            "http://127.0.0.1@kwaad.nl/",
            "",
        ):
            with nothing_happens(bot):
                assert teams.bring(made.activity | {"serviceUrl": elsewhere}, How(token="missing")).status == 401
        assert teams.again(made, How(token="missing")).status == 201
        assert teams.asked("member") > 0  # it asks who this is


# --- what is no activity ---


@pytest.mark.parametrize(
    ("how", "status"),
    [
        (How(method="GET"), 405),
        (How(method="HEAD"), 405),
        (How(method="PUT"), 405),
        (How(method="OPTIONS"), 405),
        (How(content_type=""), 415),
        (How(content_type="text/plain"), 415),
        (How(content_type="application/x-www-form-urlencoded"), 415),
        (How(body=b""), 400),
        (How(body=b'{"type": "mess'), 400),
        (How(body=b"[]"), 400),
        (How(body=b"{}"), 400),
        (How(body=b'{"type": 7}'), 400),
        (How(body=b'{"type": "message", "text": "\xff"}'), 400),
        (How(body=b"[" * 100_000), 400),
    ],
    ids=lambda each: f"{each.method} {each.content_type} {(each.body or b'')[:20]!r}" if isinstance(each, How) else "",
)
def test_what_is_no_activity_gets_the_status_that_says_so(bot: TeamsBot, how: How, status: int) -> None:
    made = bot.teams.message("alice", "@alice", f"log {LINE}", how=LATER)
    with nothing_happens(bot):
        came = bot.teams.again(made, how)
        assert came.status == status
    if status == 405:
        assert came.headers["Allow"] == "POST"


def test_a_body_that_is_too_large_is_refused(bot: TeamsBot) -> None:
    connection = HTTPConnection("127.0.0.1", bot.port, timeout=10)
    connection.request("POST", "/api/messages", b" " * 1_100_000, {"Content-Type": "application/json"})
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize(
    ("kind", "more", "status"),
    [
        ("typing", {}, 201),
        ("messageReaction", {"reactionsAdded": [{"type": "like"}]}, 201),
        ("endOfConversation", {}, 201),
        ("een soort van morgen", {}, 201),
        ("invoke", {"name": "een/vraag van morgen", "value": {}}, 501),
        ("invoke", {}, 501),
    ],
)
def test_an_activity_that_is_not_for_us_is_taken_quietly(bot: TeamsBot, kind: str, more: Json, status: int) -> None:
    with nothing_happens(bot):
        assert bot.teams.event("alice", "@alice", kind, **more).status == status


# --- what cannot be read ---


def _harmless(teams: LocalTeams) -> list[Json]:
    """Activities of every kind that store no contact, however they are bent."""
    later = LATER
    before = len(teams.ledger)
    teams.message("carla", "@carla", "log")  # a form
    teams.message("carla", "@carla", "lobby")  # buttons
    form, shown = teams.until(lambda: teams.ledger[before:][1:] and teams.ledger[before:], 10)
    said = teams.writes("carla", "#team-asiel", "hallo")
    dialog = teams.shortcut_message("carla", "#team-asiel", said, "log")
    made = [
        teams.message("carla", "@carla", "help", how=later),
        teams.mention("carla", "#team-asiel", "zoek nareis", how=later),
        teams.mention("carla", "group", "contact <at>bob</at>", how=later),
        teams.slash("carla", "#team-asiel", "lobby", later),
        teams.edit("#team-asiel", said, "anders", later),
        teams.press("carla", form, buttons(form)[0], {"kind": "brief"}, later),
        teams.press("carla", shown, "Hulp", how=later),
        teams.shortcut_message("carla", "#team-asiel", said, "log", later),
        teams.submit("carla", dialog, buttons(dialog)[0], {"kind": "brief"}, later),
        teams.search("carla", "#team-asiel", "nareis", "contact", later),
        teams.search("carla", "@carla", "", "wet", later),
        teams.join("carla", "#team-asiel", "bob", later),
        teams.installation("carla", "@carla", how=later),
        teams.typing("carla", "@carla", later),
        teams.react("carla", shown, how=later),
        teams.echo(shown, later),
        teams.delete("#team-asiel", said, later),
    ]
    for came in made:  # a form that says nothing yet
        value = came.activity.get("value", {})
        data = value.get("data") or value.get("action", {}).get("data") or {}
        data |= {name: "" for name in data if name.startswith("field:")}
    return [came.activity for came in made]


def _bytes(rng: random.Random, activity: Json) -> bytes:
    """The activity: bent, cut short, nested too deep, in an odd encoding, or something else altogether."""
    body = json.dumps(activity).encode()
    place = rng.randrange(len(body))
    choice = rng.randrange(12)
    if choice > 5:
        return json.dumps(bent(rng, activity)).encode()
    wild = (
        body[:place],
        body[:place] + rng.randbytes(3) + body[place + 1 :],
        rng.randbytes(place % 400),
        b'{"type":"message","value":' + b"[" * rng.randrange(1, 50_000),
        json.dumps(activity).encode(rng.choice(["utf-16", "utf-32", "utf-8-sig"])),
        json.dumps(rng.choice([*ODD, {"type": rng.choice(ODD)}, {"type": "invoke", "name": rng.choice(ODD)}])).encode(),
    )
    return wild[choice]


def _storm(teams: LocalTeams) -> list[tuple[bytes, Json]]:
    rng = random.Random(SEED)  # noqa: S311  # a repeatable storm, no secrets
    harmless = _harmless(teams)
    storing = teams.message("carla", "@carla", f"log {LINE} uit de storm", how=LATER).activity
    keys, audience, address = teams.state.keys, teams.app_id, teams.service_url
    right = authorization(keys, "valid", audience, address)
    wrong = [authorization(keys, token, audience, address) for token in REFUSED]
    storm: list[tuple[bytes, Json]] = []
    for number in range(FUZZED):
        if number % 4 == 0:
            body, token = _bytes(rng, storing), rng.choice(wrong)
        else:
            activity = rng.choice(harmless)
            # each in a conversation of its own: nothing waits for its turn there
            where = activity["conversation"] | {"id": f"{activity['conversation']['id']}-{number}"}
            body, token = _bytes(rng, activity | {"id": f"storm-{number}", "conversation": where}), right
        headers = {"Content-Type": "application/json"} | ({"Authorization": token} if token else {})
        storm.append((body, headers))
    return storm


def test_ten_thousand_bent_bodies_are_never_a_500_and_never_a_row(bot: TeamsBot) -> None:
    storm = _storm(bot.teams)
    before = bot.counts()
    answers = asyncio.run(post(bot.door, storm, 32))
    worst = [(status, storm[number][0][:2000]) for number, (status, _) in enumerate(answers) if status in (0, 500)]
    assert worst == []
    assert {status for number, (status, _) in enumerate(answers) if number % 4 == 0} <= {400, 401}
    assert {status for status, _ in answers} == {200, 201, 400, 401, 501}
    after = bot.counts()
    # where it was added, which messages it answered, and the draft of a form that was refused
    kept = {"conversations", "commands", "drafts", "sqlite_sequence"}
    assert {name for name in after if after[name] != before[name]} <= kept
    assert bot.logs("alice", "na de storm")
    said = bot.log.read_text(encoding="utf-8")
    assert [line for line in said.splitlines() if '"level": "error"' in line or "Traceback" in line] == []
    assert "not understood" in said
