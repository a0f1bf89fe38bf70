"""What somebody reads one to one: with the buttons that are theirs, and once, also when two members become one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import members, notices
from handlers.command import Identity, Role
from handlers.tasks import weekly
from storage import outbox, posts
from storage.outbox import Notice
from storage.posts import Post
from tests.handlers.shown import labels
from tests.handlers.tasks.desk import Desk
from tests.handlers.teams import on_teams

GIVEN = 'wijs toe brief "Brief" aan @bob vóór vrijdag 11 december meelezer @vera'
REMINDED = datetime(2026, 12, 9, 8, tzinfo=UTC)  # two working days before it


@pytest.fixture
def given(desk: Desk) -> Desk:
    """Alice gave Bob T1; Vera reads along; Carla coordinates."""
    desk.world.says("alice", GIVEN)
    return desk


def test_an_earlier_owner_reads_that_it_is_done_and_can_do_nothing(given: Desk) -> None:
    with given.world.database.writing() as db:
        (assigned,) = (one for one in outbox.of(db, "task", 1) if one.what == "assigned")
        outbox.reach(db, [(assigned.id, "slack", "bob")])
    given.wakes()
    with given.world.database.writing() as db:
        posts.remember(db, Post("task", 1, "slack", "D-bob", "message", 1))
    given.world.says("bob", "taak aannemen 1")
    assert labels(given.wakes("update")[0].reply) == ["Klaar", "Uitstellen", "Overdragen"]
    given.world.says("alice", "taak overdragen 1 carla")
    (update,) = given.wakes("update")
    assert "Wie: Carla" in update.text
    assert labels(update.reply) == []


def _two_become_one(desk: Desk, user: str) -> None:
    code = on_teams(desk.world, user, "koppel").text.partition("/lobby koppel ")[2]
    assert desk.world.says(user, f"koppel {code}").ok


def test_two_coordinators_who_are_one_hear_it_once(given: Desk) -> None:
    with given.world.database.writing() as db:
        members.welcome(db, Identity("teams", "aad-carla", "Carla de Wit"), Role.COORDINATOR, given.world.now)
    given.until(REMINDED + timedelta(days=1) - timedelta(seconds=1))
    given.world.passes(seconds=1)
    given.wake_one()
    assert [one.what for one in given.waits()] == ["escalated", "escalated", "rung"]
    _two_become_one(given, "carla")
    assert [one.to for one in given.wakes("escalated")] == ["Carla de Wit"]


def test_the_weekly_list_of_two_who_are_one_comes_once(given: Desk) -> None:
    world = given.world
    with world.database.writing() as db:
        members.welcome(db, Identity("teams", "aad-carla", "Carla de Wit"), Role.COORDINATOR, world.now)
    given.until(datetime(2026, 12, 21, 7, tzinfo=UTC))  # the list of that Monday was planned a week before
    with world.database.writing() as db:
        weekly.plan(db, world.now - timedelta(days=1))
    _two_become_one(given, "carla")
    assert [one.to for one in given.until(datetime(2026, 12, 21, 9, tzinfo=UTC), "weekly")] == ["Carla de Wit"]


def test_two_owners_who_are_one_are_reminded_of_it(given: Desk) -> None:
    given.wakes()
    on_teams(given.world, "bob", "help")
    _two_become_one(given, "bob")
    assert [one.to for one in given.until(REMINDED, "rung")] == ["Bob", "Bob", "Bob"]
    assert "T1" in given.world.says("bob", "taken").text


def test_a_title_of_more_lines_is_one_line(given: Desk) -> None:
    values = {"step": "save", "title": "Brief\n\nover  nareis", "kind": "brief", "day": "2026-12-04", "owner": "bob"}
    assert given.world.asks("alice", "wijs", "", values).text.startswith("T2 · Brief over nareis\n")


def test_what_could_not_be_brought_is_told_in_plain_words(given: Desk) -> None:
    lost = Notice("weekly/2026-12-14/m1", "weekly", "member", 1, given.world.now, member_id=1, id=7, why="in_doubt")
    with given.world.database.reading() as db:
        assert notices.about("nl", db, lost) == "de weeklijst"
        assert notices.why("nl", db, lost) == "het is niet zeker of het aankwam"
        assert notices.why("en", db, replace(lost, why="no_address")) == "I do not know where to reach Alice"
        assert notices.why("nl", db, replace(lost, why="channel_not_found")) == "channel_not_found"


def test_a_list_that_may_have_come_goes_nowhere_else_and_is_reported(given: Desk) -> None:
    now = given.world.now
    on_teams(given.world, "carla", "help")
    _two_become_one(given, "carla")
    with given.world.database.writing() as db:
        weekly.plan(db, now)
        (listed,) = (
            one for one in outbox.claim(db, ("t", now + timedelta(days=9), now), 9, ()) if one.what == "weekly"
        )
        outbox.reach(db, [(listed.id, "teams", "aad-carla")])
        assert not listed.again
        reached = replace(listed, platform="teams", place="aad-carla")
        notices.failed(reached, db, "in_doubt", (now, ("slack", "teams")))
    assert [(one.what, one.member_id) for one in given.waits(notices.TOLD)] == [(notices.TOLD, 5)]
    with given.world.database.reading() as db:
        assert (found := outbox.get(db, listed.id)) and found.state == outbox.DEAD
