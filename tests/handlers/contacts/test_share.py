"""`deel`: a contact or a bill for everybody in the channel; what is confidential stays where it is."""

from handlers.reply import Reply
from tests.handlers.shown import labels, rows
from tests.world import World

SECRET = {"step": "save", "kind": "gesprek", "day": "2026-11-24", "discussed": "zeepaardjes", "confidential": "ja"}


def refused(reply: Reply) -> bool:
    """Said to the asker alone, and nothing of the contact."""
    return reply.private and not reply.ok


def test_a_contact_is_put_in_the_channel_without_buttons(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt (D66) over nareis")
    shared = worlds.says("bob", "deel C1")
    assert not shared.private
    assert rows(shared)["Met wie"] == "A. Podt (D66)"
    assert shared.buttons == ()


def test_what_is_confidential_is_shared_by_nobody_and_offered_to_nobody(worlds: World) -> None:
    worlds.asks("alice", "log", "", SECRET | {"readers": "Bob"})
    assert worlds.says("alice", "deel C1").text == (
        "C1 is vertrouwelijk en blijft bij wie het mag zien; het wordt hier niet gedeeld."
    )
    assert refused(worlds.says("bob", "deel C1")) and refused(worlds.says("carla", "deel C1"))
    assert "vertrouwelijk" not in worlds.says("carla", "deel C1").text
    for line in ("deel zeepaardjes", "deel"):
        assert labels(worlds.says("alice", line)) == []


def test_words_give_a_choice_and_its_button_shares(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.says("alice", "log gesprek met Ceder over opvang")
    assert labels(worlds.says("bob", "deel")) == ["Deel C2", "Deel C1"]
    choice = worlds.says("bob", "deel nareis")
    assert choice.private
    assert worlds.presses("bob", choice, "Deel C1").text.startswith("Contact C1\n")


def test_a_bill_is_shared_with_our_latest_contacts(worlds: World) -> None:
    for number in range(1, 8):
        worlds.says("alice", f"log gesprek met Podt op {number}-11-2026 over 36871")
    worlds.asks("alice", "log", "", SECRET | {"bills": "36871"})
    shared = worlds.says("bob", "deel 36 871")
    assert not shared.private
    assert shared.text.startswith("Wetsvoorstel 36871\n")
    assert [line.partition(" ")[0] for line in shared.text.splitlines()[2:]] == ["C7", "C6", "C5", "C4", "C3"]
    assert worlds.says("bob", "deel 36704").text == "Over 36704 is nog geen contact dat gedeeld kan worden."


def test_bills_can_be_chosen_from(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over 36871 en 36704")
    worlds.says("alice", "log gesprek met Podt over opvang, 36871")
    assert labels(worlds.says("bob", "deel Podt", choose="bills")) == ["Deel 36871", "Deel 36704"]
    assert labels(worlds.says("bob", "deel opvang", choose="bills")) == ["Deel 36871"]


def test_what_was_undone_is_no_longer_shared(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.says("alice", "ongedaan C1")
    assert refused(worlds.says("bob", "deel C1"))
    assert worlds.says("bob", "deel").text == "Er is nog niets dat gedeeld kan worden."


def test_a_choice_can_be_asked_for_whatever_was_typed(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis, 36871")
    assert labels(worlds.says("bob", "deel C1", choose="contacts")) == ["Deel C1"]
    assert labels(worlds.says("bob", "deel 36871", choose="bills")) == ["Deel 36871"]
    assert labels(worlds.says("bob", "deel C9", choose="contacts")) == []
