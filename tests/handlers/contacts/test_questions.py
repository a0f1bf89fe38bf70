"""What is asked about people: offices, and whoever may be meant by a name we do not know."""

from datetime import date

from storage import organisations, people
from tests.handlers.shown import labels, rows
from tests.world import World


def appoint(world: World, roepnaam: str, surname: str, function: str, ministry: str) -> None:
    """Somebody takes office."""
    with world.database.writing() as db:
        person = people.add(db, {"source_id": surname, "surname": surname, "roepnaam": roepnaam})
        body = organisations.number(db, ministry, "ministerie")
        held = {"person_id": person, "function": function, "organisation_id": body, "fractie_id": None}
        people.hold(db, held | {"since": date(2026, 1, 1), "until": None})


def test_a_full_office_is_who_holds_it(worlds: World) -> None:
    appoint(worlds, "Roos", "Halverhout", "minister van Asiel en Migratie", "ministerie AenM")
    receipt = worlds.says("alice", "log gesprek met de minister van A&M over nareis")
    assert rows(receipt)["Met wie"] == "Roos Halverhout (minister van Asiel en Migratie, ministerie AenM)"


def test_a_bare_office_asks_which_of_those_we_know(worlds: World) -> None:
    appoint(worlds, "Roos", "Halverhout", "minister van Asiel en Migratie", "ministerie AenM")
    question = worlds.says("alice", "log gesprek met de minister over nareis")
    assert question.text.startswith("Wie was “minister”?")
    roos = "Roos Halverhout (minister van Asiel en Migratie, ministerie AenM)"
    assert labels(question) == [roos, "Vastleggen zonder naam", "Open formulier", "Gooi weg"]
    assert rows(worlds.presses("alice", question, roos))["Met wie"] == roos
    without = worlds.presses("bob", worlds.says("bob", "log gesprek met de minister"), "Vastleggen zonder naam")
    assert "Met wie" not in rows(without)


def test_an_office_of_nobody_we_know_is_no_question(worlds: World) -> None:
    receipt = worlds.says("alice", "log gebeld met de woordvoerder asiel van D66 over nareis")
    assert receipt.text.startswith("Vastgelegd als C1")
    assert "woordvoerder asiel" in receipt.text
    assert rows(receipt)["Organisaties"] == "D66"


def test_an_office_beside_a_name_is_no_question(worlds: World) -> None:
    appoint(worlds, "Roos", "Halverhout", "minister van Asiel en Migratie", "ministerie AenM")
    assert rows(worlds.says("alice", "log gesprek met Podt, de minister was er niet bij"))["Met wie"] == "A. Podt (D66)"


def test_a_name_like_one_we_know_is_offered(worlds: World) -> None:
    question = worlds.says("alice", "log gesprek met Vliegentaard")
    assert labels(question)[0] == "L. Vliegenthart (PRO)"
