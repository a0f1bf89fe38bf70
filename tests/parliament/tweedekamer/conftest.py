"""A local Tweede Kamer for one test, and what it holds."""

from collections.abc import Iterator

import pytest

from tests.servers.tweedekamer import Kamer, LocalKamer


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as running:
        yield running


@pytest.fixture
def kamer(server: LocalKamer) -> Kamer:
    return server.kamer
