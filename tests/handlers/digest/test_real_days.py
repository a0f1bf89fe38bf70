"""Digests of real days, from the recorded votes and a recorded report: read by eye once, and kept."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.handlers.digest.team import Team
from tests.handlers.parliament.hague import Hague
from tests.handlers.tasks.desk import Desk
from tests.servers import votes_of_2026, voting_days
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer
from tests.servers.votes_of_2026 import DATA
from tests.world import World

GOLDEN = Path(__file__).parent / "golden"
TEAM = ("asiel", "gezinshereniging", "opvang", "inburgering", "terugkeer")
DAYS = (date(2026, 6, 30), date(2026, 6, 23), date(2026, 6, 2))

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the recorded votes are not at {DATA}")


def morning(day: date, hour: int = 6) -> datetime:
    """Eight in the Hague, in summer: after the digest of half past seven."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def held(name: str, text: str) -> None:
    """It is the one that was kept; LOBBY_GOLDEN=write keeps this one."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LOBBY_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == f"{text}\n"


def follows(world: World, what: tuple[str, ...]) -> None:
    for one in what:
        assert world.says("alice", f"volg {one}").ok
    assert world.says("carla", "digest instellen 07:30").ok


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_of_votes_and_the_morning_after(world: World, day: date) -> None:
    world.now = morning(day - timedelta(days=1), 12)
    with LocalKamer() as server, LocalConsultations() as site:
        team = Team(Hague(Desk(world), server, site))
        follows(world, TEAM)
        recorded = voting_days.of(day)
        voting_days.plans(server.kamer, day, recorded)
        team.hague.reads()
        before = "\n\n".join(one.text for one in team.until(morning(day)))
        world.now = morning(day, 16)
        voting_days.votes(server.kamer, recorded)
        team.hague.reads()
        after = "\n\n".join(one.text for one in team.until(morning(day + timedelta(days=1))))
    held(f"{day}", before)
    held(f"{day}-after", after)
    ours = {one["id"] for one in votes_of_2026.recorded("tweede-kamer.asiel-subset")}
    expected = sum(one["id"] in ours for one in recorded)
    count = int(after.partition("STEMMINGEN (")[2].partition(")")[0])
    assert expected <= count <= expected + 12, "what is about refugees, and little beside it"


@pytest.mark.parametrize(("what", "name"), [(TEAM, "2025-07-10"), (('"bedrijfssteun"',), "2025-07-10-bedrijfssteun")])
def test_a_day_from_its_report(world: World, what: tuple[str, ...], name: str) -> None:
    world.now = datetime(2025, 7, 9, 12, tzinfo=UTC)
    with LocalKamer() as server, LocalConsultations() as site:
        team = Team(Hague(Desk(world), server, site))
        follows(world, what)
        day = voting_days.verslag(server.kamer, "e2903f19")
        team.hague.reads()
        (said,) = team.until(morning(day))
    held(name, said.text)
