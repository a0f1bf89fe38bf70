"""Digests of real days, from the recorded votes and a recorded report: read by eye once, and kept."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.handlers.digest import real
from tests.servers import votes_of_2026, voting_days
from tests.servers.votes_of_2026 import DATA
from tests.world import World

GOLDEN = Path(__file__).parent / "golden"
DAYS = (date(2026, 6, 30), date(2026, 6, 23), date(2026, 6, 2))

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the recorded votes are not at {DATA}")


def held(name: str, text: str) -> None:
    """It is the one that was kept; LOBBY_GOLDEN=write keeps this one."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("LOBBY_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == f"{text}\n"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_day_of_votes_and_the_morning_after(world: World, day: date) -> None:
    before, after = ("\n\n".join(one.text for one in said) for said in real.votes(world, day))
    held(f"{day}", before)
    held(f"{day}-after", after)
    ours = {one["id"] for one in votes_of_2026.recorded("tweede-kamer.asiel-subset")}
    expected = sum(one["id"] in ours for one in voting_days.of(day))
    count = int(after.partition("STEMMINGEN (")[2].partition(")")[0])
    assert expected <= count <= expected + 12, "what is about refugees, and little beside it"


@pytest.mark.parametrize(
    ("what", "name"), [(real.TEAM, "2025-07-10"), (('"bedrijfssteun"',), "2025-07-10-bedrijfssteun")]
)
def test_a_day_from_its_report(world: World, what: tuple[str, ...], name: str) -> None:
    (said,) = real.report(world, "e2903f19", what)
    held(name, said.text)
