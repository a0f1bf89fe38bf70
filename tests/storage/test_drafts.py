"""Drafts: of one member, until they are done or a day old; a number never names another draft later."""

from datetime import timedelta

from sqlalchemy import select

from storage import drafts
from storage.database import Connection
from tests.storage.given import member
from tests.world import NOW


def _keep(db: Connection, text: str = "gesprek met Van Dijk", user: str = "alice", hours: int = 0) -> int:
    typed = ("log", text, {"people": "Van Dijk", "discussed": "één 🌿"})
    return drafts.keep(db, member(db, user), typed, NOW - timedelta(hours=hours))


def test_what_was_typed_is_kept_for_its_member_alone(db: Connection) -> None:
    number = _keep(db)
    found = drafts.find(db, number, member(db, "alice"))
    assert found
    assert (found.verb, found.text, found.outcome, found.at) == ("log", "gesprek met Van Dijk", None, NOW)
    assert found.values == {"people": "Van Dijk", "discussed": "één 🌿"}
    assert drafts.find(db, number, member(db, "bob")) is None
    assert drafts.find(db, number + 1, member(db, "alice")) is None


def test_an_answer_is_kept_with_it(db: Connection) -> None:
    number = _keep(db)
    draft = drafts.find(db, number, member(db, "alice"))
    assert draft
    drafts.answered(db, draft, "gesprek", {"people:Van Dijk": "12"})
    found = drafts.find(db, number, draft.member_id)
    assert found
    assert (found.text, found.values) == ("gesprek", {"people:Van Dijk": "12"})


def test_those_that_wait_are_of_one_member_the_newest_first(db: Connection) -> None:
    made = [_keep(db, f"regel {number}") for number in range(7)]
    _keep(db, user="bob")
    _keep(db, "te oud", hours=25)
    drafts.finish(db, made[5], "C1")
    waiting = drafts.waiting(db, member(db, "alice"), NOW - timedelta(hours=24))
    assert [draft.id for draft in waiting] == [made[number] for number in (6, 4, 3, 2, 1, 0)]


def test_one_that_is_done_remembers_what_came_of_it_and_not_what_was_typed(db: Connection) -> None:
    number = _keep(db)
    drafts.finish(db, number, "C12")
    row = db.execute(select(drafts.drafts)).one()._mapping
    assert (row["outcome"], row["text"], row["values"]) == ("C12", "", {})


def test_only_its_member_can_throw_it_away_and_only_once(db: Connection) -> None:
    number, alice = _keep(db), member(db, "alice")
    assert not drafts.discard(db, number, member(db, "bob"))
    assert drafts.discard(db, number, alice)
    assert not drafts.discard(db, number, alice)


def test_a_number_is_never_given_out_again(db: Connection) -> None:
    first = _keep(db)
    drafts.discard(db, first, member(db, "alice"))
    second = _keep(db, hours=30)
    drafts.purge(db, NOW)
    assert first < second < _keep(db)


def test_old_drafts_are_forgotten(db: Connection) -> None:
    old, new = _keep(db, hours=25), _keep(db, hours=23)
    assert drafts.purge(db, NOW - timedelta(hours=24)) == 1
    assert drafts.find(db, old, member(db, "alice")) is None
    assert drafts.find(db, new, member(db, "alice"))
