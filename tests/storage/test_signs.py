"""Signs: the last time something went well, and no earlier one."""

from datetime import timedelta

from storage import signs
from storage.database import Connection
from storage.signs import Sign
from tests.world import NOW


def test_the_last_sign_is_the_one_that_counts(db: Connection) -> None:
    assert signs.find(db, "backup") is None
    signs.leave(db, "backup", "maandag.db", NOW)
    signs.leave(db, "backup", "dinsdag.db", NOW + timedelta(days=1))
    assert signs.find(db, "backup") == Sign("backup", "dinsdag.db", NOW + timedelta(days=1))


def test_loading_the_people_left_a_sign(db: Connection) -> None:
    assert signs.find(db, "people") == Sign("people", "150", NOW)
