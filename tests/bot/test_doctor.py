"""The doctor: one sentence per finding, each that is not ok with what to do."""

import shutil
from collections import namedtuple
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.doctor import Finding, Setup, examine
from storage import signs
from storage.backup import backup
from storage.database import Database
from tests.world import NOW

AT = NOW.astimezone(ZoneInfo("Europe/Amsterdam"))
Usage = namedtuple("Usage", ["total", "used", "free"])


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`var/` is one of our own."""
    monkeypatch.chdir(tmp_path)


def _setup(database: Database, *given: str, public_url: str = "", unknown: tuple[str, ...] = ()) -> Setup:
    return Setup(database, frozenset(given), unknown, public_url, "Europe/Amsterdam")


def _lines(setup: Setup, now: datetime = NOW) -> str:
    return "\n".join(finding.line for finding in examine(setup, now))


def test_all_is_well(sqlite: Database, tmp_path: Path) -> None:
    backup(sqlite, tmp_path / "copy.db", AT)
    setup = _setup(sqlite, "slack_bot_token", "slack_app_token", "slack_workspaces", "admins", "heartbeat_url")
    findings = examine(setup, NOW)
    assert {finding.mark for finding in findings} == {"ok"}, _lines(setup)
    assert all(len(finding.sentence.splitlines()) == 1 and finding.sentence.endswith(".") for finding in findings)


def test_the_mark_is_a_word_before_the_sentence() -> None:
    lines = [Finding(mark, "Zo is het.").line for mark in ("ok", "let op", "fout")]
    assert lines == ["ok      Zo is het.", "let op  Zo is het.", "fout    Zo is het."]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ((), "let op  Neither Slack nor Teams is configured: set LOBBY_SLACK_BOT_TOKEN or LOBBY_TEAMS_APP_ID"),
        (("slack_bot_token", "slack_signing_secret", "slack_workspaces"), "ok      Slack is configured."),
        (
            ("slack_bot_token",),
            "fout    Slack is half configured: set LOBBY_SLACK_SIGNING_SECRET or LOBBY_SLACK_APP_TOKEN"
            " and LOBBY_SLACK_WORKSPACES too.",
        ),
        (("slack_app_token",), "fout    Slack is half configured: set LOBBY_SLACK_BOT_TOKEN too."),
        (("teams_app_id", "teams_app_password", "teams_tenant_id"), "ok      Teams is configured."),
        (
            ("teams_app_id", "teams_app_password"),
            "fout    Teams is half configured: set LOBBY_TEAMS_TENANT_ID too.",
        ),
        (("teams_app_password",), "fout    Teams is half configured: set LOBBY_TEAMS_APP_ID too."),
        (("teams_app_id",), "let op  Nobody is beheerder by the settings: set LOBBY_ADMINS"),
    ],
)
def test_the_fronts(sqlite: Database, given: tuple[str, ...], line: str) -> None:
    assert line in _lines(_setup(sqlite, *given))


def test_a_public_address_needs_a_secret_and_https(sqlite: Database) -> None:
    said = _lines(_setup(sqlite, public_url="http://lobby.example.org"))
    assert "fout    LOBBY_PUBLIC_URL is set without LOBBY_SECRET" in said
    assert "let op  LOBBY_PUBLIC_URL is http://lobby.example.org" in said
    said = _lines(_setup(sqlite, "secret", public_url="https://lobby.example.org"))
    assert "LOBBY_SECRET" not in said
    assert "ok      Lobby can be reached at https://lobby.example.org." in said


def test_a_typing_error_in_a_name_is_seen(sqlite: Database) -> None:
    assert "let op  LOBBY_SLACK_TOKEN is set, but is no setting" in _lines(
        _setup(sqlite, unknown=("LOBBY_SLACK_TOKEN",))
    )


def test_the_time_there(sqlite: Database) -> None:
    assert "ok      The time zone is Europe/Amsterdam: it is 10:15 there." in _lines(_setup(sqlite))


def test_both_databases_answer(database: Database) -> None:
    said = _lines(_setup(database))
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    assert f"ok      The database ({kind}, " in said
    assert "is whole and stands at migration" in said


def test_a_password_is_never_printed() -> None:
    database = Database("postgresql://lobby:geheim@127.0.0.1:9/lobby", patience=None)
    said = _lines(_setup(database))
    assert "does not answer" in said
    assert "check LOBBY_DATABASE_URL" in said
    assert "geheim" not in said


def test_no_database_yet(tmp_path: Path) -> None:
    file = tmp_path / "new" / "lobby.db"
    said = _lines(_setup(Database(f"sqlite:///{file}")))
    assert f"fout    There is no database at {file} yet: run python -m bot migrate." in said
    assert not file.exists(), "looking made one"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ("0000", "fout    The database stands at 0000, not at "),
        ("0999", "fout    The database stands at migration 0999, newer than this program: install that Lobby."),
    ],
)
def test_another_migration(database: Database, found: str, line: str) -> None:
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": found})
    assert line in _lines(_setup(database))


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "lobby.db").write_bytes(b"no database at all" * 1000)
    said = _lines(_setup(Database(f"sqlite:///{tmp_path}/lobby.db")))
    assert "is damaged (file is not a database): restore the last backup." in said


@pytest.mark.parametrize(
    ("sign", "days", "line"),
    [
        ("backup", None, "let op  No backup of this database is known: run python -m bot backup, every night."),
        ("backup", 0, "ok      The last backup was made today."),
        ("backup", 1, "ok      The last backup was made yesterday."),
        ("backup", 3, "let op  The last backup was made 3 days ago: see why it stopped, and run one now."),
        ("people", None, "let op  No Kamerleden were loaded, so no name will be recognised: run python -m bot people"),
        ("people", 5, "the Kamerleden were loaded 5 days ago."),
        ("people", 61, "let op  The Kamerleden were loaded 61 days ago: run python -m bot people load."),
    ],
)
def test_what_was_seen_to_and_when(sqlite: Database, sign: str, days: int | None, line: str) -> None:
    with sqlite.writing() as db:
        db.execute(text("DELETE FROM signs WHERE name = :sign"), {"sign": sign})
        if days is not None:
            signs.leave(db, sign, "x", NOW - timedelta(days=days))
    assert line in _lines(_setup(sqlite))


@pytest.mark.parametrize(
    ("free", "line"),
    [
        (50_000_000, "fout    The disk of var is full (0.1 GB left): make room."),
        (500_000_000, "let op  The disk of var has only 0.5 GB left: make room."),
        (5_000_000_000, "ok      var can be written in, and 5.0 GB is free."),
    ],
)
def test_room_on_the_disk(sqlite: Database, monkeypatch: pytest.MonkeyPatch, free: int, line: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**10, 10**10 - free, free))
    assert line in _lines(_setup(sqlite))


def test_a_folder_in_which_nothing_can_be_written(sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "var").symlink_to("/proc")
    assert "fout    Nothing can be written in var (" in _lines(_setup(sqlite))


def test_pg_dump_is_missing(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = _lines(_setup(database))
    assert ("let op  pg_dump is not installed" in said) is not database.is_sqlite
