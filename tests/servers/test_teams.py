"""The doors of the local Teams: keys, tokens and the connector, asked as a bot asks them."""

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from aiohttp import ServerDisconnectedError

from tests.servers.teams import LocalTeams
from tests.servers.teams_bot import SmallBot
from tests.servers.teams_card import CARD_SIZE
from tests.servers.teams_reading import words
from tests.servers.teams_state import ADAPTIVE, State
from tests.servers.teams_tenant import APP, new_user

Json = dict[str, Any]

HELLO: Json = {"type": "message", "text": "hallo"}


@pytest.fixture
def bot(teams: LocalTeams) -> Iterator[SmallBot]:
    """A bot with a bearer."""
    with SmallBot(teams) as running:
        yield running


def card(*body: Json, **more: Any) -> Json:
    """A message with a card."""
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}
    return {"type": "message", "attachments": [{"contentType": ADAPTIVE, "content": content}]}


def text(said: str) -> Json:
    return {"type": "TextBlock", "text": said}


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]["code"]


def test_keys_and_their_document(teams: LocalTeams, bot: SmallBot) -> None:
    status, found = bot.get(teams.openid_url)
    assert (status, found["issuer"]) == (200, "https://api.botframework.com")
    assert found["id_token_signing_alg_values_supported"] == ["RS256"]
    [key] = bot.get(found["jwks_uri"])[1]["keys"]
    assert key["kid"] == key["x5t"]
    assert "msteams" in key["endorsements"]
    teams.add_unendorsed_key()
    teams.rotate_keys()
    later = bot.get(found["jwks_uri"])[1]["keys"]
    assert [("msteams" in each["endorsements"], each["kid"] == key["kid"]) for each in later] == [
        (False, False),
        (True, False),
    ]
    assert (teams.asked("metadata"), teams.asked("keys")) == (1, 2)


def test_a_token_for_who_is_who_they_say(teams: LocalTeams, bot: SmallBot) -> None:
    teams.state.token_lives = 100
    status, given = bot.login()
    assert (status, given["token_type"], given["expires_in"]) == (200, "Bearer", 100)
    for changed, wanted in (
        ({"client_secret": "fout"}, (401, "invalid_client")),
        ({"client_id": "fout"}, (400, "unauthorized_client")),
        ({"scope": "https://graph.microsoft.com/.default"}, (400, "invalid_scope")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
    ):
        status, given = bot.login(**changed)
        assert (status, given["error"]) == wanted
        assert given["error_description"].startswith("AADSTS")
    assert "client_secret" not in json.dumps([call.args for call in teams.state.calls])


def test_a_bearer_is_asked_and_grows_old(teams: LocalTeams, bot: SmallBot) -> None:
    assert bot.send("@alice", HELLO)[0] == 201
    teams.passes(4000)
    assert code(bot.send("@alice", HELLO)) == (401, "Unauthorized")
    bot.bearer = ""
    assert bot.send("@alice", HELLO)[0] == 201
    teams.revoke_tokens()
    assert code(bot.send("@alice", HELLO)) == (401, "Unauthorized")


def test_a_chat_is_begun_once(teams: LocalTeams, bot: SmallBot) -> None:
    alice = teams.user("alice")
    body = {"members": [{"id": alice.id}], "tenantId": teams.tenant}
    made = bot.ask("POST", "conversations", body)[:2]
    assert made == (201, {"id": teams.conversation("@alice").id})
    by_aad = {"members": [{"id": alice.aad}], "channelData": {"tenant": {"id": teams.tenant}}}
    assert bot.ask("POST", "conversations", by_aad)[:2] == made
    assert [entry.user for entry in teams.of("create")] == [alice.id, alice.id]
    for who, tenant, wanted in (
        (teams.user("dirk").id, teams.tenant, (403, "BotNotInConversationRoster")),
        (teams.user("vreemde").id, teams.tenant, (403, "BotNotInConversationRoster")),
        (alice.id, "", (400, "BadSyntax")),
        ("29:onbekend", teams.tenant, (400, "BadArgument")),
    ):
        refused = bot.ask("POST", "conversations", {"members": [{"id": who}], "tenantId": tenant})[:2]
        assert code(refused) == wanted
    assert code(bot.send("@dirk", HELLO)) == (403, "BotNotInConversationRoster")


def test_a_new_thread_in_a_channel_and_answers_in_it(teams: LocalTeams, bot: SmallBot) -> None:
    channel = teams.conversation("#team-asiel").id
    body = {"isGroup": True, "channelData": {"channel": {"id": channel}}, "activity": HELLO}
    status, made, _ = bot.ask("POST", "conversations", body)
    assert (status, made["id"]) == (201, f"{channel};messageid={made['activityId']}")
    assert bot.send(made["id"], HELLO)[0] == 201
    assert bot.send("#team-asiel", HELLO)[0] == 201
    first, second, third = teams.of("message", conversation="#team-asiel")
    assert first.thread == second.thread == made["activityId"]
    assert third.thread == third.activity_id
    assert code(bot.send(f"{channel};messageid=1", HELLO)) == (404, "ConversationNotFound")


def test_a_message_is_changed_and_taken_away(teams: LocalTeams, bot: SmallBot) -> None:
    id = bot.send("group", HELLO)[1]["id"]
    place = teams.conversation("group").id
    path = f"conversations/{quote(place, safe='')}/activities"
    assert bot.ask("PUT", f"{path}/{id}", HELLO | {"text": "dag"})[0] == 200
    assert teams.conversation("group").said[id]["text"] == "dag"
    assert bot.ask("DELETE", f"{path}/{id}")[0] == 200
    assert code(bot.ask("PUT", f"{path}/{id}", HELLO)[:2]) == (404, "ActivityNotFoundInConversation")
    assert code(bot.ask("POST", f"{path}/{id}", HELLO)[:2]) == (404, "ActivityNotFoundInConversation")
    theirs = teams.writes("alice", "group", "van mij")
    assert code(bot.ask("PUT", f"{path}/{theirs}", HELLO)[:2]) == (403, "Forbidden")
    assert [(entry.kind, entry.activity_id) for entry in teams.ledger] == [
        ("message", id),
        ("update", id),
        ("delete", id),
    ]


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"type": "message"}, (400, "BadSyntax")),
        ({"type": "onbekend", "text": "x"}, (400, "BadSyntax")),
        ({"text": "x"}, (400, "BadSyntax")),
        ({"type": "message", "text": "x", "textFormat": "html"}, (400, "BadSyntax")),
        ({"type": "message", "text": "x" * 110_000}, (413, "MessageSizeTooBig")),
        ({"type": "message", "attachments": [{"contentType": "text/onbekend"}]}, (400, "BadSyntax")),
        (card(text("x" * CARD_SIZE)), (413, "MessageSizeTooBig")),
        (card(text("x"), version="1.6"), (400, "BadSyntax")),
        (card({"type": "Onbekend"}), (400, "BadSyntax")),
        (card({"type": "Input.Text", "id": "a"}, {"type": "Input.Date", "id": "a"}), (400, "BadSyntax")),
        (card({"type": "Image", "url": "file:///etc/passwd"}), (400, "BadSyntax")),
        (
            HELLO | {"entities": [{"type": "mention", "text": "<at>B</at>", "mentioned": {"id": "x"}}]},
            (400, "BadSyntax"),
        ),
        (HELLO | {"recipient": {"id": "29:weg", "isTargeted": True}}, (400, "BadSyntax")),
        ([HELLO], (400, "BadSyntax")),
    ],
)
def test_what_teams_refuses(teams: LocalTeams, bot: SmallBot, body: Any, wanted: tuple[int, str]) -> None:
    assert code(bot.send("#team-asiel", body)) == wanted
    assert teams.ledger == []
    assert (teams.state.calls[-1].status, teams.state.calls[-1].error) == wanted


def test_what_teams_takes(teams: LocalTeams, bot: SmallBot) -> None:
    refreshing = {"action": {"type": "Action.Execute", "verb": "x"}, "userIds": [teams.user("bob").id]}
    assert bot.send("group", card(text("kaart"), refresh=refreshing, msteams={"width": "Full"}))[0] == 201
    assert words(teams.ledger[-1]) == "kaart"
    assert bot.send("group", {"type": "typing"})[0] == 201
    to_bob = HELLO | {"recipient": {"id": teams.user("bob").id, "isTargeted": True}}
    assert bot.send("group", to_bob)[0] == 201
    [entry] = teams.of(user="bob")
    assert entry.targeted


def test_who_is_there(teams: LocalTeams, bot: SmallBot) -> None:
    channel = quote(teams.conversation("#team-asiel").id, safe="")
    bob = teams.user("bob")
    for id in (bob.id, bob.aad):
        found = bot.ask("GET", f"conversations/{channel}/members/{quote(id, safe='')}")[1]
        assert (found["id"], found["surname"], found["userRole"]) == (bob.id, "Jansen", "user")
        assert (found["tenantId"], found["email"]) == (teams.tenant, "bob@stichting.example")
    stranger = quote(teams.user("vreemde").id, safe="")
    absent = bot.ask("GET", f"conversations/{channel}/members/{stranger}")[:2]
    assert code(absent) == (404, "MemberNotFoundInConversation")
    group = quote(teams.conversation("group").id, safe="")
    assert bot.ask("GET", f"conversations/{group}/members/{stranger}")[1]["tenantId"] != teams.tenant
    meeting = quote(teams.conversation("meeting").id, safe="")
    roles = [each["userRole"] for each in bot.ask("GET", f"conversations/{meeting}/members")[1]]
    assert roles == ["user"] * 4 + ["anonymous"]


def test_members_come_in_pages(teams: LocalTeams, bot: SmallBot) -> None:
    teams.state.page_size = 4
    teams.state.tenant.add_user(new_user("eva", "Eva Nieuw"), "#team-asiel")
    channel = quote(teams.conversation("#team-asiel").id, safe="")
    first = bot.ask("GET", f"conversations/{channel}/pagedmembers")[1]
    path = f"conversations/{channel}/pagedmembers?continuationToken={first['continuationToken']}"
    second = bot.ask("GET", path)[1]
    assert "continuationToken" not in second
    assert [len(first["members"]), len(second["members"])] == [4, 2]


def test_a_team_and_its_channels(teams: LocalTeams, bot: SmallBot) -> None:
    general = teams.conversation("#algemeen").id
    assert bot.ask("GET", f"teams/{quote(general, safe='')}")[1]["name"] == "Stichting"
    named = bot.ask("GET", f"teams/{quote(general, safe='')}/conversations")[1]["conversations"]
    assert [each["name"] for each in named] == [None, "team-asiel"]
    other = quote(teams.conversation("#zonder-bot").id, safe="")
    assert code(bot.ask("GET", f"teams/{other}")[:2]) == (403, "BotNotInConversationRoster")
    assert code(bot.ask("GET", "teams/19:weg")[:2]) == (404, "NotFound")
    assert code(bot.send("group-without-bot", HELLO)) == (403, "BotNotInConversationRoster")


def test_the_pace_of_a_conversation(teams: LocalTeams, bot: SmallBot) -> None:
    teams.state.pace = ((600, 2),)
    assert [bot.send("group", HELLO)[0] for _ in range(2)] == [201] * 2
    path = f"conversations/{quote(teams.conversation('group').id, safe='')}/activities"
    status, said, headers = bot.ask("POST", path, HELLO)
    assert (status, said["error"]["code"]) == (429, "TooManyRequests")
    assert 590 < int(headers["Retry-After"]) <= 600
    assert bot.send("#team-asiel", HELLO)[0] == 201
    teams.passes(600)
    assert bot.send("group", HELLO)[0] == 201
    teams.state.pace = None
    assert {bot.send("group", HELLO)[0] for _ in range(20)} == {201}


def test_the_pace_that_microsoft_writes_of() -> None:
    state = State()
    with time_machine.travel(1_795_000_000, tick=False):
        assert [state.paced("a") for _ in range(8)] == [0] * 7 + [1]
        state.ahead = 1
        assert [state.paced("a") for _ in range(2)] == [0, 1]
        for second in range(2, 30):
            state.ahead = second
            state.paced("a"), state.paced("a")
        assert len(state.sent["a"]) == 60
        assert state.paced("a") == 1
        assert state.paced("b") == 0


@pytest.mark.parametrize("kind", ["400", "401", "403", "404", "412", "413", "429", "500", "502", "503", "504"])
def test_a_fault_is_answered_and_over(teams: LocalTeams, bot: SmallBot, kind: str) -> None:
    teams.fault("send", kind, seconds=3)
    path = f"conversations/{quote(teams.conversation('@alice').id, safe='')}/activities"
    status, _, headers = bot.ask("POST", path, HELLO)
    assert (status, headers.get("Retry-After")) == (int(kind), "3" if kind == "429" else None)
    assert teams.ledger == []
    assert bot.send("@alice", HELLO)[0] == 201


def test_what_is_lost_is_done_or_not(teams: LocalTeams, bot: SmallBot) -> None:
    for kind, done in (("lost_before", 0), ("lost_reply", 1)):
        teams.fault("send", kind)
        with pytest.raises(ServerDisconnectedError):
            bot.send("@alice", HELLO)
        assert len(teams.ledger) == done
    teams.fault("*", "slow", seconds=0.2)
    start = time.monotonic()
    assert bot.send("@alice", HELLO)[0] == 201
    assert time.monotonic() - start >= 0.2
    assert [call.error for call in teams.state.calls if call.verb == "send"] == ["lost_before", "", "lost_reply", ""]


def test_keys_that_do_not_come(teams: LocalTeams, bot: SmallBot) -> None:
    teams.fault("keys", "503")
    teams.fault("metadata", "black_hole")
    assert bot.get(teams.openid_url.replace("openidconfiguration", "keys"))[0] == 503
    with pytest.raises(TimeoutError):
        bot.get(teams.openid_url, seconds=0.2)
    assert bot.login(client_id=APP)[0] == 200


def test_a_fault_that_does_not_exist(teams: LocalTeams) -> None:
    for verb, kind in (("versturen", "429"), ("send", "418")):
        with pytest.raises(AssertionError, match="is none of"):
            teams.fault(verb, kind)


def test_a_chat_that_begins_with_a_message(teams: LocalTeams, bot: SmallBot) -> None:
    body = {"members": [{"id": teams.user("alice").id}], "tenantId": teams.tenant}
    assert code(bot.ask("POST", "conversations", body | {"activity": {"type": "message"}})[:2]) == (400, "BadSyntax")
    made = bot.ask("POST", "conversations", body | {"activity": HELLO})[1]
    assert [(entry.kind, entry.activity_id) for entry in teams.of(user="alice")] == [
        ("create", ""),
        ("message", made["activityId"]),
    ]
