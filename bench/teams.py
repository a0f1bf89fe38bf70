"""`@Lobby log` as signed HTTP to `python -m bot run`, on SQLite (FULL), beside bare echo bots on Microsoft's SDK.

Tokens are verified by all, and the answers go to the same connector. `python -m bench.teams` runs this one alone.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from aiohttp import ClientSession

from bench import measure, places
from bench.servers import FIGURES, LINES, ROUNDS, Aims, Found, Request, Server, Side, in_turn, rows, served
from storage.database import Database
from tests.servers import teams_activities as activities
from tests.servers.teams import LocalTeams
from tests.servers.teams_delivery import Delivery, How
from tests.servers.teams_state import State
from tests.servers.teams_tenant import User, new_user

PER_ROUND = {1: 60, 16: 200}  # clients -> requests
# The bot keeps Teams' limits: in one chat 7 messages in a second, 60 in half a minute. With fewer people it would wait.
PEOPLE = 100
WARM_UP = PEOPLE  # who is new is looked up, and gets a chat
ARRIVE_WITHIN = 30.0  # seconds
AIMS = Aims(times_bare=2.0, of_bare=0.5)

KINDS = {"in a channel": 2, "one to one": 1}  # where -> messages with which Lobby answers
BOTS = {
    "repaired": "bare: echo, the SDK repaired",
    "lobby": "Lobby: python -m bot run",
    "stock": "beside it: echo, the SDK as it comes",
}


@dataclass
class Talk:
    """What people say to one bot. The keys are the same for all; the address of the connector tells for which it is."""

    bot: str
    state: State
    server: Server
    connector: Server
    people: list[User]
    due: int = 0  # messages that must have come from the bot
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def side(self, kind: str) -> Side:
        """What is said in this kind of place."""
        return Side(self.server, lambda how_many: self._requests(kind, how_many), _accepted, self._settled)

    def _requests(self, kind: str, how_many: int) -> list[Request]:
        """No two lines are the same."""
        delivery = Delivery(self.state)
        made = []
        for number, _ in zip(self.numbers, range(how_many), strict=False):
            user = self.people[number % len(self.people)]
            alone = kind == "one to one"
            where = self.state.tenant.personal(user) if alone else self.state.tenant.conversation("#team-asiel")
            line = f"{'' if alone else '<at>Lobby</at> '}log {LINES[number % len(LINES)]} nummer {number}"
            activity = activities.message(self.state, user, where, line)
            made.append(Request(f"{self.server.at}/api/messages", *delivery.posted(activity, How())))
        self.due += how_many * (KINDS[kind] if self.bot == "lobby" else 1)
        return made

    async def _settled(self) -> None:
        """Come back when all answers are at the connector; AssertionError when one is missing, or one too many."""
        async with ClientSession() as session, asyncio.timeout(ARRIVE_WITHIN):
            while (came := (await self._counted(session))[self.bot]) < self.due:
                await asyncio.sleep(0.005)
        assert came == self.due, f"{came} messages of {self.bot}, where {self.due} were due"

    async def _counted(self, session: ClientSession) -> Counter[str]:
        async with session.get(f"{self.connector.at}/counted") as answer:
            return Counter(await answer.json())


def log() -> dict[str, list[list[str]]]:
    """Where it was said -> the rows of the table."""
    with (
        LocalTeams() as teams,
        places.sqlite() as database,
        served({}, "bench.teams_connector") as connector,
        _bots(teams, database) as servers,
    ):
        talks = [_talk(teams, bot, server, connector) for bot, server in servers.items()]
        sides = {f"{talk.bot} {kind}": talk.side(kind) for kind in KINDS for talk in talks}
        found = asyncio.run(in_turn(sides, PER_ROUND, WARM_UP))
        sent = len(KINDS) * (WARM_UP + ROUNDS * sum(PER_ROUND.values()))
        assert places.rows(database, "contacts") == sent, "not every request left one row"
    return {kind: _rows(found, kind) for kind in KINDS}


def _rows(found: Found, kind: str) -> list[list[str]]:
    return rows(found, {f"{bot} {kind}": shown for bot, shown in BOTS.items()}, f"lobby {kind}", AIMS)


@contextmanager
def _bots(teams: LocalTeams, database: Database) -> Iterator[dict[str, Server]]:
    places.set_up(database)
    settings = {
        "LOBBY_DATABASE_URL": str(database.url),
        "LOBBY_TEAMS_APP_ID": teams.app_id,
        "LOBBY_TEAMS_APP_PASSWORD": teams.app_password,
        "LOBBY_TEAMS_TENANT_ID": teams.tenant,
        "LOBBY_TEAMS_OPENID_METADATA_URL": teams.openid_url,
        "LOBBY_TEAMS_LOGIN_URL": teams.login_url,
    }
    with (
        served(settings, "bench.teams_echo", "repaired") as repaired,
        served(settings, "bot", "run") as lobby,
        served(settings, "bench.teams_echo", "stock") as stock,
    ):
        yield {"repaired": repaired, "lobby": lobby, "stock": stock}


def _talk(teams: LocalTeams, bot: str, server: Server, connector: Server) -> Talk:
    state = State(keys=teams.state.keys, url=f"{connector.at}/{bot}")
    colleagues = [new_user(f"collega{number}", f"Collega {number}") for number in range(PEOPLE - 1)]
    people = [state.tenant.user("bob"), *(state.tenant.add_user(each, "#team-asiel") for each in colleagues)]
    return Talk(bot, state, server, connector, people)


def _accepted(status: int, said: str) -> bool:
    return status == 201


def columns(kind: str) -> tuple[str, ...]:
    """Of the table of this kind of place."""
    return (f"@Lobby log {kind}, JWT on", *FIGURES)


def show(answered: dict[str, list[list[str]]]) -> None:
    """Print the tables."""
    for kind, made in answered.items():
        print(measure.table(f"@Lobby log in Teams, {kind}, SQLite, synchronous=FULL", columns(kind), made))


if __name__ == "__main__":
    show(log())
