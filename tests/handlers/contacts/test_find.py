"""`contact`: by person, fractie, organisation, function or number; newest first, page by page."""

import pytest

from tests.handlers.shown import labels, rows
from tests.world import World

JANSMA = "Jansma (wethouder, gemeente Ede)"


def test_by_person_newest_first(worlds: World) -> None:
    for day in ("3-11-2026", "20-11-2026 14:30", "20-11-2026 9:00", "1-10-2025"):
        worlds.says("alice", f"log gesprek met Podt op {day}")
    assert worlds.says("bob", "contact Podt").text.splitlines() == [
        "Contacten: A. Podt (D66)",
        "C2 · vr 20 nov 2026 · gesprek · A. Podt (D66)",
        "C3 · vr 20 nov 2026 · gesprek · A. Podt (D66)",
        "C1 · di 3 nov 2026 · gesprek · A. Podt (D66)",
        "C4 · wo 1 okt 2025 · gesprek · A. Podt (D66)",
    ]


def test_a_row_opens_the_contact(world: World) -> None:
    world.says("alice", "log gesprek met Podt")
    card = world.presses("bob", world.says("bob", "contact Podt"), "C1")
    assert rows(card)["Met wie"] == "A. Podt (D66)"
    assert labels(card) == ["Aanpassen", "Geschiedenis"]


@pytest.mark.parametrize("number", ["C1", "c1", "1", " C1 ", "c 1"])
def test_by_number(world: World, number: str) -> None:
    world.says("alice", "log gesprek met Podt")
    assert world.says("bob", f"contact {number}").text.startswith("C1\n")


@pytest.mark.parametrize("number", ["C2", "C0", "C999999999", "0"])
def test_a_number_that_is_not_there(world: World, number: str) -> None:
    world.says("alice", "log gesprek met Podt")
    found = world.says("bob", f"contact {number}")
    assert (found.ok, found.text) == (False, f"Een contact C{number.lstrip('C')} heb ik niet gevonden.")


@pytest.mark.parametrize("name", ["D66", "d66", "Democraten 66"])
def test_by_fractie_the_people_and_the_fractie_itself(worlds: World, name: str) -> None:
    worlds.says("alice", "log gesprek met Podt op 3-11-2026")
    worlds.says("alice", "log overleg met de fractie D66 op 4-11-2026")
    worlds.says("alice", "log gesprek met Inge van Dijk op 5-11-2026")
    assert labels(worlds.says("bob", f"contact {name}")) == ["C2", "C1"]


@pytest.mark.parametrize("name", ["COA", "Centraal Orgaan opvang asielzoekers"])
def test_by_organisation_and_its_other_names(world: World, name: str) -> None:
    world.says("alice", "log overleg bij het COA")
    assert labels(world.says("bob", f"contact {name}")) == ["C1"]


def test_a_partner_is_an_organisation_too(world: World) -> None:
    world.says("alice", "log gesprek met Podt samen met UNHCR")
    assert labels(world.says("bob", "contact UNHCR")) == ["C1"]


def test_by_function(world: World) -> None:
    world.presses("alice", world.says("alice", "log"), "Opslaan", people=JANSMA)
    world.says("alice", "log gesprek met Podt")
    assert labels(world.says("bob", "contact wethouder")) == ["C1"]
    assert labels(world.says("bob", "contact Kamerlid")) == ["C2"]


def test_several_of_that_name_is_a_question(world: World) -> None:
    world.says("alice", "log gesprek met Inge van Dijk")
    question = world.says("bob", "contact Van Dijk")
    assert labels(question) == ["Diederik van Dijk (SGP)", "Emiel van Dijk (PVV)", "Inge van Dijk (CDA)"]
    assert labels(world.presses("bob", question, "Inge van Dijk (CDA)")) == ["C1"]
    nothing = world.presses("bob", question, "Emiel van Dijk (PVV)")
    assert nothing.text == "Geen contacten gevonden voor Emiel van Dijk (PVV)."


def test_nobody_of_that_name(world: World) -> None:
    unknown = world.says("bob", "contact Yilmaz")
    assert not unknown.ok
    assert unknown.text.startswith("Ik ken niemand die Yilmaz heet")
    assert world.says("bob", "contact").text.startswith("Over wie?")


@pytest.mark.parametrize(
    ("since", "found"),
    [
        ("sinds 3d", ["C3"]),
        ("sinds 2w", ["C3", "C2"]),
        ("sinds 2 weken", ["C3", "C2"]),
        ("sinds 3m", ["C3", "C2"]),
        ("since 2y", ["C3", "C2", "C1"]),
        ("sinds 14-11-2026", ["C3", "C2"]),
        ("sinds 2026-11-15", ["C3"]),
    ],
)
def test_since(worlds: World, since: str, found: list[str]) -> None:
    for day in ("1-10-2025", "14-11-2026", "23-11-2026"):
        worlds.says("alice", f"log gesprek met Podt op {day}")
    assert labels(worlds.says("bob", f"contact Podt {since}")) == found


def test_since_when_there_was_nothing(world: World) -> None:
    world.says("alice", "log gesprek met Podt op 14-11-2026")
    assert world.says("bob", "contact Podt sinds 3d").text == (
        "Geen contacten gevonden voor A. Podt (D66) sinds zaterdag 21 november 2026."
    )
    assert world.says("bob", "contact Podt sinds gisteren").text.endswith("sinds maandag 23 november 2026.")
    assert world.says("bob", "contact Podt sinds ooit").text.startswith("ooit kan ik niet lezen als begin")
    assert world.says("bob", "contact sinds 90d").text.startswith("Over wie?")
    assert world.says("bob", "contact Podt sinds 9999j").text.startswith("9999j is geen datum")


def test_older_gives_the_rest_once(worlds: World) -> None:
    for number in range(1, 13):
        worlds.says("alice", f"log gesprek met Podt op {number}-11-2026")
    first = worlds.says("bob", "contact Podt")
    assert labels(first) == [f"C{number}" for number in range(12, 2, -1)] + ["Ouder"]
    assert labels(worlds.presses("bob", first, "Ouder")) == ["C2", "C1"]


def test_ten_is_one_page(world: World) -> None:
    for number in range(1, 11):
        world.says("alice", f"log gesprek met Podt op {number}-11-2026")
    assert "Ouder" not in labels(world.says("bob", "contact Podt"))


def test_what_was_taken_back_is_not_found(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.says("alice", "ongedaan")
    assert worlds.says("bob", "contact Podt").text == "Geen contacten gevonden voor A. Podt (D66)."
    assert not worlds.says("bob", "contact C1").ok
    assert "C1" not in worlds.says("bob", "zoek nareis").text


def test_a_vrijwilliger_sees_what_is_public_and_changes_nothing(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.says("alice", "log werkbezoek met Podt over opvang")
    worlds.says("alice", "log", step="save", contact="2", version="1", public="ja")
    assert labels(worlds.says("vera", "contact Podt")) == ["C2"]
    assert labels(worlds.says("vera", "contact C2")) == []
    assert not worlds.says("vera", "contact C1").ok
    assert "C1" not in worlds.says("vera", "zoek nareis").text
