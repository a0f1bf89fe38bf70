"""The Hague, on both databases."""

from collections.abc import Iterator

import pytest

from tests.handlers.parliament.hague import Hague
from tests.handlers.tasks.desk import Desk
from tests.servers.consultations import LocalConsultations
from tests.servers.tweedekamer import LocalKamer
from tests.world import World


@pytest.fixture
def hague(worlds: World) -> Iterator[Hague]:
    with LocalKamer() as server, LocalConsultations() as site:
        yield Hague(Desk(worlds), server, site)
