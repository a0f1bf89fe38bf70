"""The manifest: every scope has its reason, what the bot uses is covered, and both ways in are ready to paste."""

import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

import bot.slack
from bot.__main__ import main
from bot.slack import manifest
from bot.slack.app import Front
from bot.slack.manifest import over_http, over_socket, scopes
from config import logs

CODE = Path(bot.slack.__file__).parent

# What Slack asks for, by its reference: method -> scopes of the bot token.
METHODS: Mapping[str, set[str]] = {
    "auth.test": set(),
    "chat.delete": {"chat:write"},
    "chat.getPermalink": set(),
    "chat.postEphemeral": {"chat:write"},
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "conversations.info": {"channels:read"},  # of a public channel; of another we show no name
    "conversations.open": {"im:write"},  # of the bot with one person
    "files.upload.v2": {"files:write"},  # the SDK's name for getUploadURLExternal and completeUploadExternal
    "users.info": {"users:read"},
    "views.open": set(),
    "views.publish": set(),
    "apps.connections.open": set(),  # with the app-level token, which has a scope of its own
}
EVENTS: Mapping[str, set[str]] = {
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "message.im": {"im:history"},
    "tokens_revoked": set(),
    "user_change": {"users:read"},
}
FEATURES = {"slash_commands": "commands", "shortcuts": "commands"}
LONGEST = {"name": 35, "description": 140}  # characters that Slack takes


def _calls() -> Iterator[ast.Call]:
    for path in sorted(CODE.glob("*.py")):
        yield from (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def _methods() -> set[str]:
    """The methods of the Web API that bot/slack calls: `.call("users.info", …)` or `.web.auth_test(…)`."""
    found = set()
    for node in _calls():
        if not isinstance(node.func, ast.Attribute):
            continue
        owner, name = ast.unparse(node.func.value), node.func.attr
        if name == "call" and node.args and isinstance(node.args[0], ast.Constant):
            found.add(str(node.args[0].value))
        elif owner.endswith(".web") and "_" in name:
            found.add(name.replace("_", "."))
    return found


@pytest.fixture(scope="module")
def listened() -> mock.Mock:
    """A Bolt app that only notes what the front asked to hear."""
    app = mock.Mock()
    Front.listen(mock.Mock(), app)
    return app


def test_every_scope_has_its_reason() -> None:
    assert [scope for scope, reason in scopes().items() if len(reason.split()) < 4] == []
    assert len(scopes()) == len(over_http("https://x.example")["oauth_config"]["scopes"]["bot"]) >= 7


def test_what_the_bot_calls_is_covered_and_nothing_more_is_asked() -> None:
    made = over_http("https://x.example")
    assert _methods() == METHODS.keys()
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == EVENTS.keys()
    needed = {FEATURES[feature] for feature in made["features"] if feature in FEATURES}
    needed = needed.union(*METHODS.values(), *EVENTS.values())
    assert needed == scopes().keys()


def test_what_the_bot_hears_is_what_it_is_told(listened: mock.Mock) -> None:
    heard = {call.args[0] for call in listened.event.call_args_list}
    assert heard == {event.partition(".")[0] for event in EVENTS}


def test_the_shortcut_and_the_command_are_those_the_bot_knows(listened: mock.Mock) -> None:
    features = over_socket()["features"]
    assert [command["command"] for command in features["slash_commands"]] == [listened.command.call_args.args[0]]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [
        call.args[0] for call in listened.shortcut.call_args_list
    ]


def test_over_http_all_addresses_are_ours() -> None:
    made = over_http("https://lobby.vluchteling.example/")
    settings = made["settings"]
    addresses = {
        made["features"]["slash_commands"][0]["url"],
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
    }
    assert addresses == {"https://lobby.vluchteling.example/slack/events"}
    assert settings["socket_mode_enabled"] is False


def test_over_socket_no_address_is_left() -> None:
    made = over_socket()
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "://" not in json.dumps(made)


def test_the_two_ways_differ_in_nothing_else() -> None:
    http, socket = over_http("https://x.example"), over_socket()
    assert _without_addresses(http) == _without_addresses(socket)


def _without_addresses(made: Any) -> Any:
    if isinstance(made, dict):
        left_out = {"url", "request_url", "socket_mode_enabled"}
        return {name: _without_addresses(value) for name, value in made.items() if name not in left_out}
    return [_without_addresses(one) for one in made] if isinstance(made, list) else made


def test_slack_takes_the_names() -> None:
    made = over_socket()
    shown = made["display_information"]
    assert all(len(shown[name]) <= limit for name, limit in LONGEST.items())
    assert len(made["features"]["shortcuts"][0]["name"]) <= 24
    assert made["features"]["slash_commands"][0]["should_escape"] is True


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No public address in the settings; the logs of the tests stay as they are."""
    monkeypatch.delenv("LOBBY_PUBLIC_URL", raising=False)
    monkeypatch.setattr(logs, "start", lambda **how: None)
    return monkeypatch


def test_it_is_printed_ready_to_paste(bare: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack-manifest", "--url", "https://lobby.example.org"]) == 0
    assert json.loads(capsys.readouterr().out) == over_http("https://lobby.example.org")
    assert main(["slack-manifest", "--socket-mode"]) == 0
    assert json.loads(capsys.readouterr().out) == over_socket()
    bare.setenv("LOBBY_PUBLIC_URL", "https://lobby.example.org")
    assert main(["slack-manifest"]) == 0
    assert json.loads(capsys.readouterr().out) == over_http("https://lobby.example.org")


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("given", [[], ["--url", "lobby.example.org"], ["--url", "http://lobby.example.org"]])
def test_without_an_address_it_asks_for_one(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["slack-manifest", *given]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "--url https://lobby.example.org" in said.err


def test_a_scope_without_a_reason_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = manifest.FILE.read_text("utf-8").replace("- users:read #", "- users:read\n      #")
    (tmp_path / "manifest.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(manifest, "FILE", tmp_path / "manifest.yaml")
    assert scopes()["users:read"] == ""
