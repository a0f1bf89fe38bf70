"""What people do in the local Slack, with a small Bolt bot behind it: over HTTP and over a socket."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.servers.local import NotSent
from tests.servers.slack import LocalSlack
from tests.servers.slack_bot import SmallBot
from tests.servers.slack_delivery import How
from tests.servers.slack_reading import buttons, live, words
from tests.servers.test_slack import FORM, error


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
    came = slack.mention("alice", "team-asiel", "help", how=How(cut=0.2))
    assert came.error.startswith("connection_failed")
    slack.delivery.patience = 20  # slack_sdk looks only now and then whether its line is still there
    again = slack.again(came, How(retry=1, reason="timeout", envelope=came.envelope))
    assert again.status == 200
    assert [heard["event_id"] for heard in socket_bot.heard] == [came.payload.cause] * 2
