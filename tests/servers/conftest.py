"""The servers, started for one test."""

from collections.abc import Iterator

import pytest

from tests.servers.slack import LocalSlack


@pytest.fixture
def slack() -> Iterator[LocalSlack]:
    """A local Slack that nobody has written in yet."""
    with LocalSlack() as running:
        yield running
