"""Lists of contacts: newest first, a page at a time, and never one that the reader may not see."""

from datetime import date, datetime, time, timedelta

import pytest

from storage import contact_lists, organisations
from storage.contact_lists import Page, Reader
from storage.contacts import Contact, FollowUp, Party
from storage.database import Connection
from tests.storage.given import DAY, contact, member, person, present
from tests.world import NOW


def _numbers(found: list[Contact]) -> list[int]:
    return [one.id for one in found]


@pytest.fixture
def alice(db: Connection) -> Reader:
    return Reader(member(db, "alice"))


def _everywhere(db: Connection, reader: Reader, one: Contact) -> list[bool]:
    """Whether this reader finds the contact: by number, person, fractie, function, organisation, words, task, twin."""
    page = Page(size=50)
    podt = one.people[0]
    lists = (
        contact_lists.with_people(db, [podt.person_id], reader, page),
        contact_lists.with_fractie(db, [podt.fractie], reader, page),
        contact_lists.with_function(db, [podt.function], reader, page),
        contact_lists.with_organisation(db, one.parties[0].organisation_id, reader, page),
        contact_lists.with_words(db, "nareis", reader, page),
        contact_lists.open_follow_ups(db, member(db, "bob"), reader),
    )
    return [contact_lists.find(db, one.id, reader) is not None, *(one in found for found in lists)]


def _about_podt(db: Connection, **changes: object) -> Contact:
    coa = Party(organisations.number(db, "COA"), "COA")
    step = FollowUp("bellen", DAY, None, member(db, "bob"), "Bob")
    podt = present(person(db, "Podt"))
    return contact(db, discussed="nareis", people=(podt,), parties=(coa,), follow_up=step, **changes)


def test_an_open_contact_is_found_in_every_way(db: Connection, alice: Reader) -> None:
    one = _about_podt(db)
    assert all(_everywhere(db, alice, one))
    assert contact_lists.count(db, alice) == 1


def test_a_confidential_contact_is_there_for_those_it_names_alone(db: Connection, alice: Reader) -> None:
    bob, carla, bea = (Reader(member(db, user)) for user in ("bob", "carla", "bea"))
    one = _about_podt(db, confidential=True, readers=(alice.member_id, bob.member_id))
    assert all(_everywhere(db, alice, one))
    assert all(_everywhere(db, bob, one))
    for stranger in (carla, bea, Reader(0)):
        assert not any(_everywhere(db, stranger, one))
        assert contact_lists.count(db, stranger) == 0


def test_who_sees_public_contacts_only_sees_those_and_what_names_them(db: Connection) -> None:
    vera = Reader(member(db, "vera"), public_only=True)
    public, inside = _about_podt(db, public=True), _about_podt(db)
    named = _about_podt(db, confidential=True, readers=(vera.member_id,))
    assert all(_everywhere(db, vera, public))
    assert not any(_everywhere(db, vera, inside))
    assert all(_everywhere(db, vera, named))
    assert contact_lists.count(db, vera) == 2


def test_pages_hold_every_contact_once_newest_first_also_at_equal_moments(db: Connection, alice: Reader) -> None:
    podt = present(person(db, "Podt"))
    clocks = (time(9), None, time(12), None, time(12), time(16), time(9), None)
    days = (DAY, DAY, DAY, DAY, DAY - timedelta(days=1), DAY + timedelta(days=1), DAY, DAY)
    made = [contact(db, day=day, clock=at, people=(podt,)) for day, at in zip(days, clocks, strict=True)]
    expected = sorted(made, key=lambda one: (one.moment, one.id), reverse=True)
    found: list[Contact] = []
    page = Page(size=3)
    while part := contact_lists.with_people(db, [podt.person_id], alice, page):
        assert len(part) <= 3
        found += part
        page = Page(part[-1].chronology, size=3)
    assert found == expected


def test_a_page_is_full_though_much_of_it_is_hidden(db: Connection, alice: Reader) -> None:
    bob = member(db, "bob")
    for step in range(12):
        hidden = {"confidential": True, "readers": (bob,)} if step % 4 else {}
        contact(db, day=DAY + timedelta(days=step), discussed="opvang", **hidden)
    assert len(contact_lists.with_words(db, "opvang", alice, Page(size=3))) == 3
    assert len(contact_lists.with_words(db, "opvang", Reader(bob), Page(size=12))) == 12


def test_since_a_day_counts_that_day(db: Connection, alice: Reader) -> None:
    podt = present(person(db, "Podt"))
    old, edge, new = (contact(db, day=DAY + timedelta(days=step), people=(podt,)) for step in (-1, 0, 1))
    found = contact_lists.with_people(db, [podt.person_id], alice, Page(since=DAY))
    assert _numbers(found) == [new.id, edge.id]
    assert old.id not in _numbers(contact_lists.with_fractie(db, ["D66"], alice, Page(since=DAY)))


def test_a_contact_with_two_of_a_fractie_is_listed_once(db: Connection, alice: Reader) -> None:
    two = tuple(present(person(db, surname)) for surname in ("Podt", "Paternotte"))
    assert {one.fractie for one in two} == {"D66"}
    both = contact(db, people=two)
    assert contact_lists.with_fractie(db, ["D66"], alice, Page()) == [both]
    assert contact_lists.with_people(db, [one.person_id for one in two], alice, Page()) == [both]


def test_a_fractie_is_found_by_its_people_and_by_its_own_name(db: Connection, alice: Reader) -> None:
    by_person = contact(db, people=(present(person(db, "Podt")),))
    body = organisations.number(db, "D66", "fractie")
    by_name = contact(db, day=DAY + timedelta(days=1), parties=(Party(body, "D66"),))
    contact(db, people=(present(person(db, "Ellian")),))
    assert contact_lists.with_fractie(db, ["D66"], alice, Page()) == [by_name, by_person]
    assert contact_lists.with_fractie(db, ["D66"], alice, Page(size=1)) == [by_name]


def test_a_fractie_is_that_of_the_day_of_the_contact(db: Connection, alice: Reader) -> None:
    before = contact(db, day=date(2026, 6, 1), people=(present(person(db, "Piri", date(2026, 6, 1))),))
    after = contact(db, day=date(2026, 6, 10), people=(present(person(db, "Piri", date(2026, 6, 10))),))
    assert contact_lists.with_fractie(db, ["GroenLinks-PvdA"], alice, Page()) == [before]
    assert contact_lists.with_fractie(db, ["PRO"], alice, Page()) == [after]
    assert contact_lists.with_people(db, [before.people[0].person_id], alice, Page()) == [after, before]


def test_functions_and_organisations(db: Connection, alice: Reader) -> None:
    coa, vng = (organisations.number(db, name) for name in ("COA", "VNG"))
    spoken = contact(db, parties=(Party(coa, "COA"),))
    beside = contact(db, parties=(Party(vng, "VNG"), Party(coa, "COA", partner=True)))
    kamer = contact(db, people=(present(person(db, "Podt")),))
    assert contact_lists.with_organisation(db, coa, alice, Page()) == [beside, spoken]
    assert contact_lists.with_function(db, ["Tweede Kamerlid"], alice, Page()) == [kamer]
    assert contact_lists.with_function(db, [], alice, Page()) == []
    assert contact_lists.with_people(db, [], alice, Page()) == []


def test_the_same_words_count_for_their_author_and_since_a_moment(db: Connection) -> None:
    bob = member(db, "bob")
    first = contact(db, typed="gesprek met Podt")
    second = contact(db, typed="gesprek met Podt", created_at=NOW + timedelta(minutes=5))

    def same(typed: str, since: datetime, author: int = first.author_id) -> list[Contact]:
        return contact_lists.same_typed(db, author, typed, since)

    assert same("gesprek met Podt", NOW) == [second, first]
    assert same("gesprek met Podt", NOW + timedelta(minutes=1)) == [second]
    assert same("gesprek met Podt", NOW + timedelta(minutes=6)) == []
    assert same("Gesprek met Podt", NOW) == []
    assert same("gesprek met Podt", NOW, bob) == []


def test_the_same_words_are_looked_for_among_the_latest_lines_of_their_author(db: Connection) -> None:
    first = contact(db, typed="gesprek met Podt")
    for number in range(1, contact_lists.LATEST):
        contact(db, typed=f"gesprek {number}", created_at=NOW + timedelta(seconds=number))
    assert contact_lists.same_typed(db, first.author_id, "gesprek met Podt", NOW) == [first]
    contact(db, typed="nog een", created_at=NOW + timedelta(minutes=5))
    assert contact_lists.same_typed(db, first.author_id, "gesprek met Podt", NOW) == []


def test_follow_ups_come_in_the_order_in_which_they_are_due(db: Connection, alice: Reader) -> None:
    steps = ((DAY, time(9)), (None, None), (DAY, None), (DAY - timedelta(days=1), None))
    made = [contact(db, follow_up=FollowUp("bellen", day, at, alice.member_id)) for day, at in steps]
    contact(db, follow_up=FollowUp("van een ander", DAY, None, member(db, "bob")))
    expected = [made[3], made[0], made[2], made[1]]
    assert contact_lists.open_follow_ups(db, alice.member_id, alice) == expected
    assert contact_lists.open_follow_ups(db, alice.member_id, alice, limit=2) == expected[:2]
    assert contact_lists.open_follow_ups(db, alice.member_id, alice, limit=2, skip=2) == expected[2:]
