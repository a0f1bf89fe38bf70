"""What the Kamer moves, moves in the calendars of who follows it: the same UID, a higher SEQUENCE, another moment."""

from datetime import date, timedelta

from tests.calendars import link_in, own, read, team
from tests.handlers.parliament.hague import Hague
from tests.servers import parliament_days as days


def test_a_moved_debate_keeps_its_uid(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", "volg gezinshereniging")
    link = link_in(world.says("alice", "kalender"))
    at = hague.now + timedelta(days=9)
    first = days.plans(hague.kamer, "Commissiedebat", "Nareis", at)
    hague.reads()
    ((uid, before),) = read(world, link).items()
    assert before["DTSTART"].dt == at
    second = days.moves(hague.kamer, first, at + timedelta(days=3, hours=2))
    world.passes(hours=1)
    hague.reads()
    ((same, after),) = read(world, link).items()
    assert same == uid
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == at + timedelta(days=3, hours=2)
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
    days.moves(hague.kamer, second, at + timedelta(days=60))
    hague.reads()
    ((same, again),) = read(world, link).items()
    assert (same, again["DTSTART"].dt, again["STATUS"]) == (uid, at + timedelta(days=60), "CONFIRMED")
    assert again["SEQUENCE"] > after["SEQUENCE"]


def test_a_cancelled_debate_and_one_that_is_taken_away_say_so(hague: Hague) -> None:
    world = hague.desk.world
    world.says("alice", "volg gezinshereniging")
    first, second = (days.plans(hague.kamer, "Commissiedebat", "Nareis", hague.now + timedelta(days=n)) for n in (3, 4))
    hague.reads()
    assert {str(one["STATUS"]) for one in team(world).values()} == {"CONFIRMED"}
    days.cancels(hague.kamer, first)
    days.deletes(hague.kamer, second)
    hague.reads()
    assert [str(one["STATUS"]) for one in team(world).values()] == ["CANCELLED", "CANCELLED"]


def test_a_consultation_stands_there_once_with_who_is_on_it_and_moves(followed: Hague) -> None:
    world = followed.desk.world
    followed.reads()
    world.says("alice", "consultatie toewijzen K2 aan bob")
    ((uid, event),) = team(world).items()
    assert uid == "consultation-besluitnareis@lobby"
    assert event["DTSTART"].dt == date(2026, 12, 16)
    assert "Bob (T1)" in event["DESCRIPTION"]
    assert list(own(world, "bob")) == ["task-1@lobby"]  # he follows nothing by himself
    followed.site.extends("besluitnareis", date(2026, 12, 30))
    followed.reads()
    ((same, moved),) = team(world).items()
    assert (same, moved["DTSTART"].dt) == (uid, date(2026, 12, 30))
    assert moved["SEQUENCE"] > event["SEQUENCE"]
    assert own(world, "bob")["task-1@lobby"]["DTSTART"].dt == date(2026, 12, 30)


def test_an_earlier_day_of_our_own_stands_beside_the_closing_day(followed: Hague) -> None:
    world = followed.desk.world
    followed.reads()
    world.says("alice", "consultatie toewijzen K2 aan bob")
    assert world.says("bob", "taak uitstellen T1 9 december").ok
    assert [one["DTSTART"].dt for one in team(world).values()] == [date(2026, 12, 9), date(2026, 12, 16)]


def test_an_inbreng_is_a_deadline(hague: Hague) -> None:
    world = hague.desk.world
    days.introduces_bill(hague.kamer, 36999, "Wet nareis", hague.now - timedelta(days=2))
    world.says("alice", "volg 36999")
    at = hague.now + timedelta(days=9)
    days.plans(hague.kamer, "Inbreng verslag (wetsvoorstel)", "Wet nareis", at, 36999)
    hague.reads()
    (event,) = team(world).values()
    assert (event["CATEGORIES"].cats, event["DTSTART"].dt) == (["Inbreng"], at)
    assert "Carla" in event["DESCRIPTION"]
