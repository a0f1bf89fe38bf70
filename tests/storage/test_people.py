"""People over time: who was what on a day, and a newer list that loses nobody and no link."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers import people as lists
from parliament.item import Kamerlid, Seat
from parliament.tweedekamer import sitting
from storage import contact_lists, people
from storage.contact_lists import Page, Reader
from storage.database import Connection
from tests.storage.given import contact, member, person, present

TODAY = date(2026, 11, 24)
LATER = datetime(2026, 12, 1, 8, tzinfo=UTC)


def _load(db: Connection, members: Sequence[Kamerlid]) -> None:
    lists.load(db, (sitting.fracties(), members), LATER)


def _without(surname: str) -> list[Kamerlid]:
    return [one for one in sitting.kamerleden() if one.surname != surname]


def _listed(surname: str) -> Kamerlid:
    return next(one for one in sitting.kamerleden() if one.surname == surname)


@pytest.mark.parametrize(
    ("day", "fractie"),
    [
        (date(2026, 6, 1), "GroenLinks-PvdA"),
        (date(2026, 6, 8), "GroenLinks-PvdA"),
        (date(2026, 6, 9), "PRO"),
        (date(2026, 6, 10), "PRO"),
        (TODAY, "PRO"),
    ],
)
def test_somebody_has_the_fractie_of_that_day(db: Connection, day: date, fractie: str) -> None:
    piri = person(db, "Piri", day)
    assert (piri.fractie, piri.function, piri.organisation) == (fractie, "Tweede Kamerlid", "Tweede Kamer")
    assert piri.label == f"Kati Piri ({fractie})"


def test_everybody_is_there_once_on_each_day(db: Connection) -> None:
    for day in (date(2026, 6, 1), date(2026, 6, 8), date(2026, 6, 9), TODAY):
        everybody = people.on(db, day)
        assert len(everybody) == len({one.id for one in everybody}) == people.count(db) == 150
        assert [one.surname for one in everybody[:5]] == sorted(one.surname for one in everybody[:5])
    assert people.on(db, TODAY, []) == []


def test_somebody_without_a_function_that_day_is_still_somebody(db: Connection) -> None:
    number = people.add(db, {"surname": "Jansma", "tussenvoegsel": "van der", "initials": "A.B.", "roepnaam": ""})
    people.hold(db, _function(number, "wethouder", date(2026, 1, 1), date(2026, 6, 30)))
    people.hold(db, _function(number, "burgemeester", date(2026, 9, 1), None))
    functions = [
        people.on(db, day, [number])[0].function
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 1))
    ]
    assert functions == ["", "wethouder", "wethouder", "", "burgemeester"]
    assert people.on(db, date(2026, 7, 1), [number])[0].label == "A.B. van der Jansma"
    assert set(people.function_names(db, [])) == {"Tweede Kamerlid", "burgemeester", "wethouder"}
    assert people.function_names(db, [number]) == ["Tweede Kamerlid"]


def _function(number: int, name: str, since: date | None, until: date | None) -> dict[str, object]:
    held = {"person_id": number, "function": name, "organisation_id": None, "fractie_id": None}
    return held | {"since": since, "until": until}


def test_of_two_functions_at_once_the_newest_counts(db: Connection) -> None:
    number = people.add(db, {"surname": "Jansma", "tussenvoegsel": "", "initials": "", "roepnaam": "Jo"})
    for name, since in (("raadslid", date(2022, 3, 30)), ("wethouder", date(2024, 5, 1)), ("erevoorzitter", None)):
        people.hold(db, _function(number, name, since, None))
    assert people.on(db, TODAY, [number])[0].function == "wethouder"


def test_the_same_list_again_changes_nothing(db: Connection) -> None:
    before = [people.functions_of(db, one.id) for one in people.on(db, TODAY)]
    numbers = people.by_source(db)
    _load(db, sitting.kamerleden())
    assert people.by_source(db) == numbers
    assert [people.functions_of(db, one.id) for one in people.on(db, TODAY)] == before


def test_who_left_keeps_number_and_contacts_and_holds_the_seat_no_longer(db: Connection) -> None:
    podt = person(db, "Podt")
    one = contact(db, people=(present(podt),))
    _load(db, _without("Podt"))
    (then,), (now,) = people.on(db, LATER.date(), [podt.id]), people.on(db, date(2026, 12, 2), [podt.id])
    assert (then.fractie, now.fractie, now.function) == ("D66", "", "")
    reader = Reader(member(db, "alice"))
    assert contact_lists.with_people(db, [podt.id], reader, Page()) == [one]
    assert contact_lists.with_fractie(db, ["D66"], reader, Page()) == [one]
    assert people.count(db) == 150


def test_who_comes_back_is_the_same_person(db: Connection) -> None:
    podt = person(db, "Podt")
    _load(db, _without("Podt"))
    back = replace(_listed("Podt"), seats=(Seat("D66", None, LATER.date()), Seat("D66", date(2027, 1, 12))))
    _load(db, [*_without("Podt"), back])
    functions = [people.on(db, day, [podt.id])[0].function for day in (date(2026, 12, 24), date(2027, 1, 12))]
    assert functions == ["", "Tweede Kamerlid"]
    assert people.count(db) == 150


def test_another_name_and_another_fractie_are_the_same_person(db: Connection) -> None:
    podt = person(db, "Podt")
    seats = (Seat("D66", None, date(2026, 11, 30)), Seat("VVD", date(2026, 12, 1)))
    moved = replace(_listed("Podt"), surname="Podt-Smit", roepnaam="Anne", seats=seats)
    _load(db, [*_without("Podt"), moved])
    before, after = (people.on(db, day, [podt.id])[0] for day in (date(2026, 11, 30), date(2026, 12, 1)))
    assert (before.fractie, after.fractie, after.name) == ("D66", "VVD", "Anne Podt-Smit")
    assert len(people.functions_of(db, podt.id)) == 2


def test_somebody_typed_by_hand_becomes_the_one_of_the_list(db: Connection) -> None:
    number = people.add(db, {"surname": "nieuwenhuis", "tussenvoegsel": "Van", "initials": "", "roepnaam": ""})
    people.hold(db, _function(number, "wethouder", None, date(2026, 11, 30)))
    one = contact(db, people=(present(people.on(db, TODAY, [number])[0]),))
    new = Kamerlid("new-1", "Nieuwenhuis", "van", "B.", "Bo", (Seat("D66", date(2026, 12, 1)),))
    _load(db, [*sitting.kamerleden(), new])
    assert people.by_source(db)["new-1"] == number
    assert people.on(db, date(2026, 12, 1), [number])[0].label == "Bo van Nieuwenhuis (D66)"
    assert contact_lists.with_people(db, [number], Reader(one.author_id), Page()) == [one]


@pytest.mark.parametrize("initials", [("C.",), ("", ""), ("B.", "")])
def test_somebody_else_with_that_name_is_left_alone(db: Connection, initials: tuple[str, ...]) -> None:
    """One with other initials is another person; of two that could be meant, neither is picked."""
    by_hand = [
        people.add(db, {"surname": "Nieuwenhuis", "tussenvoegsel": "", "initials": each, "roepnaam": ""})
        for each in initials
    ]
    new = Kamerlid("new-1", "Nieuwenhuis", "", "B.", "Bo", (Seat("D66", date(2026, 12, 1)),))
    _load(db, [*sitting.kamerleden(), new])
    assert people.by_source(db)["new-1"] not in by_hand


def test_a_namesake_on_the_list_is_somebody_else(db: Connection) -> None:
    podt = person(db, "Podt")
    twin = replace(_listed("Podt"), source_id="new-2")
    _load(db, [*sitting.kamerleden(), twin])
    assert people.by_source(db)["new-2"] != podt.id
    assert people.count(db) == 151


def test_who_left_is_away_with_the_last_function(db: Connection) -> None:
    assert people.away(db, TODAY) == []
    _load(db, _without("Podt"))
    (gone,) = people.away(db, date(2027, 1, 1))
    assert (gone.name, gone.function, gone.fractie) == ("A. Podt", "Tweede Kamerlid", "D66")
    assert people.away(db, TODAY) == []


@pytest.mark.parametrize(("day", "changed"), [(date(2026, 11, 23), False), (TODAY, False), (date(2026, 6, 1), True)])
def test_between_two_days_somebody_changed_or_nobody_did(db: Connection, day: date, changed: bool) -> None:
    assert people.changed(db, day, TODAY) is people.changed(db, TODAY, day) is changed
