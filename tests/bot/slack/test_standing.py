"""How we stand with Slack: known at once when the token is refused, never a reason to stop."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.notsent import NotSent
from bot.slack.send import Sender, client
from bot.slack.standing import REVOKED, Standing
from tests.servers.slack import LocalSlack
from tests.servers.slack_workspace import BOT_USER


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


def _standing(slack: LocalSlack, token: str = "") -> Standing:
    return Standing(client(token or slack.bot_token, slack.url))


def test_who_we_are_and_what_we_may(slack: LocalSlack) -> None:
    standing = _standing(slack)
    assert standing.why
    assert asyncio.run(standing.check())
    assert (standing.user, standing.team, standing.why) == (BOT_USER, slack.team, "")
    assert {"chat:write", "commands"} <= standing.scopes


@pytest.mark.parametrize("error", sorted(REVOKED))
def test_a_token_that_was_taken_back_is_said_and_works_again_when_given_back(slack: LocalSlack, error: str) -> None:
    standing = _standing(slack)
    slack.revoke_token(error)
    assert not asyncio.run(standing.check())
    assert (standing.why, standing.revoked) == (error, True)
    slack.heal()
    assert asyncio.run(standing.check())
    assert not standing.revoked


def test_an_unknown_token_is_said(slack: LocalSlack) -> None:
    standing = _standing(slack, "xoxb-van-een-ander")
    assert not asyncio.run(standing.check())
    assert standing.why == "invalid_auth"


def test_slack_that_is_not_there_is_no_reason_to_stop(slack: LocalSlack) -> None:
    standing = Standing(client("xoxb-1", "http://127.0.0.1:1/api/"))
    assert not asyncio.run(standing.check())
    assert standing.why == "ClientConnectorError"
    assert not standing.revoked


@pytest.mark.parametrize("fault", ["500", "502", "503"])
def test_slack_in_trouble_is_said(slack: LocalSlack, fault: str) -> None:
    standing = _standing(slack)
    slack.fault("auth.test", fault, times=9)
    assert not asyncio.run(standing.check())
    assert standing.why == fault
    assert not standing.revoked


def test_any_call_that_is_refused_for_the_token_tells_it(slack: LocalSlack) -> None:
    standing = _standing(slack)
    asyncio.run(standing.check())
    sender = Sender(standing.web, heard=standing.heard)
    with pytest.raises(NotSent):
        asyncio.run(sender.call("users.info", user="U404"))
    assert standing.why == ""
    slack.revoke_token()
    with pytest.raises(NotSent):
        asyncio.run(sender.call("users.info", user="U0ALICE01"))
    assert standing.why == "token_revoked"


def test_an_event_tells_it_too(slack: LocalSlack) -> None:
    standing = _standing(slack)
    asyncio.run(standing.check())
    standing.taken_back()
    assert standing.revoked
