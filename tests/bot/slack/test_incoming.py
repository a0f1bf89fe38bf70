"""What Slack sends, read: who, where, what, by which ways back; and what it is known by when it comes again."""

from typing import Any

import pytest

from bot.payload import UNREADABLE
from bot.slack import incoming
from bot.slack.incoming import Asked
from handlers.command import Identity, Place
from tests.bot.slack.test_markup import Called
from tests.servers import slack_payloads as payloads
from tests.servers.slack_payloads import Payload
from tests.servers.slack_state import Entry, State
from tests.servers.slack_workspace import BOT_USER, TEAM

Json = dict[str, Any]
NAMES = Called({"U0BOB0001": "Bob"})


def _slash(text: str, channel: str = "team-asiel") -> Asked:
    state = State()
    where = state.workspace.channel(channel)
    return incoming.slash(payloads.slash(state, state.workspace.user("alice"), where, "/lobby", text).body, NAMES)


def _press(value: str, block: str = "b1", kind: Any = "ephemeral", ts: str = "1.2") -> Asked | None:
    state = State()
    entry = Entry(kind, "ack", 0.0, channel="C0ASIEL01", ts=ts, thread="1.0")
    element = {"type": "button", "action_id": "press-1", "value": value}
    made = payloads.press(state, state.workspace.user("alice"), entry, {"block_id": block}, element)
    return incoming.press(made.body)


def _event(text: str, kind: str = "app_mention", channel: str = "team-asiel", **more: object) -> Asked | None:
    state = State()
    user, where = state.workspace.user("alice"), state.workspace.channel(channel)
    said = state.store(where, payloads.spoken(state, user, text)) | more
    return incoming.message(payloads.event(state, payloads.message_event(where, said, kind)).body, NAMES, BOT_USER)


def test_a_slash_command_has_a_verb_a_text_a_place_and_two_ways_back() -> None:
    asked = _slash("LOG gesprek met Podt\nover nareis")
    assert (asked.verb, asked.text) == ("log", "gesprek met Podt\nover nareis")
    assert asked.place == Place("slack", "C0ASIEL01", "#team-asiel")
    assert (asked.team, asked.user) == (TEAM, "U0ALICE01")
    assert asked.way.response_url and asked.way.trigger_id
    assert asked.id == f"slash:{asked.way.trigger_id}"
    assert _slash("", "@alice").place == Place("slack", "D0ALICE01", "Lobby", "direct")


def test_a_mention_says_what_comes_after_the_name() -> None:
    asked = _event(f"<@{BOT_USER}>: log gesprek met <@U0BOB0001>")
    assert asked
    assert (asked.verb, asked.text) == ("log", "gesprek met @Bob")
    assert asked.people == (("@Bob", Identity("slack", "U0BOB0001", "Bob")),)
    assert (asked.way.response_url, asked.way.trigger_id, asked.way.thread) == ("", "", "")
    behind = _event(f"hé <@{BOT_USER}> help", thread_ts="17.1")
    assert behind and behind.way.thread == "17.1"


def test_bare_text_in_the_direct_conversation_is_a_command() -> None:
    asked = _event("zoek nareis", "message", "@alice")
    assert asked
    assert (asked.verb, asked.text, asked.place.kind) == ("zoek", "nareis", "direct")


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0ANDER01"},
        {"user": BOT_USER},
        {"user": None},
        {"edited": {"user": "U0ALICE01", "ts": "1.1"}},
        {"subtype": "message_changed"},
        {"subtype": "channel_join"},
    ],
)
def test_own_messages_those_of_bots_and_edited_ones_are_not_for_the_bot(more: Json) -> None:
    assert _event("help", "message", "@alice", **more) is None


def test_a_press_carries_its_verb_and_its_values() -> None:
    asked = _press("log/D3?person=41")
    assert asked
    assert (asked.verb, asked.text, asked.values) == ("log", "D3", {"person": "41"})
    assert (asked.way.thread, asked.way.original) == ("1.0", True)
    assert _press("iets van een andere versie") is None


def test_a_double_press_is_the_same_command_and_another_delivery() -> None:
    one, two = _press("ongedaan/C1"), _press("ongedaan/C1")
    assert one and two
    assert one.id == two.id
    assert one.delivery != two.delivery


@pytest.mark.parametrize(
    "other", [("ongedaan/C2", "b1", "1.2"), ("ongedaan/C1", "b2", "1.2"), ("ongedaan/C1", "b1", "2")]
)
def test_another_button_another_version_and_another_message_are_other_commands(other: tuple[str, str, str]) -> None:
    one, two = _press("ongedaan/C1"), _press(other[0], other[1], "ephemeral", other[2])
    assert one and two
    assert one.id != two.id


def _sent(values: Json, hash_: str = "h1") -> Asked | None:
    body = {"view": {"id": "V1", "hash": hash_}, "user": {"id": "U0ALICE01", "team_id": TEAM}, "trigger_id": "1.1"}
    kept = {"action": "log/?step=save", "channel": "C0ASIEL01", "url": "https://hooks.example.org/1", "thread": "9.1"}
    return incoming.submission(body, (kept["action"], values), kept)


def test_a_form_is_known_by_its_view_and_by_what_stands_in_it() -> None:
    one, again, right, later = _sent({"day": "x"}), _sent({"day": "x"}), _sent({"day": "y"}), _sent({"day": "x"}, "h2")
    assert one and again and right and later
    assert one.id == again.id
    assert len({one.id, right.id, later.id}) == 3
    assert one.values == {"step": "save", "day": "x"}
    assert (one.way.response_url, one.way.thread, one.place.id) == ("https://hooks.example.org/1", "9.1", "C0ASIEL01")
    assert incoming.submission({}, ("van elders", {}), {}) is None


def test_a_shortcut_gives_the_form_with_the_message_and_its_address() -> None:
    state = State()
    alice, where = state.workspace.user("alice"), state.workspace.channel("team-asiel")
    said = state.store(where, payloads.spoken(state, alice, "Podt stelt &lt;vragen&gt;", "3.1"))
    body = payloads.shortcut(state, alice, where, said["ts"], "log_message").body
    asked = incoming.shortcut(body, NAMES, "https://stichting.slack.com/archives/C/p1")
    assert (asked.verb, asked.text) == ("log", "Podt stelt <vragen>")
    assert asked.values == {"step": "form", "documents": "https://stichting.slack.com/archives/C/p1"}
    assert asked.way.thread == "3.1"
    assert incoming.shortcut(body, NAMES, "").values == {"step": "form"}


def test_the_workspace_of_a_press_is_that_of_the_person() -> None:
    state = State()
    entry = Entry("message", "chat.postMessage", 0.0, channel="C0GEDEEL1", ts="1.2")
    element = {"type": "button", "value": "help/"}
    made: Payload = payloads.press(state, state.workspace.user("vreemde"), entry, {"block_id": "b"}, element)
    asked = incoming.press(made.body)
    assert asked and asked.team == state.workspace.user("vreemde").team != TEAM


@pytest.mark.parametrize("key", ["channel_id", "user_id", "team_id", "trigger_id"])
@pytest.mark.parametrize("odd", [None, 3, [], {"a": 1}, ["U0ALICE01"]])
def test_what_should_be_a_text_and_is_none_is_not_read(key: str, odd: object) -> None:
    state = State()
    alice, where = state.workspace.user("alice"), state.workspace.channel("team-asiel")
    body = payloads.slash(state, alice, where, "/lobby", "help").body
    with pytest.raises(UNREADABLE):
        incoming.slash({**body, key: odd}, NAMES)
    with pytest.raises(UNREADABLE):
        incoming.slash({name: value for name, value in body.items() if name != key}, NAMES)
