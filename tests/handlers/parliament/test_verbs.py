"""`volg`, `ontvolg`, `wet`, `agenda` and `toezegging` as conversations."""

from datetime import timedelta

import pytest

from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days
from tests.world import World

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("volg 36704", "wet 36704"),
        ("volg wet 36704", "wet 36704"),
        ("volg 36800-XVI", "wet 36800-XVI"),
        ("volg 36800-xvi", "wet 36800-XVI"),
        ("volg 36800 xvi", "wet 36800-XVI"),
        ("volg gezinshereniging", "thema gezinshereniging"),
        ("volg asiel", "thema asiel"),
        ('volg "medische zorg"', "zoekterm “medische zorg”"),
        ("volg commissie:AM", "commissie AM"),
        ('volg lid:"Podt"', "Kamerlid A. Podt (D66)"),
        ("volg toezeggingen", "toezeggingen"),
        ("volg consultaties", "consultaties"),
        ("follow 36704", "wet 36704"),
    ],
)
def test_what_can_be_followed_is_followed_and_named(world: World, line: str, named: str) -> None:
    said = world.says("alice", line)
    assert said.text.startswith(f"Je volgt nu {named}, voor iedereen in #team-asiel.")
    assert named.split(" (", maxsplit=1)[0] in world.says("alice", "volg lijst").text
    assert "werd al gevolgd" in world.says("alice", line).text
    assert "niet meer gevolgd" in world.presses("alice", said, "Ontvolg").text
    assert "nog niets gevolgd" in world.says("alice", "volg lijst").text


def test_a_word_that_is_no_dossier_is_asked_about_once(world: World) -> None:
    asked = world.says("alice", "volg zeepaardjes")
    assert "Wat bedoel je" in asked.text
    assert "zoekterm “zeepaardjes”" in world.presses("alice", asked, "Zoekterm “zeepaardjes”").text


def test_of_two_with_one_name_it_is_asked_which(world: World) -> None:
    asked = world.says("alice", "volg lid:Dijk")
    assert len(asked.buttons) > 1
    assert "Je volgt nu Kamerlid" in world.presses("alice", asked, asked.buttons[0].label).text


def test_a_vrijwilliger_does_not_choose_for_a_channel(world: World) -> None:
    assert "kiezen medewerkers" in world.says("vera", "volg asiel").text


@pytest.mark.parametrize("line", ['volg ""', 'volg "*"', "ontvolg 36704", 'volg lid:"Zeepaard"', "volg niet 36704"])
def test_what_cannot_be_is_said_and_changes_nothing(world: World, line: str) -> None:
    assert not world.says("alice", line).ok
    assert "nog niets gevolgd" in world.says("alice", "volg lijst").text


def test_a_new_filter_shows_what_it_would_have_hit(hague: Hague) -> None:
    world = hague.desk.world
    assert "nog niets van de Kamer gelezen" in world.says("alice", 'volg "nareis"').text
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=40))
    days.introduces_bill(hague.kamer, 36998, "Wet op de nareis van vroeger", hague.now - timedelta(days=200))
    hague.reads()
    said = world.says("alice", "volg gezinshereniging").text
    assert "1 keer iets geraakt" in said
    assert "36999 · Wijziging van de Vreemdelingenwet 2000" in said
    assert "had dit niets geraakt" in world.says("alice", 'volg "zeepaardjes"').text


def test_a_bill_is_found_by_number_and_by_words(hague: Hague) -> None:
    world = hague.desk.world
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=40))
    days.introduces_bill(hague.kamer, 36998, "Wet nareis BES", hague.now - timedelta(days=4))
    at = hague.now + timedelta(days=6)
    days.plans(hague.kamer, "Inbreng verslag (wetsvoorstel)", "Wet beperking nareis", at, 36999)
    hague.reads()
    for line in ("wet 36999", "wet vreemdelingenwet", "bill 36999"):
        said = world.says("alice", line).text
        assert said.startswith("36999 · Wijziging van de Vreemdelingenwet 2000")
        assert "Inbreng uiterlijk: maandag 30 november 2026, 10:15" in said
        assert "https://zoek.officielebekendmakingen.nl/kst-36999-2" in said
    both = world.says("alice", "wet nareis")
    assert [button.label for button in both.buttons] == ["36998", "36999"]
    assert not world.says("alice", "wet 36000").ok
    assert not world.says("alice", "wet zeepaardjes").ok
    assert not world.says("alice", "wet").ok


def test_the_agenda_is_by_day_and_says_its_sources(hague: Hague) -> None:
    world = hague.desk.world
    days.plans(hague.kamer, "Commissiedebat", "Asiel", hague.now + timedelta(hours=4))
    days.plans(hague.kamer, "Commissiedebat", "Wegen", hague.now + timedelta(days=1), committee="IenW")
    days.plans(hague.kamer, "Plenair debat", "Begroting", hague.now + timedelta(days=8), committee="TK")
    hague.reads()
    today = world.says("alice", "agenda vandaag").text
    assert "di 24 nov 2026 14:15 · Commissiedebat · Asiel · AM" in today
    assert "Wegen" not in today
    assert "Bronnen: TK ✓ 10:15" in today
    week = world.says("alice", "agenda").text
    assert ("Asiel" in week, "Wegen" in week, "Begroting" in week) == (True, True, False)
    assert "Wegen" not in world.says("alice", "agenda week commissie:am").text
    assert not world.says("alice", "agenda gisteren").ok


def test_the_agenda_of_who_follows_is_what_concerns_them(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", "volg asiel")
    days.plans(hague.kamer, "Commissiedebat", "Asiel", hague.now + timedelta(hours=4))
    days.plans(hague.kamer, "Commissiedebat", "Wegen", hague.now + timedelta(hours=5), committee="IenW")
    hague.reads()
    ours = world.says("alice", "agenda vandaag")
    assert "Wegen" not in ours.text
    assert "Wegen" in world.presses("alice", ours, "Alle 2").text


def test_commitments_are_listed_by_the_day_they_are_due(hague: Hague) -> None:
    for number, due, status in (
        (1, "2026-12-01", "Openstaand"),
        (2, "2026-11-01", "Openstaand"),
        (3, None, "Afgedaan"),
    ):
        values = {
            "nummer": f"TZ202611-00{number}",
            "tekst": f"De minister stuurt brief {number} over nareis.",
            "status": status,
        }
        more = {"functie": "minister van Asiel en Migratie", "datumNakoming": f"{due}T00:00:00+01:00" if due else None}
        hague.kamer.put("Toezegging", f"t{number}", {**values, **more, "aanmaakdatum": "2026-11-20T10:00:00+01:00"})
    hague.reads()
    said = hague.desk.world.says("alice", "toezegging lijst").text
    assert said.index("TZ202611-002") < said.index("TZ202611-001")
    assert "TZ202611-003" not in said
    assert "had er zo 1 nov 2026 moeten zijn" in said
    assert "TZ202611-001" in hague.desk.world.says("alice", "toezegging brief 1").text
    assert not hague.desk.world.says("alice", "toezegging zeepaardjes").ok
