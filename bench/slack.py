"""`/lobby log` as signed HTTP to `python -m bot run`, beside a bare Bolt app that commits one row, on SQLite (FULL).

`python -m bench.slack` runs this one alone.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from bench import measure, places
from bench.servers import FIGURES, LINES, ROUNDS, Aims, Request, Server, Side, in_turn, rows, served
from storage.database import Database
from tests.servers.slack import LocalSlack
from tests.servers.slack_delivery import How, posted
from tests.servers.slack_payloads import slash

PER_ROUND = {1: 80, 16: 320}  # clients -> requests
WARM_UP = 40
AIMS = Aims(times_bare=4.0, of_bare=0.3, p99=250.0)

COLUMNS = ("/lobby log, signed HTTP", *FIGURES)
NAMES = {"bare": "bare: Bolt, one row with SQLAlchemy Core", "lobby": "Lobby: python -m bot run"}

_WHO = ("alice", "bob", "carla")


def log() -> list[list[str]]:
    """The rows of the table."""
    with LocalSlack() as slack, places.sqlite() as ours, places.sqlite() as bare:
        places.set_up(ours)
        numbers = count(1)

        def side(server: Server) -> Side:
            return Side(server, lambda how_many: _requests(slack, server, numbers, how_many), _kept)

        with _served(slack, ours, "bot", "run") as lobby, _served(slack, bare, "bench.slack_bare") as least:
            found = asyncio.run(in_turn({"bare": side(least), "lobby": side(lobby)}, PER_ROUND, WARM_UP))
        sent = WARM_UP + ROUNDS * sum(PER_ROUND.values())
        logged, kept = places.rows(ours, "contacts"), places.rows(bare, "bench_bare")
        assert logged == kept == sent, "not every request left one row"
    return rows(found, NAMES, "lobby", AIMS)


@contextmanager
def _served(slack: LocalSlack, database: Database, *program: str) -> Iterator[Server]:
    settings = {
        "LOBBY_DATABASE_URL": str(database.url),
        "LOBBY_SLACK_API_URL": slack.url,
        "LOBBY_SLACK_BOT_TOKEN": slack.bot_token,
        "LOBBY_SLACK_SIGNING_SECRET": slack.signing_secret,
        "LOBBY_SLACK_WORKSPACES": slack.team,
    }
    with served(settings, *program) as server:
        yield server


def _requests(slack: LocalSlack, server: Server, numbers: Iterator[int], how_many: int) -> list[Request]:
    """No two lines are the same."""
    made = []
    for number, _ in zip(numbers, range(how_many), strict=False):
        line = f"log {LINES[number % len(LINES)]} nummer {number}"
        who = slack.user(_WHO[number % len(_WHO)])
        payload = slack.there(slash, slack.state, who, slack.channel("team-asiel"), "/lobby", line)
        made.append(Request(f"{server.at}/slack/events", *posted(slack.state, payload, How())))
    return made


def _kept(status: int, said: str) -> bool:
    return status == 200 and "Vastgelegd als C" in said


if __name__ == "__main__":
    print(measure.table("/lobby log in Slack, SQLite, synchronous=FULL", COLUMNS, log()))
