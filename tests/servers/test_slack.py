"""The local Slack itself: driven by slack_sdk's client and by a small Bolt bot, over HTTP and over a socket."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import LocalSlack
from tests.servers.slack_bot import SmallBot
from tests.servers.slack_delivery import Came, How
from tests.servers.slack_form import NotSent
from tests.servers.slack_reading import buttons, live, words

Json = dict[str, Any]

SECTION = {"type": "section", "text": {"type": "plain_text", "text": "hallo"}}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Formulier"},
    "submit": {"type": "plain_text", "text": "Opslaan"},
    "blocks": [SECTION],
}


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


@pytest.fixture(params=["http", "socket"])
def bot(slack: LocalSlack, request: pytest.FixtureRequest) -> Iterator[SmallBot]:
    """A bot that answers, on either vehicle."""
    with SmallBot(slack, request.param) as running:
        yield running


@pytest.fixture
def http_bot(slack: LocalSlack) -> Iterator[SmallBot]:
    with SmallBot(slack, "http") as running:
        yield running


@pytest.fixture
def socket_bot(slack: LocalSlack) -> Iterator[SmallBot]:
    with SmallBot(slack, "socket") as running:
        yield running


def ask(slack: LocalSlack, method: str, token: str = "", **args: Any) -> Json:
    """One call with slack_sdk's own client; the answer, also when it is a refusal."""

    async def call() -> Json:
        client = AsyncWebClient(token=token or slack.bot_token, base_url=slack.url)
        try:
            found = await getattr(client, method)(**args)
        except SlackApiError as refused:
            found = refused.response
        return {**found.data, "status": found.status_code, "headers": dict(found.headers)}

    return asyncio.run(call())


def error(slack: LocalSlack, method: str, **args: Any) -> str:
    return str(ask(slack, method, **args).get("error", ""))


def test_who_the_bot_is_and_what_it_may(slack: LocalSlack) -> None:
    found = ask(slack, "auth_test")
    assert (found["team_id"], found["user"]) == (slack.team, "lobby")
    assert "chat:write" in found["headers"]["X-OAuth-Scopes"].split(",")
    assert ask(slack, "users_info", user="U0GAST001")["user"]["is_restricted"]
    assert ask(slack, "users_info", user="U0WEG0001")["user"]["deleted"]
    assert ask(slack, "users_info", user="U0VREEMD1")["user"]["team_id"] != slack.team
    assert ask(slack, "team_info")["team"]["id"] == slack.team
    assert ask(slack, "bots_info", bot=found["bot_id"])["bot"]["user_id"] == found["user_id"]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument is missing")
@pytest.mark.parametrize(
    ("method", "args", "code"),
    [
        ("auth_test", {"token": "xoxb-van-een-ander"}, "invalid_auth"),
        ("users_info", {"user": "U404"}, "user_not_found"),
        ("chat_postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
        ("chat_postMessage", {"channel": "C0ZONDER1", "text": "x"}, "not_in_channel"),
        ("chat_postMessage", {"channel": "G0GEHEIM1", "text": "x"}, "channel_not_found"),
        ("chat_postMessage", {"channel": "C0ARCHIEF", "text": "x"}, "is_archived"),
        ("chat_postMessage", {"channel": "C0ASIEL01", "text": ""}, "no_text"),
        ("chat_postMessage", {"channel": "C0ASIEL01", "text": "x" * 40_001}, "msg_too_long"),
        ("chat_postMessage", {"channel": "C0ASIEL01", "text": "x", "blocks": [SECTION] * 51}, "invalid_blocks"),
        ("chat_postMessage", {"channel": "C0ASIEL01", "text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
        ("chat_postMessage", {"channel": "C0ASIEL01", "text": "x", "thread_ts": "1.2"}, "cannot_reply_to_message"),
        ("chat_postEphemeral", {"channel": "C0ASIEL01", "user": "U0VREEMD1", "text": "x"}, "user_not_in_channel"),
        ("chat_postEphemeral", {"channel": "C0ASIEL01", "user": "U404", "text": "x"}, "user_not_found"),
        ("chat_update", {"channel": "C0ASIEL01", "ts": "1.2", "text": "x"}, "message_not_found"),
        ("views_open", {"trigger_id": "1.2.3", "view": FORM}, "invalid_trigger_id"),
        ("views_open", {"trigger_id": "1.2.3", "view": {**FORM, "blocks": [SECTION] * 101}}, "invalid_arguments"),
        ("views_update", {"view_id": "V404", "view": FORM}, "not_found"),
        ("conversations_open", {"users": ["U404"]}, "user_not_found"),
        ("conversations_history", {"channel": "C0ZONDER1"}, "not_in_channel"),
        ("chat_scheduleMessage", {"channel": "C0ASIEL01", "post_at": 1, "text": "x"}, "unknown_method"),
        ("apps_connections_open", {"app_token": "xapp-van-een-ander"}, "invalid_auth"),
    ],
)
def test_what_slack_refuses(slack: LocalSlack, method: str, args: Json, code: str) -> None:
    assert error(slack, method, **args) == code
    assert slack.ledger == []
    assert slack.state.calls[-1].error == code


def test_a_scope_that_is_not_granted(slack: LocalSlack) -> None:
    slack.state.scopes.remove("users:read")
    slack.state.scopes.remove("groups:history")
    found = ask(slack, "users_info", user="U0ALICE01")
    assert (found["error"], found["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in found["provided"]
    assert ask(slack, "conversations_history", channel="G0BESLOT1")["needed"] == "groups:history"


def test_the_reason_stands_beside_invalid_blocks(slack: LocalSlack) -> None:
    long = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}
    found = ask(slack, "chat_postMessage", channel="C0ASIEL01", text="x", blocks=[long])
    why = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert found["errors"] == [why]
    assert found["response_metadata"]["messages"] == [f"[ERROR] {why}"]


def test_a_message_from_first_to_last(slack: LocalSlack) -> None:
    metadata = {"event_type": "lobby", "event_payload": {"key": "k1"}}
    sent = ask(slack, "chat_postMessage", channel="#team-asiel", text="x", blocks=[SECTION], metadata=metadata)
    where = {"channel": sent["channel"]}
    reply = ask(slack, "chat_postMessage", text="in de draad", thread_ts=sent["ts"], **where)
    assert ask(slack, "chat_update", ts=sent["ts"], text="y", **where)["ok"]
    theirs = slack.writes("alice", "team-asiel", "van mij")
    assert error(slack, "chat_update", ts=theirs, text="y", **where) == "cant_update_message"
    assert error(slack, "chat_delete", ts=theirs, **where) == "cant_delete_message"

    history = ask(slack, "conversations_history", include_all_metadata=True, **where)["messages"]
    assert [message["ts"] for message in history] == [theirs, sent["ts"]]
    assert history[1]["metadata"] == metadata
    assert "metadata" not in ask(slack, "conversations_history", **where)["messages"][1]
    thread = ask(slack, "conversations_replies", ts=sent["ts"], **where)["messages"]
    assert [message["ts"] for message in thread] == [sent["ts"], reply["ts"]]
    assert ask(slack, "chat_getPermalink", message_ts=reply["ts"], **where)["permalink"].endswith(
        f"p{reply['ts'].replace('.', '')}?thread_ts={sent['ts']}&cid=C0ASIEL01"
    )
    assert ask(slack, "chat_delete", ts=sent["ts"], **where)["ok"]
    assert [(entry.kind, entry.ts) for entry in slack.ledger] == [
        ("message", sent["ts"]),
        ("message", reply["ts"]),
        ("update", sent["ts"]),
        ("delete", sent["ts"]),
    ]


def test_lists_come_in_pages(slack: LocalSlack) -> None:
    first = ask(slack, "users_list", limit=5)
    rest = ask(slack, "users_list", cursor=first["response_metadata"]["next_cursor"])
    assert len(first["members"] + rest["members"]) == len(slack.state.workspace.users)
    assert rest["response_metadata"]["next_cursor"] == ""
    in_them = ask(slack, "users_conversations", types="public_channel,private_channel", exclude_archived=True)
    assert {"C0ASIEL01", "G0BESLOT1"} < {channel["id"] for channel in in_them["channels"]}
    assert "C0ARCHIEF" not in {channel["id"] for channel in in_them["channels"]}
    assert "U0BOB0001" in ask(slack, "conversations_members", channel="C0ASIEL01")["members"]
    assert ask(slack, "conversations_info", channel="C0GEDEEL1")["channel"]["is_ext_shared"]


def test_a_conversation_with_one_person(slack: LocalSlack) -> None:
    opened = ask(slack, "conversations_open", users=["U0BOB0001"])["channel"]["id"]
    sent = ask(slack, "chat_postMessage", channel="U0BOB0001", text="x")
    assert sent["channel"] == opened == slack.channel("@bob").id
    assert error(slack, "conversations_open", users=["U0WEG0001"]) == "user_disabled"


def test_one_message_a_second_in_a_channel(slack: LocalSlack) -> None:
    post = {"channel": "C0ASIEL01", "text": "x"}
    answers = [ask(slack, "chat_postMessage", **post) for _ in range(5)]
    assert [found["status"] for found in answers] == [200] * 4 + [429]
    assert answers[4]["headers"]["Retry-After"] == "1"
    assert ask(slack, "chat_postMessage", channel="C0ALGEM01", text="x")["ok"]
    slack.passes(1)
    assert ask(slack, "chat_postMessage", **post)["ok"]
    slack.state.pace = None
    assert all(ask(slack, "chat_postMessage", **post)["ok"] for _ in range(6))


def test_a_revoked_token(slack: LocalSlack) -> None:
    slack.revoke_token()
    assert error(slack, "auth_test") == "token_revoked"
    slack.revoke_token("account_inactive")
    assert error(slack, "chat_postMessage", channel="C0ASIEL01", text="x") == "account_inactive"
    slack.heal()
    assert ask(slack, "auth_test")["ok"]


@pytest.mark.parametrize(("kind", "status", "code"), [("429", 429, "ratelimited"), ("fatal_error", 200, "fatal_error")])
def test_faults_are_counted(slack: LocalSlack, kind: str, status: int, code: str) -> None:
    slack.fault("chat.postMessage", kind, times=2, seconds=7)
    answers = [ask(slack, "chat_postMessage", channel="C0ASIEL01", text="x") for _ in range(3)]
    assert [found.get("error", "") for found in answers] == [code, code, ""]
    assert [found["status"] for found in answers] == [status, status, 200]
    assert answers[0]["headers"].get("Retry-After") == ("7" if kind == "429" else None)
    assert len(slack.ledger) == 1


@pytest.mark.parametrize(("kind", "accepted"), [("500", 0), ("503", 0), ("lost_before", 0), ("lost_reply", 1)])
def test_no_answer_that_can_be_read(slack: LocalSlack, kind: str, accepted: int) -> None:
    slack.fault("chat.postMessage", kind, times=2)  # slack_sdk tries once more by itself when the line breaks
    with pytest.raises(Exception, match=r"(?i)json|disconnect|unexpected|mimetype|reset|upstream"):
        asyncio.run(AsyncWebClient(slack.bot_token, slack.url).chat_postMessage(channel="C0ASIEL01", text="x"))
    assert len(slack.ledger) == accepted * len([call for call in slack.state.calls if call.error == kind])


def test_a_slow_answer(slack: LocalSlack) -> None:
    slack.fault("auth.test", "slow", seconds=0.3)
    start = time.monotonic()
    assert ask(slack, "auth_test")["ok"]
    assert time.monotonic() - start >= 0.3


def test_a_file(slack: LocalSlack) -> None:
    place = {"channel": "C0ASIEL01"}
    found = ask(slack, "files_upload_v2", filename="a.csv", content="een;twee", initial_comment="Hier", **place)
    assert slack.state.uploads[found["files"][0]["id"]] == b"een;twee"
    assert [(entry.kind, entry.text) for entry in slack.ledger] == [("message", "Hier"), ("file", "a.csv")]
    assert error(slack, "files_completeUploadExternal", files=[{"id": "F404", "title": "x"}]) == "file_not_found"


def test_the_app_home(slack: LocalSlack) -> None:
    view = {"type": "home", "blocks": [SECTION]}
    first = ask(slack, "views_publish", user_id="U0ALICE01", view=view)["view"]
    assert ask(slack, "views_publish", user_id="U0ALICE01", view=view, hash=first["hash"])["ok"]
    assert error(slack, "views_publish", user_id="U0ALICE01", view=view, hash=first["hash"]) == "hash_conflict"
    assert error(slack, "views_publish", user_id="U0ALICE01", view=FORM) == "invalid_arguments"
    assert [entry.user for entry in slack.of("home", user="alice")] == ["U0ALICE01"] * 2


def test_a_slash_command_and_its_answers(slack: LocalSlack, bot: SmallBot) -> None:
    came = slack.slash("alice", "team-asiel", "echo hallo & <!channel>")
    assert (came.status, came.error) == (200, "")
    assert bot.heard[-1]["is_enterprise_install"] == "false"
    assert came.shown
    assert (came.shown.kind, came.shown.user) == ("ephemeral", "U0ALICE01")
    assert words(came.shown) == "hallo & <!channel>"
    assert live(came.shown) == ["<!channel>"]  # the small bot does not escape: that is seen
    public = slack.slash("alice", "besloten", "public hallo")
    assert public.shown
    assert public.shown.kind == "message"
    assert bot.heard[-1]["channel_name"] == "privategroup"


def test_an_answer_that_slack_does_not_take(slack: LocalSlack, bot: SmallBot) -> None:
    assert slack.slash("alice", "team-asiel", "blocks 51").error == "invalid_blocks"
    assert slack.of("ephemeral") == []


def test_five_uses_of_a_response_url(slack: LocalSlack, bot: SmallBot) -> None:
    came = slack.slash("alice", "team-asiel", "respond 6")
    slack.until(lambda: bot.statuses == [200] * 5 + [404])
    assert len(slack.answers(came)) == 5
    assert slack.state.calls[-1].error == "used_url"
    late = slack.slash("alice", "team-asiel", "later")
    slack.passes(1801)
    assert bot.respond(late, {"text": "te laat"}) == 404
    assert slack.state.calls[-1].error == "expired_url"


def test_a_press_on_what_only_one_sees(slack: LocalSlack, bot: SmallBot) -> None:
    card = slack.slash("alice", "team-asiel", "card")
    assert card.shown
    assert buttons(card.shown) == ["Vervang", "Nieuw", "Weg"]
    came = slack.press("alice", card.shown, "Vervang")
    heard = bot.heard[-1]
    assert heard["container"]["is_ephemeral"]
    assert "message" not in heard
    assert heard["actions"][0]["value"] == "vervang"
    (changed,) = slack.answers(came)
    assert (changed.kind, changed.ts, changed.text) == ("ephemeral", card.shown.ts, "vervangen")
    (new,) = slack.answers(slack.press("alice", card.shown, "Nieuw"))
    assert new.ts != card.shown.ts
    (gone,) = slack.answers(slack.press("alice", card.shown, "Weg"))
    assert (gone.kind, gone.ts) == ("delete", card.shown.ts)
    with pytest.raises(AssertionError, match="no button 'Nee' among"):
        slack.press("alice", card.shown, "Nee")


def test_a_press_on_a_posted_message(slack: LocalSlack, bot: SmallBot) -> None:
    card = slack.slash("alice", "team-asiel", "card public").shown
    assert card
    slack.press("bob", card, "Vervang")
    assert bot.heard[-1]["message"]["ts"] == card.ts
    assert slack.channel("team-asiel").said[card.ts]["text"] == "vervangen"
    slack.press("bob", card, "Weg")
    assert card.ts not in slack.channel("team-asiel").said


def test_a_form_from_first_to_last(slack: LocalSlack, bot: SmallBot) -> None:
    view = slack.opened(slack.slash("alice", "team-asiel", "form"))
    with pytest.raises(NotSent, match="required"):
        slack.submit("alice", view, {"wat": ""})
    with pytest.raises(NotSent, match="no such choice"):
        slack.submit("alice", view, {"soort": "Postduif"})
    with pytest.raises(KeyError, match="no such field"):
        slack.submit("alice", view, {"onbekend": "x"})
    wrong = slack.submit("alice", view, {"wat": "fout", "Soort": "Telefoon"})
    assert (wrong.action, wrong.errors) == ("errors", {"wat": "Dat kan niet."})
    more = slack.submit("alice", view, {"wat": "verder"})
    assert (more.action, more.view["title"]["text"]) == ("update", "Nog iets")
    last = slack.submit("alice", more.view, {"wat": "goed", "dag": "2026-11-24", "soorten": "a,b"})
    assert (last.status, last.action) == (200, "")
    assert view["id"] not in slack.state.views
    values = bot.heard[-1]["view"]["state"]["values"]
    assert values["wat"]["answer"] == {"type": "plain_text_input", "value": "goed"}
    assert values["dag"]["answer"]["selected_date"] == "2026-11-24"
    assert values["soort"]["answer"]["selected_option"]["value"] == "gesprek"  # stood there already
    assert [each["value"] for each in values["soorten"]["answer"]["selected_options"]] == ["a", "b"]


def test_trigger_ids_open_one_view_within_three_seconds(slack: LocalSlack, bot: SmallBot) -> None:
    came = slack.slash("alice", "team-asiel", "form")
    slack.opened(came)
    assert error(slack, "views_open", trigger_id=came.payload.cause, view=FORM) == "exchanged_trigger_id"
    late = slack.slash("alice", "team-asiel", "echo x")
    slack.passes(3.1)
    assert error(slack, "views_open", trigger_id=late.payload.cause, view=FORM) == "expired_trigger_id"


def test_closing_a_form_is_told_when_asked_for(slack: LocalSlack, bot: SmallBot) -> None:
    view = slack.opened(slack.slash("alice", "team-asiel", "form"))
    assert slack.close("alice", {**view, "notify_on_close": False}) is None
    came = slack.close("alice", view)
    assert came
    assert came.status == 200
    assert bot.heard[-1]["type"] == "view_closed"


def test_a_shortcut_on_a_message(slack: LocalSlack, bot: SmallBot) -> None:
    ts = slack.writes("bob", "team-asiel", "gesprek met Podt")
    came = slack.shortcut_message("alice", "team-asiel", ts, "log")
    assert came.status == 200
    assert bot.heard[-1]["message"]["text"] == "gesprek met Podt"
    assert slack.opened(came)["title"]["text"] == "Formulier"


def test_events(slack: LocalSlack, bot: SmallBot) -> None:
    said = slack.message("alice", "@alice", "log iets")
    assert (said.status, bot.heard[-1]["event"]["channel_type"]) == (200, "im")
    slack.mention("alice", "team-asiel", "help", thread=slack.writes("bob", "team-asiel", "een draad"))
    assert bot.heard[-1]["event"]["text"] == "<@U0LOBBY01> help"
    assert bot.heard[-1]["event"]["thread_ts"]
    slack.message("vreemde", "gedeeld", "hallo")
    assert bot.heard[-1]["is_ext_shared_channel"]
    assert bot.heard[-1]["event"]["user_team"] != slack.team
    slack.edit("@alice", next(iter(slack.channel("@alice").said)), "log iets anders")
    assert bot.heard[-1]["event"]["message"]["edited"]
    slack.message("robot", "team-asiel", "piep")
    assert bot.heard[-1]["event"]["bot_id"]
    slack.home("alice")
    assert bot.heard[-1]["event"]["tab"] == "home"
    slack.user("bob").deleted = True
    slack.user_change("bob")
    assert bot.heard[-1]["event"]["user"]["deleted"]
    assert slack.tokens_revoked().payload.body["event"]["tokens"]["bot"]
    assert error(slack, "auth_test") == "token_revoked"
    assert slack.app_uninstalled().payload.body["event"]["type"] == "app_uninstalled"


def test_the_same_delivered_twice(slack: LocalSlack, bot: SmallBot) -> None:
    came = slack.mention("alice", "team-asiel", "help")
    again = slack.again(came, How(retry=1, envelope=came.envelope))
    assert again.status == 200
    assert [heard["event_id"] for heard in bot.heard] == [came.payload.cause] * 2
    both = slack.at_once(*itertools.repeat(slack.slash("alice", "team-asiel", "echo x", How(deliver=False)), 2))
    assert [each.status for each in both] == [200, 200]
    assert bot.heard[-1]["trigger_id"] == bot.heard[-2]["trigger_id"]


def test_another_workspace(slack: LocalSlack, bot: SmallBot) -> None:
    slack.slash("alice", "team-asiel", "echo x", How(team="T0ELDERS1"))
    assert bot.heard[-1]["team_id"] == "T0ELDERS1"
    slack.message("alice", "@alice", "x", how=How(team="T0ELDERS1"))
    assert bot.heard[-1]["authorizations"][0]["team_id"] == "T0ELDERS1"


def test_a_bot_that_is_too_slow(slack: LocalSlack, bot: SmallBot) -> None:
    slack.delivery.patience = 0.2
    assert slack.slash("alice", "team-asiel", "sleep 0.6").error == "operation_timeout"
    assert bot.heard[-1]["text"] == "sleep 0.6"


@pytest.mark.parametrize(
    ("signature", "status"),
    [("good", 200), ("bad", 401), ("old", 401), ("future", 401), ("truncated", 401), ("missing", 401)],
)
def test_signatures(slack: LocalSlack, http_bot: SmallBot, signature: Any, status: int) -> None:
    came = slack.slash("alice", "team-asiel", "echo x", How(signature=signature))
    assert came.status == status
    assert came.error == ("" if status == 200 else "dispatch_failed")


def test_retry_headers(slack: LocalSlack, http_bot: SmallBot) -> None:
    slack.mention("alice", "team-asiel", "help", how=How(retry=2, reason="http_error"))
    assert http_bot.headers["X-Slack-Retry-Num"] == "2"
    assert http_bot.headers["X-Slack-Retry-Reason"] == "http_error"


def test_a_socket_that_is_asked_to_come_again(slack: LocalSlack, socket_bot: SmallBot) -> None:
    slack.disconnect()
    assert slack.slash("alice", "team-asiel", "echo x").status == 200  # on the new connection


def test_an_acknowledgement_that_is_lost(slack: LocalSlack, socket_bot: SmallBot) -> None:
    came: Came = slack.mention("alice", "team-asiel", "help", how=How(cut=0.2))
    assert came.error.startswith("connection_failed")
    slack.delivery.patience = 20  # slack_sdk looks only now and then whether its line is still there
    again = slack.again(came, How(retry=1, reason="timeout", envelope=came.envelope))
    assert again.status == 200
    assert [heard["event_id"] for heard in socket_bot.heard] == [came.payload.cause] * 2
