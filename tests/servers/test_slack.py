"""The Web API of the local Slack, driven by slack_sdk's own client."""

import asyncio
import time
from typing import Any

import pytest
from aiohttp import ServerDisconnectedError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.slack import LocalSlack

Json = dict[str, Any]

SECTION = {"type": "section", "text": {"type": "plain_text", "text": "hallo"}}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Formulier"},
    "submit": {"type": "plain_text", "text": "Opslaan"},
    "blocks": [SECTION],
}


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


@pytest.mark.parametrize("kind", ["500", "503"])
def test_a_server_that_is_down(slack: LocalSlack, kind: str) -> None:
    slack.fault("*", kind)
    assert ask(slack, "chat_postMessage", channel="C0ASIEL01", text="x")["status"] == int(kind)
    assert slack.ledger == []
    assert ask(slack, "chat_postMessage", channel="C0ASIEL01", text="x")["ok"]


@pytest.mark.parametrize(("kind", "accepted"), [("lost_before", 0), ("lost_reply", 2)])
def test_a_line_that_breaks(slack: LocalSlack, kind: str, accepted: int) -> None:
    slack.fault("chat.postMessage", kind, times=2)  # slack_sdk tries a second time by itself
    with pytest.raises(ServerDisconnectedError):
        ask(slack, "chat_postMessage", channel="C0ASIEL01", text="x")
    assert [call.error for call in slack.state.calls if call.error] == [kind, kind]
    assert len(slack.ledger) == accepted


def test_a_slow_answer(slack: LocalSlack) -> None:
    slack.fault("auth.test", "slow", seconds=0.3)
    start = time.monotonic()
    assert ask(slack, "auth_test")["ok"]
    assert time.monotonic() - start >= 0.3


def test_a_black_hole(slack: LocalSlack) -> None:
    slack.fault("chat.postMessage", "black_hole")
    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(_post(slack), 0.2))
    assert slack.ledger == []
    assert [call.error for call in slack.state.calls] == ["black_hole"]


def test_what_was_on_its_way_arrives_though_the_sender_is_gone(slack: LocalSlack) -> None:
    slack.state.lag = 0.2
    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(_post(slack), 0.1))
    assert slack.ledger == []
    assert slack.until(lambda: slack.ledger)[0].text == "x"


async def _post(slack: LocalSlack) -> None:
    await AsyncWebClient(token=slack.bot_token, base_url=slack.url).chat_postMessage(channel="C0ASIEL01", text="x")


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
