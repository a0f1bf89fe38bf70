"""`log`: certain -> a contact with a receipt; uncertain -> one question at a time, with buttons."""

import pytest

from tests.handlers.shown import filled, labels, rows
from tests.world import World


def test_a_certain_sentence_is_stored_at_once(worlds: World) -> None:
    receipt = worlds.says("alice", "/lobby log gesprek met Podt (D66) gisteren 14:30 over nareis, vrijdag terugbellen")
    assert receipt.ok
    assert receipt.text.startswith("Vastgelegd als C1")
    assert rows(receipt) == {
        "Soort": "gesprek",
        "Wanneer": "maandag 23 november 2026, 14:30",
        "Met wie": "A. Podt (D66)",
        "Van ons": "Alice",
        "Dossiers": "gezinshereniging",
        "Besproken": "gesprek met Podt (D66) gisteren 14:30 over nareis, vrijdag terugbellen",
        "Vervolg": "terugbellen — vrijdag 27 november 2026 — Alice",
    }
    assert labels(receipt) == ["Aanpassen", "Ongedaan maken"]
    assert rows(worlds.says("bob", "contact C1")) == rows(receipt)


@pytest.mark.parametrize(
    ("sentence", "label", "value"),
    [
        ("overleg met de fractie D66 over opvang", "Organisaties", "D66"),
        ("overleg bij het COA over opvang", "Organisaties", "COA"),
        ("gesprek met Podt samen met UNHCR", "Partners", "UNHCR"),
        ("gesprek met Podt over 36704-7 en 36871", "Wetsvoorstellen", "36704-7, 36871"),
        ("gesprek met Podt en @bob over opvang", "Van ons", "Alice, Bob"),
        ("gebeld met Podt", "Soort", "telefoon"),
        ("werkbezoek met Podt op 3-11-2026", "Wanneer", "dinsdag 3 november 2026"),
        ("gesprek met Inge van Dijk", "Met wie", "Inge van Dijk (CDA)"),
        ("gesprek met Van Dijk (CDA)", "Met wie", "Inge van Dijk (CDA)"),
        ("persbericht over nareis", "Soort", "persbericht"),
    ],
)
def test_what_stands_in_a_sentence_stands_in_the_receipt(world: World, sentence: str, label: str, value: str) -> None:
    assert rows(world.says("alice", f"log {sentence}"))[label] == value


def test_together_with_a_partner_is_understood_whole(world: World) -> None:
    assert "Niet begrepen" not in world.says("alice", "log gesprek met Podt samen met UNHCR").text


def test_what_was_not_understood_is_said(world: World) -> None:
    assert (
        "Niet begrepen: heel gezellige koekjes" in world.says("alice", "log bij het COA, heel gezellige koekjes").text
    )


def test_two_van_dijks_is_one_question(worlds: World) -> None:
    question = worlds.says("alice", "log gesprek met Van Dijk over opvang")
    assert question.text.startswith("Er zijn er meer die Van Dijk heten. Wie was het?")
    people = ["Diederik van Dijk (SGP)", "Emiel van Dijk (PVV)", "Inge van Dijk (CDA)"]
    assert labels(question) == [*people, "Geen van deze", "Open formulier", "Gooi weg"]
    assert not worlds.says("alice", "contact C1").ok
    receipt = worlds.presses("alice", question, "Inge van Dijk (CDA)")
    assert receipt.replaces
    assert rows(receipt)["Met wie"] == "Inge van Dijk (CDA)"


def test_none_of_them_is_an_answer_too(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk over opvang")
    assert "Met wie" not in rows(world.presses("alice", question, "Geen van deze"))


def test_somebody_unknown_is_added_when_asked(worlds: World) -> None:
    question = worlds.says("alice", "log gebeld met Achmed Yilmaz gisteren")
    assert question.text.startswith("Achmed Yilmaz ken ik nog niet.")
    receipt = worlds.presses("alice", question, "Achmed Yilmaz toevoegen")
    assert rows(receipt)["Met wie"] == "Achmed Yilmaz"
    assert "C1 · ma 23 nov 2026 · telefoon · Achmed Yilmaz" in worlds.says("bob", "contact Yilmaz").text
    assert rows(worlds.says("bob", "log gesprek met Achmed Yilmaz"))["Met wie"] == "Achmed Yilmaz"


def test_somebody_unknown_can_be_left_out(world: World) -> None:
    question = world.says("alice", "log gebeld met Achmed Yilmaz over opvang")
    receipt = world.presses("alice", question, "Vastleggen zonder Achmed Yilmaz")
    assert "Met wie" not in rows(receipt)
    assert not world.says("alice", "contact Yilmaz").ok


def test_nobody_is_a_question_but_not_for_a_press_release(world: World) -> None:
    question = world.says("alice", "log even gepraat over opvang")
    assert labels(question)[0] == "Vastleggen zonder naam"
    assert world.presses("alice", question, "Vastleggen zonder naam").text.startswith("Vastgelegd als C1")


@pytest.mark.parametrize(
    ("day", "said", "choices"),
    [
        ("31 februari 2026", "31 februari 2026 bestaat niet. Welke dag was het?", ["dinsdag 24 november 2026"]),
        ("3 mei 2114", "Dat is ver weg.", ["zondag 3 mei 2026", "dinsdag 24 november 2026"]),
        ("maandag 18 november 2026", "is woensdag 18", ["woensdag 18 november 2026", "maandag 23 november 2026"]),
    ],
)
def test_a_day_that_cannot_be_is_asked_back(world: World, day: str, said: str, choices: list[str]) -> None:
    question = world.says("alice", f"log gesprek met Podt op {day}")
    assert said in question.text
    assert labels(question) == [*choices, "Open formulier", "Gooi weg"]
    assert rows(world.presses("alice", question, choices[0]))["Wanneer"] == choices[0]


def test_questions_come_one_at_a_time(world: World) -> None:
    first = world.says("alice", "log gesprek met Van Dijk en Achmed Yilmaz op 3 mei 2114")
    assert "Dat is ver weg" in first.text
    second = world.presses("alice", first, "zondag 3 mei 2026")
    assert "Van Dijk heten" in second.text
    third = world.presses("alice", second, "Emiel van Dijk (PVV)")
    assert "Achmed Yilmaz ken ik nog niet" in third.text
    receipt = world.presses("alice", third, "Achmed Yilmaz toevoegen")
    assert rows(receipt)["Met wie"] == "Emiel van Dijk (PVV), Achmed Yilmaz"
    assert rows(receipt)["Wanneer"] == "zondag 3 mei 2026"


def test_the_button_of_an_earlier_question_asks_the_open_one_again(world: World) -> None:
    first = world.says("alice", "log gesprek met Van Dijk en Achmed Yilmaz")
    second = world.presses("alice", first, "Emiel van Dijk (PVV)")
    assert world.presses("alice", first, "Inge van Dijk (CDA)").text == second.text


def test_a_button_pressed_again_after_all_was_answered_shows_the_contact(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk")
    world.presses("alice", question, "Inge van Dijk (CDA)")
    again = world.presses("alice", question, "Emiel van Dijk (PVV)")
    assert again.text.startswith("Dit is al vastgelegd als C1.")
    assert rows(again)["Met wie"] == "Inge van Dijk (CDA)"


def test_from_a_question_to_the_form(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk over opvang")
    form = world.presses("alice", question, "Open formulier")
    assert filled(form)["people"] == "Van Dijk"
    refused = world.presses("alice", form, "Opslaan")
    assert "Inge van Dijk (CDA)" in refused.errors["people"]
    receipt = world.presses("alice", form, "Opslaan", people="Van Dijk (CDA)")
    assert rows(receipt)["Met wie"] == "Inge van Dijk (CDA)"
    assert world.says("alice", "").text == "Dag Alice\nEr staat niets voor je open."


def test_the_same_words_within_ten_minutes_stand_already(worlds: World) -> None:
    worlds.says("alice", "log gesprek met Podt over nareis")
    worlds.passes(minutes=9)
    again = worlds.says("alice", "log  gesprek met Podt over nareis ")
    assert again.text.startswith("Dit staat er al, als C1")
    assert worlds.says("bob", "log gesprek met Podt over nareis").text.startswith("Vastgelegd als C2")
    meant = worlds.presses("alice", again, "Toch nog een keer vastleggen")
    assert meant.text.startswith("Vastgelegd als C3")


def test_the_same_words_later_are_another_contact(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis")
    world.passes(minutes=11)
    assert world.says("alice", "log gesprek met Podt over nareis").text.startswith("Vastgelegd als C2")


def test_the_same_words_after_they_were_taken_back_are_stored(world: World) -> None:
    world.says("alice", "log gesprek met Podt over nareis")
    world.says("alice", "ongedaan")
    assert world.says("alice", "log gesprek met Podt over nareis").text.startswith("Vastgelegd als C2")


def test_the_same_delivery_twice_is_one_contact_and_one_answer(worlds: World) -> None:
    first = worlds.asks("alice", "log", "gesprek met Podt", id="E1")
    assert worlds.asks("alice", "log", "gesprek met Podt", id="E1") == first
    assert not worlds.says("alice", "contact C2").ok


def test_a_day_typed_late_in_the_evening_is_the_local_one(world: World) -> None:
    world.passes(hours=14)  # 23:15 UTC is after midnight in Amsterdam
    assert rows(world.says("alice", "log gesprek met Podt vandaag"))["Wanneer"] == "woensdag 25 november 2026"


def test_a_name_that_was_asked_about_is_understood(world: World) -> None:
    receipt = world.presses("alice", world.says("alice", "log gesprek met Jansma over opvang"), "Jansma toevoegen")
    assert rows(receipt)["Met wie"] == "Jansma"
    assert "Niet begrepen" not in receipt.text


def test_an_uncertain_line_typed_twice_is_one_draft_and_one_contact(worlds: World) -> None:
    first = worlds.says("alice", "log gesprek met Van Dijk over nareis")
    second = worlds.says("alice", "log gesprek met Van Dijk over nareis")
    assert "C1" in worlds.presses("alice", first, "Inge van Dijk (CDA)").text
    assert "Dit is al vastgelegd als C1" in worlds.presses("alice", second, "Inge van Dijk (CDA)").text
    assert "Dit staat er al, als C1" in worlds.says("alice", "log gesprek met Van Dijk over nareis").text
    assert "Er staat niets voor je open" in worlds.says("alice", "").text


def test_an_uncertain_line_can_be_meant_twice(world: World) -> None:
    line = "log gesprek met Van Dijk over nareis"
    world.presses("alice", world.says("alice", line), "Inge van Dijk (CDA)")
    asked = world.presses("alice", world.says("alice", line), "Toch nog een keer vastleggen")
    assert "C2" in world.presses("alice", asked, "Emiel van Dijk (PVV)").text


def test_somebody_of_another_fractie_is_asked_about_before_anybody_is_added(world: World) -> None:
    asked = world.says("alice", "log gesprek met Podt (VVD) over opvang")
    assert "Een Podt die hier precies bij past ken ik niet" in asked.text
    assert rows(world.presses("alice", asked, "A. Podt (D66)"))["Met wie"] == "A. Podt (D66)"


def test_what_stands_in_brackets_goes_along_with_somebody_new(world: World) -> None:
    asked = world.says("alice", "log gesprek met Jansma (wethouder, gemeente Ede) over opvang")
    assert rows(world.presses("alice", asked, "Jansma toevoegen"))["Met wie"] == "Jansma (wethouder, gemeente Ede)"


def test_whoever_was_added_by_mistake_is_gone_with_the_contact(worlds: World) -> None:
    asked = worlds.says("alice", "log gesprek met Podt (VVD) over opvang")
    worlds.presses("alice", asked, "Podt toevoegen")
    worlds.says("alice", "ongedaan")
    assert "Vastgelegd" in worlds.says("alice", "log gesprek met Podt over nareis").text
    assert "Contacten: A. Podt (D66)" in worlds.says("bob", "contact Podt").text


def test_a_follow_up_on_a_weekday_that_does_not_fit_is_asked_and_answered(worlds: World) -> None:
    asked = worlds.says("alice", "log gesprek met Podt, dinsdag 27 november terugbellen")
    receipt = worlds.presses("alice", asked, "vrijdag 27 november 2026")
    assert rows(receipt)["Vervolg"] == "terugbellen — vrijdag 27 november 2026 — Alice"
    asked = worlds.says("alice", "log gesprek met Piri, 31 november terugbellen")
    assert rows(worlds.presses("alice", asked, "Zonder datum"))["Vervolg"] == "terugbellen — zonder datum — Alice"


@pytest.mark.parametrize("words", ["vertrouwelijk", "Geheim", "off the record", "niet delen"])
def test_what_calls_itself_confidential_is_asked_about(worlds: World, words: str) -> None:
    asked = worlds.says("alice", f"log {words} gesprek met Podt over lekkage")
    assert "Voor wie is dit contact?" in asked.text
    assert "Geen contacten gevonden" in worlds.says("bob", "zoek lekkage").text
    receipt = worlds.presses("alice", asked, "Alleen voor mij")
    assert rows(receipt)["Met wie"] == "A. Podt (D66)"
    assert "Geen contacten gevonden" in worlds.says("bob", "zoek lekkage").text
    assert "C1" in worlds.says("alice", "zoek lekkage").text


def test_what_is_said_to_be_for_the_team_is(world: World) -> None:
    world.presses("alice", world.says("alice", "log vertrouwelijk gesprek met Podt"), "Voor het hele team")
    assert "C1" in world.says("bob", "contact Podt").text
    assert "Vastgelegd" in world.says("alice", "log gesprek met Piri over de geheimhoudingsplicht").text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("log 10-11 gesprek met Ceder", "dinsdag 10 november 2026"),
        ("log gesprek met Ceder morgen", "woensdag 25 november 2026"),
        ("log gesprek met Ceder vorige week over nareis", "dinsdag 24 november 2026"),
        ("log gesprek met Ceder vorige week over opvang", "donderdag 19 november 2026"),
        ("log belafspraak met Ceder om 10u morgen", "woensdag 25 november 2026, 10:00"),
    ],
)
def test_a_day_that_was_seen_and_not_understood_is_never_today_by_itself(world: World, line: str, day: str) -> None:
    asked = world.says("alice", line)
    assert "Welke dag bedoel je?" in asked.text
    assert rows(world.presses("alice", asked, day))["Wanneer"] == day
