"""`zoek`: contacts by their words, with the dossiers and people that go by them."""

from tests.handlers.shown import labels
from tests.world import World


def test_a_word_or_its_beginning_or_all_of_several(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over de gezinsbrief")
    worlds.says("alice", "log gesprek met Ceder over de begroting")
    assert labels(worlds.says("bob", "zoek gezinsbrief")) == ["C1"]
    assert labels(worlds.says("bob", "zoek BEGROT")) == ["C2"]
    assert labels(worlds.says("bob", "zoek ceder begroting")) == ["C2"]
    assert labels(worlds.says("bob", "zoek gezinsbrief begroting")) == []


def test_a_dossier_is_found_by_its_other_words(world: World) -> None:
    world.says("alice", "log gesprek met Podt over gezinshereniging")
    found = world.says("bob", "zoek nareis")
    assert found.text.startswith("Dossier gezinshereniging — ook: nareis, ")
    assert world.says("bob", "zoek noodopvang").text.startswith("Dossier opvang — ook: ")


def test_a_person_stands_above_with_a_button_to_their_contacts(world: World) -> None:
    world.says("alice", "log gesprek met Podt")
    found = world.says("bob", "zoek Podt")
    assert found.text.startswith("Persoon: A. Podt (D66)\nContacten: “Podt”")
    assert labels(world.presses("bob", found, "Contacten")) == ["C1"]


def test_older_gives_the_rest_without_the_dossier_again(worlds: World) -> None:
    for number in range(1, 13):
        worlds.says("alice", f"log gesprek met Podt op {number}-11-2026 over nareis")
    first = worlds.says("bob", "zoek nareis")
    assert labels(first) == [f"C{number}" for number in range(12, 2, -1)] + ["Ouder"]
    second = worlds.presses("bob", first, "Ouder")
    assert labels(second) == ["C2", "C1"]
    assert "Dossier" not in second.text


def test_nothing_typed_and_nothing_found(world: World) -> None:
    assert world.says("bob", "zoek").text.startswith("Wat zoek je?")
    assert world.says("bob", "zoek zeepaardjes").text == "Geen contacten gevonden voor “zeepaardjes”."


def test_what_was_changed_is_found_by_its_new_words_only(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over de begroting")
    worlds.says("alice", "log", step="save", contact="1", version="1", discussed="De gezinsbrief.")
    assert labels(worlds.says("bob", "zoek gezinsbrief")) == ["C1"]
