"""A day that can be read in two ways is asked back, each reading in full on a button."""

import pytest

from tests.handlers.shown import filled, labels, rows
from tests.world import World

# today is Tuesday 24 November 2026, 10:15
ALWAYS = ["Open formulier", "Gooi weg"]
CONTACTS = [
    ("vrijdag 19 november 2026", "is donderdag 19", ["donderdag 19 november 2026", "vrijdag 20 november 2026"]),
    ("ma 18-11-2026", "is woensdag 18", ["woensdag 18 november 2026", "maandag 23 november 2026"]),
    ("maandag 4 maart 2026", "is woensdag 4 maart", ["woensdag 4 maart 2026", "maandag 2 maart 2026"]),
    ("Monday 18 November 2026", "is woensdag 18", ["woensdag 18 november 2026", "maandag 23 november 2026"]),
    ("3 mei 2028", "Dat is ver weg", ["woensdag 3 mei 2028", "zondag 3 mei 2026"]),
    ("3-5-2024", "Dat is ver weg", ["vrijdag 3 mei 2024", "zondag 3 mei 2026"]),
    ("3 december 2024", "Dat is ver weg", ["dinsdag 3 december 2024", "woensdag 3 december 2025"]),
    ("29 februari 2024", "Dat is ver weg", ["donderdag 29 februari 2024", "zaterdag 28 februari 2026"]),
    ("3 mei 1926", "Dat is ver weg", ["zondag 3 mei 2026", "dinsdag 24 november 2026"]),
    ("dinsdag 3 mei 2024", "Dat is ver weg", ["vrijdag 3 mei 2024", "zondag 3 mei 2026"]),
    ("maandag 31 december 9000", "Dat is ver weg", ["woensdag 31 december 2025", "dinsdag 24 november 2026"]),
    ("maandag 1-1-0001", "Dat is ver weg", ["donderdag 1 januari 2026", "dinsdag 24 november 2026"]),
    ("27 november", "geen jaar", ["vrijdag 27 november 2026", "donderdag 27 november 2025"]),
    ("volgende donderdag", "twee dagen", ["donderdag 3 december 2026", "donderdag 26 november 2026"]),
    ("begin november", "niet zeker", ["zondag 1 november 2026", "dinsdag 24 november 2026"]),
    ("31-02-2026", "bestaat niet", ["dinsdag 24 november 2026"]),
]
STEPS = [
    ("dinsdag 27 november terugbellen", "is vrijdag 27", ["vrijdag 27 november 2026", "dinsdag 1 december 2026"]),
    ("maandag 3 maart 2027 nabellen", "is woensdag 3", ["woensdag 3 maart 2027", "maandag 1 maart 2027"]),
    ("3 mei 2029 terugbellen", "Dat is ver weg", ["donderdag 3 mei 2029", "maandag 3 mei 2027"]),
    ("3 mei 2126 terugbellen", "Dat is ver weg", ["maandag 3 mei 2027"]),
    ("maandag 31 december 9000 terugbellen", "Dat is ver weg", ["donderdag 31 december 2026"]),
    ("vandaag 9:00 terugbellen", "al voorbij", ["dinsdag 24 november 2026, 09:00", "woensdag 25 november 2026, 09:00"]),
    ("vandaag 3:00 terugbellen", "al voorbij", ["dinsdag 24 november 2026, 03:00", "dinsdag 24 november 2026, 15:00"]),
    ("om 9 uur terugbellen", "al voorbij", ["dinsdag 24 november 2026, 09:00", "woensdag 25 november 2026, 09:00"]),
    ("volgende donderdag terugbellen", "twee dagen", ["donderdag 3 december 2026", "donderdag 26 november 2026"]),
    ("12 november 2026 terugbellen", "al voorbij", ["donderdag 12 november 2026", "zaterdag 12 december 2026"]),
    ("3 februari 2026 terugbellen", "al voorbij", ["dinsdag 3 februari 2026", "woensdag 3 februari 2027"]),
    ("deze maandag terugbellen", "al voorbij", ["maandag 23 november 2026", "maandag 30 november 2026"]),
    ("12 november terugbellen", "geen jaar", ["vrijdag 12 november 2027", "zaterdag 12 december 2026"]),
    ("31 november terugbellen", "bestaat niet", []),
]


@pytest.mark.parametrize(("day", "said", "readings"), CONTACTS)
def test_the_day_of_a_contact(world: World, day: str, said: str, readings: list[str]) -> None:
    for reading in readings:
        asked = world.says("alice", f"log gesprek met Podt op {day} over opvang")
        assert said in asked.text
        assert labels(asked) == [*readings, *ALWAYS]
        receipt = world.presses("alice", asked, reading)
        assert rows(receipt)["Wanneer"] == reading
        world.presses("alice", receipt, "Ongedaan maken")


@pytest.mark.parametrize(("step", "said", "readings"), STEPS)
def test_the_day_of_a_next_step(world: World, step: str, said: str, readings: list[str]) -> None:
    for reading in [*readings, "Zonder datum"]:
        asked = world.says("alice", f"log gesprek vandaag met Podt over opvang, {step}")
        assert said in asked.text
        assert labels(asked) == [*readings, "Zonder datum", *ALWAYS]
        receipt = world.presses("alice", asked, reading)
        assert reading.lower() in rows(receipt)["Vervolg"]
        world.presses("alice", receipt, "Ongedaan maken")


@pytest.mark.parametrize(
    "line",
    [
        "gesprek met Podt op dinsdag 17 november 2026, vrijdag 27 november terugbellen",
        "gesprek met Podt op 3 mei 2025, 3 mei 2027 terugbellen",
        "gesprek met Podt vandaag, vandaag 16:00 terugbellen",
        "gesprek met Podt vandaag 9:00, morgen 9:00 terugbellen",
        "gesprek met Podt vandaag, begin december terugbellen",
        "gesprek met Podt vandaag, bel om half drie terug",
        "gesprek met Podt 2 september, 20 september terugbellen",
    ],
)
def test_what_can_only_be_read_in_one_way_is_not_asked_back(world: World, line: str) -> None:
    assert world.says("alice", f"log {line}").text.startswith("Vastgelegd als C1")


def test_one_question_after_the_other_and_nothing_typed_is_lost(worlds: World) -> None:
    line = "gesprek met Van Dijk op vrijdag 19 november 2026, vandaag 9:00 terugbellen"
    first = worlds.says("alice", f"log {line}")
    second = worlds.presses("alice", first, "donderdag 19 november 2026")
    assert "al voorbij" in second.text
    assert line in worlds.says("alice", "").text
    third = worlds.presses("alice", second, "woensdag 25 november 2026, 09:00")
    receipt = worlds.presses("alice", third, "Inge van Dijk (CDA)")
    assert rows(receipt)["Besproken"] == line
    assert rows(receipt)["Wanneer"] == "donderdag 19 november 2026"
    assert rows(receipt)["Vervolg"] == "terugbellen — woensdag 25 november 2026, 09:00 — Alice"


def test_what_counts_is_when_it_was_typed_not_when_the_question_is_answered(worlds: World) -> None:
    first = worlds.says("alice", "log gesprek gisteren met Van Dijk, vandaag 10:30 terugbellen, met Jansma")
    worlds.passes(hours=15)
    form = worlds.presses("alice", first, "Open formulier")
    assert filled(form)["day"] == "2026-11-23"
    second = worlds.presses("alice", first, "Inge van Dijk (CDA)")
    receipt = worlds.presses("alice", second, "Vastleggen zonder Jansma")
    assert rows(receipt)["Wanneer"] == "maandag 23 november 2026"
    assert rows(receipt)["Vervolg"] == "terugbellen — dinsdag 24 november 2026, 10:30 — Alice"


def test_a_day_that_was_said_to_be_meant_can_stay_when_the_rest_is_changed(world: World) -> None:
    asked = world.says("alice", "log gesprek met Podt op 3 mei 2028, 3 mei 2029 terugbellen")
    receipt = world.presses("alice", world.presses("alice", asked, "woensdag 3 mei 2028"), "donderdag 3 mei 2029")
    form = world.presses("alice", receipt, "Aanpassen")
    changed = world.presses("alice", form, "Opslaan", agreed="Ja.")
    assert rows(changed)["Wanneer"] == "woensdag 3 mei 2028"
    again = world.presses("alice", changed, "Aanpassen")
    assert not world.presses("alice", again, "Opslaan", day="2029-01-01").ok


@pytest.mark.parametrize("answer", ["2026-11-24T25:00", "24-11-2026", "T09:00", "9999-12-31", "", "morgen"])
def test_an_answer_that_was_not_offered_changes_nothing(world: World, answer: str) -> None:
    asked = world.says("alice", "log gesprek met Podt op vrijdag 19 november 2026")
    values = {"step": "answer", "draft": "1", "about": "day", "is": answer}
    assert world.asks("alice", "log", "", values).text == asked.text


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("vrijdag", ["vrijdag 20 november 2026"]),
        ("Donderdag 19 november", ["donderdag 19 november 2026"]),
        ("november", ["donderdag 19 november 2026", "vrijdag 20 november 2026"]),
    ],
)
def test_an_answer_typed_instead_of_pressed_gets_the_button_that_says_so(
    world: World, typed: str, offered: list[str]
) -> None:
    world.says("alice", "log gesprek met Podt op vrijdag 19 november 2026 over opvang")
    again = world.says("alice", typed)
    assert labels(again) == [*offered, *ALWAYS]
    assert rows(world.presses("alice", again, offered[0]))["Wanneer"] == offered[0]
    assert not world.says("alice", typed).ok


def test_a_word_that_is_no_answer_is_no_answer(world: World) -> None:
    world.says("alice", "log gesprek met Podt op vrijdag 19 november 2026 over opvang")
    assert "Ik ken het woord" in world.says("alice", "zaterdag").text
    assert "Ik ken het woord" in world.says("bob", "vrijdag").text
    world.passes(minutes=11)
    assert "Ik ken het woord" in world.says("alice", "vrijdag").text
