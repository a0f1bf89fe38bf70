"""How the sources stand: what is silent, gone or changed is louder than a quiet day, and said once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handlers import notices
from handlers.command import Role
from handlers.parliament import sources
from handlers.reply import Reply
from storage import cursors, outbox, recesses
from storage import members as staff
from storage.cursors import Cursor
from storage.database import Connection, Database
from tests.world import World

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def stands(db: Connection, name: str = "tweedekamer", **how: object) -> None:
    """Write down how a source stands."""
    told: dict[str, object] = {"read_at": MONDAY, "item_at": MONDAY, "tried_at": MONDAY} | how
    cursors.move(db, replace(Cursor(name, "Zaak"), **told))  # type: ignore[arg-type]


def state(db: Connection, now: datetime = MONDAY) -> str:
    (found,) = sources.all_of_them(db, now)
    return found.state


def owed(db: Connection, now: datetime) -> list[Reply]:
    """What is said of sources now; what is no longer true is dropped."""
    waiting = [one for number in range(1, 50) if (one := outbox.get(db, number)) and one.what == "source"]
    woken = [notices.wake(one, db, now) for one in waiting]
    return [one.reply for one in woken if one.reply]


def test_a_source_that_is_read_is_well(database: Database) -> None:
    with database.writing() as db:
        stands(db)
        assert state(db, MONDAY + timedelta(minutes=10)) == "well"
        found = sources.all_of_them(db, MONDAY)
        assert sources.line("nl", found, "Europe/Amsterdam") == "TK ✓ 10:00"


def test_one_that_was_not_read_lately_is_down(database: Database) -> None:
    with database.writing() as db:
        stands(db, trouble="answered 503")
        found = sources.all_of_them(db, MONDAY + timedelta(hours=2))
        assert [one.state for one in found] == ["down"]
        assert sources.line("nl", found, "Europe/Amsterdam") == "TK ⚠ sinds ma 23 nov 2026 10:00"
        assert "answered 503" in sources.in_full("nl", found[0], "Europe/Amsterdam")


@pytest.mark.parametrize(
    ("days", "recess", "expected"),
    [
        (1, False, "well"),  # Tuesday
        (2, False, "silent"),  # all of Tuesday passed without a word
        (2, True, "well"),
        (9, True, "silent"),
    ],
)
def test_one_that_brings_nothing_longer_than_it_ever_does_is_silent(
    database: Database, days: int, recess: bool, expected: str
) -> None:
    now = MONDAY + timedelta(days=days)
    with database.writing() as db:
        recesses.replace(db, [{"name": "herfstreces", "first": MONDAY.date(), "last": now.date()}] if recess else [])
        stands(db, read_at=now, item_at=MONDAY)
        assert state(db, now) == expected


def test_a_weekend_is_no_silence(database: Database) -> None:
    friday, monday = datetime(2026, 11, 20, 16, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)
    with database.writing() as db:
        stands(db, read_at=monday, item_at=friday)
        assert state(db, monday) == "well"


def test_one_part_that_was_never_read_is_not_hidden_by_the_others(database: Database) -> None:
    with database.writing() as db:
        stands(db)
        cursors.move(db, Cursor("tweedekamer", "Stemming", trouble="answered 500"))
        assert state(db) == "down"


def test_the_beheerder_hears_of_a_changed_source_once_each_time(world: World) -> None:
    with world.database.writing() as db:
        stands(db, trouble="internetconsultatie: the label “Status” is not at a result", changed=True)
        for minutes in range(0, 60, 10):
            sources.watch(db, MONDAY + timedelta(minutes=minutes))
        said = owed(db, MONDAY + timedelta(hours=1))
    admins = [one for one in staff_with(world, Role.BEHEERDER)]
    assert len(said) == len(admins) == 1
    assert "TK is veranderd" in said[0].text
    assert "the label “Status” is not at a result" in said[0].text


def test_what_is_well_again_is_no_longer_said(world: World) -> None:
    with world.database.writing() as db:
        stands(db, trouble="answered 503")
        later = MONDAY + timedelta(hours=2)
        sources.watch(db, later)
        stands(db, read_at=later)
        assert owed(db, later) == []


def test_status_says_how_each_source_stands(world: World) -> None:
    with world.database.writing() as db:
        stands(db)
    said = world.says("carla", "status").text
    assert "TK: " in said


def staff_with(world: World, role: Role) -> list[int]:
    with world.database.reading() as db:
        return [one.id for one in staff.everybody(db) if one.role == role]
