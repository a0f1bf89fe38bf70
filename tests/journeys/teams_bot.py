"""A Teams bot as a process of its own, before a local Teams, on a SQLite file that a test can look into."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys import fronts
from tests.journeys.teams_front import settings_for
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import Came
from tests.servers.teams_reading import words
from tests.servers.teams_state import Entry

LINE = "gesprek met Podt (D66) over nareis"
QUIET = 0.4  # seconds in which a second answer would have come
NOT_THEIRS = "signs"  # how the bot stands with Teams: it writes that by itself
THEIRS = {"outbox": "what <> 'weekly'"}  # the list of next Monday too


@dataclass
class TeamsBot:
    """The process: what Teams it talks to, where it listens, what it remembers, what it logged."""

    teams: LocalTeams
    port: int
    file: Path
    log: Path

    @property
    def door(self) -> str:
        """Where Teams brings its activities."""
        return f"http://127.0.0.1:{self.port}/api/messages"

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What stands in its database."""
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            return db.execute(query, values).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, of all that somebody outside could add to."""
        names = [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: self._count(name, THEIRS.get(name, "1 = 1")) for name in names if name != NOT_THEIRS}

    def _count(self, table: str, which: str) -> int:
        return int(self.rows(f'SELECT count(*) FROM "{table}" WHERE {which}')[0][0])  # noqa: S608

    def contacts(self) -> int:
        """How many contacts were stored."""
        return int(self.rows("SELECT count(*) FROM contacts")[0][0])

    def get(self, path: str) -> tuple[int, str]:
        """(status, body) of /readyz, /healthz …"""
        return fronts.request(self.port, path)

    def since(self, before: int) -> list[Entry]:
        """What Teams accepted since, once it is quiet."""
        self.teams.until(lambda: self.teams.ledger[before:], 10)
        time.sleep(QUIET)
        return self.teams.ledger[before:]

    def answer(self, came: Came) -> Entry:
        """The one message that answers what was typed in a chat with the bot."""
        assert came.status == 201, came
        (answer,) = self.teams.until(lambda: self.teams.answers(came) or self._said_to(came), 10)
        return answer

    def logs(self, user: str = "alice", more: str = "") -> str:
        """Store a contact by a message; gives its number, such as C4."""
        before = len(self.teams.ledger)
        self.teams.message(user, f"@{user}", f"log {LINE} {more}".strip())

        def stored() -> list[str]:  # other answers may still be under way, and have their turn first
            said = "\n".join(words(entry) for entry in self.teams.ledger[before:] if entry.kind == "message")
            return re.findall(r"Vastgelegd als (C\d+)", said)

        return self.teams.until(stored, 45)[0]

    def _said_to(self, came: Came) -> list[Entry]:
        conversation = came.activity["conversation"]["id"]
        return [entry for entry in self.teams.ledger if entry.conversation == conversation][-1:]


@contextmanager
def starts(teams: LocalTeams, file: Path, ready: str = "/readyz") -> Iterator[TeamsBot]:
    """Start it before a Teams that runs; it is stopped at the end."""
    log = file.with_suffix(".log")
    with fronts.running("run", log, ready, **settings_for(teams, file)) as port:
        bot = TeamsBot(teams, port, file, log)
        teams.deliver_to(bot.door)
        yield bot


@contextmanager
def serve(file: Path, ready: str = "/readyz") -> Iterator[TeamsBot]:
    """The bot and a Teams of its own."""
    with LocalTeams() as teams, starts(teams, file, ready) as bot:
        yield bot


@contextmanager
def nothing_happens(bot: TeamsBot) -> Iterator[None]:
    """No row is written, and the bot asks and tells Teams nothing."""
    rows, calls = bot.counts(), len(bot.teams.state.calls)
    yield
    time.sleep(0.05)
    asked = [call.verb for call in bot.teams.state.calls[calls:] if call.verb not in ("metadata", "keys")]
    new = {name: count - rows[name] for name, count in bot.counts().items() if count != rows[name]}
    assert (new, asked) == ({}, []), f"rows {new}, asked {asked}"


def copied(file: Path, name: str) -> Path:
    """A database of its own, with what stands in this one."""
    made = file.with_name(f"{name}.db")
    made.write_bytes(file.read_bytes())
    return made
