"""One writing transaction per test, on both databases, undone at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Connection, Database
from tests.storage.given import create_database


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared(
    request: pytest.FixtureRequest, template: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A database of each kind in which no test leaves anything."""
    if request.param == "postgresql":
        url = create_database(request.getfixturevalue("postgresql"), "shared", template[0])
    else:
        file = tmp_path_factory.mktemp("shared") / "lobby.db"
        file.write_bytes(template[1].read_bytes())
        url = f"sqlite:///{file}"
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def db(shared: Database) -> Iterator[Connection]:
    """A connection that may change things; a fresh database for each test would take ten times as long."""
    with shared.writing() as connection:
        yield connection
        connection.rollback()
