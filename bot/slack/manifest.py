"""The manifest of the Slack app, as config/slack-manifest.yaml has it, made ready for one installation."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "config" / "slack-manifest.yaml"
PATH = "/slack/events"

_SCOPE = re.compile(r"^ +- ([a-z_.]+(?::[a-z_.]+)*) +# (.+)$", re.MULTILINE)


def over_http(public_url: str) -> dict[str, Any]:
    """The manifest for an installation that Slack reaches at `public_url`, such as https://lobby.example.org."""
    made = _read()
    address = public_url.rstrip("/") + PATH
    for command in made["features"]["slash_commands"]:
        command["url"] = address
    made["settings"]["event_subscriptions"]["request_url"] = address
    made["settings"]["interactivity"]["request_url"] = address
    made["settings"]["socket_mode_enabled"] = False
    return made


def over_socket() -> dict[str, Any]:
    """The manifest for Socket Mode: Lobby connects to Slack, and no address is named."""
    made = _read()
    for command in made["features"]["slash_commands"]:
        del command["url"]
    del made["settings"]["event_subscriptions"]["request_url"]
    del made["settings"]["interactivity"]["request_url"]
    made["settings"]["socket_mode_enabled"] = True
    return made


def scopes() -> Mapping[str, str]:
    """Every scope that is asked for -> why, in the order of the file. The reason is the comment beside it."""
    why = dict(_SCOPE.findall(FILE.read_text(encoding="utf-8")))
    return {scope: why.get(scope, "") for scope in _read()["oauth_config"]["scopes"]["bot"]}


def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
