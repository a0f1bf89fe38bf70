"""A local Teams for one test."""

from collections.abc import Iterator

import pytest

from tests.servers.teams import LocalTeams


@pytest.fixture
def teams() -> Iterator[LocalTeams]:
    """One that nobody has written in yet; it takes any number of messages."""
    with LocalTeams() as running:
        running.state.pace = None
        yield running
