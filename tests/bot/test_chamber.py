"""Who sits in the Tweede Kamer comes in through either reader, and our own list follows when it changes."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from bot.parliament import Parliament, Sources
from bot.people import load_people
from storage import cursors, fracties, people
from storage.database import Connection, Database
from tests.servers import parliament_days as days
from tests.servers.tweedekamer import LocalKamer

Done = TypeVar("Done")
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


@pytest.fixture(params=["tweedekamer", "tweedekamer-odata"])
def kamer(request: pytest.FixtureRequest) -> Iterator[tuple[LocalKamer, dict[str, str]]]:
    with LocalKamer() as made:
        days.sits(made.kamer)
        yield made, {request.param: made.syncfeed if request.param == "tweedekamer" else made.odata}


def reads(database: Database, addresses: dict[str, str]) -> None:
    def write(work: Callable[[Connection, datetime], Done]) -> Done:
        with database.writing() as db:
            return work(db, NOW)

    with closing(Parliament(Sources(addresses, datetime(2025, 1, 1, tzinfo=UTC)), write)) as reading:
        assert reading.read()
        reading.make()


def sitting(database: Database, day: date = TODAY) -> dict[str, str]:
    """Surname and initials -> fractie, of the members on a day."""
    with database.reading() as db:
        return {f"{one.surname} {one.initials}": one.fractie for one in people.on(db, day) if one.fractie}


def groups(database: Database) -> dict[str, int]:
    with database.reading() as db:
        return {one["abbreviation"]: one["seats"] for one in fracties.all_on(db, TODAY)}


Kamer = tuple[LocalKamer, dict[str, str]]


@pytest.mark.parametrize("loaded", [False, True], ids=["nothing known", "beside the list of the program"])
def test_150_members_and_17_fracties_come_in(database: Database, kamer: Kamer, loaded: bool) -> None:
    if loaded:
        with database.writing() as db:
            load_people(db, NOW)
    reads(database, kamer[1])
    assert len(sitting(database)) == 150
    assert len(groups(database)) == 17
    assert sum(groups(database).values()) == 150
    assert sitting(database)["Podt A."] == "D66"


def test_who_goes_who_comes_and_what_is_called_otherwise(database: Database, kamer: Kamer) -> None:
    with database.writing() as db:
        load_people(db, NOW)
    reads(database, kamer[1])
    days.leaves(kamer[0].kamer, member_called(database, "Podt"), date(2026, 11, 20), instead="Nieuweling")
    days.renames_fractie(kamer[0].kamer, "PRO", "Nieuw", date(2026, 11, 23))
    reads(database, kamer[1])
    now = sitting(database)
    assert len(now) == 150
    assert "Podt A." not in now
    assert now["Nieuweling X."] == "D66"
    assert sitting(database, date(2026, 11, 20))["Podt A."] == "D66"
    assert list(now.values()).count("Nieuw") == 20
    assert list(sitting(database, date(2026, 11, 22)).values()).count("PRO") == 20
    assert "PRO" not in groups(database)
    assert (len(groups(database)), groups(database)["Nieuw"]) == (17, 20)


def test_the_list_of_the_program_takes_nothing_back(database: Database, kamer: Kamer) -> None:
    reads(database, kamer[1])
    days.leaves(kamer[0].kamer, member_called(database, "Podt"), date(2026, 11, 20), instead="Nieuweling")
    reads(database, kamer[1])
    with database.writing() as db:
        load_people(db, NOW)
    assert sitting(database)["Nieuweling X."] == "D66"
    assert "Podt A." not in sitting(database)


def test_half_of_a_change_waits_for_the_other_half(database: Database, kamer: Kamer) -> None:
    reads(database, kamer[1])
    row = next(
        one for one in kamer[0].kamer.rows.values() if one.kind == "Fractie" and one.values["afkorting"] == "D66"
    )
    kamer[0].kamer.put("Fractie", row.id, {**row.values, "aantalZetels": "25"})
    reads(database, kamer[1])
    assert groups(database)["D66"] == 26
    with database.reading() as db:
        assert "149 seats, not 150" in cursors.of(db, "derived")[0].trouble
    kamer[0].kamer.put("Fractie", row.id, {**row.values, "aantalZetels": "26"})
    reads(database, kamer[1])
    with database.reading() as db:
        assert cursors.of(db, "derived")[0].trouble == ""


def member_called(database: Database, surname: str) -> str:
    with database.reading() as db:
        number = next(one.id for one in people.on(db, TODAY) if one.surname == surname)
        return next(source for source, id in people.by_source(db).items() if id == number)
