"""The database: SQLite or PostgreSQL, opened for reading or for writing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import SQLITE_CORRUPT, SQLITE_NOTADB
from sqlite3 import Connection as SQLiteConnection
from typing import Any

from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
    text,
)

__all__ = ["Connection", "Database", "Unavailable", "Utc", "metadata"]

BROKEN = {SQLITE_CORRUPT, SQLITE_NOTADB}
AWAY = {"53", "57", "58", "XX"}  # classes of PostgreSQL's codes: no room, going down, trouble with its files, broken
PATIENCE = 1.5  # seconds that one lock or one statement may take
# Each commit stands in the log on the disk; the log is copied to the file of the database once per 16 MB of it, and as
# much of that file is kept at hand.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=4000", "cache_size=-16000")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Unavailable(Exception):
    """The database is locked, slow, broken or gone; nothing of this transaction was kept."""


class Utc(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is refused, so that no local time slips in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is UTC:
            return value
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """One database.

    url       sqlite:///path or postgresql://user@host/name
    patience  seconds for a lock or a statement; None for maintenance, which may take long
    """

    def __init__(self, url: str, patience: float | None = PATIENCE) -> None:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            self.writer = _sqlite(str(parsed), "BEGIN IMMEDIATE", patience)
            self.reader = _sqlite(str(parsed), "BEGIN", patience)
        else:
            self.writer = _postgres(parsed.render_as_string(hide_password=False), patience)
            # one picture of the database per reading: nothing that is typed meanwhile slips in
            self.reader = self.writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may change things: leaving commits, raising rolls back."""
        with _translated(), self.writer.begin() as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that cannot change anything."""
        with _translated(), self.reader.begin() as db:
            yield db

    def revision(self) -> str | None:
        """The migration this database stands at; None when it was never set up."""
        with self.reading() as db:
            if not inspect(db).has_table("alembic_version"):
                return None
            found: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
            return found

    def close(self) -> None:
        """Give the connections back."""
        self.writer.dispose()
        self.reader.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    """Locked, slow, broken and gone are one thing to the caller: Unavailable."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as trouble:
        raise Unavailable(str(trouble.__cause__ or trouble)) from trouble
    except exc.DBAPIError as trouble:
        code = getattr(trouble.orig, "sqlite_errorcode", 0)
        away = str(getattr(trouble.orig, "sqlstate", None))[:2] in AWAY
        if trouble.connection_invalidated or code in BROKEN or away:
            raise Unavailable(str(trouble.__cause__ or trouble)) from trouble
        raise


def _sqlite(url: str, begin: str, patience: float | None) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        _make_folder(Path(path).parent)
    engine = create_engine(url, connect_args={"timeout": patience or 60}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: SQLiteConnection, record: Any) -> None:
        new = bool(path) and (not Path(path or "").exists() or not Path(path or "").stat().st_size)
        connection.isolation_level = None  # we say BEGIN ourselves: the driver would say it too late, and deferred
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if begin == "BEGIN":
            connection.execute("PRAGMA query_only=ON")
        if new:
            Path(path or "").chmod(0o600)  # for its owner alone: it holds what people said in confidence

    @event.listens_for(engine, "begin")
    def start(db: Connection) -> None:
        if patience:
            _limit(db, time.monotonic() + 2 * patience)
        db.exec_driver_sql(begin)

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise Unavailable(f"{folder} cannot be made: {trouble.strerror}") from trouble


def _limit(db: Connection, until: float) -> None:
    """SQLite has no statement time-out: stop the work of this transaction at `until` (monotonic seconds)."""
    raw: Any = db.connection.dbapi_connection
    raw.set_progress_handler(lambda: int(time.monotonic() > until), 20_000)


def _postgres(url: str, patience: float | None) -> Engine:
    milliseconds = int((patience or 0) * 1000)
    options = f"-c timezone=UTC -c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
    return create_engine(
        url,
        connect_args={"options": options, "connect_timeout": 2},
        hide_parameters=True,  # an error that is printed somewhere must not hold what somebody typed
        pool_size=8,
        pool_timeout=PATIENCE,
    )
