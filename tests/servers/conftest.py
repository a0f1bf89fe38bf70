"""The servers, started for one test."""

from collections.abc import Iterator

import pytest

from tests.servers.slack import LocalSlack
from tests.servers.teams import LocalTeams


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A local Slack that nobody has written in yet."""
    with LocalSlack() as running:
        yield running


@pytest.fixture
def teams() -> Iterator[LocalTeams]:
    """A local Teams that nobody has written in yet."""
    with LocalTeams() as running:
        yield running
