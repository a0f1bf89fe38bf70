"""`geschiedenis`: who did what and when, and what it changed."""

from tests.bot.replies import FULL
from tests.world import World


def test_all_that_happened_to_a_contact(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.passes(minutes=5)
    form = worlds.presses("bob", receipt, "Aanpassen")
    worlds.presses("bob", form, "Opslaan", agreed="Zij bellen.", day="2026-11-23")
    worlds.passes(minutes=1)
    worlds.says("bob", "ongedaan C1")
    told = worlds.says("carla", "geschiedenis C1")
    assert told.text.splitlines() == [
        "Geschiedenis van C1",
        "dinsdag 24 november 2026, 10:15: Alice legde dit vast",
        "dinsdag 24 november 2026, 10:20: Bob paste dit aan",
        "Wanneer: dinsdag 24 november 2026 → maandag 23 november 2026",
        "Afgesproken: leeg → Zij bellen.",
        "dinsdag 24 november 2026, 10:21: Bob maakte de laatste wijziging ongedaan",
        "Wanneer: maandag 23 november 2026 → dinsdag 24 november 2026",
        "Afgesproken: Zij bellen. → leeg",
    ]
    assert worlds.presses("carla", told, "Toon C1").text.startswith("C1\n")


def test_every_field_that_changed_is_named(world: World) -> None:
    world.says("alice", "log gesprek met Podt")
    world.says("alice", "log", step="save", contact="1", version="1", **FULL, public="ja")
    told = world.says("bob", "geschiedenis C1").text
    assert "Standpunt: leeg → twijfelt (bron: dit contact)" in told
    changed = {line.split(":")[0] for line in told.splitlines() if " → " in line}
    assert changed == {
        "Soort",
        "Wanneer",
        "Met wie",
        "Organisaties",
        "Van ons",
        "Partners",
        "Dossiers",
        "Wetsvoorstellen",
        "Besproken",
        "Gevraagd",
        "Afgesproken",
        "Standpunt",
        "Initiatief",
        "Gegeven stukken",
        "Vervolg",
        "Openbaar",
    }


def test_of_what_was_taken_back(world: World) -> None:
    world.says("alice", "log gesprek met Podt")
    world.says("alice", "ongedaan")
    told = world.says("bob", "geschiedenis C1")
    assert told.text.splitlines()[-1].endswith("Alice maakte het vastleggen ongedaan")
    assert told.buttons == ()


def test_of_what_and_no_number_and_not_there(world: World) -> None:
    assert world.says("alice", "geschiedenis").text.startswith("Waarvan?")
    assert world.says("alice", "geschiedenis Podt").text.startswith("Podt is geen nummer van een contact of taak.")
    assert world.says("alice", "geschiedenis C1").text == "Een contact C1 heb ik niet gevonden."
    assert world.says("vera", "geschiedenis C1").text.startswith("/lobby geschiedenis is er voor een medewerker.")
