"""A local Teams for one test, and a page with the renderers in it, for the tests of cards that need a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.bot.pictures import renderers
from tests.servers.teams import LocalTeams


@pytest.fixture
def teams() -> Iterator[LocalTeams]:
    """One that nobody has written in yet; it takes any number of messages."""
    with LocalTeams() as running:
        running.state.pace = None
        yield running


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with renderers() as opened:
        yield opened
