"""What the doctor says of Slack, asked at a local one."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.__main__ import main
from bot.slack import manifest
from bot.slack.doctor import examine
from bot.slack.doors import Setup
from config import logs
from tests.servers.slack import LocalSlack


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A local Slack in which the app has the scopes of its manifest."""
    with LocalSlack() as running:
        running.state.scopes[:] = list(manifest.scopes())
        yield running


def _setup(slack: LocalSlack) -> Setup:
    secrets = (slack.bot_token, slack.signing_secret, slack.app_token)
    return Setup(*secrets, slack.url, frozenset({slack.team}), "Europe/Amsterdam")


def _lines(setup: Setup, public_url: str = "") -> str:
    return "\n".join(finding.line for finding in examine(setup, public_url))


def test_all_is_well(slack: LocalSlack) -> None:
    findings = examine(_setup(slack), "https://lobby.example.org")
    assert {finding.mark for finding in findings} == {"ok"}
    assert all(len(finding.sentence.splitlines()) == 1 and finding.sentence.endswith(".") for finding in findings)
    said = _lines(_setup(slack), "https://lobby.example.org")
    assert f"knows Lobby in the workspace {slack.state.workspace.name} ({slack.team})" in said
    assert f"Lobby has all {len(manifest.scopes())} scopes of its manifest." in said
    assert "the app must name https://lobby.example.org/slack/events." in said
    assert "Slack lets Lobby connect by Socket Mode." in said
    assert {call.method for call in slack.state.calls} == {"auth.test", "apps.connections.open"}


def test_only_the_door_that_is_configured(slack: LocalSlack) -> None:
    assert "Socket Mode" not in _lines(replace(_setup(slack), app_token=""))
    assert "HTTP" not in _lines(replace(_setup(slack), signing_secret=""))


@pytest.mark.parametrize("scope", manifest.scopes())
def test_a_missing_scope_is_named_with_its_reason(slack: LocalSlack, scope: str) -> None:
    slack.state.scopes.remove(scope)
    faults = [finding.sentence for finding in examine(_setup(slack), "") if finding.mark == "fout"]
    assert len(faults) == 1
    assert faults[0].startswith(f"The scope {scope} is missing ({manifest.scopes()[scope]}): ")
    assert "reinstall the app" in faults[0]


def test_two_missing_scopes_are_two_lines(slack: LocalSlack) -> None:
    slack.state.scopes[:] = [scope for scope in slack.state.scopes if scope not in {"chat:write", "users:read"}]
    assert _lines(_setup(slack)).count("fout    The scope ") == 2


def test_a_slack_that_names_no_scopes(slack: LocalSlack) -> None:
    slack.state.scopes.clear()
    assert "let op  Slack does not say what Lobby may do" in _lines(_setup(slack))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("token_revoked", "was taken back (token_revoked): install the app again"),
        ("account_inactive", "belongs to an app that was taken out of its workspace"),
        ("invalid_auth", "is not known to Slack (invalid_auth)"),
    ],
)
def test_a_token_that_no_longer_works(slack: LocalSlack, error: str, said: str) -> None:
    slack.revoke_token(error)
    assert _lines(_setup(slack)).startswith("fout    LOBBY_SLACK_BOT_TOKEN ")
    assert said in _lines(_setup(slack))


def test_the_app_token_in_the_place_of_the_bot_token(slack: LocalSlack) -> None:
    said = _lines(replace(_setup(slack), bot_token=slack.app_token))
    assert "is a token of another kind" in said
    assert slack.app_token not in said


def test_an_app_token_that_is_refused(slack: LocalSlack) -> None:
    said = _lines(replace(_setup(slack), app_token="xapp-oud"))
    assert "fout    Slack does not take LOBBY_SLACK_APP_TOKEN (invalid_auth): make one under Basic Information" in said
    assert "xapp-oud" not in said


def test_a_workspace_that_is_not_on_the_list(slack: LocalSlack) -> None:
    said = _lines(replace(_setup(slack), workspaces=frozenset({"T0ANDERS1"})))
    assert "is not on LOBBY_SLACK_WORKSPACES" in said
    assert f"add {slack.team} to it" in said


def test_a_slack_that_is_not_there() -> None:
    nobody = Setup("xoxb-1", "secret", "", "http://127.0.0.1:9/api/", frozenset(), "Europe/Amsterdam")
    assert _lines(nobody).startswith("fout    Slack does not answer well at http://127.0.0.1:9/api/ (")


def test_a_slack_that_fails_or_hangs(slack: LocalSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    slack.fault("auth.test", "503")
    assert "fout    Slack does not answer well" in _lines(_setup(slack))
    monkeypatch.setattr("bot.slack.send.TIMEOUT", 0.3)
    slack.fault("auth.test", "slow", seconds=5)
    start = time.monotonic()
    assert "(TimeoutError)" in _lines(_setup(slack))
    assert time.monotonic() - start < 2, "it was asked again"


def test_python_m_bot_doctor_asks_slack_too(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(logs, "start", lambda **how: None)
    monkeypatch.setenv("LOBBY_DATABASE_URL", "sqlite:////nergens/lobby.db")
    for name, value in (
        ("BOT_TOKEN", slack.bot_token),
        ("SIGNING_SECRET", slack.signing_secret),
        ("API_URL", slack.url),
        ("WORKSPACES", slack.team),
    ):
        monkeypatch.setenv(f"LOBBY_SLACK_{name}", value)
    assert main(["doctor"]) == 2
    assert "ok      Slack answers" in capsys.readouterr().out
