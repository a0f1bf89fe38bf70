"""The form: all that one sentence cannot say; a mistake in one field loses nothing of the others."""

from datetime import date

import pytest

from handlers.contacts.form import NAMES
from handlers.reply import Reply
from storage import people
from tests.bot.replies import FULL
from tests.handlers.shown import filled, labels, rows
from tests.world import World


def sent(world: World, user: str = "alice", **values: str) -> Reply:
    """A new form, sent with these values over those that stood in it."""
    return world.presses(user, world.says(user, "log"), "Opslaan", **values)


def test_an_empty_form_starts_with_today_and_whoever_types(world: World) -> None:
    form = world.says("alice", "log")
    assert filled(form) == {
        "kind": "gesprek",
        "day": "2026-11-24",
        "participants": "Alice",
        "stance_source": "dit contact",
    }
    assert form.form
    assert {field.name for field in form.form.fields} == NAMES
    assert not any("{" in field.label for field in form.form.fields)


def test_every_field_is_stored_and_shown(worlds: World) -> None:
    receipt = sent(worlds, **FULL, public="ja")
    assert rows(receipt) == {
        "Soort": "bestuurlijk overleg",
        "Wanneer": "vrijdag 20 november 2026, 14:30",
        "Met wie": "A. Podt (D66), Jansma (wethouder, gemeente Ede)",
        "Organisaties": "COA, IND",
        "Van ons": "Alice, Bob, een stagiair",
        "Partners": "UNHCR, VNG",
        "Dossiers": "gezinshereniging, opvang",
        "Wetsvoorstellen": "36871, 36704-7",
        "Besproken": "De nareistermijn.\nEn de opvang in Ede.",
        "Gevraagd": "Een amendement van D66.",
        "Afgesproken": "Zij bellen de fractie.",
        "Standpunt": "twijfelt (bron: dit contact)",
        "Initiatief": "van ons",
        "Gegeven stukken": "position paper nareis",
        "Vervolg": "casussen sturen — vrijdag 4 december 2026, 17:00 — Alice",
        "Openbaar": "ja",
    }
    assert rows(worlds.says("carla", "contact C1")) == rows(receipt)
    stands = filled(worlds.presses("alice", receipt, "Aanpassen"))
    assert stands == FULL | {
        "people": "A. Podt (D66), Jansma (wethouder, gemeente Ede)",
        "bills": "36871, 36704-7",
        "public": "ja",
    }
    assert NAMES - stands.keys() == {"confidential", "readers"}


@pytest.mark.parametrize("field", ["nareistermijn", "amendement", "fractie", "position", "casussen", "36704", "Jansma"])
def test_what_stands_in_a_field_is_found(worlds: World, field: str) -> None:
    sent(worlds, **FULL)
    assert "C1 · vr 20 nov 2026" in worlds.says("bob", f"zoek {field}").text


def test_a_confidential_contact_names_its_readers(worlds: World) -> None:
    receipt = sent(worlds, people="Podt", confidential="ja", readers="Vera, carla")
    assert rows(receipt)["Vertrouwelijk"] == "alleen voor Alice, Carla, Vera"
    form = filled(worlds.presses("alice", receipt, "Aanpassen"))
    assert (form["confidential"], form["readers"]) == ("ja", "Carla, Vera")
    assert worlds.says("vera", "contact C1").text.startswith("C1\n")
    assert not worlds.says("bob", "contact C1").ok


def test_without_names_it_is_for_the_author_alone(world: World) -> None:
    assert rows(sent(world, people="Podt", confidential="ja"))["Vertrouwelijk"] == "alleen voor Alice"


WRONG = [
    ("kind", {"kind": "borrel"}, "Kies een soort contact"),
    ("kind", {"kind": ""}, "Vul Soort in."),
    ("day", {"day": ""}, "Vul Datum in."),
    ("day", {"day": "31-2-2026"}, "31-2-2026 is geen datum die bestaat."),
    ("day", {"day": "2114-05-03"}, "donderdag 3 mei 2114 is te ver weg"),
    ("day", {"day": "2016-01-01"}, "te ver weg"),
    ("clock", {"clock": "25:00"}, "25:00 is geen tijd."),
    ("people", {"people": "Yilmaz"}, "Yilmaz ken ik niet."),
    ("people", {"people": "Podt, Van Dijk"}, "Er zijn er meer die Van Dijk heten: Diederik van Dijk (SGP), Emiel"),
    ("dossiers", {"dossiers": "zeepaardjes"}, "zeepaardjes is geen dossier dat wij kennen."),
    ("bills", {"bills": "36871, wet 12"}, "wet 12 is geen nummer van een wetsvoorstel."),
    ("stance", {"stance": "juicht"}, "juicht staat niet in de lijst."),
    ("stance_source", {"stance": "tegen", "stance_source": ""}, "Waar blijkt het standpunt uit?"),
    ("initiative", {"initiative": "samen"}, "samen staat niet in de lijst."),
    ("follow_up", {"follow_up_day": "2026-12-01"}, "Schrijf ook wat er moet gebeuren."),
    ("follow_up", {"follow_up_who": "Bob"}, "Schrijf ook wat er moet gebeuren."),
    ("follow_up_day", {"follow_up": "bellen", "follow_up_day": "2126-12-01"}, "te ver weg"),
    ("follow_up_day", {"follow_up": "bellen", "follow_up_day": "morgen"}, "morgen is geen datum"),
    ("follow_up_clock", {"follow_up": "bellen", "follow_up_clock": "straks"}, "straks is geen tijd."),
    ("confidential", {"readers": "Bob"}, "Je noemt wie het mag zien."),
    ("readers", {"confidential": "ja", "readers": "Bob, Yilmaz"}, "Yilmaz is geen lid"),
    ("public", {"confidential": "ja", "public": "ja"}, "niet openbaar en vertrouwelijk tegelijk"),
    ("discussed", {"discussed": "x" * 4001}, "Dat zijn 4001 tekens; 4000 is het meeste in dit veld."),
    ("documents", {"documents": "x" * 1001}, "Dat zijn 1001 tekens; 1000 is het meeste in dit veld."),
]


@pytest.mark.parametrize(("field", "values", "sentence"), WRONG)
def test_a_mistake_is_named_at_its_field_and_what_was_typed_stays(
    world: World, field: str, values: dict[str, str], sentence: str
) -> None:
    typed = {"people": "Podt", "agreed": "Zij bellen."} | values
    refused = sent(world, **typed)
    assert not refused.ok
    assert list(refused.errors) == [field]
    assert sentence in refused.errors[field]
    assert refused.text.startswith(refused.errors[field])
    kept = filled(world.presses("alice", refused, "Ga verder"))
    readable = {name: value for name, value in typed.items() if value and not name.endswith(("day", "clock"))}
    assert {name: kept.get(name) for name in readable} == readable
    assert not world.says("alice", "contact C1").ok


def test_a_form_refused_twice_is_one_draft_and_gone_when_it_is_right(worlds: World) -> None:
    form = worlds.says("alice", "log")
    worlds.presses("alice", form, "Opslaan", people="Yilmaz", agreed="Eerst dit.")
    refused = worlds.presses("alice", form, "Opslaan", people="Yilmaz", agreed="Dan dat.")
    assert labels(worlds.says("alice", "")).count("Ga verder") == 1
    again = worlds.presses("alice", refused, "Ga verder")
    assert filled(again)["agreed"] == "Dan dat."
    assert worlds.presses("alice", again, "Opslaan", people="Podt").ok
    assert "Ga verder" not in labels(worlds.says("alice", ""))


def test_the_form_that_was_refused_can_be_mended_where_it_stands(world: World) -> None:
    form = world.says("alice", "log")
    world.presses("alice", form, "Opslaan", people="Yilmaz")
    assert world.presses("alice", form, "Opslaan", people="Podt").text.startswith("Vastgelegd als C1")
    assert "Ga verder" not in labels(world.says("alice", ""))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Jansma (wethouder, gemeente Ede)", "Jansma (wethouder, gemeente Ede)"),
        ("J.P. de Vries-Bakker (directeur, COA)", "J.P. de Vries-Bakker (directeur, COA)"),
        ("Fatma Yilmaz (beleidsmedewerker, D66)", "Fatma Yilmaz (D66)"),
    ],
)
def test_somebody_new_is_added_with_function_and_organisation(worlds: World, typed: str, name: str) -> None:
    assert rows(sent(worlds, people=typed))["Met wie"] == name
    assert "C1 · di 24 nov 2026" in worlds.says("bob", f"contact {typed.split(' (', maxsplit=1)[0]}").text


@pytest.mark.parametrize("typed", ["Jansma (gemeente Ede)", "Jansma (wethouder, gemeente Ede)", "Jansma (*x* <!here>)"])
def test_the_one_whom_somebody_added_is_the_same_one_the_next_time(worlds: World, typed: str) -> None:
    sent(worlds, kind="brief", people=typed)
    sent(worlds, user="carla", kind="gesprek", people=typed)
    assert rows(worlds.says("carla", "contact C1"))["Met wie"] == rows(worlds.says("carla", "contact C2"))["Met wie"]
    with worlds.database.reading() as db:
        known = people.on(db, date(2026, 11, 24))
    assert len([one for one in known if "Jansma" in one.label]) == 1


def test_a_part_of_the_form_leaves_the_rest_as_it_is(world: World) -> None:
    sent(world, **FULL)
    before = rows(world.says("alice", "contact C1"))
    changed = world.says("bob", "log", step="save", contact="1", version="1", agreed="Zij bellen ons.")
    assert changed.text.startswith("C1 is aangepast")
    assert rows(changed) == before | {"Afgesproken": "Zij bellen ons."}


def test_a_part_of_the_form_of_a_confidential_contact_keeps_it_confidential(world: World) -> None:
    sent(world, people="Podt", confidential="ja", readers="Carla")
    changed = world.says("carla", "log", step="save", contact="1", version="1", agreed="Zij bellen ons.")
    assert rows(changed)["Vertrouwelijk"] == "alleen voor Alice, Carla"
    assert not world.says("bob", "contact C1").ok


def test_a_field_can_be_emptied(world: World) -> None:
    receipt = sent(world, **FULL)
    form = world.presses("alice", receipt, "Aanpassen")
    changed = world.presses(
        "alice", form, "Opslaan", follow_up="", follow_up_day="", follow_up_clock="", **{"follow_up_who": ""}
    )
    assert "Vervolg" not in rows(changed)


def test_nothing_changed_is_no_new_version(world: World) -> None:
    receipt = sent(world, **FULL)
    form = world.presses("alice", receipt, "Aanpassen")
    assert world.presses("alice", form, "Opslaan").text.startswith("Aan C1 is niets veranderd")
    assert "paste dit aan" not in world.says("alice", "geschiedenis C1").text


def test_nothing_changed_at_the_readers_is_no_new_version(worlds: World) -> None:
    receipt = sent(worlds, "carla", people="Podt", confidential="ja", readers="Vera, Alice")
    form = worlds.presses("carla", receipt, "Aanpassen")
    assert worlds.presses("carla", form, "Opslaan").text.startswith("Aan C1 is niets veranderd")


def test_two_at_the_same_form_the_second_loses_nothing(worlds: World) -> None:
    receipt = worlds.says("alice", "log gesprek met Podt over nareis")
    of_alice, of_bob = worlds.presses("alice", receipt, "Aanpassen"), worlds.presses("bob", receipt, "Aanpassen")
    worlds.presses("alice", of_alice, "Opslaan", agreed="Van Alice.")
    stale = worlds.presses("bob", of_bob, "Opslaan", asked="Van Bob.")
    assert not stale.ok
    assert "intussen door iemand aangepast" in stale.text
    assert rows(worlds.says("carla", "contact C1"))["Afgesproken"] == "Van Alice."
    newest = worlds.presses("bob", stale, "Ga verder")
    assert filled(newest)["asked"] == "Van Bob."
    assert worlds.presses("bob", newest, "Opslaan", agreed="Van Alice.").text.startswith("C1 is aangepast")
    stands = rows(worlds.says("carla", "contact C1"))
    assert (stands["Gevraagd"], stands["Afgesproken"]) == ("Van Bob.", "Van Alice.")


def test_a_form_of_what_was_taken_back_meanwhile_keeps_what_was_typed(world: World) -> None:
    receipt = world.says("alice", "log gesprek met Podt over nareis")
    form = world.presses("bob", receipt, "Aanpassen")
    world.says("alice", "ongedaan")
    refused = world.presses("bob", form, "Opslaan", asked="Van Bob.")
    assert refused.text.startswith("Een contact C1 heb ik niet gevonden.")
    new = world.presses("bob", refused, "Ga verder")
    assert filled(new)["asked"] == "Van Bob."
    assert world.presses("bob", new, "Opslaan").text.startswith("Vastgelegd als C2")


def test_a_form_whose_draft_is_gone_is_stored_all_the_same(world: World) -> None:
    question = world.says("alice", "log gesprek met Van Dijk")
    form = world.presses("alice", question, "Open formulier")
    world.presses("alice", question, "Gooi weg")
    assert world.presses("alice", form, "Opslaan", people="Podt").text.startswith("Vastgelegd als C1")


def test_the_form_shows_the_line_it_equals(world: World) -> None:
    receipt = sent(world, **FULL)
    form = world.presses("alice", receipt, "Aanpassen").form
    assert form
    assert form.line == (
        "/lobby log bestuurlijk overleg met A. Podt (D66), Jansma (wethouder, gemeente Ede)"
        " 20-11-2026 over gezinshereniging, opvang"
    )


def test_a_typed_text_opens_the_form_filled(world: World) -> None:
    form = world.says("alice", "log gebeld met Podt gisteren over nareis", step="form")
    assert filled(form) == {
        "kind": "telefoon",
        "day": "2026-11-23",
        "people": "A. Podt (D66)",
        "participants": "Alice",
        "dossiers": "gezinshereniging",
        "discussed": "gebeld met Podt gisteren over nareis",
        "stance_source": "dit contact",
    }


def test_the_same_form_sent_anew_is_not_a_second_contact(worlds: World) -> None:
    """The answer got lost, the page was loaded anew, the same was filled in again: it stands there already."""
    sent(worlds, people="Podt (D66)", discussed="nareis")
    again = sent(worlds, people="Podt (D66)", discussed="nareis")
    assert "Dit staat er al, als C1" in again.text
    assert "Toch nog een keer vastleggen" not in labels(again)
    assert "C2" in sent(worlds, people="Podt (D66)", discussed="nareis en opvang").text
    worlds.passes(minutes=11)
    assert "C3" in sent(worlds, people="Podt (D66)", discussed="nareis").text


def test_whoever_makes_a_contact_confidential_can_still_see_it(world: World) -> None:
    sent(world, people="Podt (D66)")
    world.presses(
        "bob", world.presses("bob", world.says("bob", "contact C1"), "Aanpassen"), "Opslaan", confidential="ja"
    )
    assert world.says("bob", "contact C1").ok
    assert world.says("alice", "contact C1").ok
    assert not world.says("carla", "contact C1").ok
    assert world.says("bob", "ongedaan C1").ok


def test_a_slip_in_the_fractie_adds_nobody(world: World) -> None:
    refused = sent(world, people="Podt (VVD)")
    assert "Ik ken wel: A. Podt (D66)" in refused.errors["people"]
    assert sent(world, people="Podt (wethouder, gemeente Ede)").ok
