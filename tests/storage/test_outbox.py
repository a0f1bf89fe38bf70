"""Outbox: one row per occurrence, claimed by one, in order for each audience, and closed by whoever holds the lease."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage import members, outbox
from storage.database import Database
from storage.outbox import DEAD, DROPPED, SENT, WAITING, Notice

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def notice(key: str, place: str = "C1", **more: object) -> Notice:
    return replace(Notice(key, "card", "task", 1, NOW, platform="slack", place=place), **more)  # type: ignore[arg-type]


def put(database: Database, *notices: Notice) -> None:
    with database.writing() as db:
        for one in notices:
            assert outbox.put(db, one)


def claim(database: Database, now: datetime = NOW, by: str = "a", mine: tuple[int, ...] = ()) -> list[Notice]:
    with database.writing() as db:
        return outbox.claim(db, (by, now, now + HOUR), 10, mine)


def as_it_is(database: Database, key: str) -> Notice:
    with database.reading() as db:
        (found,) = [one for one in outbox.of(db, "task", 1) if one.key == key]
    return found


def test_an_occurrence_stands_once(database: Database) -> None:
    put(database, notice("a"))
    with database.writing() as db:
        assert not outbox.put(db, notice("a", place="C2"))
        assert outbox.soonest(db) == NOW


def test_what_is_rolled_back_was_never_there(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as db:
        outbox.put(db, notice("a"))
        raise ZeroDivisionError
    assert claim(database) == []


def test_the_first_of_each_audience_is_claimed_once_and_the_next_when_it_is_closed(database: Database) -> None:
    put(database, notice("a"), notice("b", due=NOW - HOUR), notice("c", "C2"), notice("d", "C3", next_at=NOW + HOUR))
    first = claim(database)
    assert [one.key for one in first] == ["b", "c"]
    assert all((one.tries, one.token, one.in_doubt) == (1, "a", False) for one in first)
    assert claim(database, by="b") == []
    with database.writing() as db:
        assert outbox.sent(db, first[0], "ts1", NOW)
    assert [one.key for one in claim(database, by="b")] == ["a"]
    assert (as_it_is(database, "b").state, as_it_is(database, "b").message) == (SENT, "ts1")


def test_rows_of_one_member_are_one_audience_wherever_they_go(database: Database) -> None:
    with database.reading() as db:
        alice = members.called(db, "alice")[0].id
    put(database, notice("a", "", platform="", member_id=alice), notice("b", "", platform="", member_id=alice))
    (one,) = claim(database)
    with database.writing() as db:
        outbox.reach(db, [(one.id, "slack", "U1")])
    assert claim(database, by="b") == []


def test_a_lease_that_ended_is_claimed_by_another_and_in_doubt(database: Database) -> None:
    put(database, notice("a"))
    (old,) = claim(database)
    (new,) = claim(database, NOW + 2 * HOUR, "b")
    assert (new.tries, new.in_doubt, new.first_at) == (2, True, NOW)
    with database.writing() as db:
        assert not outbox.sent(db, old, "ts1", NOW)
        assert outbox.sent(db, new, "ts2", NOW)
        assert not outbox.drop(db, new, "again", NOW)


def test_what_is_under_way_here_is_not_claimed_again_when_the_clock_jumps(database: Database) -> None:
    put(database, notice("a"), notice("b"))
    (one,) = claim(database)
    assert claim(database, NOW + 24 * HOUR, "b", (one.id,)) == []


@pytest.mark.parametrize(("nothing_sent", "doubt"), [(True, False), (False, True)])
def test_a_try_that_came_to_nothing_leaves_no_doubt(database: Database, nothing_sent: bool, doubt: bool) -> None:
    put(database, notice("a"))
    (one,) = claim(database)
    with database.writing() as db:
        assert outbox.later(db, one, NOW + HOUR, "429", nothing_sent)
    assert claim(database) == []
    (again,) = claim(database, NOW + HOUR, "b")
    assert (again.in_doubt, again.why) == (doubt, "429")


def test_what_is_superseded_is_dropped_but_not_what_is_under_way(database: Database) -> None:
    put(database, notice("a"), notice("b"), notice("c", "C2", what="told"))
    (under_way, _) = claim(database)
    with database.writing() as db:
        assert [one.key for one in outbox.supersede(db, "task", 1, ["card", "told"], NOW)] == ["b"]
    assert (as_it_is(database, "b").state, as_it_is(database, under_way.key).state) == (DROPPED, WAITING)


def test_what_could_not_be_said_is_told_late_and_purged(database: Database) -> None:
    put(database, notice("a"), notice("b", "C2"))
    one, _ = claim(database)
    with database.writing() as db:
        assert outbox.give_up(db, one, "not_in_channel", NOW)
        assert [each.key for each in outbox.dead(db, NOW - HOUR, 5)] == ["a"]
        assert outbox.late(db, NOW) == 0
        assert outbox.late(db, NOW + 2 * HOUR) == 1  # the lease of the other ended
        assert outbox.waits(db, "card")
        assert outbox.purge(db, NOW + HOUR) == 1
    assert as_it_is(database, "b").state == WAITING


def test_it_goes_another_way_as_if_it_was_never_tried(database: Database) -> None:
    put(database, notice("a"))
    (one,) = claim(database)
    with database.writing() as db:
        outbox.redirect(db, one, {"tried": ["slack"]}, NOW)
    now = as_it_is(database, "a")
    assert (now.tries, now.platform, now.facts, now.first_at, now.state) == (0, "", {"tried": ["slack"]}, None, WAITING)


def test_after_a_restore_what_was_due_is_in_doubt(database: Database) -> None:
    put(database, notice("a"), notice("b", "C2", next_at=NOW + HOUR))
    with database.writing() as db:
        assert outbox.doubt_all(db, NOW) == 1
    (one,) = claim(database)
    assert (one.key, one.in_doubt) == ("a", True)
    assert as_it_is(database, "a").state != DEAD
