"""A desk at which notices are said, on SQLite and on both databases."""

import pytest

from tests.handlers.tasks.desk import Desk
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    """On SQLite."""
    return Desk(world)


@pytest.fixture
def desks(worlds: World) -> Desk:
    """On both databases."""
    return Desk(worlds)
