"""Who sends the reminders: Lobby, or APScheduler's own jobs. Both get them put in their store, and run as processes."""

import socket
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore

from handlers.command import Role
from handlers.members import welcome
from storage import outbox, schema, tasks
from storage.database import Database
from storage.members import known_as
from storage.outbox import Notice
from storage.tasks import Task
from tests.crash import peer
from tests.crash.cells import GRACES, OURS, Cell
from tests.crash.grounds import Ground
from tests.crash.program import Log, Program, answers
from tests.crash.stores import Store, patiently

FAR = date(2031, 6, 2)  # when the tasks are due: nothing else is said of them meanwhile


class Reminder(NamedTuple):
    """One that must arrive once. `word`: what it is known by in the ledger."""

    word: str
    place: str
    due: datetime


class Sender(Protocol):
    """What a cell asks of either.

    table     where the reminders stand
    patience  seconds after which what still waits is stuck
    watched   whether somebody starts it anew then
    """

    table: str
    watched: bool
    patience: float
    programs: list[Program]

    def put(self, reminders: Sequence[Reminder]) -> None:
        """Store them."""
        ...

    def waiting(self) -> int:
        """How many are still to be sent."""
        ...

    def begun(self) -> bool:
        """Whether it took up what was put last."""
        ...

    def doubted(self) -> int:
        """How many tries were made while an earlier one may have arrived, as far as it could know."""
        ...


class Lobby:
    """`python -m bot run`: the announcement of a task in a channel, for each reminder.

    One in five is no reminder but a digest: in doubt it is not said again where nobody can tell, but reported.
    """

    table, patience, watched = "outbox", 40.0, False

    def __init__(self, store: Store, ground: Ground, replicas: int, log: Log) -> None:
        self._store = store
        self._platform = ground.platform
        database = Database(store.url, patience=None)
        schema.upgrade(database)
        with database.writing() as db:
            welcome(db, ground.person, Role.COORDINATOR, datetime.now(UTC))
            person = known_as(db, ground.platform, ground.person.user)
            ground.furnish(db)
        database.close()
        assert person
        self._member = person.id
        self.programs = [_lobby(store.url, ground.settings(), log) for _ in range(replicas)]

    def put(self, reminders: Sequence[Reminder]) -> None:
        """A task and its announcement for each, in one transaction."""
        now = datetime.now(UTC)
        with self._store.engine.begin() as db:
            for number, (word, place, due) in enumerate(reminders):
                made = Task("brief", f"Reactie {word}", self._member, self._member, FAR, "Europe/Amsterdam", now)
                task = tasks.add(db, made)
                where = (self._platform, place, number % 5 > 0)
                outbox.put(db, _announced(task.id, due, where))

    def waiting(self) -> int:
        """Rows of the outbox; the list of next Monday waits as long as the cell lasts."""
        query = "SELECT count(*) FROM outbox WHERE state = 'waiting' AND what <> 'weekly'"
        return patiently(self._store.engine, query)

    def begun(self) -> bool:
        """Some of it is leased."""
        return patiently(self._store.engine, "SELECT count(*) FROM outbox WHERE token IS NOT NULL") > 0

    def doubted(self) -> int:
        """Tries that came after one of which nobody knows what became of it."""
        query = "SELECT sum(tries - cleared - 1) FROM outbox WHERE tries - cleared > 1"
        return patiently(self._store.engine, query)


def _announced(task: int, due: datetime, where: tuple[str, str, bool]) -> Notice:
    """`where`: (platform, place, whether it is said again when in doubt)."""
    platform, place, again = where
    key = f"card/task/{task}/crash"
    return Notice(key, "card", "task", task, due, platform=platform, place=place, again=again)


def _lobby(url: str, settings: dict[str, str], log: Log) -> Program:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]

    given = {**settings, "LOBBY_DATABASE_URL": url, "PORT": str(port)}
    return Program(["tests.crash.process"], given, log, lambda pid: answers(port))


class Peer:
    """APScheduler with SQLAlchemyJobStore: one job for each reminder."""

    table, patience, watched = "apscheduler_jobs", 2.0, True

    def __init__(self, cell: Cell, store: Store, ground: Ground, log: Log) -> None:
        self._store = store
        self._grace = GRACES[cell.who]
        self._put = 0
        self._url = store.engine.url.render_as_string(hide_password=False)
        self._planner = peer.scheduler(SQLAlchemyJobStore(engine=store.engine))
        self._planner.start(paused=True)  # makes the table, and runs nothing here
        settings = {"PEER_TOKEN": ground.settings()["LOBBY_SLACK_BOT_TOKEN"]}
        settings["PEER_API"] = ground.settings()["LOBBY_SLACK_API_URL"]
        self.programs = [self._program(log.file.with_suffix(f".{one}"), settings, log) for one in range(cell.replicas)]

    def _program(self, ready: Path, settings: dict[str, str], log: Log) -> Program:
        def is_ready(pid: int) -> bool:
            return ready.exists() and ready.read_text(encoding="ascii") == str(pid)

        return Program(["tests.crash.peer", self._url, str(ready)], settings, log, is_ready)

    def put(self, reminders: Sequence[Reminder]) -> None:
        """A job for each."""
        self._put = self.waiting() + len(reminders)
        for word, place, due in reminders:
            self._planner.add_job(
                "tests.crash.peer:remind", "date", run_date=due, args=[place, word], misfire_grace_time=self._grace
            )

    def waiting(self) -> int:
        """Jobs that were not begun."""
        return patiently(self._store.engine, "SELECT count(*) FROM apscheduler_jobs")

    def begun(self) -> bool:
        """Some jobs are gone."""
        return self.waiting() < self._put

    def doubted(self) -> int:
        """It does not know doubt."""
        return 0


def sender(cell: Cell, store: Store, ground: Ground, log: Log) -> Sender:
    """Who sends in this cell; not started yet."""
    return Lobby(store, ground, cell.replicas, log) if cell.who == OURS else Peer(cell, store, ground, log)
