"""Signs: the last time something went well, and no earlier one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from storage import signs
from storage.database import Connection, Database
from storage.signs import Sign
from tests.world import NOW


def test_the_last_sign_is_the_one_that_counts(db: Connection) -> None:
    assert signs.find(db, "backup") is None
    signs.leave(db, "backup", "maandag.db", NOW)
    signs.leave(db, "backup", "dinsdag.db", NOW + timedelta(days=1))
    assert signs.find(db, "backup") == Sign("backup", "dinsdag.db", NOW + timedelta(days=1))


def test_two_processes_may_leave_one_sign_at_the_same_moment(database: Database) -> None:
    def leave(value: str) -> None:
        for _ in range(20):
            with database.writing() as db:
                signs.leave(db, "slack", value, NOW)

    with ThreadPoolExecutor(2) as both:
        for one in [both.submit(leave, value) for value in ("", "invalid_auth")]:
            one.result()


def test_loading_the_people_left_a_sign(db: Connection) -> None:
    assert signs.find(db, "people") == Sign("people", "150", NOW)
