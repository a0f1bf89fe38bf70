"""Tasks: saved over the version they were read at, found by owner and moment, and never without a reminder ahead."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from storage import members, outbox, tasks
from storage.database import Connection, Database
from storage.outbox import Notice
from storage.tasks import DONE, Task

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def task(db: Connection, days: int = 10, **more: object) -> Task:
    alice = members.called(db, "alice")[0].id
    day = (NOW + timedelta(days=days)).date()
    return tasks.add(db, replace(Task("brief", "Brief", alice, alice, day, "Europe/Amsterdam", NOW), **more))  # type: ignore[arg-type]


def test_it_comes_back_as_it_was_saved(database: Database) -> None:
    with database.writing() as db:
        saved = task(db, clock=time(15), bill="36871", source="https://x.example")
        assert tasks.get(db, saved.id) == saved
        assert tasks.get(db, 99) is None


def test_without_a_time_it_is_due_at_the_end_of_the_working_day() -> None:
    made = Task("brief", "Brief", 1, 1, NOW.date(), "Europe/Amsterdam", NOW)
    assert made.due == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)


def test_of_two_who_change_one_version_the_second_is_told(database: Database) -> None:
    with database.writing() as db:
        saved = task(db)
        changed = tasks.change(db, replace(saved, title="Brief over nareis"))
        assert changed and changed.version == 2
        assert tasks.change(db, replace(saved, title="iets anders")) is None
        assert tasks.get(db, saved.id) == changed


def test_what_is_open_is_found_by_owner_the_earliest_first(database: Database) -> None:
    with database.writing() as db:
        late, early, done = task(db, 20), task(db, 5), task(db, 1, state=DONE)
        assert [one.id for one in tasks.open_of(db, early.owner_id)] == [early.id, late.id]
        assert tasks.open_of(db, 999) == []
        assert done.id not in [one.id for one in tasks.open_of(db, done.owner_id)]


def test_a_task_of_which_nothing_is_to_be_said_is_found_out(database: Database) -> None:
    with database.writing() as db:
        attended, forgotten, overdue = task(db), task(db), task(db, -3)
        outbox.put(db, Notice("k", "rung", "task", attended.id, NOW + timedelta(days=1)))
        assert tasks.unattended(db, NOW, ("rung",)) == [forgotten.id]
        assert tasks.count_overdue(db, NOW) == 1
        assert tasks.change(db, replace(overdue, state=DONE))
        assert tasks.count_overdue(db, NOW) == 0
