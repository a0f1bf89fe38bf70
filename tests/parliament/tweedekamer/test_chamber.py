"""Who sits, as the feed tells it: stretches of seats, names that are nobody's, and fracties with several records."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from parliament.item import Seat, SourceChanged
from parliament.tweedekamer.chamber import Chamber
from parliament.tweedekamer.entity import Entity, Value

NOW = datetime(2026, 11, 25, tzinfo=UTC)
TODAY, INSTALLED = NOW.date(), date(2025, 11, 12)


def entity(kind: str, id: str, links: Mapping[str, tuple[str, ...]] | None = None, **values: Value) -> Entity:
    return Entity(kind, id, NOW, values=values, links=links or {})


def person(id: str, surname: str | None) -> Entity:
    return entity("Persoon", id, achternaam=surname, initialen="A.", tussenvoegsel=None, roepnaam=None)


def fractie(id: str, name: str, seats: int, since: date | None = INSTALLED, until: date | None = None) -> Entity:
    days = {"datumActief": since, "datumInactief": until}
    return Entity("Fractie", id, NOW, values={"afkorting": name, "naamNl": name, "aantalZetels": seats, **days})


def holds(seat: str, who: str, since: date, until: date | None = None) -> Entity:
    links = {"fractieZetel": (seat,), "persoon": (who,)}
    return entity("FractieZetelPersoon", f"{seat}-{who}-{since}", links, van=since, totEnMet=until)


@pytest.fixture
def kamer() -> Chamber:
    """A Kamer of one fractie with 150 seats, the first of which is Podt's."""
    people = {f"p{number}": person(f"p{number}", f"Lid{number}" if number else "Podt") for number in range(150)}
    seats = {f"z{number}": entity("FractieZetel", f"z{number}", {"fractie": ("f",)}) for number in range(150)}
    holders = [holds(f"z{number}", f"p{number}", INSTALLED) for number in range(150)]
    return Chamber(people, {"f": fractie("f", "D66", 150)}, seats, holders)


def podt(kamer: Chamber) -> tuple[Seat, ...]:
    return next(one.seats for one in kamer.sitting(TODAY)[1] if one.surname == "Podt")


def test_chairs_that_follow_on_each_other_are_one_stretch(kamer: Chamber) -> None:
    first = holds("z0", "p0", INSTALLED, date(2026, 3, 1))
    second = holds("z0", "p0", date(2026, 3, 2))
    assert podt(replace(kamer, holders=[second, first, *kamer.holders[1:]])) == (Seat("D66", INSTALLED, None),)


def test_who_was_away_for_a_while_sat_twice(kamer: Chamber) -> None:
    first = holds("z0", "p0", INSTALLED, date(2026, 3, 1))
    second = holds("z0", "p0", date(2026, 6, 1))
    found = podt(replace(kamer, holders=[first, second, *kamer.holders[1:]]))
    assert found == (Seat("D66", INSTALLED, date(2026, 3, 1)), Seat("D66", date(2026, 6, 1), None))


def test_the_days_begin_anew_when_a_fractie_is_renamed_and_both_stretches_stand(kamer: Chamber) -> None:
    gone = fractie("f", "D66", 150, until=date(2026, 6, 8))
    new = fractie("g", "Nieuw", 150, since=date(2026, 6, 9))
    seats = {f"n{number}": entity("FractieZetel", f"n{number}", {"fractie": ("g",)}) for number in range(150)}
    ended = [holds(f"z{number}", f"p{number}", INSTALLED, date(2026, 6, 8)) for number in range(150)]
    begun = [holds(f"n{number}", f"p{number}", date(2026, 6, 10)) for number in range(150)]
    renamed = Chamber(kamer.people, {"f": gone, "g": new}, {**kamer.seats, **seats}, [*ended, *begun])
    assert podt(renamed) == (Seat("D66", INSTALLED, date(2026, 6, 8)), Seat("Nieuw", date(2026, 6, 10), None))
    assert [one.abbreviation for one in renamed.sitting(TODAY)[0]] == ["Nieuw", "D66"]


def test_a_placeholder_without_a_surname_is_nobody(kamer: Chamber) -> None:
    people = {**kamer.people, "p0": person("p0", None)}
    assert len(replace(kamer, people=people).sitting(TODAY)[1]) == 149


def test_of_two_records_of_one_fractie_the_one_that_sits_counts(kamer: Chamber) -> None:
    before = fractie("old", "D66", 2, since=date(2012, 9, 20), until=date(2017, 3, 22))
    (found,) = replace(kamer, fracties={"old": before, **kamer.fracties}).sitting(TODAY)[0]
    assert (found.source_id, found.seats) == ("f", 150)


def test_who_gave_up_the_seat_is_told_of_when_we_know_them(kamer: Chamber) -> None:
    left = holds("z0", "p0", INSTALLED, date(2026, 11, 1))
    there = replace(kamer, holders=[left, *kamer.holders[1:]])
    assert "Podt" not in [one.surname for one in there.sitting(TODAY)[1]]
    found = next(one for one in there.sitting(TODAY, known={"p0"})[1] if one.surname == "Podt")
    assert found.seats == (Seat("D66", INSTALLED, date(2026, 11, 1)),)


@pytest.mark.parametrize(
    ("size", "holding", "why"),
    [(149, 150, "149 seats, not 150"), (150, 100, "100 members sit"), (150, 151, "members sit")],
)
def test_a_kamer_that_cannot_be_is_source_changed(kamer: Chamber, size: int, holding: int, why: str) -> None:
    more = {"p150": person("p150", "Teveel")}
    holders = [*kamer.holders, holds("z0", "p150", INSTALLED)][:holding]
    wrong = Chamber({**kamer.people, **more}, {"f": fractie("f", "D66", size)}, kamer.seats, holders)
    with pytest.raises(SourceChanged, match=why):
        wrong.sitting(TODAY)
