"""docs/slack.md tells the truth: its pictures are there, and what it quotes, sets, types and links to exists."""

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.slack import manifest
from config.settings import Settings
from handlers.command import Role
from handlers.texts import catalogue
from tests.bot.pictures import FOLDER, SHOWN

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
LARGEST = 100_000  # bytes of a picture

# What stands between asterisks and is Slack's or the doctor's, not ours.
THEIRS = {
    "dispatch_failed",
    "operation_timeout",
    "Event Subscriptions",
    "Verified",
    "Sending messages to this app has been turned off",
    "fout",
}


def test_it_shows_every_picture_and_each_is_small() -> None:
    shown = re.findall(r"\(pictures/([a-z-]+)\.png\)", GUIDE)
    assert sorted(shown) == sorted(SHOWN) == sorted(path.stem for path in FOLDER.glob("slack-*.png"))
    for name in shown:
        content = (FOLDER / f"{name}.png").read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) < LARGEST, name


def test_what_it_quotes_is_what_the_bot_says() -> None:
    said = {*catalogue("nl").values(), *(role.name.lower() for role in Role)}
    said |= {shortcut["name"] for shortcut in manifest.over_socket()["features"]["shortcuts"]}
    quoted = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", GUIDE)) - THEIRS
    assert len(quoted) >= 8
    for words in quoted:
        begin = words.removesuffix(" …")
        assert any(one.startswith(begin) if begin != words else one == words for one in said), words


def test_its_settings_exist() -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(r"LOBBY_[A-Z_]+", GUIDE)}
    assert len(named) >= 6
    assert {name.removeprefix("LOBBY_").lower() for name in named} <= set(Settings.model_fields)


def test_its_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    typed = set(re.findall(r"python -m bot ([a-z-]+)((?: --[a-z-]+)?)", GUIDE))
    assert ("slack-manifest", " --socket-mode") in typed
    for verb, option in typed:
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert option.strip() in capsys.readouterr().out


def test_its_links_lead_somewhere() -> None:
    links = [target for target in re.findall(r"\]\(([^)#]+)\)", GUIDE) if "://" not in target]
    assert len(links) >= 6
    for target in links:
        assert (ROOT / "docs" / target).exists(), target
