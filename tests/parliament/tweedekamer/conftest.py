"""A local Tweede Kamer for one test, what it holds, and its two readers."""

from collections.abc import Iterator

import pytest

from parliament.fetch import Fetch
from parliament.tweedekamer.odata import OData
from parliament.tweedekamer.syncfeed import SyncFeed
from tests.servers.tweedekamer import Kamer, LocalKamer


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as running:
        yield running


@pytest.fixture
def kamer(server: LocalKamer) -> Kamer:
    return server.kamer


@pytest.fixture
def fetch() -> Iterator[Fetch]:
    made = Fetch(patience=0.01)
    yield made
    made.close()


@pytest.fixture
def feed(server: LocalKamer, fetch: Fetch) -> SyncFeed:
    return SyncFeed(fetch, server.syncfeed)


@pytest.fixture
def odata(server: LocalKamer, fetch: Fetch) -> OData:
    return OData(fetch, server.odata)
