"""Contacts: saved whole, changed once per version, and never under a number that was used before."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select, text

from storage import contact_lists, contacts, organisations
from storage.contact_lists import Page, Reader
from storage.contacts import Contact, FollowUp, Participant, Party, Present
from storage.database import Connection
from tests.storage.given import DAY, contact, member, person, present
from tests.world import NOW


def _full(db: Connection) -> Contact:
    """A contact with something in every field, and more than one thing in every list."""
    alice, bob = member(db, "alice"), member(db, "bob")
    bodies = [Party(organisations.number(db, name), name, partner) for name, partner in (("COA", False), ("VNG", True))]
    return contact(
        db,
        kind="werkbezoek",
        clock=time(14, 30),
        typed="werkbezoek met Piri en Podt, ’s middags 🌿",
        discussed="Nareis\nen opvang",
        asked="Meer plekken",
        agreed="Een brief",
        stance="steunt",
        stance_source="dit contact",
        initiative="wij",
        documents="Position paper",
        bills=("36871", "36704-7"),
        public=True,
        people=(present(person(db, "Podt")), present(person(db, "Piri"))),
        parties=tuple(bodies),
        dossiers=("opvang", "gezinshereniging"),
        participants=(Participant(bob, "Bob"), Participant(None, "een stagiair"), Participant(alice, "Alice")),
        follow_up=FollowUp("terugbellen", DAY + timedelta(days=3), time(9), bob, "Bob"),
    )


def _children(db: Connection, number: int) -> list[int]:
    tables = (
        contacts.contact_people,
        contacts.contact_organisations,
        contacts.contact_dossiers,
        contacts.contact_participants,
        contacts.contact_readers,
        contacts.follow_ups,
    )
    counts = [select(func.count()).select_from(table).where(table.c.contact_id == number) for table in tables]
    return [db.execute(count).scalar_one() for count in counts]


def test_everything_saved_is_found_again_in_the_order_in_which_it_was_named(db: Connection) -> None:
    saved = _full(db)
    found = contact_lists.find(db, saved.id, Reader(member(db, "alice")))
    assert found == saved
    assert found.people[0].fractie == "D66"
    assert [party.name for party in found.parties] == ["COA", "VNG"]


def test_a_change_replaces_every_list_and_raises_the_version(db: Connection) -> None:
    saved = _full(db)
    new = contacts.change(
        db,
        replace(
            saved,
            day=date(2026, 11, 2),
            discussed="Gezinnen",
            people=(saved.people[1],),
            parties=(saved.parties[1], saved.parties[0]),
            dossiers=("gezinshereniging",),
            participants=(),
            bills=(),
            follow_up=None,
        ),
    )
    assert new
    assert new.version == 2
    assert contact_lists.find(db, saved.id, Reader(member(db, "alice"))) == new
    assert _children(db, saved.id) == [1, 2, 1, 0, 0, 0]


def test_a_change_moves_the_contact_in_every_list(db: Connection) -> None:
    saved = contact(db, discussed="vroeger", people=(present(person(db, "Podt")),))
    newer = contact(db, day=date(2026, 11, 18), people=saved.people)
    contacts.change(db, replace(saved, day=date(2026, 11, 19), discussed="later"))
    reader = Reader(member(db, "alice"))
    with_podt = contact_lists.with_people(db, [saved.people[0].person_id], reader, Page())
    assert [one.id for one in with_podt] == [saved.id, newer.id]
    assert [one.id for one in contact_lists.with_words(db, "later", reader, Page())] == [saved.id]
    assert contact_lists.with_words(db, "vroeger", reader, Page()) == []


def test_an_older_version_changes_nothing(db: Connection) -> None:
    saved = _full(db)
    first = contacts.change(db, replace(saved, agreed="De eerste"))
    assert contacts.change(db, replace(saved, agreed="De tweede", people=(), follow_up=None)) is None
    assert contact_lists.find(db, saved.id, Reader(member(db, "alice"))) == first


def test_what_was_taken_back_is_in_no_list_and_can_return(db: Connection) -> None:
    saved = _full(db)
    reader = Reader(member(db, "alice"))
    gone = contacts.change(db, replace(saved, undone_at=NOW))
    assert gone
    assert contact_lists.find(db, saved.id, reader) is None
    assert contact_lists.find(db, saved.id, reader, undone=True) == gone
    assert contact_lists.with_words(db, "plekken", reader, Page()) == []
    assert contact_lists.with_people(db, [one.person_id for one in saved.people], reader, Page()) == []
    assert contact_lists.open_follow_ups(db, member(db, "bob"), reader) == []
    assert contact_lists.same_typed(db, saved.author_id, saved.typed, NOW) == []
    assert contact_lists.count(db, reader) == 0
    back = contacts.change(db, replace(gone, undone_at=None))
    assert back
    assert contact_lists.with_words(db, "plekken", reader, Page()) == [back]


def test_a_number_is_never_given_out_again(db: Connection) -> None:
    first, second = contact(db), contact(db)
    db.execute(text("DELETE FROM contacts WHERE id = :id"), {"id": second.id})
    assert contact(db).id > second.id > first.id


def test_deleting_a_contact_takes_all_that_belongs_to_it(db: Connection) -> None:
    saved = _full(db)
    db.execute(text("DELETE FROM contacts WHERE id = :id"), {"id": saved.id})
    assert _children(db, saved.id) == [0, 0, 0, 0, 0, 0]


def test_moments_sort_by_minute_then_by_number_and_a_day_without_clock_stays_that_day(db: Connection) -> None:
    noon = contact(db)
    same = contact(db, clock=time(12))
    summer = contact(db, day=date(2026, 7, 1), clock=time(0, 30))
    early = contact(db, day=date(1952, 1, 2), clock=time(8))
    assert sorted((noon, same, summer, early), key=lambda one: one.chronology) == [early, summer, noon, same]
    assert noon.moment == datetime(2026, 11, 17, 11, tzinfo=UTC)
    assert summer.moment.astimezone(UTC).date() == date(2026, 6, 30)
    assert db.scalar(select(contacts.contacts.c.moment).where(contacts.contacts.c.id == summer.id)) == summer.moment


def test_a_follow_up_is_due_at_its_local_time_or_at_five(db: Connection) -> None:
    timed = contact(db, follow_up=FollowUp("bellen", date(2026, 7, 1), time(9)))
    whole_day = contact(db, follow_up=FollowUp("bellen", date(2026, 12, 1)))
    some_day = contact(db, follow_up=FollowUp("bellen"))
    rows = {
        number: due for number, due in db.execute(select(contacts.follow_ups.c.contact_id, contacts.follow_ups.c.due))
    }
    assert rows[timed.id] == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert rows[whole_day.id] == datetime(2026, 12, 1, 16, tzinfo=UTC)
    assert rows[some_day.id] is None


def test_what_a_person_was_that_day_stays_with_the_contact(db: Connection) -> None:
    piri = person(db, "Piri", date(2026, 6, 1))
    then = contact(db, day=date(2026, 6, 1), people=(present(piri),))
    found = contact_lists.find(db, then.id, Reader(member(db, "alice")))
    assert found
    assert found.people == (Present(piri.id, "Kati Piri", "Tweede Kamerlid", "Tweede Kamer", "GroenLinks-PvdA"),)
