"""A database that is slow to read, in Teams: what is only looked at is not posted, and not taken for the outcome."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from handlers.texts import say
from tests.journeys import fronts
from tests.journeys.teams_bot import LINE
from tests.journeys.teams_front import settings_for
from tests.servers.teams import LocalTeams
from tests.servers.teams_reading import words

BUSY = say("nl", "trouble.busy")


@pytest.fixture
def teams(url: str, tmp_path: Path) -> Iterator[LocalTeams]:
    """A local Teams with the bot before it, on PostgreSQL, where a table can be kept from being read."""
    with LocalTeams() as running:
        settings = settings_for(running, tmp_path / "unused.db") | {"LOBBY_DATABASE_URL": url}
        with fronts.running("run", tmp_path / "log", **settings) as port:
            running.deliver_to(f"http://127.0.0.1:{port}/api/messages")
            running.message("alice", "@alice", f"log {LINE}, morgen bellen")
            running.until(lambda: running.of("message", conversation="@alice"))
            yield running


@contextmanager
def _unread(url: str) -> Iterator[None]:
    """Nobody reads the contacts meanwhile; and then what was waiting for them comes."""
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE contacts IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()
    time.sleep(2)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_my_work_that_is_only_looked_at_stays_and_is_not_posted(teams: LocalTeams, url: str) -> None:
    teams.message("alice", "@alice", "lobby")
    work = teams.until(lambda: teams.of("message", conversation="@alice")[1:])[0]
    assert teams.refresh("alice", work).card
    time.sleep(2)  # what is looked at again within that time is the same look
    before = len(teams.ledger)
    with _unread(url):
        came = teams.refresh("alice", work)
    assert (came.error, came.card, came.said) == ("", {}, BUSY)
    assert teams.ledger[before:] == []
    assert "bellen" in words(teams.refresh("alice", work).card)
