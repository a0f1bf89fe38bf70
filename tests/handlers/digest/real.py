"""Real days of votes before a team: what stood on the agenda, and what came of it, in the digests of those mornings."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from tests.handlers.digest.team import Team
from tests.handlers.parliament.hague import Hague
from tests.handlers.tasks.desk import Desk, Said
from tests.servers import voting_days
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer
from tests.world import World

TEAM = ("asiel", "gezinshereniging", "opvang", "inburgering", "terugkeer")


def morning(day: date, hour: int = 6) -> datetime:
    """Eight in The Hague, in summer: after the digest of half past seven."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def follows(world: World, what: Sequence[str]) -> None:
    """The channel follows these, and gets a digest at half past seven."""
    for one in what:
        assert world.says("alice", f"volg {one}").ok
    assert world.says("carla", "digest instellen 07:30").ok


def votes(world: World, day: date) -> tuple[list[Said], list[Said]]:
    """(the digest on the morning of a day of votes, the one of the morning after), each with what stands under it."""
    world.now = morning(day - timedelta(days=1), 12)
    with LocalKamer() as server, LocalConsultations() as site:
        team = Team(Hague(Desk(world), server, site))
        follows(world, TEAM)
        recorded = voting_days.of(day)
        voting_days.plans(server.kamer, day, recorded)
        team.hague.reads()
        before = _reads_and_gets(team, day)
        world.now = morning(day, 16)
        voting_days.votes(server.kamer, recorded)
        team.hague.reads()
        return before, _reads_and_gets(team, day + timedelta(days=1))


def _reads_and_gets(team: Team, day: date) -> list[Said]:
    """The digest of a morning on which everything was read ten minutes before."""
    team.sleeps(morning(day, 5) + timedelta(minutes=20))
    team.hague.reads()
    return team.until(morning(day))


def report(world: World, name: str, what: Sequence[str]) -> list[Said]:
    """The digest on the morning of the day of a recorded report."""
    world.now = datetime(2025, 7, 9, 12, tzinfo=UTC)
    with LocalKamer() as server, LocalConsultations() as site:
        team = Team(Hague(Desk(world), server, site))
        follows(world, what)
        day = voting_days.verslag(server.kamer, name)
        team.hague.reads()
        return _reads_and_gets(team, day)
