"""History: it can be added to, and nothing else; the database itself sees to that."""

from datetime import timedelta

import pytest
from sqlalchemy import exc, text

from storage import history
from storage.database import Connection, Database
from tests.storage.given import contact, member
from tests.world import NOW


def _write(db: Connection, user: str = "alice", row_id: int = 1, **changes: object) -> int:
    plain = {
        "noun": "contact",
        "row_id": row_id,
        "version": 1,
        "action": "aangemaakt",
        "member_id": member(db, user),
        "at": NOW,
        "undoes": None,
        "state": {"discussed": "Één gezin 🌿", "bills": ["36871"], "follow_up": None},
    }
    return history.write(db, plain | changes)


def test_what_was_written_is_read_again_oldest_first(db: Connection) -> None:
    first = _write(db)
    other = _write(db, row_id=2)
    second = _write(db, "bob", version=2, action="aangepast", at=NOW - timedelta(days=1))
    _write(db, noun="person")
    found = history.of(db, "contact", 1)
    assert [change.id for change in found] == [first, second]
    assert found[0].state == {"discussed": "Één gezin 🌿", "bills": ["36871"], "follow_up": None}
    assert (found[1].action, found[1].version, found[1].at) == ("aangepast", 2, NOW - timedelta(days=1))
    assert [change.id for change in history.of(db, "contact", 2)] == [other]
    assert history.of(db, "contact", 3) == []


def test_the_latest_change_of_a_member_is_one_that_still_stands(db: Connection) -> None:
    alice = member(db, "alice")
    first, second = _write(db), _write(db, version=2)
    _write(db, "bob", row_id=2)

    def latest() -> int | None:
        found = history.latest_of_member(db, "contact", {alice}, NOW)
        return found.id if found else None

    assert latest() == second
    _write(db, version=3, action="ongedaan", undoes=second)
    assert latest() == first
    _write(db, version=4, action="ongedaan", undoes=first)
    assert latest() is None


def test_an_earlier_change_than_asked_for_is_not_the_latest(db: Connection) -> None:
    _write(db, at=NOW - timedelta(minutes=11))
    assert history.latest_of_member(db, "contact", {member(db, "alice")}, NOW - timedelta(minutes=10)) is None


@pytest.mark.parametrize("change", ["UPDATE history SET action = 'x'", "DELETE FROM history"])
def test_nothing_in_it_ever_changes(database: Database, change: str) -> None:
    with database.writing() as db:
        _write(db)
    with pytest.raises(exc.DBAPIError, match="history never changes"), database.writing() as db:
        db.execute(text(change))
    with database.reading() as db:
        assert [one.action for one in history.of(db, "contact", 1)] == ["aangemaakt"]


def test_it_outlives_the_contact_it_is_about(db: Connection) -> None:
    one = contact(db)
    _write(db, row_id=one.id)
    db.execute(text("DELETE FROM contacts"))
    assert len(history.of(db, "contact", one.id)) == 1
