"""One writing transaction per test, on both databases."""

from collections.abc import Iterator

import pytest

from storage.database import Connection, Database


@pytest.fixture
def db(database: Database) -> Iterator[Connection]:
    """A connection that may change things; what the test did is committed at its end."""
    with database.writing() as connection:
        yield connection
