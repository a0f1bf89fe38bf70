"""Slack's doors from outside: who does not get in, a token that was taken back, and a slow database."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from tests.journeys.conftest import LINE, Bot
from tests.journeys.fronts import running, settings_for
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How
from tests.servers.slack_reading import words
from tests.servers.slack_workspace import OTHER_TEAM, User

# --- people ---


@pytest.mark.parametrize(
    ("who", "channel", "sentence"),
    [
        ("gast", "team-asiel", "gasten kunnen er niet bij"),
        ("dagjesgast", "algemeen", "gasten kunnen er niet bij"),
        ("vreemde", "gedeeld", "hoort bij een andere werkruimte"),
        ("robot", "team-asiel", "praat alleen met mensen"),
        ("dirk", "team-asiel", "in Slack uitgezet"),
    ],
)
def test_who_is_no_full_member_hears_it_kindly_and_leaves_no_row(
    over_http: Bot, who: str, channel: str, sentence: str
) -> None:
    before = over_http.contacts()
    for line in (f"log {LINE}", "zoek nareis", "koppel"):
        came = over_http.slack.slash(who, channel, line)
        assert came.shown
        assert sentence in words(came.shown)
        assert "Podt" not in words(came.shown)
    assert over_http.member(who) == []
    assert over_http.contacts() == before


def test_another_workspace_is_refused(over_http: Bot) -> None:
    before = over_http.contacts()
    came = over_http.slack.slash("alice", "team-asiel", f"log {LINE} van elders", How(team=OTHER_TEAM))
    assert "andere werkruimte" in over_http.lead(came)
    assert over_http.contacts() == before


def test_who_cannot_be_asked_about_gets_back_what_they_typed(over_http: Bot) -> None:
    slack, before = over_http.slack, over_http.contacts()
    nieuw = slack.state.workspace.add_user(User("U0NIEUW01", "nieuw", "Nieuw"))
    slack.channel("team-asiel").members.append(nieuw.id)
    slack.fault("users.info", "slow", seconds=1.5)
    came = slack.slash("nieuw", "team-asiel", f"log {LINE}")
    assert came.shown
    assert f"/lobby log {LINE}" in words(came.shown)
    assert over_http.contacts() == before
    slack.heal()


def test_a_stranger_who_mentions_the_bot_in_a_shared_channel_gets_the_sentence(over_http: Bot) -> None:
    slack, before = over_http.slack, len(over_http.slack.ledger)
    assert slack.mention("vreemde", "gedeeld", f"log {LINE}").status == 200
    (said,) = slack.until(lambda: slack.ledger[before:])
    assert (said.kind, said.user) == ("ephemeral", slack.user("vreemde").id)
    assert "hoort bij een andere werkruimte" in words(said)
    assert over_http.member("vreemde") == []


def test_another_bot_the_bot_itself_and_what_is_edited_are_not_answered(over_http: Bot) -> None:
    slack = over_http.slack
    before = len(slack.ledger)
    slack.message("alice", "@alice", "help")
    (answer,) = slack.until(lambda: slack.ledger[before:])
    for came in (
        slack.mention("robot", "team-asiel", f"log {LINE}"),
        slack.message("robot", "team-asiel", f"log {LINE}"),
        slack.echo("@alice", answer.ts),
        slack.edit("@alice", slack.writes("alice", "@alice", "hulp"), "help"),
        slack.message("alice", "team-asiel", "praat onder mensen over help"),
    ):
        assert came.status == 200
    time.sleep(0.3)
    assert slack.ledger[before:] == [answer]


def test_who_is_put_out_in_slack_is_put_out_here(over_http: Bot) -> None:
    slack = over_http.slack
    over_http.logs("bob", "van Bob")
    assert over_http.member("bob") == [(1,)]
    slack.user("bob").deleted = True
    try:
        assert slack.user_change("bob").status == 200
        assert over_http.member("bob") == [(0,)]
        assert "in Slack uitgezet" in over_http.lead(slack.slash("bob", "team-asiel", "zoek nareis"))
    finally:
        slack.user("bob").deleted = False


# --- the token ---


def test_a_token_that_is_taken_back_is_said_and_works_again_when_it_is_given_back(over_http: Bot) -> None:
    slack = over_http.slack
    over_http.logs("carla", "van Carla")  # from now on the bot knows her
    assert over_http.ready()[0] == 200
    assert '"slack": "works"' in over_http.ready()[1]
    slack.revoke_token()
    assert slack.mention("carla", "team-asiel", "help").status == 200
    assert over_http.ready()[0] == 503
    assert "token_revoked" in over_http.ready()[1]
    slack.until(lambda: "token_revoked" in _status(over_http), 10)
    slack.heal()
    slack.until(lambda: over_http.ready()[0] == 200, 10)
    slack.until(lambda: "token_revoked" not in _status(over_http), 10)
    assert slack.tokens_revoked().status == 200
    slack.heal()
    slack.until(lambda: over_http.ready()[0] == 200, 10)


def _status(bot: Bot) -> str:
    came = bot.slack.slash("carla", "team-asiel", "status")
    assert came.shown
    return words(came.shown)


@pytest.fixture
def refused(file: Path, tmp_path: Path) -> Iterator[Bot]:
    """A bot that was started with a token that Slack does not know, behind both doors."""
    with LocalSlack() as slack:
        slack.revoke_token("invalid_auth")
        settings = settings_for(slack, file, "socket") | settings_for(slack, file, "http")
        with running("run", tmp_path / "refused.log", "/healthz", **settings) as port:
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            yield Bot(slack, port, file, tmp_path / "refused.log")


def test_a_token_that_is_unknown_from_the_start_is_said_and_the_process_stays(refused: Bot) -> None:
    slack, before = refused.slack, refused.contacts()
    status, body = refused.ready()
    assert (status, "invalid_auth" in body) == (503, True)
    came = slack.slash("alice", "team-asiel", f"log {LINE} zonder token")
    assert "neemt het token van Lobby niet aan" in refused.lead(came)
    assert refused.contacts() == before
    slack.heal()
    slack.until(lambda: refused.ready()[0] == 200, 12)
    slack.deliver_to("")  # the socket connected by itself
    assert "Vastgelegd" in refused.lead(slack.slash("alice", "team-asiel", f"log {LINE} met token"))
    errors = [line for line in refused.log.read_text(encoding="utf-8").splitlines() if '"level": "error"' in line]
    assert len(errors) == 1  # said once, however often it was tried
    assert "invalid_auth" in errors[0]


@pytest.mark.parametrize("running_already", [False, True])
def test_an_app_token_that_is_refused_is_said_and_asked_about_ever_less_often(
    file: Path, tmp_path: Path, running_already: bool
) -> None:
    right, log = "xapp-1-lokaal", tmp_path / "app_token.log"
    with LocalSlack() as slack:
        slack.state.app_token = right if running_already else "xapp-een-ander"
        settings = settings_for(slack, file, "http") | settings_for(slack, file, "socket")
        with running("run", log, "/healthz", **settings | {"LOBBY_SLACK_APP_TOKEN": right}) as port:
            bot = Bot(slack, port, file, log)
            slack.deliver_to(f"http://127.0.0.1:{port}/slack/events")
            if running_already:
                slack.until(lambda: bot.ready()[0] == 200, 10)
                slack.state.app_token = "xapp-een-ander"
                slack.hang_up()
            slack.until(lambda: '"ready": false, "slack": "socket mode: invalid_auth"' in bot.ready()[1], 12)
            assert bot.ready()[0] == 503
            slack.until(lambda: "socket mode: invalid_auth" in _status(bot), 12)
            slack.state.app_token = right
            slack.until(lambda: bot.ready()[0] == 200, 20)
            slack.until(lambda: "socket mode" not in _status(bot), 12)
            slack.deliver_to("")
            assert bot.logs("alice", f"over de nieuwe verbinding {running_already}")
        tried = [call for call in slack.state.calls if call.method == "apps.connections.open" and call.error]
        assert 1 <= len(tried) <= 6
    errors = [line for line in log.read_text(encoding="utf-8").splitlines() if '"level": "error"' in line]
    assert ["slack gives no socket" in line for line in errors] == [True]


# --- a slow database ---


def test_a_locked_database_gives_a_word_in_time_then_the_outcome_and_one_contact(over_http: Bot) -> None:
    slack, before = over_http.slack, over_http.contacts()
    slack.slash("alice", "team-asiel", "help")  # the bot knows her
    with closing(sqlite3.connect(over_http.file, check_same_thread=False, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        release = Timer(3.0, holder.rollback)
        release.start()
        came = slack.slash("alice", "team-asiel", f"log {LINE} bij een trage database")
        assert over_http.lead(came) == "Ik ben ermee bezig. De uitkomst komt hier vanzelf."
        assert came.seconds < 3
        outcome = slack.until(lambda: slack.answers(came)[1:], 10)
        release.join()
    assert outcome[0].method == "response_url"
    assert words(outcome[0]).startswith("Vastgelegd als C")
    assert over_http.contacts() == before + 1
    assert len(slack.answers(came)) == 2
