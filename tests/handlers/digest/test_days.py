"""When a digest comes: each working day at its own local time, once, whatever happens to the machine or the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import forget
from handlers.command import Place
from handlers.digest import days as moments
from storage import digests, members, outbox
from storage.digests import Digest
from tests.handlers.digest.team import Team
from tests.handlers.digest.test_digest import TITLE, at, sections
from tests.servers import parliament_days as days


def said_on(team: Team, until: datetime, step: timedelta = timedelta(minutes=10)) -> list[date]:
    return [one.at.astimezone(ZoneInfo("Europe/Amsterdam")).date() for one in team.until(until, step)]


def test_once_on_each_working_day(team: Team) -> None:
    assert said_on(team, at(2, 12, 12)) == [date(2026, 11, day) for day in (25, 26, 27, 30)] + [
        date(2026, 12, day) for day in (1, 2)
    ]


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Amsterdam", date(2027, 3, 26), "06:30"),
        ("Europe/Amsterdam", date(2027, 3, 29), "05:30"),
        ("Europe/Amsterdam", date(2026, 10, 23), "05:30"),
        ("Europe/Amsterdam", date(2026, 10, 26), "06:30"),
        ("America/New_York", date(2026, 11, 2), "12:30"),
    ],
)
def test_the_clock_on_the_wall_is_what_counts(zone: str, day: date, expected: str) -> None:
    digest = Digest(zone=zone)
    assert f"{moments.moment(digest, day):%H:%M}" == expected


def test_each_local_day_once_over_a_night_that_has_an_hour_less_or_more() -> None:
    for clock in ("00:00", "02:30", "03:00", "23:59"):
        digest = Digest(at=clock, days="1 2 3 4 5 6 7")
        for start in (datetime(2027, 3, 26, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)):
            now, found = start, []
            for _ in range(5):
                now = moments.next_after(digest, now)
                found.append(moments.local(digest, now))
            there = (found[0] + timedelta(days=count) for count in range(6))
            assert found == [day for day in there if moments.comes_on(digest, day)][:5]  # Easter Monday is none


def test_public_holidays_are_skipped() -> None:
    digest = Digest()
    eve = datetime(2026, 12, 24, 12, tzinfo=UTC)
    assert moments.local(digest, moments.next_after(digest, eve)) == date(2026, 12, 28)
    assert not moments.comes_on(digest, date(2027, 1, 1))
    assert moments.comes_on(replace(digest, days="6"), date(2026, 11, 28))


def test_less_than_twelve_hours_late_it_is_caught_up_on(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.sleeps(at(25, 17))
    (said,) = team.until(at(25, 18))
    assert said.text.startswith("Lobbydigest — wo 25 nov 2026 07:30")
    assert "36999" in said.text


def test_later_it_is_merged_into_the_next(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.sleeps(at(25, 19))
    (said,) = team.until(at(26, 8))
    assert said.text.startswith("Lobbydigest — do 26 nov 2026 07:30")
    assert "36999" in said.text


def test_what_was_made_and_not_sent_for_a_day_stands_in_the_next(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.sleeps(at(25, 7))
    team.makes()  # and Slack does not answer until tomorrow
    team.sleeps(at(26, 7))
    (said,) = team.until(at(26, 8))
    assert said.text.startswith("Lobbydigest — do 26 nov 2026 07:30")
    assert "36999" in said.text


def test_one_in_doubt_is_not_sent_again_and_the_next_one_says_so(team: Team) -> None:
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    team.sleeps(at(25, 7))
    team.makes()
    with team.hague.desk.world.database.writing() as db:
        (notice,) = outbox.claim(db, ("token", team.now, team.now + timedelta(minutes=1)), 1, ())
        assert not notice.again
        assert outbox.give_up(db, notice, outbox.IN_DOUBT, team.now)
    (said,) = [one for one in team.until(at(26, 8)) if one.what == "digest"]
    assert said.text.splitlines()[1] == "De vorige digest is misschien niet aangekomen."
    assert "36999" not in said.text


def test_recess_is_one_line_a_week_and_what_happens_is_told(team: Team) -> None:
    team.sleeps(datetime(2026, 12, 18, 9, tzinfo=UTC))
    found = team.until(datetime(2027, 1, 12, 12, tzinfo=UTC), timedelta(minutes=30))
    quiet = [one for one in found if "kerstreces" in one.text]
    assert [one.at.date() for one in quiet] == [
        date(2026, 12, 21),
        date(2026, 12, 28),
        date(2027, 1, 4),
        date(2027, 1, 11),
    ]
    assert [one.at.date() for one in found if one not in quiet] == [date(2027, 1, 12)]
    assert "tot en met maandag 11 januari 2027" in quiet[0].text


def test_a_bill_in_recess_comes_on_its_day(team: Team) -> None:
    team.sleeps(datetime(2026, 12, 18, 9, tzinfo=UTC))
    team.until(datetime(2026, 12, 21, 12, tzinfo=UTC))
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    found = team.until(datetime(2026, 12, 24, 12, tzinfo=UTC))
    assert [one.at.date() for one in found] == [date(2026, 12, 22)]
    assert sections(found[0].text) == ["NIEUW"]


def test_another_time_never_gives_two_on_one_day_and_never_none(team: Team) -> None:
    world = team.hague.desk.world
    team.until(at(25, 7))
    assert "donderdag 26 november 2026, 09:00" in world.says("carla", "digest instellen 09:00").text
    assert said_on(team, at(25, 23)) == []
    team.sleeps(at(26, 7))  # eight o'clock: that of nine is still to come
    world.says("carla", "digest instellen 07:00")
    assert said_on(team, at(26, 23)) == [date(2026, 11, 26)]


def test_off_and_on_again(team: Team) -> None:
    world = team.hague.desk.world
    assert "Er komt geen digest meer" in world.says("carla", "digest stop").text
    days.introduces_bill(team.hague.kamer, 36999, TITLE, team.now)
    team.hague.reads()
    assert said_on(team, at(27, 12)) == []
    assert "maandag 30 november 2026, 07:30" in world.says("carla", "digest aan").text
    (said,) = team.until(at(30, 8))
    assert "36999" not in said.text


def test_who_left_gets_none_any_more(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    world = team.hague.desk.world
    with monkeypatch.context() as alone:
        alone.setattr("tests.world.CHANNEL", Place("slack", "D1", "", "direct"))
        assert world.says("alice", "digest instellen 07:45").ok
    assert [one.to for one in team.until(at(25, 8))] == ["slack C1", "Alice"]
    with world.database.writing() as db:
        (number,) = [one.id for one in members.everybody(db) if one.name == "Alice"]
        members.set_active(db, number, False)
    assert [one.to for one in team.until(at(26, 8))] == ["slack C1"]


def test_what_was_said_long_ago_is_forgotten(team: Team) -> None:
    team.until(at(26, 8))
    forget(team.hague.desk.world.database, team.now + timedelta(days=59))
    with team.hague.desk.world.database.reading() as db:
        assert digests.last(db, 1)
    forget(team.hague.desk.world.database, team.now + timedelta(days=61))
    with team.hague.desk.world.database.reading() as db:
        assert digests.last(db, 1) is None


def test_the_clock_that_jumps_gives_no_second_one(team: Team) -> None:
    assert said_on(team, at(25, 8)) == [date(2026, 11, 25)]
    team.sleeps(at(25, 6))
    assert said_on(team, at(25, 9)) == []
    team.sleeps(at(28, 9))
    assert said_on(team, at(30, 8)) == [date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("who", "line", "why"),
    [
        ("vera", "digest instellen 07:30", "stellen medewerkers in"),
        ("alice", "digest instellen 25:00", "hoe laat"),
        ("alice", "digest instellen soms", "ken ik niet"),
        ("alice", "digest morgen", "ken ik niet"),
        ("alice", "digest instellen zonder", "ken ik niet"),
        ("alice", "digest instellen zondagskind", "ken ik niet"),
        ("alice", "digest voorbeeld ooit", "Van welke dag"),
    ],
)
def test_what_cannot_be_is_said(team: Team, who: str, line: str, why: str) -> None:
    said = team.hague.desk.world.says(who, line)
    assert not said.ok
    assert why in said.text
