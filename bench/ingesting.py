"""Reading the Tweede Kamer into the database, beside what one writes first: httpx, and the ORM's merge of each."""

import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TypeVar

import httpx
from lxml import etree
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bench import places
from bot.parliament import Parliament, Sources
from parliament.tweedekamer.kinds import KINDS
from storage import entities
from storage.database import Connection, Database
from tests.servers.crowd import SHARES

COUNT, FEW = 100_000, 10_000  # entities; the peer is slow, so it reads a tenth
COLUMNS = ("entities from a server on this machine", "entities", "a second", "a second of one core", "memory, MB")
_ATOM = "{http://www.w3.org/2005/Atom}"
Done = TypeVar("Done")


class _Base(DeclarativeBase):
    pass


class _Entity(_Base):
    __tablename__ = "entities"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    body: Mapped[str]


def rows() -> list[list[str]]:
    """Ours on both databases, again with nothing new, and the peer."""
    found = []
    with _server(COUNT) as url:
        for name, place in (("SQLite", places.sqlite), ("PostgreSQL", places.postgresql)):
            with place() as database:
                places.set_up(database)
                found.append(_timed(f"ours, {name}", lambda database=database: _ours(database, url)))  # type: ignore[misc]
    with _server(FEW) as url:
        found.append(_timed("beside it: httpx, the ORM's merge, SQLite", lambda: _theirs(url)))
    return found


def _timed(name: str, read: Callable[[], int]) -> list[str]:
    start, before = time.perf_counter(), time.process_time()
    count = read()
    seconds, used = time.perf_counter() - start, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [name, f"{count:,}", f"{count / seconds:,.0f}", f"{count / used:,.0f}", f"{memory:.0f}"]


def _ours(database: Database, url: str) -> int:
    def write(work: Callable[[Connection, datetime], Done]) -> Done:
        with database.writing() as db:
            return work(db, datetime.now(UTC))

    sources = Sources({"tweedekamer": url}, datetime(2025, 1, 1, tzinfo=UTC))
    with closing(Parliament(sources, write)) as reading:
        assert reading.read(), "it could not be read"
    with database.reading() as db:
        return int(db.scalar(select(func.count()).select_from(entities.entities)) or 0)


def _theirs(url: str) -> int:
    """One page after the other by the next link; each entity is merged, each page committed."""
    engine = create_engine("sqlite://")
    _Base.metadata.create_all(engine)
    with httpx.Client() as client, Session(engine) as session:
        for kind in SHARES:
            address: str | None = f"{url}?category={kind}"
            while address:
                feed = etree.fromstring(client.get(address).content)
                for entry in feed.iter(f"{_ATOM}entry"):
                    body = "".join(etree.tostring(each, encoding="unicode") for each in entry)
                    session.merge(_Entity(id=entry.findtext(f"{_ATOM}title"), kind=kind, body=body))
                session.commit()
                following = feed.find(f"{_ATOM}link[@rel='next']")
                address = following.get("href") if following is not None else None
        return int(session.scalar(select(func.count()).select_from(_Entity)) or 0)


@contextmanager
def _server(count: int) -> Iterator[str]:
    """The address of its feeds, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "bench.kamer", str(port), str(count)]
    process = subprocess.Popen(command)  # noqa: S603  # our own
    url = f"http://127.0.0.1:{port}/SyncFeed/2.0/Feed"
    try:
        _wait(process, f"{url}?category={next(iter(KINDS))}")
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        assert process.poll() is None, "the server went away"
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server does not start")
