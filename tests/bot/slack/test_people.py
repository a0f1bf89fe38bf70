"""Who gets in from Slack, and what happens when Slack cannot say."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.slack import people
from bot.slack.people import People
from bot.slack.send import Sender, client
from bot.slack.standing import Standing
from tests.servers.slack import LocalSlack
from tests.servers.slack_workspace import OTHER_TEAM, User


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    with LocalSlack() as running:
        yield running


def _people(slack: LocalSlack, *workspaces: str) -> People:
    standing = Standing(client(slack.bot_token, slack.url))
    asyncio.run(standing.check())
    return People(Sender(standing.web, heard=standing.heard), standing, frozenset(workspaces))


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        ("alice", ""),
        ("carla", ""),
        ("gast", "slack.guest"),
        ("dagjesgast", "slack.guest"),
        ("robot", "slack.bot"),
        ("dirk", "slack.gone"),
        ("vreemde", "slack.stranger"),
    ],
)
def test_full_members_come_in_and_nobody_else(slack: LocalSlack, who: str, refused: str) -> None:
    user = slack.user(who)
    person = asyncio.run(_people(slack).find(slack.team, user.id))
    assert (person.user, person.refused, person.gone) == (user.id, refused, who == "dirk")
    assert person.identity.name == who


def test_only_listed_workspaces_come_in(slack: LocalSlack) -> None:
    other = slack.state.workspace.add_user(User("U0ZUSTER1", "zus", "Zus", team=OTHER_TEAM))
    assert asyncio.run(_people(slack).find(OTHER_TEAM, other.id)).refused == "slack.stranger"
    assert asyncio.run(_people(slack, OTHER_TEAM).find(slack.team, "U0ALICE01")).refused == "slack.stranger"
    assert [call.method for call in slack.state.calls if call.method == "users.info"] == []


def test_a_person_is_asked_for_once_in_five_minutes(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    known = _people(slack)
    for _ in range(3):
        asyncio.run(known.find(slack.team, "U0ALICE01"))
    assert len([call for call in slack.state.calls if call.method == "users.info"]) == 1
    assert known.name("U0ALICE01") == "alice"
    assert known.name("U0BOB0001") == ""
    monkeypatch.setattr(people, "KEPT", -1.0)  # no time at all
    asyncio.run(known.find(slack.team, "U0BOB0001"))
    asyncio.run(known.find(slack.team, "U0BOB0001"))
    assert len([call for call in slack.state.calls if call.method == "users.info"]) == 3


def test_when_slack_cannot_say_nobody_new_comes_in_and_who_was_known_stays(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = _people(slack)
    monkeypatch.setattr(people, "KEPT", -1.0)  # what is known is too old to be believed, unless Slack is silent
    asyncio.run(known.find(slack.team, "U0ALICE01"))
    slack.fault("users.info", "500", times=9)
    assert asyncio.run(known.find(slack.team, "U0ALICE01")).refused == ""
    assert asyncio.run(known.find(slack.team, "U0BOB0001")).refused == "slack.unknown"


def test_a_slow_slack_leaves_time_for_the_answer(slack: LocalSlack) -> None:
    known = _people(slack)
    slack.fault("users.info", "slow", seconds=2.5)

    async def timed() -> tuple[str, float]:
        loop = asyncio.get_running_loop()
        began = loop.time()
        return (await known.find(slack.team, "U0ALICE01")).refused, loop.time() - began

    refused, seconds = asyncio.run(timed())
    assert refused == "slack.unknown"
    assert seconds < 1.5


def test_a_token_that_was_taken_back_is_what_somebody_new_hears(slack: LocalSlack) -> None:
    known = _people(slack)
    slack.revoke_token()
    assert asyncio.run(known.find(slack.team, "U0ALICE01")).refused == "slack.revoked"


def test_without_a_workspace_nobody_comes_in_and_it_is_not_their_fault(slack: LocalSlack) -> None:
    slack.revoke_token()
    assert asyncio.run(_people(slack).find(slack.team, "U0ALICE01")).refused == "slack.revoked"


def test_what_an_event_says_of_a_person_counts_at_once(slack: LocalSlack) -> None:
    known = _people(slack)
    asyncio.run(known.find(slack.team, "U0BOB0001"))
    bob = slack.user("bob")
    bob.deleted = True
    assert known.learn(bob.shown()).gone
    assert asyncio.run(known.find(slack.team, bob.id)).refused == "slack.gone"
