"""Consultations and inbreng as deadlines: found, reminded of on the clock, closed with and without a reply."""

from datetime import date, timedelta

import pytest

from handlers import membership
from storage.tasks import DONE, LAPSED, WITHDRAWN
from tests.handlers.parliament.hague import NAREIS, Hague
from tests.servers import parliament_days as days
from tests.world import identity

TITLE = "Wijziging van de Vreemdelingenwet 2000 in verband met nareis (Wet beperking nareis)"
CLOSES = date(2026, 12, 16)


def test_a_consultation_that_concerns_us_is_a_card_and_a_deadline(followed: Hague) -> None:
    (card,) = followed.reads()
    assert (card.what, card.to) == ("item", "slack C1")
    for part in (
        NAREIS,
        "Reageren kan tot: woensdag 16 december 2026, tot het einde van de dag",
        "Open sinds: maandag 23 november 2026",
        "Ministerie: Ministerie van Asiel en Migratie",
        "Keten-ID: 31001",
        "Wie: nog niemand toegewezen; Carla houdt het in de gaten (T1)",
        "Waarom hier: thema gezinshereniging",
    ):
        assert part in card.text
    task = followed.only_task()
    assert (task.kind, task.day, task.unassigned) == ("consultatiereactie", CLOSES, True)
    assert followed.reads() == []


def test_nobody_assigned_is_said_from_ten_days_before_and_no_more_once_somebody_is(followed: Hague) -> None:
    (card,) = followed.reads()
    before = followed.until(2, what="rung")
    assert [(one.to, "Nog niemand toegewezen" in one.text) for one in before] == [("Carla", True)]
    form = followed.desk.world.presses("alice", card.reply, "Wijs toe")
    given = followed.desk.world.presses("alice", form, "Opslaan", owner="Bob")
    assert "Wie: Bob (T1)" in given.text
    assert [(one.what, one.to) for one in followed.desk.wakes()] == [("assigned", "Bob"), ("told", "Carla")]
    after = followed.until(9, 10, "rung")
    assert {(one.to, "Nog niemand toegewezen" in one.text) for one in after} == {("Bob", False)}
    assert followed.only_task().owner_id != followed.only_task().author_id


def test_later_reminders_say_it_too_while_nobody_is(followed: Hague) -> None:
    followed.reads()
    said = followed.until(16, 12, "rung")
    assert [(one.text.splitlines()[0].split(":")[0], "Nog niemand toegewezen" in one.text) for one in said] == [
        ("Nog 10 werkdagen", True),
        ("Nog 5 werkdagen", True),
        ("Nog 2 werkdagen", True),
        ("Nog 1 werkdag", True),
        ("Vandaag om 23", True),
    ]
    assert [button.label for button in said[0].reply.buttons][-1] == "Wijs toe"


def test_who_coordinates_can_take_it_themselves(followed: Hague) -> None:
    followed.reads()
    card = followed.desk.world.says("carla", "taak T1")
    assert "nog niemand toegewezen" in card.text
    followed.desk.world.says("carla", "taak aannemen T1")
    assert not followed.only_task().unassigned
    assert all("toegewezen" not in one.text for one in followed.until(16, 12, "rung"))


def test_who_hands_it_back_leaves_it_to_nobody(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob")
    followed.desk.wakes()
    followed.desk.world.says("bob", "taak teruggeven T1")
    assert [(one.what, one.to) for one in followed.desk.wakes()] == [("assigned", "Carla")]
    assert [(one.to, "Nog niemand toegewezen" in one.text) for one in followed.until(2, 10, "rung")] == [
        ("Carla", True)
    ]


@pytest.mark.parametrize("assigned", [True, False])
def test_who_leaves_leaves_it_to_who_coordinates(followed: Hague, assigned: bool) -> None:
    world = followed.desk.world
    world.says("bea", "lid alice coördinator")
    followed.reads()
    assert followed.only_task().unassigned
    if assigned:
        world.says("alice", "consultatie toewijzen K2 aan bob")
        followed.desk.wakes()
    owner = {1: "alice", 2: "bob"}[followed.only_task().owner_id]
    world.says("bea", f"lid {owner} uit")
    followed.desk.wakes()
    later = followed.until(2, 10, "rung")
    assert [("Nog niemand toegewezen" in one.text, one.to != owner.title()) for one in later] == [(not assigned, True)]


@pytest.mark.parametrize(
    ("gone", "owner"), [((), "Carla"), (("carla",), "Bea"), (("carla", "bea"), "Alice")], ids=["c", "b", "author"]
)
def test_it_is_the_coordinators_or_a_beheerders_or_whose_wish_it_was(
    followed: Hague, gone: tuple[str, ...], owner: str
) -> None:
    for name in gone:
        with followed.desk.world.database.writing() as db:
            membership.put_out(db, identity(name), followed.now)
    (card,) = followed.reads()
    assert f"{owner} houdt het in de gaten" in card.text


def test_what_closes_without_a_reply_is_written_down_and_said_once(followed: Hague) -> None:
    followed.reads()
    followed.until(17)
    followed.site.closes("besluitnareis")
    said = [one for one in followed.reads() if one.what != "update"]
    assert [(one.what, one.to, one.text) for one in said] == [
        ("item_step", "slack C1", f"{NAREIS} is gesloten. Niet gereageerd.")
    ]
    assert followed.only_task().state == LAPSED
    assert "niet gereageerd" in followed.desk.world.says("carla", "geschiedenis T1").text
    assert "Gereageerd: niet" in followed.desk.world.says("carla", "consultatie K2").text
    assert [one for one in followed.reads() if one.what != "update"] == []
    assert followed.until(20, what="rung", month=1) == []


def test_it_is_written_down_by_the_clock_whatever_the_site_says(followed: Hague) -> None:
    followed.reads()
    followed.until(16, 22)
    assert followed.closes_past() == []
    followed.until(16, 23)
    assert followed.closes_past() == []  # at midnight nobody is woken for it
    assert followed.only_task().state == LAPSED
    said = followed.until(17, 7)
    assert [one.text for one in said] == [f"{NAREIS} is gesloten. Niet gereageerd."]
    assert followed.closes_past() == []
    assert NAREIS not in followed.desk.world.says("alice", "consultatie lijst").text


def test_no_reminder_of_what_is_over_comes_before_that_is_written_down(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob vóór 4 december")
    late = followed.until(16, 22, "rung")
    assert "te laat" in late[-1].text  # a date of our own is late as any other
    assert followed.until(20, what="rung") == []


def test_what_is_closed_early_can_be_replied_to_no_more(followed: Hague) -> None:
    followed.reads()
    followed.site.closes("besluitnareis")
    assert [one.what for one in followed.reads()] == ["item_step"]
    assert followed.only_task().state == LAPSED
    assert not followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob").ok


def test_a_page_that_is_gone_keeps_its_deadline_until_its_day(followed: Hague) -> None:
    followed.reads()
    followed.site.removes("besluitnareis")
    followed.reads()
    assert "Staat: open" in followed.desk.world.says("alice", "consultatie K2").text
    assert followed.only_task().is_open
    followed.until(17)
    followed.reads()
    assert "Staat: gesloten" in followed.desk.world.says("alice", "consultatie K2").text


def test_a_reply_that_was_sent_in_time_is_done_and_closes_in_silence(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("carla", "taak klaar 1")
    followed.desk.wakes()
    assert "Gereageerd: dinsdag 24 november 2026" in followed.desk.world.says("carla", "consultatie K2").text
    followed.site.tells_otherwise("besluitnareis", "AMvB")
    assert [one for one in followed.reads() if one.what != "update"] == []
    assert followed.only_task().state == DONE
    followed.until(17)
    followed.site.closes("besluitnareis")
    assert [one for one in followed.reads() if one.what != "update"] == []


def test_what_a_colleague_withdrew_is_not_made_again(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("carla", "taak intrekken 1")
    followed.site.extends("besluitnareis", CLOSES + timedelta(days=7))
    followed.reads()
    assert followed.only_task().state == WITHDRAWN


@pytest.mark.parametrize("closes", [date(2026, 11, 23), None], ids=["past", "unknown"])
def test_what_is_past_or_has_no_day_when_it_is_found_is_no_deadline_until_it_has_one(
    hague: Hague, closes: date | None
) -> None:
    hague.desk.world.says("alice", "volg gezinshereniging")
    hague.site.opens("besluitnareis", NAREIS, date(2026, 11, 22), closes)
    assert [one.what for one in hague.reads()] == ["item"]
    assert hague.tasks() == []
    hague.site.extends("besluitnareis", CLOSES)
    hague.reads()
    assert (hague.only_task().day, hague.only_task().unassigned) == (CLOSES, True)


def test_what_was_open_already_when_it_is_followed_is_a_deadline_from_then_on(hague: Hague) -> None:
    hague.site.opens("besluitnareis", NAREIS, date(2026, 9, 1), CLOSES)
    assert hague.reads() == []
    said = hague.desk.world.says("alice", "volg gezinshereniging")
    assert "staat erbij als deadline" in said.text
    assert hague.only_task().day == CLOSES
    hague.desk.world.says("alice", "ontvolg gezinshereniging")
    assert hague.only_task().state == LAPSED
    assert hague.desk.wakes() == []
    hague.desk.world.says("alice", "volg gezinshereniging")
    assert hague.only_task().is_open


def test_who_follows_alone_is_given_no_deadline(hague: Hague, alone: None) -> None:
    hague.desk.world.says("vera", "volg gezinshereniging")
    hague.site.opens("besluitnareis", NAREIS, date(2026, 11, 23), CLOSES)
    assert [(one.what, one.to) for one in hague.reads()] == [("item", "Vera")]
    assert hague.tasks() == []


def test_an_inbreng_of_what_is_followed_is_a_deadline_that_moves_and_lapses_with_the_agenda(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    at = hague.now + timedelta(days=15)
    inbreng = days.plans(hague.kamer, "Inbreng verslag (wetsvoorstel)", "Wet beperking nareis", at, 36999)
    hague.reads()
    assert (hague.only_task().kind, hague.only_task().due, hague.only_task().bill) == ("inbreng", at, "36999")
    later = days.moves(hague.kamer, inbreng, at + timedelta(days=7))
    said = hague.reads()
    assert sorted((one.what, one.to) for one in said) == [("item_step", "slack C1"), ("moved", "Carla")]
    assert hague.only_task().due == at + timedelta(days=7)
    days.cancels(hague.kamer, later)
    said = hague.reads()
    assert [(one.to, one.text) for one in said if one.what == "told"] == [
        ("Carla", "Vervallen bij de bron. T1 hoeft niet meer: Wet beperking nareis")
    ]
    assert [one.what for one in said if "gaat niet door" in one.text] == ["item_step"]
    assert hague.only_task().state == LAPSED
    assert hague.reads() == []
    assert hague.until(20, month=1, what="rung") == []


def test_an_inbreng_that_passes_without_ours_is_closed_as_such_and_its_owner_hears_it(hague: Hague) -> None:
    hague.desk.world.says("alice", "volg wet 36999")
    days.introduces_bill(hague.kamer, 36999, TITLE, hague.now - timedelta(days=30))
    days.plans(hague.kamer, "Inbreng verslag (wetsvoorstel)", "Nareis", hague.now + timedelta(days=3), 36999)
    hague.reads()
    hague.desk.until(hague.now + timedelta(days=3, minutes=5))
    (said,) = hague.closes_past()
    assert (said.what, said.to) == ("told", "Carla")
    assert said.text.startswith("Gesloten, niet gereageerd. T1 is afgesloten")
    assert "gesloten, niet gereageerd" in hague.desk.world.says("carla", "geschiedenis T1").text
