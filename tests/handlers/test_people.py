"""Taking in a newer list of Kamerleden: every contact keeps its link to the person."""

from dataclasses import replace
from datetime import date

from handlers import people
from parliament.item import Kamerlid, Seat
from parliament.tweedekamer import sitting
from tests.handlers.shown import labels, rows
from tests.world import World


def take_in(world: World, members: list[Kamerlid]) -> None:
    """A newer list arrives."""
    with world.database.writing() as db:
        people.load(db, (sitting.fracties(), members), world.now)


def test_the_same_list_twice_changes_nothing(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt")
    take_in(worlds, list(sitting.kamerleden()))
    assert labels(worlds.says("bob", "contact Podt")) == ["C1"]
    assert rows(worlds.says("bob", "status"))["Mensen"] == "150 mensen, 17 fracties"


def test_somebody_typed_by_hand_becomes_the_one_of_the_list(worlds: World) -> None:
    question = worlds.says("alice", "log gesprek met Achmed Yilmaz")
    worlds.presses("alice", question, "Achmed Yilmaz toevoegen")
    seat = Seat("D66", date(2026, 11, 1), None)
    new = Kamerlid(source_id="new", surname="Yilmaz", tussenvoegsel="", initials="A.", roepnaam="Achmed", seats=(seat,))
    take_in(worlds, [*sitting.kamerleden(), new])
    assert worlds.says("bob", "contact Yilmaz").text.startswith("Contacten: Achmed Yilmaz (D66)\nC1 ")


def test_who_left_keeps_their_contacts_and_the_function_of_that_day(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt op 20-11-2026")
    take_in(worlds, [one for one in sitting.kamerleden() if one.surname != "Podt"])
    worlds.passes(days=7)
    question = worlds.says("alice", "log gesprek met Podt gisteren")
    assert question.text.startswith(
        "A. Podt (D66) heeft op maandag 30 november 2026 geen functie die wij kennen. Was het toch deze persoon?"
    )
    worlds.presses("alice", question, "Ja, A. Podt")
    assert worlds.says("bob", "contact Podt").text.splitlines() == [
        "Contacten: A. Podt",
        "C2 · ma 30 nov 2026 · gesprek · A. Podt",
        "C1 · vr 20 nov 2026 · gesprek · A. Podt (D66)",
    ]


def test_who_changed_fractie_is_found_under_both(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt op 20-11-2026")
    moved = [
        replace(
            one,
            seats=(replace(one.seats[-1], until=date(2026, 11, 24)), Seat("CDA", date(2026, 11, 25), None)),
        )
        if one.surname == "Podt"
        else one
        for one in sitting.kamerleden()
    ]
    take_in(worlds, moved)
    worlds.passes(days=7)
    worlds.says("alice", "log gesprek met Podt vandaag")
    assert labels(worlds.says("bob", "contact D66")) == ["C1"]
    assert labels(worlds.says("bob", "contact CDA")) == ["C2"]
    assert labels(worlds.says("bob", "contact Podt")) == ["C2", "C1"]


def test_somebody_who_left_is_not_picked_beside_somebody_who_sits(worlds: World) -> None:
    left, sits = (seat_of("Zeewering", letter) for letter in "XY")
    take_in(
        worlds, [*sitting.kamerleden(), replace(left, seats=(Seat("D66", date(2020, 1, 1), date(2025, 1, 1)),)), sits]
    )
    assert rows(worlds.says("alice", "log gesprek met Zeewering"))["Met wie"] == "Y. Zeewering (D66)"
    asked = worlds.says("alice", "log gesprek met Zeewering op 3-3-2024")  # two years off
    assert rows(worlds.presses("alice", asked, "zondag 3 maart 2024"))["Met wie"] == "X. Zeewering (D66)"
    assert rows(worlds.says("alice", "log gesprek met oud-Kamerlid Zeewering"))["Met wie"] == "X. Zeewering"
    assert labels(worlds.says("alice", "contact Zeewering"))[:2] == ["X. Zeewering", "Y. Zeewering (D66)"]


def seat_of(surname: str, letter: str) -> Kamerlid:
    """Somebody who sits since 2026 for D66."""
    seat = Seat("D66", date(2026, 1, 1), None)
    return Kamerlid(
        source_id=letter, surname=surname, tussenvoegsel="", initials=f"{letter}.", roepnaam="", seats=(seat,)
    )
