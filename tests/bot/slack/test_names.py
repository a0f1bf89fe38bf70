"""What people and channels in a line are called is asked of Slack, once, and never for long."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.slack import names
from bot.slack.names import Names
from bot.slack.people import People
from bot.slack.send import Sender, client
from bot.slack.standing import Standing
from tests.servers.slack import LocalSlack
from tests.servers.slack_workspace import OTHER_TEAM


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


def _names(slack: LocalSlack) -> Names:
    standing = Standing(client(slack.bot_token, slack.url))
    asyncio.run(standing.check())
    sender = Sender(standing.web, heard=standing.heard)
    return Names(sender, People(sender, standing, frozenset()))


def _asked(slack: LocalSlack) -> list[str]:
    return [call.method for call in slack.state.calls if call.method.endswith(".info")]


def test_whoever_is_named_is_asked_for_once(slack: LocalSlack) -> None:
    known = _names(slack)
    for _ in range(3):
        asyncio.run(known.learn(slack.team, "<@U0BOB0001> en <@U0CARLA01|c> in <#C0ASIEL01> en <#C0ASIEL01|asiel>"))
    assert (known.user("U0BOB0001"), known.channel("C0ASIEL01")) == ("bob", "team-asiel")
    assert sorted(_asked(slack)) == ["conversations.info", "users.info", "users.info"]


def test_what_slack_does_not_tell_is_nothing_and_not_asked_again_at_once(slack: LocalSlack) -> None:
    slack.state.scopes.remove("channels:read")
    known = _names(slack)
    for _ in range(2):
        asyncio.run(known.learn(slack.team, "<#C0ASIEL01> <#C404> <@U404>"))
    assert (known.channel("C0ASIEL01"), known.channel("C404"), known.user("U404")) == ("", "", "")
    assert _asked(slack).count("conversations.info") == 2


def test_a_name_that_was_known_stays_when_slack_no_longer_tells_it(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _names(slack)
    monkeypatch.setattr(names, "KEPT", -1.0)
    asyncio.run(known.learn(slack.team, "<#C0ASIEL01>"))
    slack.state.scopes.remove("channels:read")
    asyncio.run(known.learn(slack.team, "<#C0ASIEL01>"))
    assert known.channel("C0ASIEL01") == "team-asiel"


def test_nothing_is_asked_for_a_stranger(slack: LocalSlack) -> None:
    asyncio.run(_names(slack).learn(OTHER_TEAM, "<@U0BOB0001> <#C0ASIEL01>"))
    assert _asked(slack) == []
