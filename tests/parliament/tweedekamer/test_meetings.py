"""Meetings: what moves is one story, times are those of The Hague, and an inbreng is a deadline."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parliament.tweedekamer.entity import THE_HAGUE, Entity
from parliament.tweedekamer.meetings import group, meeting, moved, stories

MONDAY = datetime(2026, 11, 23, 14, tzinfo=THE_HAGUE)


def activity(id: str, at: datetime | None = MONDAY, replaces: tuple[str, ...] = (), **values: Any) -> Entity:
    told = {
        "soort": "Commissiedebat", "onderwerp": "Asiel", "status": "Gepland", "datumSoort": "Dag", "aanvangstijd": at,
        "datum": at, "nummer": f"2026A{id}", "voortouwafkorting": "AM", "voortouwnaam": "Asiel en Migratie",
    }  # fmt: skip
    updated = datetime(2026, 11, 1, tzinfo=UTC) + timedelta(minutes=sum(map(ord, id)))
    return Entity("Activiteit", id, updated, values=told | values, links={"vervangenVanuit": replaces})


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Plenair debat (wetgeving)", "plenair"),
        ("Plenair debat (iets nieuws)", "plenair"),
        ("Vragenuur", "plenair"),
        ("Stemmingen", "stemmingen"),
        ("Commissiedebat", "commissie"),
        ("Wetgevingsoverleg", "commissie"),
        ("Inbreng verslag (wetsvoorstel)", "inbreng"),
        ("Inbreng schriftelijk overleg", "inbreng"),
        ("Rondetafelgesprek", "extern"),
        ("Hoorzitting / rondetafelgesprek", "extern"),
        ("Strategische procedurevergadering", "procedurevergadering"),
        ("procedurevergadering", "procedurevergadering"),
        ("Toverdebat", "overig"),
    ],
)
def test_a_kind_belongs_to_a_group(kind: str, expected: str) -> None:
    assert group(kind) == expected


def test_a_moved_meeting_is_one_story_and_keeps_its_root() -> None:
    old = activity("1", status="Verplaatst", onderwerp="Asiel (verplaatst)")
    new = activity("2", MONDAY + timedelta(days=9), ("1",))
    (story,) = stories([new, old])
    found = meeting(story)
    assert (found.root, found.id, found.subject, found.status) == ("1", "2", "Asiel", "Gepland")
    assert (found.day, found.before) == (date(2026, 12, 2), (MONDAY,))
    assert moved(meeting([old]), found)


def test_one_that_replaces_several_is_one_story() -> None:
    olds = [activity(str(number), status="Verplaatst") for number in (1, 2, 3)]
    (story,) = stories([activity("4", MONDAY + timedelta(days=1), ("1", "2", "3")), *olds])
    assert len(story) == 4
    assert meeting(story).id == "4"


def test_one_that_moved_and_has_no_new_date_says_so() -> None:
    assert meeting([activity("1", status="Verplaatst")]).status == "Verplaatst"


def test_a_cancelled_one_stays_to_be_seen() -> None:
    found = meeting([activity("1", status="Geannuleerd", onderwerp="Asiel (geannuleerd)")])
    assert (found.status, found.subject) == ("Geannuleerd", "Asiel")


def test_a_predecessor_that_is_not_at_hand_is_no_trouble() -> None:
    (story,) = stories([activity("2", replaces=("gone",))])
    assert meeting(story).root == "2"


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),  # the clock goes forward that night
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),  # and back
    ],
)
def test_its_day_is_that_of_the_hague(utc: datetime, day: date) -> None:
    assert meeting([activity("1", utc)]).day == day


@pytest.mark.parametrize("kind", ["Weeknummer", "Nog geen datum bekend"])
def test_one_without_a_day_has_none_and_says_what_is_known(kind: str) -> None:
    found = meeting([activity("1", None, datum=MONDAY.replace(hour=0), datumSoort=kind)])
    assert (found.at, found.day, found.when) == (None, None, kind)


def test_an_hour_that_is_told_with_the_day_counts() -> None:
    assert meeting([activity("1", None, datum=MONDAY)]).at == MONDAY
    assert meeting([activity("1", None, datum=MONDAY.replace(hour=0))]).at is None


@pytest.mark.parametrize("committee", ["TK", None])
def test_a_plenary_meeting_is_of_no_committee(committee: str | None) -> None:
    found = meeting([activity("1", soort="Plenair debat", voortouwafkorting=committee)])
    assert found.committee == ""
    assert "plenaire_vergaderingen" in found.address


def test_an_inbreng_is_a_deadline_and_a_debate_is_not() -> None:
    assert meeting([activity("1", soort="Inbreng verslag (wetsvoorstel)")]).is_deadline
    assert not meeting([activity("1")]).is_deadline


def test_a_closed_one_says_so() -> None:
    assert meeting([activity("1", besloten=True)]).closed


@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 9), max_size=3)), max_size=10))
def test_whatever_replaces_what_each_is_in_one_story(graph: list[tuple[int, set[int]]]) -> None:
    made = {
        str(number): activity(str(number), MONDAY, tuple(str(one) for one in sorted(olds))) for number, olds in graph
    }
    found = stories(made.values())
    assert sorted(one.id for story in found for one in story) == sorted(made)
    assert stories(reversed(list(made.values()))) == found
    assert all(meeting(story).root in {one.id for one in story} for story in found)
