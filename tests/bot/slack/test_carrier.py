"""Bringing a notice in Slack: asked about when in doubt, never written once the lease is over, judged by its word."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from bot.carrier import Brought
from bot.fence import LeaseLost, fenced
from bot.notsent import NotSent
from bot.slack import send
from bot.slack.carrier import SlackCarrier
from bot.slack.send import Pace, Sender
from handlers.notices import Address
from handlers.reply import Reply, Text
from tests.servers.slack import LocalSlack

Found = TypeVar("Found")

HERE = Address("slack", "C0ASIEL01", person=False)
ALICE = Address("slack", "U0ALICE01", person=True)
WORD = Reply((Text("Morgen is de brief klaar."),), private=False)
KEY = "task/1/T-1/1/m2"


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        running.state.pace = None
        yield running


def asks(slack: LocalSlack, does: Callable[[SlackCarrier], Coroutine[Any, Any, Found]]) -> Found:
    """What comes of something that is asked of a carrier of its own."""

    async def ask() -> Found:
        web = send.once(slack.bot_token, slack.url)
        send.fence(web)
        try:
            return await does(SlackCarrier(Sender(web, Pace(0.0))))
        finally:
            if web.session:
                await web.session.close()

    return asyncio.run(ask())


def brings(slack: LocalSlack, to: Address = HERE, since: datetime | None = None, reply: Reply = WORD) -> Brought:
    return asks(slack, lambda carrier: carrier.bring(to, reply, KEY, since))


def test_it_stands_in_the_channel_with_its_key(slack: LocalSlack) -> None:
    brought = brings(slack)
    (entry,) = slack.of("message", channel="team-asiel")
    assert brought == (entry.channel, entry.ts)
    assert entry.metadata == {"event_type": "lobby_notice", "event_payload": {"key": KEY}}


def test_to_a_person_it_goes_one_to_one(slack: LocalSlack) -> None:
    assert brings(slack, ALICE).place.startswith("D")


def test_what_belongs_to_a_card_stands_in_its_thread_and_is_looked_for_there(slack: LocalSlack) -> None:
    card = brings(slack)
    before = datetime.now(UTC)
    under = HERE._replace(thread=card.message)
    step = asks(slack, lambda carrier: carrier.bring(under, WORD, "step", None))
    again = asks(slack, lambda carrier: carrier.bring(under, WORD, "step", before))
    assert step == again
    assert [entry.thread for entry in slack.of("message", channel="team-asiel")] == ["", card.message]


def test_all_that_stands_there_of_one_notice_can_be_asked_for(slack: LocalSlack) -> None:
    before = datetime.now(UTC)
    both = [brings(slack), brings(slack)]
    asks(slack, lambda carrier: carrier.bring(HERE, WORD, "another", None))
    found = asks(slack, lambda carrier: carrier.standing(HERE, KEY, before))
    assert sorted(found) == sorted(both)


@pytest.mark.parametrize("to", [HERE, ALICE])
def test_in_doubt_it_is_looked_for_and_not_said_again(slack: LocalSlack, to: Address) -> None:
    before = datetime.now(UTC)
    slack.fault("chat.postMessage", "lost_reply")
    with pytest.raises(NotSent) as trouble:
        brings(slack, to)
    assert trouble.value.perhaps
    for _ in range(30):  # others speak meanwhile
        slack.state.pace = None
        asks(slack, lambda carrier: carrier.bring(to, replace(WORD), "another", None))
    assert brings(slack, to, since=before).message
    keys = [entry.metadata["event_payload"]["key"] for entry in slack.of("message") if entry.metadata]
    assert keys.count(KEY) == 1


def test_what_never_arrived_is_said_after_all(slack: LocalSlack) -> None:
    slack.fault("chat.postMessage", "lost_before")
    with pytest.raises(NotSent):
        brings(slack)
    brings(slack, since=datetime.now(UTC))
    assert len(slack.of("message", channel="team-asiel")) == 1


def test_what_is_long_comes_whole_and_each_part_once(slack: LocalSlack) -> None:
    long = Reply(tuple(Text("x" * 2900) for _ in range(9)), private=False)
    brings(slack, reply=long)
    parts = len(slack.of("message", channel="team-asiel"))
    assert parts > 1
    brings(slack, since=datetime.now(UTC), reply=long)
    assert len(slack.of("message", channel="team-asiel")) == parts


@pytest.mark.parametrize(
    ("fault", "permanent", "perhaps", "after"),
    [
        ("429", False, False, 7.0),
        ("503", False, False, None),
        ("500", False, True, None),
        ("lost_before", False, True, None),
        ("not_in_channel", True, False, None),
        ("channel_not_found", True, False, None),
        ("is_archived", True, False, None),
        ("token_revoked", False, False, None),
        ("ratelimited", False, False, None),
        ("internal_error", False, True, None),
    ],
)
def test_slacks_word_is_judged(
    slack: LocalSlack, fault: str, permanent: bool, perhaps: bool, after: float | None
) -> None:
    slack.fault("chat.postMessage", fault, seconds=7)
    with pytest.raises(NotSent) as trouble:
        brings(slack)
    assert (trouble.value.permanent, trouble.value.perhaps, trouble.value.after) == (permanent, perhaps, after)
    assert [call.method for call in slack.state.calls].count("chat.postMessage") == 1  # tried once


def test_where_slack_may_not_be_asked_a_person_is_told(slack: LocalSlack) -> None:
    slack.state.scopes.remove("channels:history")
    with pytest.raises(NotSent, match="in_doubt") as trouble:
        brings(slack, since=datetime.now(UTC))
    assert trouble.value.permanent
    assert not slack.of("message")


def test_slack_that_does_not_answer_leaves_the_doubt(slack: LocalSlack) -> None:
    slack.fault("conversations.history", "503")
    with pytest.raises(NotSent) as trouble:
        brings(slack, since=datetime.now(UTC))
    assert trouble.value.perhaps
    assert not slack.of("message")


def test_once_the_lease_is_over_nothing_is_written(slack: LocalSlack) -> None:
    with fenced(time.monotonic() - 0.1), pytest.raises(LeaseLost):
        brings(slack)
    assert not slack.state.calls


def test_a_card_is_changed_in_its_place_and_taken_back(slack: LocalSlack) -> None:
    brought = brings(slack)
    asks(slack, lambda carrier: carrier.change(*brought, Reply((Text("Klaar."),))))
    (changed,) = slack.of("update")
    assert (changed.ts, changed.text) == (brought.message, "Klaar.")
    asks(slack, lambda carrier: carrier.take_back(*brought))
    assert [entry.ts for entry in slack.of("delete")] == [brought.message]
