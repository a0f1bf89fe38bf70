"""A page with the renderers in it, for the tests of cards that need a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.bot.pictures import renderers


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with renderers() as opened:
        yield opened
