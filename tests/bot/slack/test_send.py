"""Sending to Slack: never twice, not too fast, by the next best way, and always something that Slack takes."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

from bot.notsent import NotSent
from bot.slack.answer import Answers
from bot.slack.incoming import Way
from bot.slack.send import Pace, Sender, client
from handlers.reply import Button, Buttons, Field, File, Form, Picture, Reply, Text
from tests.bot.samples import PNG, samples
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How
from tests.servers.slack_reading import buttons, live, words
from tests.servers.slack_state import Entry

ALICE, CHANNEL, DIRECT = "U0ALICE01", "C0ASIEL01", "D0U0ALICE01"
HELLO = {"text": "hallo", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "hallo"}}]}
PRIVATE = Reply((Text("Voor jou alleen."),))
PUBLIC = Reply((Text("Voor iedereen."),), private=False)
FORM = Reply((Form("Contact", "log", (Field("subject", "Onderwerp"),), "Opslaan", Button("Open formulier", "log")),))


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


@pytest.fixture
def sender(slack: LocalSlack) -> Sender:
    """One that does not wait between messages; what is to wait makes its own."""
    slack.state.pace = None
    return Sender(client(slack.bot_token, slack.url), Pace(0.0))


def _way(slack: LocalSlack, channel: str = "team-asiel", hook: bool = True, **more: Any) -> Way:
    """The ways back from a slash command typed there, just now."""
    body = slack.slash("alice", channel, "help", How(deliver=False)).payload.body
    found = {"response_url": body["response_url"], "trigger_id": body["trigger_id"]} if hook else {}
    return Way(body["channel_id"], ALICE, **{**found, **more})


def _bring(slack: LocalSlack, sender: Sender, reply: Reply, way: Way) -> list[Entry]:
    """What Slack accepted of it."""
    before = len(slack.ledger)
    asyncio.run(Answers(sender).bring(reply, way))
    return slack.ledger[before:]


def _errors(slack: LocalSlack) -> list[str]:
    return [f"{call.method}: {call.error}" for call in slack.state.calls if call.error]


# --- never twice, not too fast ---


def test_messages_in_one_channel_stand_a_second_apart(slack: LocalSlack) -> None:
    patient = Sender(client(slack.bot_token, slack.url))

    async def three() -> None:
        await asyncio.gather(*(patient.post(to, HELLO) for to in (CHANNEL, CHANNEL, "C0ALGEM01")))

    asyncio.run(three())
    first, second = (entry.when for entry in slack.of("message", channel="team-asiel"))
    (other,) = (entry.when for entry in slack.of("message", channel="algemeen"))
    assert second - first >= 0.7  # the first may have been held up on its way here
    assert other < second


def test_the_time_that_slack_asks_for_is_waited(slack: LocalSlack, sender: Sender) -> None:
    slack.fault("chat.postMessage", "429", seconds=1)
    began = slack.state.now()
    assert asyncio.run(sender.post(CHANNEL, HELLO))
    (entry,) = slack.of("message")
    assert entry.when - began >= 1


Sends = Callable[[Sender, str], Coroutine[Any, Any, Any]]
WAYS: dict[str, tuple[str, Sends]] = {
    "post": ("chat.postMessage", lambda sender, url: sender.post(CHANNEL, HELLO)),
    "whisper": ("chat.postEphemeral", lambda sender, url: sender.whisper(CHANNEL, ALICE, HELLO)),
    "respond": ("response_url", lambda sender, url: sender.respond(url, HELLO)),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_message_whose_answer_was_lost_is_not_sent_again(slack: LocalSlack, sender: Sender, way: str) -> None:
    method, send = WAYS[way]
    url = _way(slack).response_url
    slack.fault(method, "lost_reply")
    with pytest.raises(NotSent) as trouble:
        asyncio.run(send(sender, url))
    assert trouble.value.perhaps
    assert len(slack.ledger) == 1
    assert len(_errors(slack)) == 1


def test_a_reply_that_may_have_arrived_is_not_brought_another_way(slack: LocalSlack, sender: Sender) -> None:
    slack.fault("response_url", "lost_reply")
    (entry,) = _bring(slack, sender, PRIVATE, _way(slack))
    assert entry.method == "response_url"


@pytest.mark.parametrize(("fault", "calls", "perhaps"), [("503", 3, False), ("500", 1, True), ("502", 1, True)])
def test_trouble_of_slack_itself(slack: LocalSlack, sender: Sender, fault: str, calls: int, perhaps: bool) -> None:
    slack.fault("chat.postMessage", fault, times=9)
    with pytest.raises(NotSent) as trouble:
        asyncio.run(sender.post(CHANNEL, HELLO))
    assert (trouble.value.perhaps, trouble.value.permanent) == (perhaps, False)
    assert len(slack.state.calls) == calls


@pytest.mark.parametrize("fault", ["lost_before", "lost_reply", "500", "503"])
def test_what_only_asks_is_asked_again(slack: LocalSlack, sender: Sender, fault: str) -> None:
    slack.fault("users.info", fault)
    assert asyncio.run(sender.call("users.info", user=ALICE))["user"]["id"] == ALICE


def test_slack_that_is_not_there_took_nothing(sender: Sender) -> None:
    nowhere = Sender(client("xoxb-1", "http://127.0.0.1:1/api/"))
    with pytest.raises(NotSent) as trouble:
        asyncio.run(nowhere.post(CHANNEL, HELLO))
    assert (trouble.value.perhaps, trouble.value.permanent) == (False, False)


def test_only_addresses_of_slack_are_answered_to(sender: Sender) -> None:
    for url in ("http://example.org/x", "ftp://example.org", "file:///etc/passwd", "nonsense"):
        with pytest.raises(NotSent, match="no address of Slack"):
            asyncio.run(sender.respond(url, HELLO))


# --- the next best way ---


@pytest.mark.parametrize("gone", ["used", "expired", "503"])
def test_without_its_response_url_an_answer_is_whispered(slack: LocalSlack, sender: Sender, gone: str) -> None:
    way = _way(slack)
    if gone == "expired":
        slack.passes(1801)
    elif gone == "used":
        next(hook for hook in slack.state.hooks.values() if hook.key in way.response_url).uses = 5
    else:
        slack.fault("response_url", "503", times=9)
    (entry,) = _bring(slack, sender, PRIVATE, way)
    assert (entry.kind, entry.method, entry.user) == ("ephemeral", "chat.postEphemeral", ALICE)


@pytest.mark.parametrize("reply", [PRIVATE, PUBLIC])
@pytest.mark.parametrize("channel", ["zonder-bot", "archief"])
def test_where_the_bot_cannot_speak_it_answers_one_to_one(
    slack: LocalSlack, sender: Sender, channel: str, reply: Reply
) -> None:
    (entry,) = _bring(slack, sender, reply, _way(slack, channel, hook=False))
    assert (entry.kind, entry.channel) == ("message", slack.channel("@alice").id)


def test_who_left_the_channel_is_answered_one_to_one(slack: LocalSlack, sender: Sender) -> None:
    way = _way(slack, hook=False)
    slack.channel("team-asiel").members.remove(ALICE)
    (entry,) = _bring(slack, sender, PRIVATE, way)
    assert (entry.kind, entry.channel) == ("message", slack.channel("@alice").id)


def test_a_thread_is_answered_in_the_thread(slack: LocalSlack, sender: Sender) -> None:
    ts = slack.writes("alice", "team-asiel", "hallo")
    (entry,) = _bring(slack, sender, PUBLIC, _way(slack, hook=False, thread=ts))
    assert (entry.kind, entry.thread) == ("message", ts)


def test_a_form_opens(slack: LocalSlack, sender: Sender) -> None:
    (entry,) = _bring(slack, sender, FORM, _way(slack))
    assert entry.kind == "view"


@pytest.mark.parametrize("why", ["expired", "used", "refused", "lost"])
def test_a_form_that_cannot_open_comes_as_a_message_with_its_button(
    slack: LocalSlack, sender: Sender, why: str
) -> None:
    way = _way(slack)
    if why == "expired":
        slack.passes(4)
    elif why == "used":
        slack.state.triggers[way.trigger_id].used = True
    else:
        slack.fault("views.open", {"refused": "internal_error", "lost": "lost_before"}[why])
    (entry,) = _bring(slack, sender, FORM, way)
    assert (entry.kind, buttons(entry)) == ("ephemeral", ["Open formulier"])


def test_what_stands_beside_a_form_is_said_too(slack: LocalSlack, sender: Sender) -> None:
    reply = Reply((Text("Ik mis nog iets."), *FORM.parts, Buttons((Button("Weggooien", "ongedaan", "D1"),))))
    opened, said = _bring(slack, sender, reply, _way(slack))
    assert (opened.kind, said.kind) == ("view", "ephemeral")
    assert "Ik mis nog iets." in words(said)
    assert buttons(said) == ["Weggooien"]


# --- files ---

FILES = (Picture("zetels.png", "Voor: 76. Tegen: 74.", PNG), File("contacten.xlsx", "Alle contacten", b"inhoud"))


@pytest.mark.parametrize(("private", "where"), [(True, "@alice"), (False, "team-asiel")])
def test_files_are_uploaded_and_a_private_one_is_not_put_in_the_channel(
    slack: LocalSlack, sender: Sender, private: bool, where: str
) -> None:
    entries = _bring(slack, sender, Reply(FILES, private=private), _way(slack))
    files = [entry for entry in entries if entry.kind == "file"]
    assert [entry.channel for entry in files] == [slack.channel(where).id] * 2
    assert sorted(slack.state.uploads.values()) == sorted([PNG, b"inhoud"])


def test_an_upload_that_fails_is_said_in_the_log_and_the_words_are_there(slack: LocalSlack, sender: Sender) -> None:
    slack.fault("upload", "500", times=9)
    (entry,) = _bring(slack, sender, Reply(FILES), _way(slack))
    assert "Voor: 76. Tegen: 74." in words(entry)
    assert "Alle contacten (contacten.xlsx)" in words(entry)


# --- every reply there is ---


@pytest.mark.parametrize("name", samples())
def test_slack_takes_every_reply_by_every_way_and_nothing_in_it_comes_alive(
    slack: LocalSlack, sender: Sender, name: str
) -> None:
    reply = samples()[name]
    for way in (_way(slack), _way(slack, hook=False), Way("", ALICE), _way(slack, "@alice", hook=False)):
        _bring(slack, sender, reply, way)
    hooks_used_up = [error for error in _errors(slack) if "used_url" in error]
    assert _errors(slack) == hooks_used_up
    assert [found for entry in slack.ledger for found in live(entry)] == []
    assert bool(slack.ledger) == bool(reply.text.strip())
