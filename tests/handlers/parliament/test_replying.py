"""`consultatie` as a conversation: which are open, who replies, that we replied, and what is not for us."""

from datetime import date, timedelta

import pytest

from storage.tasks import DONE, LAPSED
from tests.handlers.parliament.hague import NAREIS, Hague
from tests.handlers.shown import filled, labels, rows

CLOSES = date(2026, 12, 16)
ON_CARD = ["Wijs toe", "Volg", "Niet relevant", "Gereageerd"]


@pytest.fixture
def read(followed: Hague) -> Hague:
    """K2 concerns the channel, K1 does not; all was said."""
    followed.reads()
    return followed


def test_the_list_begins_with_what_concerns_us_and_says_who_is_on_it(read: Hague) -> None:
    says = read.desk.world.says
    said = says("alice", "consultatie lijst")
    assert said.text.splitlines() == [
        "Open consultaties (2), waarvan 1 over wat hier gevolgd wordt",
        f"K2 · {NAREIS} · Ministerie van Asiel en Migratie · sluit wo 16 dec 2026"
        " · nog niemand toegewezen; Carla houdt het in de gaten (T1)",
        "K1 · Besluit wegen · Ministerie van Asiel en Migratie · sluit wo 16 dec 2026",
    ]
    says("alice", "consultatie toewijzen K1 aan bob")
    assert "sluit wo 16 dec 2026 · Bob (T2)" in says("alice", "consultatie").text
    assert NAREIS in read.desk.world.presses("alice", said, "K2").text


def test_one_to_one_what_concerns_any_channel_is_ours(read: Hague, alone: None) -> None:
    assert "waarvan 1 over" in read.desk.world.says("bob", "consultatie lijst").text


def test_a_long_list_goes_on(hague: Hague) -> None:
    for number in range(25):
        hague.site.opens(f"besluit{number}", f"Besluit {number}", date(2026, 11, 23), CLOSES + timedelta(days=number))
    hague.reads()
    first = hague.desk.world.says("alice", "consultatie lijst")
    assert len(labels(first)) == 21
    rest = hague.desk.world.presses("alice", first, "Meer")
    assert len(labels(rest)) == 5
    assert {*labels(first), *labels(rest)} == {"Meer", *(f"K{number}" for number in range(1, 26))}


@pytest.mark.parametrize("line", ["consultatie K2", "consultatie k2", "consultation nareis", "consultaties gezins"])
def test_one_is_found_by_its_number_or_its_words(read: Hague, line: str) -> None:
    card = read.desk.world.says("alice", line)
    assert card.text.startswith(f"K2 · {NAREIS}")
    assert labels(card) == ON_CARD


@pytest.mark.parametrize("line", ["consultatie K9", "consultatie zeepaardjes", "consultatie dans K2"])
def test_what_is_not_there_is_said_so(read: Hague, line: str) -> None:
    assert not read.desk.world.says("alice", line).ok


@pytest.mark.parametrize(
    "line",
    [
        "consultatie toewijzen K2 aan bob vóór 10 december",
        "consultatie K2 toewijzen @bob vóór 10 december",
        "consultatie assign K2 to bob before 10 december",
        "consultatie wijs K2 toe aan Bob vóór 10 december",
    ],
)
def test_it_is_assigned_by_a_line_with_an_earlier_day(read: Hague, line: str) -> None:
    given = read.desk.world.says("alice", line)
    assert "Bob reageert hierop (T1)." in given.text
    task = read.only_task()
    assert (task.day, task.unassigned) == (date(2026, 12, 10), False)
    assert [(one.what, one.to) for one in read.desk.wakes()] == [("assigned", "Bob"), ("told", "Carla")]


def test_it_is_assigned_in_its_form_and_not_later_than_it_closes(read: Hague) -> None:
    world = read.desk.world
    form = world.presses("alice", world.says("alice", "consultatie K2"), "Wijs toe")
    assert filled(form) == {"day": "2026-12-16"}
    late = world.presses("alice", form, "Opslaan", owner="Bob", day="2026-12-17")
    assert (late.ok, list(late.errors)) == (False, ["day"])
    assert not world.presses("alice", form, "Opslaan", owner="Yilmaz").ok
    assert read.only_task().unassigned
    assert "Bob (T1)" in world.presses("alice", form, "Opslaan", owner="Bob").text
    assert read.only_task().due == read.only_task().due.replace(hour=23, minute=59)


def test_a_draft_of_an_assignment_goes_on_in_its_form(read: Hague) -> None:
    world = read.desk.world
    refused = world.says("alice", "consultatie toewijzen K2 aan bob vóór 20 december")
    assert labels(refused) == ["Ga verder", "Gooi weg"]
    form = world.presses("alice", refused, "Ga verder")
    assert "Bob reageert hierop" in world.presses("alice", form, "Opslaan", owner="Bob").text
    assert "20 december" not in world.says("alice", "").text


def test_a_day_that_can_be_read_in_two_ways_opens_the_form(read: Hague) -> None:
    form = read.desk.world.says("alice", "consultatie toewijzen K2 aan bob vóór volgende vrijdag")
    assert form.form
    assert read.only_task().unassigned


def test_what_somebody_has_is_given_on_by_them_or_who_gave_it_alone(read: Hague) -> None:
    says = read.desk.world.says
    says("bob", "consultatie toewijzen K2 aan bob")
    assert "is van Bob" in says("alice", "consultatie toewijzen K2 aan alice").text
    assert says("carla", "consultatie toewijzen K2 aan alice").ok
    assert "al van Alice" in says("carla", "consultatie toewijzen K2 aan alice").text
    assert len(read.tasks()) == 1


def test_one_that_was_nothing_to_us_is_a_deadline_once_it_is_assigned(read: Hague) -> None:
    read.desk.world.says("alice", "consultatie toewijzen K1 aan bob")
    read.desk.wakes()
    read.site.extends("besluitwegen", date(2026, 12, 30))
    assert sorted((one.what, one.to) for one in read.reads()) == [
        ("item_step", "slack C1"),
        ("moved", "Bob"),
        ("moved", "Carla"),
    ]


def test_who_may_only_look_may_only_look(read: Hague) -> None:
    says = read.desk.world.says
    assert "T1" not in says("vera", "consultatie lijst").text
    assert says("vera", "consultatie K2").ok
    for line in ("toewijzen K2 aan vera", "gereageerd K2", 'nieuw "Besluit" tot 12 december', "aanpassen K2"):
        assert not says("vera", f"consultatie {line}").ok
    assert read.only_task().unassigned


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("gereageerd K2", "dinsdag 24 november 2026"),
        ("K2 gereageerd gisteren", "maandag 23 november 2026"),
        ("gereageerd K2 op 23 november kenmerk VWN/26-07", "maandag 23 november 2026 (kenmerk VWN/26-07)"),
        ("replied K2 reference A 12", "dinsdag 24 november 2026 (kenmerk A 12)"),
    ],
)
def test_that_we_replied_is_recorded_with_its_day_and_kenmerk(read: Hague, line: str, shown: str) -> None:
    card = read.desk.world.says("alice", f"consultatie {line}")
    assert rows(card)["Gereageerd"] == shown
    assert read.only_task().state == DONE
    assert "Wijs toe" not in labels(card)
    read.desk.wakes()
    assert read.until(20, what="rung") == []
    assert read.closes_past() == []


def test_that_we_replied_can_be_filled_in_and_taken_back(read: Hague) -> None:
    world = read.desk.world
    form = world.presses("alice", world.says("alice", "consultatie K2"), "Gereageerd")
    assert filled(form) == {"day": "2026-11-24"}
    assert list(world.presses("alice", form, "Opslaan", day="2026-11-25").errors) == ["day"]
    card = world.presses("alice", form, "Opslaan", day="2026-11-20", reference="VWN-7")
    assert rows(card)["Gereageerd"] == "vrijdag 20 november 2026 (kenmerk VWN-7)"
    back = world.presses("alice", card, "Toch niet gereageerd")
    assert "Gereageerd" not in rows(back)
    assert read.only_task().is_open
    assert read.until(2, 10, "rung") != []


def test_a_day_of_the_reply_that_is_unclear_is_asked(read: Hague) -> None:
    form = read.desk.world.says("alice", "consultatie gereageerd K2 op 1 december")
    assert filled(form) == {}
    assert read.only_task().is_open
    assert not read.desk.world.says("alice", "consultatie gereageerd K2 zeepaard").ok


def test_the_site_does_not_take_our_reply_away(read: Hague) -> None:
    read.desk.world.says("alice", "consultatie gereageerd K2 kenmerk VWN-7")
    read.site.tells_otherwise("besluitnareis", "AMvB")
    read.reads()
    assert rows(read.desk.world.says("alice", "consultatie K2"))["Gereageerd"].endswith("(kenmerk VWN-7)")


def test_a_reply_that_is_recorded_after_all_makes_good_what_was_missed(read: Hague) -> None:
    read.until(17)
    read.closes_past()
    card = read.desk.world.says("alice", "consultatie gereageerd K2 op 16 december")
    assert rows(card)["Gereageerd"] == "woensdag 16 december 2026"
    assert read.only_task().state == DONE
    back = read.desk.world.presses("alice", card, "Toch niet gereageerd")
    assert rows(back)["Gereageerd"] == "niet"
    assert read.only_task().state == LAPSED


def test_what_is_followed_from_its_card_concerns_us(read: Hague) -> None:
    world = read.desk.world
    said = world.presses("alice", world.says("alice", "consultatie K1"), "Volg")
    assert said.text.startswith("Je volgt nu consultatie K1 · Besluit wegen")
    assert [one.title for one in read.tasks()] == [NAREIS, "Besluit wegen"]
    assert labels(world.says("alice", "consultatie K1")) == ["Wijs toe", "Niet relevant", "Gereageerd"]
    assert "consultatie K1" in world.says("alice", "volg lijst").text
    world.says("alice", "ontvolg K1")
    assert read.tasks()[1].state == LAPSED


def test_what_is_not_for_us_is_reminded_of_no_more(read: Hague) -> None:
    world = read.desk.world
    folded = world.presses("alice", world.says("alice", "consultatie K2"), "Niet relevant")
    assert "niet relevant voor ons" in folded.text
    assert (read.only_task().state, read.desk.wakes()) == (LAPSED, [])
    read.site.extends("besluitnareis", date(2026, 12, 30))
    assert read.reads() == []
    world.presses("alice", folded, "Volg")
    assert read.only_task().is_open


def test_who_was_on_it_hears_that_it_is_not_for_us(read: Hague) -> None:
    read.desk.world.says("alice", "consultatie toewijzen K2 aan bob")
    read.desk.wakes()
    read.desk.world.says("alice", "consultatie K2 niet relevant")
    assert [(one.what, one.to, one.text.split(".")[0]) for one in read.desk.wakes()] == [
        ("told", "Bob", "Alice vindt dit niet relevant voor ons"),
        ("told", "Carla", "Alice vindt dit niet relevant voor ons"),
    ]


def test_not_replied_is_not_the_same_as_not_relevant(read: Hague) -> None:
    read.desk.world.says("alice", "consultatie gereageerd K2")
    read.desk.world.says("alice", "consultatie niet gereageerd K2")
    assert read.only_task().is_open
    assert not read.desk.world.says("alice", "consultatie niet zo K2").ok


def test_it_speaks_english(read: Hague) -> None:
    world = read.desk.world
    world.says("bob", "instellingen taal en")
    card = world.says("bob", "consultation K2")
    assert rows(card)["Who"] == "nobody assigned yet; Carla keeps watch (T1)"
    assert labels(card) == ["Assign", "Follow", "Not relevant", "Replied"]
    assert world.says("bob", "consultation list").text.startswith("Open consultations (2), 1 of them")
