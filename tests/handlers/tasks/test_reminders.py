"""Reminders: the ladder said rung by rung, who else is told, rest and quiet hours; each once, and nothing lost."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.tasks import reminders, weekly
from storage import outbox, posts, tasks
from storage.database import Connection
from storage.outbox import Notice
from storage.posts import Post
from tests.handlers.shown import labels
from tests.handlers.tasks.desk import Desk, Said


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    """A moment on the clock of Amsterdam in winter."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1)


def heard(said: list[Said]) -> list[tuple[str, str, str]]:
    """(local moment, to whom, first line) of the reminders and escalations among these."""
    told = [one for one in said if one.what in {"rung", "escalated"}]
    moments = [(one.at + timedelta(hours=1)).strftime("%d %H:%M") for one in told]
    return [(moment, one.to, one.text.splitlines()[0]) for moment, one in zip(moments, told, strict=True)]


@pytest.fixture
def given(desk: Desk) -> Desk:
    """Alice gave Bob T1, due Friday 11 December 17:00; Vera reads along; Carla coordinates."""
    desk.world.says("alice", 'wijs toe brief "Brief" aan @bob vóór vrijdag 11 december 17:00 meelezer @vera')
    desk.wakes()
    return desk


def test_the_whole_ladder_with_no_sign_of_life(given: Desk) -> None:
    said = given.until(at(31, 12))
    assert heard(said) == [
        ("27 09:00", "Bob", "Nog 10 werkdagen: Brief"),
        ("04 09:00", "Bob", "Nog 5 werkdagen: Brief"),
        ("09 09:00", "Bob", "Nog 2 werkdagen: Brief"),
        ("09 09:00", "Vera", "Nog 2 werkdagen: Brief"),
        ("10 09:00", "Bob", "Nog 1 werkdag: Brief"),
        ("10 09:00", "Carla", "Nog 1 werkdag: Brief"),
        ("11 09:00", "Bob", "Vandaag om 17:00: Brief"),
        *[
            (f"{day} 09:00", to, f"{count} werkdag{'en' if count > 1 else ''} te laat: Brief")
            for count, day in ((1, 14), (2, 15), (3, 16), (4, 17), (5, 18))
            for to in ("Bob", "Carla")
        ],
    ]
    assert given.waits() == []


def test_what_a_reminder_says_and_carries(given: Desk) -> None:
    (reminder,) = given.until(at(27, 9, month=11), "rung")
    assert reminder.text == "Nog 10 werkdagen: Brief\nT1 · brief · vrijdag 11 december 2026, 17:00"
    assert labels(reminder.reply) == ["Gezien", "Klaar", "Uitstellen", "Overdragen"]
    card = given.world.presses("bob", reminder.reply, "Gezien")
    assert card.replaces
    assert card.text.startswith("T1 · Brief\nGezien.")
    given.world.presses("bob", reminder.reply, "Klaar")
    assert heard(given.until(at(31, 12))) == []


def test_seen_stops_the_escalation_of_that_rung_and_not_the_ladder(given: Desk) -> None:
    given.until(at(4, 9))
    given.world.says("bob", "taak gezien 1")
    assert heard(given.until(at(9, 10))) == [("09 09:00", "Bob", "Nog 2 werkdagen: Brief")]
    given.world.says("bob", "taak gezien 1")
    assert heard(given.until(at(10, 10))) == [("10 09:00", "Bob", "Nog 1 werkdag: Brief")]
    assert heard(given.until(at(14, 10)))[-2:] == [
        ("14 09:00", "Bob", "1 werkdag te laat: Brief"),
        ("14 09:00", "Carla", "1 werkdag te laat: Brief"),
    ]


def test_seen_before_the_others_were_told_is_in_time(given: Desk) -> None:
    given.until(at(9, 8, 59))
    given.world.now = at(9, 9)
    with given.world.database.writing() as db:  # the owner is reminded, the reader's notice still waits
        (notice,) = outbox.claim(db, ("t", given.world.now, at(9, 9, 1)), 1, ())
        given._wake(db, notice)
    given.world.says("bob", "taak gezien 1")
    assert given.wakes("escalated") == []


def test_what_an_escalation_says_and_carries(given: Desk) -> None:
    (reader,) = given.until(at(9, 10), "escalated")
    assert reader.text.endswith("Bob is hieraan herinnerd en reageerde nog niet.")
    assert labels(reader.reply) == ["T1"]  # the task is not theirs to change
    (coordinator,) = given.until(at(10, 10), "escalated")
    assert labels(coordinator.reply) == ["T1", "Overdragen", "Uitstellen"]


def test_after_downtime_the_latest_alone_and_when_it_was_due(given: Desk) -> None:
    given.until(at(4, 10))
    given.world.now = at(10, 11, 30)
    said = given.wakes()
    assert sorted(heard(said)) == [("10 11:30", to, "Nog 1 werkdag: Brief") for to in ("Bob", "Carla", "Vera")]
    assert "Deze herinnering had moeten komen op donderdag 10 december 2026, 09:00." in said[0].text
    assert heard(given.until(at(11, 10))) == [("11 09:00", "Bob", "Vandaag om 17:00: Brief")]


def test_half_an_hour_late_is_not_worth_a_word(given: Desk) -> None:
    given.world.now = at(27, 9, 30, month=11)
    (said,) = given.wakes("rung")
    assert "had moeten komen" not in said.text


def test_quiet_hours_defer_and_never_consume(given: Desk) -> None:
    given.until(at(3, 12))
    given.world.now = at(4, 21)
    assert given.wakes() == []
    assert [one.next_at for one in given.waits("rung")] == [at(5, 8)]
    assert heard(given.until(at(5, 9))) == [("05 08:00", "Bob", "Nog 5 werkdagen: Brief")]
    given.world.now = at(9, 20)
    given.wakes()
    assert [to for _, to, _ in heard(given.until(at(10, 8, 30)))] == ["Bob", "Vera"]  # after the night


def test_rest_until_tomorrow(given: Desk) -> None:
    given.until(at(4, 10))
    reply = given.world.says("bob", "taak rust 1 morgen")
    assert "Je hoort er weer van op maandag 7 december 2026, 09:00." in reply.text
    assert heard(given.until(at(9, 10))) == [
        ("07 09:00", "Bob", "Nog 4 werkdagen: Brief"),
        ("09 09:00", "Bob", "Nog 2 werkdagen: Brief"),
        ("09 09:00", "Vera", "Nog 2 werkdagen: Brief"),
    ]


def test_rest_of_a_week_is_cut_at_the_day_it_is_due(given: Desk) -> None:
    given.until(at(7, 10))
    choice = given.world.says("bob", "taak uitstellen 1")
    reply = given.world.presses("bob", choice, "Herinner me over een week")
    assert reply.replaces
    assert "Je hoort er weer van op vrijdag 11 december 2026, 09:00." in reply.text
    assert heard(given.until(at(14, 8))) == [("11 09:00", "Bob", "Vandaag om 17:00: Brief")]


def test_rest_on_the_day_itself(given: Desk) -> None:
    given.until(at(11, 10))
    assert "op vrijdag 11 december 2026, 16:00." in given.world.says("bob", "taak rust 1").text
    assert heard(given.until(at(11, 16, 30))) == [("11 16:00", "Bob", "Vandaag om 17:00: Brief")]
    refused = given.world.says("bob", "taak rust 1 week")
    assert refused.text.startswith("Deze taak moet klaar zijn vóór vrijdag 11 december 2026, 17:00.")


def test_rest_of_what_is_late(given: Desk) -> None:
    given.until(at(14, 10))
    given.world.says("bob", "taak rust 1 week")
    assert heard(given.until(at(30, 12))) == [
        ("21 09:00", "Bob", "6 werkdagen te laat: Brief"),
        ("21 09:00", "Carla", "6 werkdagen te laat: Brief"),
    ]


def test_due_today_one_reminder_an_hour_before(desk: Desk) -> None:
    desk.world.says("alice", "deadline nieuw “Inleveren” vandaag 16:00")
    said = desk.until(at(24, 18, month=11))
    assert heard(said)[:1] == [("24 15:00", "Alice", "Vandaag om 16:00: Inleveren")]


def test_moved_the_ladder_moves_and_what_was_planned_is_not_said(given: Desk) -> None:
    given.until(at(4, 10))
    given.world.says("bob", "taak uitstellen 1 18 december")
    assert heard(given.until(at(16, 8))) == [
        ("07 09:00", "Bob", "Nog 9 werkdagen: Brief"),  # there is no time for 10
        ("11 09:00", "Bob", "Nog 5 werkdagen: Brief"),
    ]


def test_handed_over_the_new_owner_is_reminded(given: Desk) -> None:
    given.until(at(4, 10))
    given.world.says("bob", "taak overdragen 1 carla")
    assert heard(given.until(at(10, 8))) == [
        ("07 09:00", "Carla", "Nog 4 werkdagen: Brief"),
        ("09 09:00", "Carla", "Nog 2 werkdagen: Brief"),
        ("09 09:00", "Vera", "Nog 2 werkdagen: Brief"),
    ]
    # she coordinates herself; nobody else does, so a beheerder hears of it
    assert [to for _, to, _ in heard(given.until(at(10, 10)))] == ["Carla", "Bea"]


def test_woken_a_second_time_it_says_the_same_and_nothing_else(given: Desk) -> None:
    """It is in doubt whether the first try arrived: it was lost after the commit."""
    given.until(at(8, 12))
    given.world.now = at(9, 9)
    with given.world.database.writing() as db:
        (first,) = outbox.claim(db, ("t", at(9, 9), at(9, 9, 1)), 1, ())
        said = _woken(given, db, first)
    given.world.now = at(10, 9, 20)  # meanwhile the rung after it is due too
    told = given.wakes()
    again, after = [one for one in told if one.what == "rung"]
    assert "had moeten komen op woensdag 9 december 2026, 09:00" in again.text
    assert "had moeten komen" not in after.text
    assert said.startswith("Nog 2 werkdagen: Brief")
    assert sorted(one.to for one in told if one.what == "escalated") == ["Carla", "Vera"]


def _woken(desk: Desk, db: Connection, notice: Notice) -> str:
    reply = reminders.rung(notice, db, desk.world.now).reply
    assert reply
    return reply.text


def test_another_ladder_of_the_channel_plans_anew(given: Desk) -> None:
    given.world.says("carla", "instellingen herinneringen 3 1")
    assert heard(given.until(at(10, 8))) == [("08 09:00", "Bob", "Nog 3 werkdagen: Brief")]


def test_late_tasks_stand_in_the_list_of_monday(given: Desk) -> None:
    given.until(at(17, 12))
    with given.world.database.writing() as db:
        weekly.plan(db, given.world.now)
        weekly.plan(db, given.world.now)
    given.until(at(21, 8, 59))
    (listed,) = given.until(at(21, 12), "weekly")
    assert (listed.to, listed.at) == ("Carla", at(21, 9))
    assert listed.text == "Te laat deze week (1)\nT1 · vr 11 dec 2026 17:00 · brief · Brief · Bob"
    assert [one.key for one in given.waits("weekly")] == ["weekly/2026-12-28/m3"]


def test_cards_that_show_an_older_version_are_brought_up_to_date(given: Desk) -> None:
    with given.world.database.writing() as db:
        posts.remember(db, Post("task", 1, "slack", "C1", "m1", 1))
        posts.remember(db, Post("task", 1, "slack", "D" + "x" * 280, "m2", 1))
    given.world.says("bob", "taak aannemen 1")
    given.world.says("bob", "taak klaar 1")
    waiting = given.waits("update")
    assert [one.version for one in waiting] == [3, 3]
    assert waiting[0].key == "update/task/1/3/slack/C1/m1"
    assert len(waiting[1].key) <= 200
    said = given.wakes("update")
    assert all("klaar op" in one.text for one in said)
    assert said[0].reply.about and said[0].reply.about.version == 3


def test_an_update_that_stands_there_already_is_not_said(given: Desk) -> None:
    with given.world.database.writing() as db:
        posts.remember(db, Post("task", 1, "slack", "C1", "m1", 1))
    given.world.says("bob", "taak aannemen 1")
    with given.world.database.writing() as db:
        posts.remember(db, Post("task", 1, "slack", "C1", "m1", 2))
    assert given.wakes("update") == []


def test_every_open_task_has_a_reminder_ahead(given: Desk) -> None:
    for day in range(25, 31):
        given.until(at(day, 12, month=11))
        with given.world.database.reading() as db:
            assert tasks.unattended(db, given.world.now - timedelta(days=14), ["rung"]) == []
