"""The database: a moment needs a zone, a reader cannot write, and trouble is one thing to the caller."""

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, exc, text

from storage import schema, signs
from storage.database import Database, Unavailable
from tests.world import NOW

FIVE_WEST = timezone(timedelta(hours=-5))


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(exc.StatementError, match="without a zone"), database.writing() as db:
        signs.leave(db, "backup", "", datetime(2026, 11, 24, 9, 15))  # noqa: DTZ001  # the very mistake
    with database.reading() as db:
        assert signs.find(db, "backup") is None


def test_a_moment_comes_back_in_utc_from_whatever_zone(database: Database) -> None:
    with database.writing() as db:
        signs.leave(db, "backup", "", datetime(2026, 11, 24, 4, 15, 1, 250, tzinfo=FIVE_WEST))
    with database.reading() as db:
        found = signs.find(db, "backup")
    assert found
    assert found.at == datetime(2026, 11, 24, 9, 15, 1, 250, tzinfo=UTC)
    assert found.at.tzinfo is UTC


def test_leaving_commits_and_raising_rolls_back(database: Database) -> None:
    with database.writing() as db:
        signs.leave(db, "kept", "", NOW)
    with pytest.raises(ZeroDivisionError), database.writing() as db:
        signs.leave(db, "lost", "", NOW)
        raise ZeroDivisionError
    with database.reading() as db:
        assert signs.find(db, "kept")
        assert signs.find(db, "lost") is None


def test_a_reader_cannot_change_anything(database: Database) -> None:
    with pytest.raises((exc.DBAPIError, Unavailable), match=r"read-?only"), database.reading() as db:
        signs.leave(db, "backup", "", NOW)
    with database.reading() as db:
        assert signs.find(db, "backup") is None


def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(exc.IntegrityError), database.writing() as db:
        db.execute(text("INSERT INTO identities VALUES ('slack', 'nobody', 999)"))


def test_sqlite_keeps_what_it_committed_when_the_power_goes(sqlite: Database) -> None:
    with sqlite.writing() as db:
        settings = [db.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert settings == ["wal", 2, 1]


def test_readers_go_on_while_somebody_writes(database: Database) -> None:
    with database.writing() as db:
        signs.leave(db, "backup", "", NOW)
        with database.reading() as other:
            assert signs.find(other, "backup") is None


def test_a_statement_that_takes_too_long_is_stopped(url: str) -> None:
    hurried = Database(url, patience=0.2)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    started = time.monotonic()
    with pytest.raises(Unavailable), hurried.reading() as db:
        db.execute(text(endless))
    assert time.monotonic() - started < 5
    with hurried.reading() as db:
        assert db.scalar(text("SELECT 1")) == 1
    hurried.close()


def test_a_lock_that_is_held_too_long_is_given_up(url: str) -> None:
    holder, hurried = Database(url, patience=None), Database(url, patience=0.2)
    with holder.writing() as db:
        signs.leave(db, "backup", "holder", NOW)
        with pytest.raises(Unavailable), hurried.writing() as other:
            signs.leave(other, "backup", "hurried", NOW)
    with hurried.reading() as db:
        found = signs.find(db, "backup")
    assert found
    assert found.value == "holder"
    holder.close()
    hurried.close()


def test_a_connection_that_broke_is_unavailable_and_the_next_one_is_new(postgresql: str) -> None:
    database = Database(postgresql)
    killer = create_engine(database.url)
    with pytest.raises(Unavailable), database.reading() as db:
        backend = db.scalar(text("SELECT pg_backend_pid()"))
        with killer.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": backend})
        db.execute(text("SELECT 1"))
    with database.reading() as db:
        assert db.scalar(text("SELECT 1")) == 1
    killer.dispose()
    database.close()


@pytest.mark.parametrize("code", ["XX000", "53100", "57P01", "58030"])
def test_a_server_that_has_no_room_or_goes_down_is_unavailable(postgresql: str, code: str) -> None:
    """A full disk under its log ends a commit with PANIC: that is XX000, no OperationalError of the driver."""
    database = Database(postgresql)
    with pytest.raises(Unavailable), database.writing() as db:
        db.execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'File too large' USING ERRCODE = '{code}'; END $$"))
    database.close()


def test_a_server_that_is_not_there_is_unavailable() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/lobby")
    with pytest.raises(Unavailable), database.reading():
        pass


def test_a_new_file_and_its_folder_are_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/var/deep/lobby.db")
    assert database.revision() is None
    schema.upgrade(database)
    assert database.revision() == schema.expected()
    database.close()


def test_a_folder_that_cannot_be_made_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="cannot be made"):
        Database("sqlite:////proc/nowhere/lobby.db")


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/lobby.db")
    database.revision()
    database.close()
    assert (tmp_path / "new" / "lobby.db").stat().st_mode & 0o077 == 0
