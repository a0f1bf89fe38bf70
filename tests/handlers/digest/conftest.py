"""The Hague with a channel that follows what the tests of the digest are about."""

from collections.abc import Iterator

import pytest

from tests.handlers.digest.team import Team
from tests.handlers.parliament.hague import Hague
from tests.handlers.tasks.desk import Desk
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer
from tests.world import World


@pytest.fixture
def team(worlds: World) -> Iterator[Team]:
    """A channel that follows family reunification, committee AM and bill 36999, with a digest at half past seven."""
    with LocalKamer() as server, LocalConsultations() as site:
        made = Team(Hague(Desk(worlds), server, site))
        for what in ("gezinshereniging", "commissie:AM", "36999"):
            worlds.says("alice", f"volg {what}")
        worlds.says("carla", "digest instellen 07:30 ma-vr")
        yield made
