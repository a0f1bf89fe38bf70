"""A spelling that was explained once is read the next time, and never at the cost of somebody else."""

import pytest

from storage import aliases, contact_lists, people
from storage.contact_lists import Reader
from tests.handlers.shown import labels, rows
from tests.world import World

UNKNOWN = "Een Kaatje die hier precies bij past ken ik niet."
KAATJE = "log gesprek met Kaatje over nareis"


def explain(world: World, user: str = "alice", line: str = KAATJE, who: str = "Kati Piri (PRO)") -> None:
    """A name we do not know, and who it was."""
    world.presses(user, world.says(user, line), who)


def test_who_was_pointed_out_once_is_read_the_next_time(worlds: World) -> None:
    explain(worlds)
    assert rows(worlds.says("bob", "log gebeld met Kaatje"))["Met wie"] == "Kati Piri (PRO)"


@pytest.mark.parametrize("whom", ["Kaatje Jansma", "Anna Kaatje", "minister Kaatje", "X. Kaatje"])
def test_another_name_with_the_same_word_is_nobody_we_know(world: World, whom: str) -> None:
    explain(world)
    assert "Vastleggen zonder" in " ".join(labels(world.says("bob", f"log gesprek met {whom}")))


def test_two_answers_that_differ_are_none(worlds: World) -> None:
    explain(worlds)
    explain(worlds, "bob", "log gesprek met Jopie", "Joost Eerdmans (JA21)")
    with worlds.database.writing() as db:
        (kati,) = (one.person_id for one in contact_lists.find(db, 1, Reader(1)).people)  # type: ignore[union-attr]
        aliases.learn(db, "jopie", kati, 1)
    assert rows(worlds.says("carla", "log gebeld met Kaatje"))
    assert not rows(worlds.says("carla", "log gebeld met Jopie"))


def test_whoever_is_corrected_is_no_longer_read(worlds: World) -> None:
    explain(worlds)
    receipt = worlds.says("bob", "log gebeld met Kaatje")
    worlds.presses("bob", worlds.presses("bob", receipt, "Aanpassen"), "Opslaan", people="Podt")
    assert worlds.says("carla", "log mail van Kaatje").text.startswith(UNKNOWN)


def test_what_is_taken_back_teaches_nothing(worlds: World) -> None:
    explain(worlds)
    assert worlds.says("alice", "ongedaan").ok
    assert worlds.says("bob", "log gebeld met Kaatje").text.startswith(UNKNOWN)


def test_a_contact_that_was_corrected_teaches_nothing(worlds: World) -> None:
    explain(worlds)
    form = worlds.presses("alice", worlds.says("alice", "contact C1"), "Aanpassen")
    worlds.presses("alice", form, "Opslaan", people="Podt")
    assert worlds.says("bob", "log gebeld met Kaatje").text.startswith(UNKNOWN)


def test_a_confidential_contact_teaches_nothing(worlds: World) -> None:
    question = worlds.says("alice", f"{KAATJE}, vertrouwelijk")
    worlds.presses("alice", worlds.presses("alice", question, "Kati Piri (PRO)"), "Alleen voor mij")
    assert worlds.says("alice", "log gebeld met Kaatje").text.startswith(UNKNOWN)


def test_a_name_that_somebody_bears_by_now_is_theirs(worlds: World) -> None:
    explain(worlds)
    with worlds.database.writing() as db:
        people.add(db, {"source_id": "x", "surname": "Zeewering", "roepnaam": "Kaatje"})
    assert not rows(worlds.says("bob", "log gebeld met Kaatje"))


def test_one_letter_from_a_surname_is_never_learned(worlds: World) -> None:
    explain(worlds, line="log gesprek met Jan Podt", who="A. Podt (D66)")
    assert "Vastleggen zonder Jan Podt" in labels(worlds.says("bob", "log gebeld met Jan Podt"))
