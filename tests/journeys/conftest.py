"""A Slack bot as a process of its own, before a local Slack, on a SQLite file that a test can look into."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys import fronts
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import Came
from tests.servers.slack_reading import words

LINE = "gesprek met Podt (D66) over nareis"


@dataclass
class Bot:
    """The process: what Slack it talks to, where it listens, what it remembers, what it logged."""

    slack: LocalSlack
    port: int
    file: Path
    log: Path

    def rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """What stands in its database."""
        with closing(sqlite3.connect(self.file, timeout=5)) as db:
            return db.execute(query, values).fetchall()

    def contacts(self) -> int:
        """How many contacts were stored."""
        return int(self.rows("SELECT count(*) FROM contacts")[0][0])

    def member(self, user: str) -> list[tuple[Any, ...]]:
        """(active,) of the member that this user of Slack is; empty for nobody."""
        query = "SELECT active FROM members JOIN identities ON member_id = members.id WHERE user = ?"
        return self.rows(query, self.slack.user(user).id)

    def ready(self) -> tuple[int, str]:
        """(status, body) of /readyz."""
        return fronts.request(self.port, "/readyz")

    def lead(self, came: Came) -> str:
        """The first line of what the acknowledgement showed."""
        assert came.shown, came
        return words(came.shown).splitlines()[0]

    def logs(self, user: str = "alice", more: str = "") -> str:
        """Store a contact with a slash command; gives its number, such as C4."""
        came = self.slack.slash(user, "team-asiel", f"log {LINE} {more}".strip())
        stored = re.search(r"C\d+", self.lead(came))
        assert stored, came
        return stored[0]


@contextmanager
def serve(file: Path, log: Path, door: str) -> Iterator[Bot]:
    """Start it behind one door, http or socket; it is stopped at the end."""
    with LocalSlack() as slack, fronts.running("run", log, **fronts.settings_for(slack, file, door)) as port:
        slack.deliver_to(f"http://127.0.0.1:{port}/slack/events" if door == "http" else "")
        yield Bot(slack, port, file, log)


@pytest.fixture(scope="module")
def file(template: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the people and the words in it; nobody of Slack is known yet."""
    made = tmp_path_factory.mktemp("bot") / "lobby.db"
    made.write_bytes(template[1].read_bytes())
    return made


@pytest.fixture(scope="module")
def over_http(file: Path) -> Iterator[Bot]:
    """The bot behind /slack/events."""
    with serve(file, file.with_suffix(".log"), "http") as bot:
        yield bot


@pytest.fixture(scope="module")
def over_socket(file: Path) -> Iterator[Bot]:
    """The bot in Socket Mode."""
    with serve(file, file.with_name("socket.log"), "socket") as bot:
        bot.slack.until(lambda: bot.slack.sockets.open, 10)
        yield bot


@pytest.fixture(scope="module", params=["over_http", "over_socket"])
def bot(request: pytest.FixtureRequest) -> Bot:
    """The bot behind either door."""
    found: Bot = request.getfixturevalue(request.param)
    return found
