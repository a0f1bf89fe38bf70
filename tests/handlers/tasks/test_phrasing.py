"""`taak` as people type it: the number anywhere, verbs in two halves, a full stop behind it."""

import pytest

from tests.handlers.shown import rows
from tests.world import World

GIVEN = 'wijs toe brief "Nareis" aan @bob vóór 4 december'


@pytest.mark.parametrize("line", ["taak T 1", "taak #1", "taak T1.", "taak 1?", "task t1"])
def test_the_number_as_people_write_it(world: World, line: str) -> None:
    world.says("alice", GIVEN)
    assert world.says("alice", line).text.startswith("T1 · Nareis")


@pytest.mark.parametrize(
    ("line", "label", "now"),
    [
        ("taak klaar T1!", "Stand", "klaar op dinsdag 24 november 2026, 10:15"),
        ("taak maak T1 af", "Stand", "klaar op dinsdag 24 november 2026, 10:15"),
        ("taak trek T1 in", "Stand", "ingetrokken op dinsdag 24 november 2026, 10:15"),
        ("taak neem T1 aan", "Stand", "aangenomen op dinsdag 24 november 2026, 10:15"),
        ("taak geef T1 terug", "Wie", "Alice"),
        ("taak geef T1 aan carla", "Wie", "Carla"),
        ("taak draag T1 over aan @carla", "Wie", "Carla"),
        ("taak overdragen @carla T1", "Wie", "Carla"),
        ("task hand over T1 to carla", "Wie", "Carla"),
        ("taak stel T1 uit tot vrijdag 11 december", "Vóór", "vrijdag 11 december 2026, 17:00"),
        ("taak uitstellen naar 18 december T1", "Vóór", "vrijdag 18 december 2026, 17:00"),
        ("taak T1 verplaats naar 18 december", "Vóór", "vrijdag 18 december 2026, 17:00"),
        ("taak T1, uitstellen, 18 december", "Vóór", "vrijdag 18 december 2026, 17:00"),
    ],
)
def test_what_is_done_as_people_say_it(world: World, line: str, label: str, now: str) -> None:
    world.says("alice", GIVEN)
    reply = world.says("bob", line)
    assert reply.ok, reply.text
    assert rows(reply)[label] == now


@pytest.mark.parametrize("line", ["taak klaar vrijdag", "taak vrijdag", "taak T999999999999", "taak T1 is klaar"])
def test_what_says_nothing_does_nothing(world: World, line: str) -> None:
    world.says("alice", GIVEN)
    assert not world.says("bob", line).ok
    assert rows(world.says("bob", "taak T1"))["Stand"] == "nog niet aangenomen"


def test_who_lets_another_rest_reads_who_hears_of_it_again(world: World) -> None:
    world.says("alice", GIVEN)
    assert "Je hoort er weer van op woensdag 25 november 2026, 09:00." in world.says("bob", "taak rust 1").text
    assert "Bob hoort er weer van op woensdag 25 november 2026, 09:00." in world.says("alice", "taak rust 1").text


def test_a_day_that_does_not_exist_is_asked_back_as_one_to_come(world: World) -> None:
    question = world.says("alice", 'wijs toe brief "Nareis" aan @bob vóór 31 november')
    assert question.text.startswith("31 november bestaat niet. Vóór welke dag moet het klaar zijn?")


def test_a_day_too_far_ahead(world: World) -> None:
    world.says("alice", GIVEN)
    refused = world.asks("bob", "taak", "uitstellen T1", {"step": "save", "day": "2099-01-01", "clock": ""})
    assert refused.errors["day"] == "donderdag 1 januari 2099 is te ver weg: kies een dag binnen tien jaar."
