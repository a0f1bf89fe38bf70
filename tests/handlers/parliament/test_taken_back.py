"""What is taken back, or comes later than it should: all of it stands as its source has it now."""

from datetime import timedelta

import pytest

from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"


@pytest.fixture
def bill(hague: Hague) -> Hague:
    """In which bill 36999 came in a month ago, and is followed."""
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    hague.reads()
    return hague


def stands(hague: Hague) -> str:
    return hague.desk.world.says("alice", "wet 36999").text


def test_a_paper_that_is_deleted_takes_its_stage_with_it(bill: Hague) -> None:
    paper = days.publishes(bill.kamer, 36999, "Brief regering", bill.now, subject="Intrekking van het wetsvoorstel")
    bill.reads()
    assert "Fase: ingetrokken" in stands(bill)
    bill.kamer.delete("Document", paper)
    bill.reads()
    assert "Fase: ingediend" in stands(bill)


def test_a_decision_and_a_position_that_are_deleted_count_no_more(bill: Hague) -> None:
    meeting = days.plans(bill.kamer, "Stemmingen", "Stemmingen", bill.now - timedelta(hours=1), 36999, committee="TK")
    seats = {"D66": ("Voor", 26), "PVV": ("Tegen", 19), "VVD": ("Tegen", 22)}
    decision = days.decides(bill.kamer, 36999, "verworpen", meeting, seats)
    bill.reads()
    assert "verworpen, 26 voor en 41 tegen" in stands(bill)
    bill.kamer.delete("Stemming", f"{decision}-PVV")
    bill.reads()
    assert "verworpen, 26 voor en 22 tegen" in stands(bill)
    bill.kamer.delete("Besluit", decision)
    bill.reads()
    assert "Fase: stemming" in stands(bill)


def test_an_inbreng_that_moves_and_whose_first_activity_is_deleted_stays_with_who_has_it(bill: Hague) -> None:
    at = bill.now + timedelta(days=14)
    first = days.plans(bill.kamer, "Inbreng verslag (wetsvoorstel)", "Wet beperking nareis", at, 36999)
    bill.reads()
    bill.desk.world.says("carla", f"taak overdragen T{bill.only_task().id} @bob")
    owner = bill.only_task().owner_id
    days.moves(bill.kamer, first, at + timedelta(days=3))
    bill.reads()
    bill.kamer.delete("Activiteit", first)
    assert [one.what for one in bill.reads() if one.what not in ("update", "card")] == []
    (task,) = bill.tasks()
    assert (task.owner_id, task.is_open, task.due) == (owner, True, at + timedelta(days=3))


def test_a_bill_taken_off_the_agenda_of_an_inbreng_leaves_nothing_to_do(bill: Hague) -> None:
    at = bill.now + timedelta(days=14)
    first = days.plans(bill.kamer, "Inbreng verslag (wetsvoorstel)", "Diversen", at, 36999)
    bill.reads()
    bill.kamer.delete("Agendapunt", f"punt-{first}")
    bill.reads()
    assert "Op de agenda" not in stands(bill)


def test_a_bill_whose_committee_comes_a_look_later_still_gets_its_card(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg commissie:AM")
    days.introduces_bill(hague.kamer, 36999, "Wet iets", hague.now)
    actor = next(row for row in hague.kamer.rows.values() if row.values.get("actorAfkorting") == "AM")
    hague.kamer.put("ZaakActor", actor.id, {**actor.values, "actorAfkorting": None}, links=actor.links)
    assert hague.reads() == []
    hague.kamer.put("ZaakActor", actor.id, dict(actor.values), links=actor.links)
    assert [one.what for one in hague.reads()] == ["item"]
    hague.kamer.touch("Zaak")
    assert hague.reads() == []


def test_who_follows_a_member_hears_of_their_meetings_and_motions(hague: Hague) -> None:
    said = hague.desk.world.says("alice", 'volg lid:"Podt"')
    assert "A. Podt" in said.text
    name = {"achternaam": "Podt", "initialen": "A.", "roepnaam": "Anne-Marie", "functie": "Tweede Kamerlid"}
    hague.kamer.put("Persoon", "podt", {**name})
    motion = days.proposes(hague.kamer, 36999, "Motie", "Motie van het lid Podt over wegen", hague.now)
    who = {"relatie": "Indiener", "actorNaam": "Podt, A. (Anne-Marie)"}
    hague.kamer.put("ZaakActor", "indiener", {**who}, links={"zaak": (motion,), "persoon": ("podt",)})
    hague.reads()
    hague.desk.world.says("alice", 'ontvolg lid:"Podt"')
    assert "1 keer iets geraakt" in hague.desk.world.says("alice", 'volg lid:"Podt"').text


def test_who_follows_promises_hears_of_a_new_one_once(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg toezeggingen")
    meeting = days.plans(hague.kamer, "Commissiedebat", "Asiel", hague.now)
    promise = days.promises(hague.kamer, meeting, "De minister stuurt een brief over nareis.")
    row = hague.kamer.rows["Toezegging", promise]
    hague.kamer.put("Toezegging", promise, {**row.values, "aanmaakdatum": hague.now.isoformat()}, links=row.links)
    said = [one.text for one in hague.reads()]
    assert len(said) == 1
    assert "De minister stuurt een brief over nareis." in said[0]
    hague.kamer.touch("Toezegging")
    assert hague.reads() == []


def test_what_is_moved_away_without_another_day_says_so(bill: Hague) -> None:
    debate = days.plans(bill.kamer, "Commissiedebat", "Nareis", bill.now + timedelta(days=14), 36999)
    bill.reads()
    row = bill.kamer.rows["Activiteit", debate]
    bill.kamer.put("Activiteit", debate, {**row.values, "status": "Verplaatst"}, links=row.links)
    (said,) = [one.text for one in bill.reads() if one.what == "item_step"]
    assert "is verplaatst van di 8 dec 2026 10:15 naar" in said
    assert said.count("8 dec") == 1


def test_a_committee_is_followed_by_its_name_too(hague: Hague) -> None:
    for id, short, name in (("c1", "AM", "Asiel en Migratie"), ("c2", "J&V", "Justitie en Veiligheid")):
        hague.kamer.put("Commissie", id, {"afkorting": short, "naamNl": f"Vaste commissie voor {name}"})
    hague.kamer.put("Commissie", "c3", {"soort": "Algemeen"})  # there are some without a name
    hague.reads()
    world = hague.desk.world
    for typed in ("volg commissie:am", "volg commissie Asiel en Migratie", 'volg commissie:"migratie"'):
        assert "commissie AM" in world.says("alice", typed).text
    for typed in ("volg commissie:Onzin", "volg commissie vaste"):
        assert not world.says("alice", typed).ok
