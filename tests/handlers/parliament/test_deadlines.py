"""Consultations and inbreng as deadlines: found, assigned from the card, reminded, extended, closed; each said once."""

from datetime import date, timedelta

import pytest

from storage import tasks
from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days

NAREIS = "Besluit nareis en gezinshereniging"
TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
CLOSES = date(2026, 12, 16)


@pytest.fixture
def found(hague: Hague) -> Hague:
    """A channel that follows it, and a consultation that was just found."""
    hague.desk.world.says("alice", "volg gezinshereniging")
    hague.site.opens("besluitnareis", NAREIS, date(2026, 11, 23), CLOSES)
    hague.site.opens("besluitwegen", "Besluit wegen", date(2026, 11, 23), CLOSES)
    return hague


def only_task(hague: Hague) -> tasks.Task:
    with hague.desk.world.database.reading() as db:
        found = [one for number in range(1, 9) if (one := tasks.get(db, number))]
    assert len(found) == 1
    return found[0]


def test_a_consultation_that_concerns_us_is_a_card_and_a_deadline(found: Hague) -> None:
    (card,) = found.reads()
    assert (card.what, card.to) == ("item", "slack C1")
    assert NAREIS in card.text
    assert "Reageren kan tot: woensdag 16 december 2026, tot het einde van de dag" in card.text
    task = only_task(found)
    assert (task.kind, task.day, task.unassigned) == ("consultatiereactie", CLOSES, True)
    assert found.reads() == []


def test_nobody_assigned_is_said_ten_days_before_and_no_more_once_somebody_is(found: Hague) -> None:
    (card,) = found.reads()
    before = found.desk.until(found.now.replace(day=2, month=12, hour=9), "rung")
    assert [(one.to, "Nog niemand toegewezen" in one.text) for one in before] == [("Carla", True)]
    form = found.desk.world.presses("carla", card.reply, "Wijs toe")
    found.desk.world.presses("carla", form, "Opslaan", owner="Bob")
    found.desk.wakes()
    after = found.desk.until(found.now.replace(day=9, hour=10), "rung")
    assert {(one.to, "Nog niemand toegewezen" in one.text) for one in after} == {("Bob", False)}
    assert only_task(found).owner_id != only_task(found).author_id


def test_an_extended_closing_date_moves_the_ladder_and_is_said_once(found: Hague) -> None:
    found.reads()
    found.site.extends("besluitnareis", CLOSES + timedelta(days=14))
    said = found.reads()
    assert sorted((one.what, one.to) for one in said) == [("item_step", "slack C1"), ("moved", "Carla")]
    assert all("16 dec" in one.text and "30 dec" in one.text for one in said)
    assert only_task(found).day == CLOSES + timedelta(days=14)
    assert found.reads() == []
    rungs = found.desk.until(found.now.replace(month=12, day=15, hour=12), "rung")
    assert len(rungs) == 1  # ten working days before the thirtieth


def test_closing_without_a_reply_is_written_down_and_said_once(found: Hague) -> None:
    found.reads()
    found.desk.until(found.now.replace(month=12, day=17, hour=9))
    found.site.closes("besluitnareis")
    said = [one for one in found.reads() if one.what == "item_step"]
    assert [one.text for one in said] == [f"{NAREIS} is gesloten. Niet gereageerd."]
    assert not only_task(found).is_open
    assert "niet gereageerd" in found.desk.world.says("carla", "geschiedenis T1").text
    assert found.desk.until(found.now + timedelta(days=20), "rung") == []


def test_a_reply_that_was_sent_in_time_is_done_and_closes_in_silence(found: Hague) -> None:
    found.reads()
    found.desk.world.says("carla", "taak klaar 1")
    found.desk.wakes()
    found.desk.until(found.now.replace(month=12, day=17, hour=9))
    found.site.closes("besluitnareis")
    assert found.reads() == []


def test_an_inbreng_of_what_is_followed_is_a_deadline_and_moves_with_the_agenda(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    at = hague.now + timedelta(days=15)
    inbreng = days.plans(hague.kamer, "Inbreng verslag (wetsvoorstel)", "Wet beperking nareis", at, 36999)
    hague.reads()
    assert (only_task(hague).kind, only_task(hague).due) == ("inbreng", at)
    later = days.moves(hague.kamer, inbreng, at + timedelta(days=7))
    said = hague.reads()
    assert sorted((one.what, one.to) for one in said) == [("item_step", "slack C1"), ("moved", "Carla")]
    assert only_task(hague).due == at + timedelta(days=7)
    days.cancels(hague.kamer, later)
    hague.reads()
    assert not only_task(hague).is_open


def test_what_is_past_when_it_is_found_is_no_deadline(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg gezinshereniging")
    hague.site.opens("besluitnareis", NAREIS, date(2026, 10, 1), date(2026, 11, 23))
    hague.reads()
    with hague.desk.world.database.reading() as db:
        assert tasks.get(db, 1) is None


def test_the_list_begins_with_what_concerns_us(found: Hague) -> None:
    found.reads()
    said = found.desk.world.says("alice", "consultatie lijst")
    assert said.text.index(NAREIS) < said.text.index("Besluit wegen")
    assert "Open consultaties (2), waarvan 1 over wat hier gevolgd wordt" in said.text
    shown = found.desk.world.presses("alice", said, said.buttons[0].label)
    assert NAREIS in shown.text
    assert not found.desk.world.says("alice", "consultatie zeepaardjes").ok


def test_one_of_our_own_is_a_task_and_a_confidential_one_is_known_to_nobody_else(hague: Hague) -> None:
    world = hague.desk.world
    assert "T1" in world.says("alice", 'consultatie nieuw "Besluit opvang" tot 12 december').text
    assert "T2" in world.says("alice", 'consultatie nieuw "Geheim besluit" tot 12 december vertrouwelijk').text
    hague.desk.wakes()
    assert "Geheim" in world.says("alice", "taken").text
    assert "Geheim" not in world.says("carla", "taken team").text
    assert all("Geheim" not in one.text for one in hague.desk.said)
    assert not world.says("alice", "consultatie nieuw Besluit").ok
