"""A date that moves takes the ladder of each of its open tasks along, and that is said once."""

from datetime import date, timedelta

import pytest

from handlers.command import Place
from storage import posts
from storage.posts import Post
from storage.tasks import DONE, LAPSED
from tests.handlers.parliament.hague import NAREIS, Hague
from tests.handlers.tasks.desk import Said
from tests.world import CHANNEL

CLOSES, LATER = date(2026, 12, 16), date(2026, 12, 30)
OTHER = Place("slack", "C2", "#team-pers")


def whats(said: list[Said]) -> list[tuple[str, str]]:
    return sorted((one.what, one.to) for one in said)


def posted(hague: Hague, item: int, version: int = 1, place: str = CHANNEL.id) -> None:
    """The card of an item stands in a channel, as delivery remembers it."""
    with hague.desk.world.database.writing() as db:
        posts.remember(db, Post("item", item, CHANNEL.platform, place, f"card-{place}", version))


def test_an_extended_closing_date_moves_the_ladder_and_is_said_once(followed: Hague) -> None:
    followed.reads()
    followed.site.extends("besluitnareis", LATER)
    said = followed.reads()
    assert whats(said) == [("item_step", "slack C1"), ("moved", "Carla")]
    assert all("16 dec" in one.text and "30 dec" in one.text for one in said)
    assert followed.only_task().day == LATER
    assert followed.reads() == []
    assert len(followed.until(15, 12, "rung")) == 1  # ten working days before the thirtieth
    assert followed.only_task().is_open


def test_the_card_of_the_channel_shows_the_new_day(followed: Hague) -> None:
    followed.reads()
    posted(followed, 2)
    followed.site.extends("besluitnareis", LATER)
    (card,) = [one for one in followed.reads() if one.what == "update"]
    assert "Reageren kan tot: woensdag 30 december 2026" in card.text


def test_the_card_of_the_channel_shows_who_is_on_it(followed: Hague) -> None:
    followed.reads()
    posted(followed, 2)
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob")
    (card,) = followed.desk.wakes("update")
    assert "Wie: Bob (T1)" in card.text
    posted(followed, 2, 2)
    followed.desk.world.says("bob", "taak klaar T1")
    (card,) = followed.desk.wakes("update")
    assert "Gereageerd: dinsdag 24 november 2026" in card.text


def test_the_new_day_is_told_to_all_it_concerns_and_each_once(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob")
    followed.desk.wakes()
    followed.site.extends("besluitnareis", LATER)
    assert whats(followed.reads()) == [("item_step", "slack C1"), ("moved", "Bob"), ("moved", "Carla")]


def test_two_moves_before_anybody_heard_are_one(followed: Hague) -> None:
    followed.reads()
    for day in (date(2026, 12, 23), LATER):
        followed.site.extends("besluitnareis", day)
        followed.reads_quietly()
    said = followed.desk.wakes()
    assert whats(said) == [("item_step", "slack C1"), ("moved", "Carla")]
    assert all("16 dec" in one.text and "30 dec" in one.text and "23 dec" not in one.text for one in said)


def test_what_moves_and_moves_back_before_anybody_heard_is_nothing(followed: Hague) -> None:
    followed.reads()
    for day in (LATER, CLOSES):
        followed.site.extends("besluitnareis", day)
        followed.reads_quietly()
    assert followed.desk.wakes() == []
    assert followed.only_task().day == CLOSES


def test_what_was_to_be_done_earlier_is_so_by_as_much(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob vóór 14 december")
    followed.site.extends("besluitnareis", LATER)
    followed.reads()
    assert followed.only_task().day == date(2026, 12, 28)


def test_another_word_on_the_page_moves_nothing(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie toewijzen K2 aan bob vóór 14 december")
    followed.desk.wakes()
    followed.site.tells_otherwise("besluitnareis", "AMvB")
    assert followed.reads() == []
    assert followed.only_task().day == date(2026, 12, 14)


def test_it_can_be_put_off_until_it_closes_and_no_longer(followed: Hague) -> None:
    followed.reads()
    refused = followed.desk.world.says("carla", "taak uitstellen T1 18 december")
    assert "reageren kan tot woensdag 16 december 2026, 23:59" in refused.text
    assert followed.desk.world.says("carla", "taak uitstellen T1 15 december").ok


def test_what_opens_again_is_the_same_deadline_again_said_once(followed: Hague) -> None:
    followed.reads()
    followed.until(17)
    followed.site.closes("besluitnareis")
    followed.reads()
    assert followed.only_task().state == LAPSED
    followed.site.extends("besluitnareis", LATER)
    said = [one for one in followed.reads() if one.what != "update"]
    assert whats(said) == [("item_step", "slack C1"), ("told", "Carla")]
    assert "kan weer gereageerd worden, tot wo 30 dec 2026" in said[0].text + said[1].text
    assert (followed.only_task().is_open, followed.only_task().day) == (True, LATER)
    assert "Gereageerd" not in followed.desk.world.says("carla", "consultatie K2").text
    assert followed.until(29, 10, "rung") != []
    followed.until(31)
    assert [one.text for one in followed.closes_past()] == [f"{NAREIS} is gesloten. Niet gereageerd."]


def test_what_opens_again_after_our_reply_stays_done(followed: Hague) -> None:
    followed.reads()
    followed.desk.world.says("alice", "consultatie gereageerd K2")
    followed.until(17)
    followed.site.closes("besluitnareis")
    followed.reads()
    followed.site.extends("besluitnareis", LATER)
    assert [one.what for one in followed.reads() if one.what != "update"] == ["item_step"]
    assert followed.only_task().state == DONE


def test_who_opens_it_by_hand_after_it_closed_is_reminded_as_of_any_task(followed: Hague) -> None:
    followed.reads()
    followed.until(17)
    followed.closes_past()
    followed.desk.world.says("carla", "taak heropenen T1")
    assert followed.closes_past() == []
    assert followed.only_task().is_open
    assert followed.until(19, what="rung") != []


@pytest.fixture
def two_channels(followed: Hague, monkeypatch: pytest.MonkeyPatch) -> Hague:
    """Another channel follows the same; both heard of it."""
    monkeypatch.setattr("tests.world.CHANNEL", OTHER)
    followed.desk.world.says("bea", "instellingen herinneringen 3 1")
    followed.desk.world.says("bob", 'volg "nareis"')
    monkeypatch.setattr("tests.world.CHANNEL", CHANNEL)
    followed.reads()
    return followed


def test_in_two_channels_it_is_two_deadlines_each_with_the_ladder_of_its_team(two_channels: Hague) -> None:
    assert [(one.place, one.unassigned) for one in two_channels.tasks()] == [("C1", True), ("C2", True)]
    said = two_channels.until(16, 12, "rung")
    assert [one.text.split(" werkdag")[0] for one in said][:3] == ["Nog 10", "Nog 5", "Nog 3"]
    assert len(said) == 5 + 2


def test_in_two_channels_each_moves_and_hears_once(two_channels: Hague) -> None:
    two_channels.site.extends("besluitnareis", LATER)
    said = two_channels.reads()
    assert whats(said) == [
        ("item_step", "slack C1"),
        ("item_step", "slack C2"),
        ("moved", "Carla"),
        ("moved", "Carla"),
    ]
    assert {one.day for one in two_channels.tasks()} == {LATER}


def test_a_reply_is_ours_in_every_channel(two_channels: Hague) -> None:
    two_channels.desk.world.says("alice", "consultatie gereageerd K2 kenmerk VWN-7")
    assert {one.state for one in two_channels.tasks()} == {DONE}


def test_where_one_channel_replied_the_other_is_not_told_that_we_did_not(two_channels: Hague) -> None:
    two_channels.desk.world.says("carla", "taak klaar T1")
    two_channels.until(17)
    assert two_channels.closes_past() == []
    assert [one.state for one in two_channels.tasks()] == [DONE, LAPSED]
    assert "er was al gereageerd" in two_channels.desk.world.says("carla", "geschiedenis T2").text


def test_closing_without_a_reply_is_said_in_each_channel(two_channels: Hague) -> None:
    two_channels.until(17)
    assert whats(two_channels.closes_past()) == [("item_step", "slack C1"), ("item_step", "slack C2")]


def test_a_deadline_of_no_channel_stands_for_all(hague: Hague, alone: None, monkeypatch: pytest.MonkeyPatch) -> None:
    hague.site.opens("besluitnareis", NAREIS, date(2026, 11, 23), CLOSES)
    hague.reads()
    hague.desk.world.says("alice", "consultatie toewijzen K1 aan bob")
    monkeypatch.setattr("tests.world.CHANNEL", CHANNEL)
    hague.desk.world.says("alice", "volg gezinshereniging")
    hague.site.extends("besluitnareis", CLOSES + timedelta(days=1))
    hague.reads()
    assert len(hague.tasks()) == 1
