"""Real votes through the whole way: from a local Tweede Kamer, by either reader, to items in the database."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from bot.parliament import Parliament, Sources
from storage import items
from storage.database import Connection, Database
from storage.items import Item
from tests.servers import votes_of_2026 as recorded
from tests.servers.tweedekamer import LocalKamer

Done = TypeVar("Done")
OUTCOMES = {"accepted": "aangenomen", "rejected": "verworpen"}

pytestmark = pytest.mark.skipif(not recorded.DATA.exists(), reason="no ../shared/data at hand")


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as made:
        yield made


def keeps_up(database: Database, server: LocalKamer, reader: str = "tweedekamer") -> None:
    """Read and make items, as the bot does."""

    def write(work: Callable[[Connection, datetime], Done]) -> Done:
        with database.writing() as db:
            return work(db, datetime.now(UTC))

    address = server.syncfeed if reader == "tweedekamer" else server.odata
    with closing(Parliament(Sources({reader: address}, datetime(2025, 1, 1, tzinfo=UTC)), write)) as reading:
        reading.keep_up()


def voted(database: Database) -> dict[str, Item]:
    """The votes, by the number of their case."""
    with database.reading() as db:
        return {one.key: one for one in items.all_of(db, items.VOTE)}


def expected(one: dict[str, Any]) -> tuple[str, int, int, int]:
    absent = sum(seats["abstain"] for seats in one["votes"].values())
    return OUTCOMES[one["result"]], one["totals"]["agree"], one["totals"]["disagree"], absent


@pytest.mark.parametrize("reader", ["tweedekamer", "tweedekamer-odata"])
@pytest.mark.parametrize(("file", "count"), [("tweede-kamer.wetsvoorstellen", 46), ("tweede-kamer.asiel-subset", 126)])
def test_each_recorded_vote_has_its_outcome_and_its_seats(
    database: Database, server: LocalKamer, file: str, count: int, reader: str
) -> None:
    votes = recorded.recorded(file)
    assert len(votes) == count
    recorded.put(server.kamer, votes)
    keeps_up(database, server, reader)
    found = voted(database)
    assert len(found) == count
    for one in votes:
        item = found[f"b{one['id']}"]
        counted = (item.state, item.facts["for"], item.facts["against"], item.facts["absent"])
        assert counted == expected(one), one["title"]
        assert item.title == " ".join(one["title"].split())
        assert str(item.day) == one["date"]
        seats = {each["fractie"]: 0 for each in item.facts["positions"]}
        assert sum(each["seats"] for each in item.facts["positions"]) == sum(
            sum(each.values()) for each in one["votes"].values()
        )
        assert len(seats) == len(one["votes"])


def test_a_bill_that_was_voted_on_stands_where_the_vote_put_it(database: Database, server: LocalKamer) -> None:
    votes = recorded.recorded("tweede-kamer.wetsvoorstellen")
    recorded.put(server.kamer, votes)
    keeps_up(database, server)
    with database.reading() as db:
        stages = {one.number: one.state for one in items.all_of(db, items.BILL)}
    ends = {"accepted": "aangenomen door de Tweede Kamer", "rejected": "verworpen"}
    assert stages == {one["source"].rpartition("=")[2]: ends[one["result"]] for one in votes}
