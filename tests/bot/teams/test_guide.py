"""docs/teams.md tells the truth: what it quotes, sets, types and links to exists."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.__main__ import main
from config import logs
from config.settings import Settings
from handlers.command import Role
from handlers.routes import find
from handlers.texts import catalogue
from tests.bot.teams.test_doctor import Login
from tests.servers.teams import LocalTeams
from tests.servers.teams_tenant import OTHER_TENANT

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "teams.md").read_text(encoding="utf-8")
LARGEST = 100_000  # bytes of a picture

# What stands between asterisks and is Microsoft's, the doctor's, or just said with weight.
THEIRS = {
    "Built for your org",
    "Lobby",
    "Secret ID",
    "Something went wrong",
    "Upload new app",
    "fout",
    "no token",
    "you",
}


def test_it_shows_the_pictures_and_each_is_small() -> None:
    shown = re.findall(r"\(pictures/([a-z-]+)\.png\)", GUIDE)
    assert sorted(shown) == ["teams-form", "teams-home", "teams-question", "teams-receipt"]
    for file in (ROOT / "docs" / "pictures").glob("teams-*.png"):
        assert file.stem in shown
        assert file.stat().st_size < LARGEST, file


def test_what_it_quotes_is_what_the_bot_says() -> None:
    said = {*catalogue("nl").values(), *(role.name.lower() for role in Role)}
    quoted = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", GUIDE)) - THEIRS
    assert len(quoted) >= 5
    assert quoted <= said


def test_its_settings_exist() -> None:
    named = {name.removesuffix("_FILE") for name in re.findall(r"LOBBY_[A-Z_]+", GUIDE)} - {"LOBBY_TEAMS_TENANT"}
    assert len(named) >= 7
    assert {name.removeprefix("LOBBY_").lower() for name in named} <= set(Settings.model_fields)


def test_its_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    typed = set(re.findall(r"python -m bot ([a-z-]+)((?: --[a-z-]+)?)", GUIDE))
    assert ("teams-package", " --about") in typed
    for verb, option in typed:
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert option.strip() in capsys.readouterr().out
    assert re.search(r"^teams-package:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for verb in ("log", "help", "lid", "instellingen", "status", "lobby", "search", "undo"):
        assert f"`{verb}" in GUIDE or f"\n{verb} " in GUIDE
        assert find(verb), verb


def _wrong(teams: LocalTeams, expired: str) -> Iterator[dict[str, str]]:
    """Set-ups that each go wrong in one way; the first goes well."""
    nobody = f"http://127.0.0.1:9/{teams.tenant}"
    right = {
        "LOBBY_TEAMS_APP_ID": teams.app_id,
        "LOBBY_TEAMS_APP_PASSWORD": teams.app_password,
        "LOBBY_TEAMS_TENANT_ID": teams.tenant,
        "LOBBY_TEAMS_LOGIN_URL": teams.login_url,
        "LOBBY_TEAMS_OPENID_METADATA_URL": teams.openid_url,
        "LOBBY_PUBLIC_URL": "https://lobby.example.org",
    }
    yield right
    yield {"LOBBY_TEAMS_APP_ID": "x", "LOBBY_TEAMS_TENANT": "x"}
    yield {"LOBBY_TEAMS_APP_PASSWORD": "x"}
    for name, value in (
        ("LOBBY_TEAMS_APP_ID", OTHER_TENANT),
        ("LOBBY_TEAMS_APP_ID", "x"),
        ("LOBBY_TEAMS_APP_PASSWORD", "x"),
        ("LOBBY_TEAMS_TENANT_ID", "stichting.onmicrosoft.com"),
        ("LOBBY_TEAMS_LOGIN_URL", f"{teams.state.url}/{OTHER_TENANT}"),
        ("LOBBY_TEAMS_LOGIN_URL", expired),
        ("LOBBY_TEAMS_LOGIN_URL", nobody),
        ("LOBBY_PUBLIC_URL", ""),
        ("LOBBY_PUBLIC_URL", "http://lobby.example.org"),
    ):
        yield right | {name: value}


def test_what_the_doctor_says_is_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every sentence of the second column, out of the set-ups that go wrong like that."""
    for name in [name for name in os.environ if name.startswith("LOBBY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(logs, "start", lambda **how: None)
    monkeypatch.chdir(tmp_path)
    ran_out = {"error": "invalid_client", "error_description": "AADSTS7000222: expired"}
    with LocalTeams() as teams, Login(401, ran_out) as login:
        for settings in _wrong(teams, login.at):
            with monkeypatch.context() as alone:
                for name, value in settings.items():
                    alone.setenv(name, value)
                assert main(["doctor"]) == 2
    printed = capsys.readouterr().out
    told = re.findall(r"^\|[^|]*\| `([^`|]+)` \|", GUIDE, re.MULTILINE) + re.findall(r"`(Teams may [^`]+)`", GUIDE)
    assert len(told) >= 15
    assert [sentence for sentence in told if sentence not in printed] == []


def test_its_links_lead_somewhere() -> None:
    links = [target for target in re.findall(r"\]\(([^)]+)\)", GUIDE) if "://" not in target]
    assert len(links) >= 4
    headings = {re.sub(r"[^a-z -]", "", line.lower()).strip().replace(" ", "-") for line in _headings()}
    for target in links:
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif not target.startswith("pictures/"):
            assert (ROOT / "docs" / target).exists(), target


def _headings() -> list[str]:
    return re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
