"""Members: found by any of their identities, let in or not, and two of them made into one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from storage import contact_lists, drafts, history, members, schema
from storage.contact_lists import Reader
from storage.contacts import FollowUp, Participant
from storage.database import Connection
from tests.storage.given import DAY, contact, member
from tests.world import NOW

MINUTES = timedelta(minutes=10)


def test_a_member_is_found_by_identity_and_by_number(db: Connection) -> None:
    alice = members.known_as(db, "slack", "alice")
    assert alice
    assert (alice.name, alice.role, alice.language, alice.active) == ("Alice", 2, None, True)
    assert members.get(db, alice.id) == alice
    assert members.known_as(db, "teams", "alice") is None
    assert members.get(db, 999) is None


def test_a_second_identity_is_the_same_member_and_an_identity_has_one_member(db: Connection) -> None:
    alice, bob = member(db, "alice"), member(db, "bob")
    members.identify(db, "teams", "29:1", alice)
    assert members.platforms_of(db, alice) == ["slack", "teams"]
    members.identify(db, "teams", "29:1", bob)
    assert members.platforms_of(db, alice) == ["slack"]
    found = members.known_as(db, "teams", "29:1")
    assert found
    assert found.id == bob


def test_roles_language_and_access_are_remembered(db: Connection) -> None:
    vera = member(db, "vera")
    members.set_role(db, vera, 3)
    members.set_language(db, vera, "en")
    members.set_active(db, vera, active=False)
    assert members.get(db, vera) == (vera, "Vera", 3, "en", False)
    assert vera not in [found.id for found in members.everybody(db)]
    assert members.called(db, "Vera") == []
    members.set_language(db, vera, None)
    members.set_active(db, vera, active=True)
    assert members.get(db, vera) == (vera, "Vera", 3, None, True)


@pytest.mark.parametrize("name", ["Eva de Wit", "eva", "EVA", "u0eva"])
def test_a_member_goes_by_name_first_name_and_user_name(db: Connection, name: str) -> None:
    eva = members.add(db, "Eva de Wit", 2, NOW)
    members.identify(db, "slack", "U0EVA", eva)
    assert [found.id for found in members.called(db, name)] == [eva]


def test_two_of_one_name_are_both_found(db: Connection) -> None:
    both = [members.add(db, f"Joost {name}", 2, NOW) for name in ("Bakker", "Smit")]
    assert [found.id for found in members.called(db, "joost")] == both
    assert members.called(db, "") == members.called(db, "niemand") == []


def test_a_code_works_once_and_not_too_late(db: Connection) -> None:
    alice, bob = member(db, "alice"), member(db, "bob")
    members.offer_code(db, "12345678", alice, NOW + MINUTES)
    members.offer_code(db, "87654321", bob, NOW + MINUTES)
    assert members.take_code(db, "00000000", NOW) is None
    assert members.take_code(db, "12345678", NOW + MINUTES) == alice
    assert members.take_code(db, "12345678", NOW) is None
    assert members.take_code(db, "87654321", NOW + MINUTES + timedelta(seconds=1)) is None


def test_a_new_code_ends_the_earlier_one_and_takes_over_the_same_digits(db: Connection) -> None:
    alice, bob = member(db, "alice"), member(db, "bob")
    members.offer_code(db, "11111111", alice, NOW + MINUTES)
    members.offer_code(db, "22222222", alice, NOW + MINUTES)
    assert members.take_code(db, "11111111", NOW) is None
    members.offer_code(db, "22222222", bob, NOW + MINUTES)
    assert members.take_code(db, "22222222", NOW) == bob


def _belongings(db: Connection, gone: int, kept: int) -> int:
    """A contact that names both in every way, a draft and a code of each; gives the number of the contact."""
    ours = tuple(Participant(one, "wij") for one in (gone, kept, gone))
    step = FollowUp("bellen", DAY, None, gone, "wij")
    readers = {"confidential": True, "readers": (gone, kept)}
    one = contact(db, author_id=gone, participants=ours, follow_up=step, **readers)
    contact(db, author_id=gone, confidential=True, readers=(gone,))
    for owner in (gone, kept):
        drafts.keep(db, owner, ("log", "half af", {}), NOW)
        members.offer_code(db, f"{owner:08d}", owner, NOW + MINUTES)
    return one.id


def test_merging_moves_all_that_somebody_has_and_violates_no_key(db: Connection) -> None:
    gone = members.add(db, "Alice (Teams)", 2, NOW)
    members.identify(db, "teams", "29:1", gone)
    kept = member(db, "alice")
    number = _belongings(db, gone, kept)
    change = {"noun": "contact", "row_id": number, "version": 1, "action": "aangemaakt"}
    history.write(db, change | {"member_id": gone, "at": NOW, "undoes": None, "state": {}})
    members.merge(db, gone, kept)

    assert members.known_as(db, "teams", "29:1") == members.get(db, kept)
    assert contact_lists.count(db, Reader(kept)) == 2
    one = contact_lists.find(db, number, Reader(kept))
    assert one
    assert one.author_id == kept
    assert one.readers == (kept,)
    assert [ours.member_id for ours in one.participants] == [kept, kept, kept]
    assert contact_lists.open_follow_ups(db, kept, Reader(kept)) == [one]
    assert len(drafts.waiting(db, kept, NOW)) == 2
    assert members.take_code(db, f"{gone:08d}", NOW) == kept
    assert [each.member_id for each in history.of(db, "contact", number)] == [gone]


def test_after_merging_nothing_but_history_points_to_the_one_who_is_gone(db: Connection) -> None:
    gone, kept = member(db, "bob"), member(db, "alice")
    _belongings(db, gone, kept)
    members.merge(db, gone, kept)
    for table in schema.metadata.sorted_tables:
        for column in table.c:
            points = any(key.column is members.members.c.id for key in column.foreign_keys)
            if points and table.name != "history":
                left = db.scalar(select(func.count()).select_from(table).where(column == gone))
                assert left == 0, f"{table.name}.{column.name}"
    left_over = members.get(db, gone)
    assert left_over
    assert not left_over.active
    merged = db.scalar(text("SELECT merged_into FROM members WHERE id = :id").bindparams(id=gone))
    assert merged == kept
