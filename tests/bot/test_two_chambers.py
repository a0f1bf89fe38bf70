"""A bill goes on where the Tweede Kamer ended: its page at the Eerste Kamer moves it, to the Staatsblad."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import pytest

from bot.parliament import Parliament, Sources
from parliament.item import SenateVote
from storage import cursors, items
from storage.database import Connection, Database
from tests.servers import parliament_days as days
from tests.servers.senate import LocalSenate
from tests.servers.tweedekamer import LocalKamer

Done = TypeVar("Done")
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)  # a Wednesday
ACCEPTED, TUESDAY = date(2026, 11, 24), date(2026, 12, 1)
TITLE = "Wet beperking nareis"


class Hague:
    """Both chambers, and a database that reads them."""

    def __init__(self, database: Database, kamer: LocalKamer, senate: LocalSenate) -> None:
        self.database, self.kamer, self.senate = database, kamer, senate
        self.now = NOW

    def read(self) -> bool:
        def write(work: Callable[[Connection, datetime], Done]) -> Done:
            with self.database.writing() as db:
                return work(db, self.now)

        addresses = {"tweedekamer": self.kamer.syncfeed, "eerstekamer": self.senate.at}
        with closing(Parliament(Sources(addresses, datetime(2025, 1, 1, tzinfo=UTC)), write)) as reading:
            reading.fetch.patience = 0.01
            well = reading.read()
            reading.make()
        return well

    @property
    def stage(self) -> str:
        with self.database.reading() as db:
            found = items.by_number(db, items.BILL, "36999")
        return found.state if found else ""


@pytest.fixture
def hague(database: Database) -> Iterator[Hague]:
    """In which the Tweede Kamer accepted a bill yesterday, and the other chamber has it on its agenda."""
    with LocalKamer() as kamer, LocalSenate(NOW.date()) as senate:
        at = datetime(2026, 11, 24, 14, tzinfo=UTC)
        days.introduces_bill(kamer.kamer, 36999, TITLE, at - timedelta(days=60))
        meeting = days.plans(kamer.kamer, "Stemmingen", "Stemmingen", at, bills=(36999,))
        days.decides(kamer.kamer, 36999, "aangenomen", meeting, {"D66": ("Voor", 26), "PVV": ("Tegen", 19)})
        senate.decides(SenateVote(date(2026, 11, 17), "36900", "Wet van eerder", "aangenomen", "hamerstuk"))
        senate.receives("36999", TITLE, ACCEPTED)
        senate.plans(TUESDAY, "Hamerstukken", time(13, 30), "36999")
        yield Hague(database, kamer, senate)


def decides(hague: Hague, outcome: str, manner: str) -> None:
    hague.senate.decides(SenateVote(TUESDAY, "36999", TITLE, outcome, manner))


def test_it_goes_from_one_chamber_to_the_other_and_into_the_staatsblad(hague: Hague) -> None:
    hague.senate.plenary.clear()
    assert hague.read()
    assert hague.stage == "aangenomen door de Tweede Kamer"
    hague.senate.plans(TUESDAY, "Hamerstukken", time(13, 30), "36999")
    assert hague.read()
    assert hague.stage == "Eerste Kamer"
    hague.now += timedelta(days=7)
    hague.senate.plenary.clear()  # its page is known by now, and read without an agenda that leads there
    decides(hague, "aangenomen", "hamerstuk")
    assert hague.read()
    assert hague.stage == "aangenomen door de Eerste Kamer"
    hague.senate.promulgates("36999", "Stb. 2026, 310")
    assert hague.read()
    assert hague.stage == "Staatsblad"


def test_what_the_senate_rejects_ends_there(hague: Hague) -> None:
    hague.now += timedelta(days=7)
    hague.senate.plans(hague.now.date() + timedelta(days=6), "Behandeling", time(13, 30), "36999")
    decides(hague, "verworpen", "zitten en opstaan")
    assert hague.read()
    assert hague.stage == "verworpen door de Eerste Kamer"


def test_its_page_may_come_before_the_bill_itself(database: Database, hague: Hague) -> None:
    address, hague.kamer = hague.kamer, LocalKamer()
    with hague.kamer:
        assert hague.read()
    assert hague.stage == ""
    hague.kamer = address
    with database.writing() as db:  # what was reached is of the other, empty Kamer
        for one in cursors.of(db, "tweedekamer"):
            cursors.move(db, cursors.Cursor("tweedekamer", one.part))
    assert hague.read()
    assert hague.stage == "Eerste Kamer"


def test_a_page_that_is_otherwise_now_is_named_and_holds_up_no_other(hague: Hague) -> None:
    hague.senate.receives("36998", "Wet iets anders", ACCEPTED)
    hague.senate.plans(TUESDAY, "Hamerstukken", time(14, 30), "36998")
    hague.senate.relabels("<title>Wet iets anders (36.998)", "<title>Wet iets anders")
    assert not hague.read()
    assert hague.stage == "Eerste Kamer"
    with hague.database.reading() as db:
        (found,) = cursors.of(db, "eerstekamer")
    assert found.changed
    assert "no number of a bill in the title “Wet iets anders" in found.trouble
