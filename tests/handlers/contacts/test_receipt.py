"""The receipt of a sentence shows what each field was read from; nothing of that is kept."""

from tests.handlers.shown import behind, filled, labels, rows
from tests.world import World


def test_each_value_shows_the_words_it_was_read_from(worlds: World) -> None:
    line = "belletje do met Podt (D66) en @bob, samen met UNHCR, over nareis en azc's, 36 704, @bob vrijdag nabellen"
    receipt = worlds.says("alice", f"log {line}")
    assert behind(receipt) == {
        "Soort": "(“belletje”)",
        "Wanneer": "(“do”)",
        "Dossiers": "(“nareis”, “azc”)",
        "Wetsvoorstellen": "(“36 704”)",
        "Vervolg": "(“vrijdag”)",
    }
    assert "Wanneer: donderdag 19 november 2026 (“do”)\n" in receipt.text


def test_what_was_typed_in_so_many_words_is_not_said_twice(world: World) -> None:
    receipt = world.says("alice", "log gesprek op 19 november 2026 met A. Podt (D66) over opvang")
    assert behind(receipt) == {}


def test_of_several_values_all_words_stand_there_or_none(world: World) -> None:
    receipt = world.says("alice", "log gesprek vandaag met Podt over opvang en nareis")
    assert rows(receipt)["Dossiers"] == "opvang, gezinshereniging"
    assert behind(receipt)["Dossiers"] == "(“opvang”, “nareis”)"


def test_what_nobody_said_is_shown_as_assumed(world: World) -> None:
    receipt = world.says("alice", "log Podt over nareis")
    assert behind(receipt)["Soort"] == "(niet genoemd)"
    assert behind(receipt)["Wanneer"] == "(niet genoemd)"
    assert behind(world.says("bea", "lid")) == {}


def test_a_time_without_a_day_and_who_asked_for_it_show_their_words(world: World) -> None:
    receipt = world.says("alice", "log gesprek om 9u met Podt op ons verzoek over nareis")
    assert behind(receipt)["Wanneer"] == "(“9u”)"
    assert behind(receipt)["Initiatief"] == "(“op ons verzoek”)"
    assert "Niet begrepen" not in receipt.text


def test_an_answer_is_what_the_field_was_read_from(worlds: World) -> None:
    question = worlds.says("alice", "log gesprek vandaag met Podt en Van Dijk over opvang")
    receipt = worlds.presses("alice", question, "Inge van Dijk (CDA)")
    assert behind(receipt)["Met wie"] == "(“Podt”, “Van Dijk”: jouw antwoord)"
    question = worlds.says("alice", "log gesprek met Podt op 31 februari 2026")
    receipt = worlds.presses("alice", question, "dinsdag 24 november 2026")
    assert behind(receipt)["Wanneer"] == "(“31 februari 2026”: jouw antwoord)"


def test_words_that_were_asked_about_are_no_longer_called_not_understood(world: World) -> None:
    question = world.says("alice", "log gesprek met Ceder vorige week over nareis")
    receipt = world.presses("alice", question, "dinsdag 24 november 2026")
    assert behind(receipt)["Wanneer"] == "(“vorige week”: jouw antwoord)"
    assert "Niet begrepen" not in receipt.text


def test_a_name_that_was_left_out_stands_nowhere(world: World) -> None:
    question = world.says("alice", "log gesprek vandaag met Podt en Van Dijk over opvang")
    receipt = world.presses("alice", question, "Geen van deze")
    assert rows(receipt)["Met wie"] == "A. Podt (D66)"
    assert "Met wie" not in behind(receipt)


def test_for_whom_it_is_confidential_shows_the_word_and_the_answer(world: World) -> None:
    question = world.says("alice", "log gesprek vandaag met Podt over opvang, vertrouwelijk")
    receipt = world.presses("alice", question, "Alleen voor mij")
    assert behind(receipt)["Vertrouwelijk"] == "(“vertrouwelijk”: jouw antwoord)"


def test_it_is_on_the_receipt_alone_and_nowhere_else(world: World) -> None:
    receipt = world.says("alice", "log belletje gisteren met Podt over nareis")
    assert behind(receipt)
    assert behind(world.says("alice", "contact C1")) == {}
    form = world.presses("alice", receipt, "Aanpassen")
    assert not any("“" in value for name, value in filled(form).items() if name != "discussed")
    assert behind(world.presses("alice", form, "Opslaan", agreed="Ja.")) == {}
    assert "“" not in world.says("alice", "geschiedenis C1").text
    assert behind(world.says("alice", "log belletje gisteren met Podt over nareis")) == {}


def test_long_words_are_shortened_and_nothing_raises(world: World) -> None:
    receipt = world.says(
        "alice", "log gesprek vandaag met Podt, 3 december " + "heel " * 40 + "lang nabellen met Jansen"
    )
    assert receipt.ok or labels(receipt)
    assert all(len(said) < 200 for said in behind(receipt).values())


def test_english_says_it_in_english(world: World) -> None:
    world.says("alice", "instellingen taal en")
    receipt = world.says("alice", "log call yesterday with Podt about nareis")
    assert behind(receipt)["When"] == "(“yesterday”)"
    assert behind(world.says("alice", "log Podt about opvang"))["When"] == "(not said)"


def test_a_stance_shows_the_words_that_say_so(world: World) -> None:
    receipt = world.says("alice", "log gesprek vandaag met Podt over nareis, zij ziet niets in ons plan")
    assert rows(receipt)["Standpunt"] == "tegen (bron: dit contact)"
    assert behind(receipt)["Standpunt"] == "(“ziet niets in”)"
