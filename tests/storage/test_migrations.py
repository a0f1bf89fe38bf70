"""Migrations: from nothing to this program's tables on both databases, and no other state is served."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

from storage import schema
from storage.database import Database
from tests.storage.given import create_database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database in which nothing stands yet."""
    url = f"sqlite:///{tmp_path}/lobby.db"
    if request.param == "postgresql":
        server: str = request.getfixturevalue("postgresql")
        url = create_database(server, f"empty_{uuid4().hex}")
    database = Database(url, patience=None)
    yield database
    database.close()


def test_from_nothing_to_the_tables_of_the_program(empty: Database) -> None:
    assert empty.revision() is None
    schema.upgrade(empty)
    assert empty.revision() == schema.expected()
    assert schema.differences(empty) == []
    with empty.reading() as db:
        assert set(schema.metadata.tables) | {"contact_words"} <= set(inspect(db).get_table_names())


def test_a_difference_would_be_seen(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.writing() as db:
        db.execute(text("ALTER TABLE signs ADD COLUMN surprise TEXT"))
        db.execute(text("DROP INDEX ix_drafts_at"))
    assert len(schema.differences(empty)) == 2


def test_upgrading_again_is_nothing(empty: Database) -> None:
    schema.upgrade(empty)
    with empty.writing() as db:
        db.execute(text("INSERT INTO dossiers (name, synonyms) VALUES ('nareis', '[]')"))
    schema.upgrade(empty)
    with empty.reading() as db:
        assert db.scalar(text("SELECT count(*) FROM dossiers")) == 1
    assert empty.revision() == schema.expected()


def test_a_migration_that_fails_leaves_nothing_behind(empty: Database) -> None:
    with empty.writing() as db:
        db.execute(text("CREATE TABLE signs (mine TEXT)"))  # stands in the way of the last table but one
    with pytest.raises(Exception, match="already exists"):
        schema.upgrade(empty)
    assert empty.revision() is None
    with empty.reading() as db:
        assert inspect(db).get_table_names() == ["signs"]


def test_every_migration_has_a_number_a_meaning_and_a_place_in_the_line() -> None:
    names = sorted(path.name for path in (schema.MIGRATIONS / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert all(len(name.split("_")) > 2 for name in names)


def _bot(database: Database, *words: str) -> "subprocess.CompletedProcess[str]":
    """`python -m bot …` on this database, as a process of its own."""
    chosen = {"LOBBY_DATABASE_URL": database.url.render_as_string(hide_password=False)}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, env=os.environ | chosen, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("revision", [None, "0000", "9999"])
def test_the_bot_serves_no_unexpected_revision(empty: Database, revision: str | None) -> None:
    if revision:
        schema.upgrade(empty)
        with empty.writing() as db:
            db.execute(text("UPDATE alembic_version SET version_num = :found"), {"found": revision})
    done = _bot(empty, "say", "status")
    assert done.returncode == 2
    assert schema.expected() in done.stderr
    assert ("newer" in done.stderr) == (revision == "9999")
    assert ("migrate" in done.stderr) == (revision != "9999")
    assert done.stdout == ""


def test_migrate_says_from_where_to_where_and_then_the_bot_serves(empty: Database) -> None:
    assert f"From nothing to {schema.expected()}" in _bot(empty, "migrate").stdout
    assert f"at {schema.expected()} already" in _bot(empty, "migrate").stdout
    assert _bot(empty, "say", "status").returncode == 0
