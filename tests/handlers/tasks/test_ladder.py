"""The ladder of a task as a table of cases, and what holds for every ladder and for all hours."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tasks.ladder import Rhythm, Rung, in_utc, is_working, ladder, latest, open_at, working_day
from storage.tasks import Task

AMSTERDAM = "Europe/Amsterdam"
USUAL = Rhythm()
CHRISTMAS = Rhythm(off=((date(2026, 12, 18), date(2027, 1, 11)),))


def task(due: str, zone: str = AMSTERDAM) -> Task:
    """Due on such a day, or at such a moment ("2026-11-20T14:30"); local."""
    day = date.fromisoformat(due[:10])
    clock = time.fromisoformat(due[11:]) if due[10:] else None
    return Task("brief", "Brief", 1, 1, day, zone, datetime(2026, 1, 1, tzinfo=UTC), clock)


def local(text: str, zone: str = AMSTERDAM) -> datetime:
    """The moment that is written, in a zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def shown(rungs: tuple[Rung, ...], zone: str = AMSTERDAM) -> list[str]:
    """Each as a line: name, weekday, date and time, local."""
    return [f"{rung.name} {rung.at.astimezone(ZoneInfo(zone)):%a %d-%m %H:%M}" for rung in rungs]


def before(due: str, since: str, rhythm: Rhythm = USUAL) -> list[str]:
    """What is said before the due moment."""
    return [line for line in shown(ladder(task(due), rhythm, local(since))) if not line.startswith("T+")]


def after(due: str, rhythm: Rhythm = USUAL) -> list[str]:
    """What is said afterwards."""
    return [line for line in shown(ladder(task(due), rhythm, local("2026-01-01"))) if line.startswith("T+")]


CASES = {
    "three weeks": (
        ("2026-12-04", "2026-11-10T10:00"),
        ["T-10 Fri 20-11 09:00", "T-5 Fri 27-11 09:00", "T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"],
    ),
    "a fortnight": (
        ("2026-12-04", "2026-11-20T10:00"),
        ["T-9 Mon 23-11 09:00", "T-5 Fri 27-11 09:00", "T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"],
    ),
    "eight days: one more in front": (
        ("2026-12-04", "2026-11-24T10:00"),
        ["T-7 Wed 25-11 09:00", "T-5 Fri 27-11 09:00", "T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"],
    ),
    "seven days: T-6 would stand right before T-5": (
        ("2026-12-04", "2026-11-25T10:00"),
        ["T-5 Fri 27-11 09:00", "T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"],
    ),
    "a week's notice": (
        ("2026-12-04", "2026-11-27T08:00"),
        ["T-4 Mon 30-11 09:00", "T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"],
    ),
    "four days": (("2026-12-04", "2026-11-30T10:00"), ["T-2 Wed 02-12 09:00", "T-1 Thu 03-12 09:00"]),
    "two days": (("2026-12-04", "2026-12-02T08:00"), ["T-1 Thu 03-12 09:00"]),
    "tomorrow": (("2026-12-04", "2026-12-03T10:00"), []),
}


@pytest.mark.parametrize("case", CASES)
def test_the_days_before(case: str) -> None:
    asked, expected = CASES[case]
    assert before(*asked) == [*expected, "T-0 Fri 04-12 09:00"]


def test_today_in_three_hours_is_said_an_hour_before() -> None:
    assert before("2026-12-04T13:00", "2026-12-04T10:00") == ["uur Fri 04-12 12:00"]
    assert before("2026-12-04", "2026-12-04T07:00") == ["uur Fri 04-12 16:00"]
    assert before("2026-12-04T13:00", "2026-12-04T12:00") == []


def test_five_working_days_after_and_then_no_more() -> None:
    five = ["T+1 Mon 07-12 09:00", "T+2 Tue 08-12 09:00", "T+3 Wed 09-12 09:00"]
    assert after("2026-12-04") == [*five, "T+4 Thu 10-12 09:00", "T+5 Fri 11-12 09:00"]
    handed_over_late = ladder(task("2026-12-04"), USUAL, local("2026-12-08T11:00"))
    assert [rung.name for rung in handed_over_late] == ["T+3", "T+4", "T+5"]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2026-12-04T09:30", "T-0 Fri 04-12 09:00"),
        ("2026-12-04T09:00", "T-0 Fri 04-12 08:00"),
        ("2026-12-04T08:30", "T-0 Fri 04-12 08:00"),
        ("2026-12-04T08:00", "T-0 Fri 04-12 07:00"),
        ("2026-12-04T06:00", "T-0 Fri 04-12 05:00"),
        ("2026-12-04T00:30", "T-1 Thu 03-12 09:00"),  # no moment of the day itself is left
        ("2026-12-05", "T-0 Sat 05-12 09:00"),  # whatever day it is
    ],
)
def test_the_due_day_itself(due: str, expected: str) -> None:
    assert before(due, "2026-11-20T10:00")[-1] == expected


def test_due_right_after_midnight_tomorrow() -> None:
    assert before("2026-12-04T00:30", "2026-12-03T10:00") == ["uur Thu 03-12 23:30"]


def test_christmas_is_skipped() -> None:
    assert before("2026-12-29", "2026-12-01T10:00")[-4:] == [
        "T-5 Mon 21-12 09:00",
        "T-2 Thu 24-12 09:00",
        "T-1 Mon 28-12 09:00",
        "T-0 Tue 29-12 09:00",
    ]
    assert after("2026-12-24")[:2] == ["T+1 Mon 28-12 09:00", "T+2 Tue 29-12 09:00"]


def test_easter_monday_and_koningsdag_are_skipped_and_good_friday_is_not() -> None:
    assert before("2026-04-07", "2026-03-01T10:00")[-2:] == ["T-1 Fri 03-04 09:00", "T-0 Tue 07-04 09:00"]
    assert before("2026-04-28", "2026-03-01T10:00")[-3:-1] == ["T-2 Thu 23-04 09:00", "T-1 Fri 24-04 09:00"]


def test_recess_is_skipped_where_a_team_says_so() -> None:
    assert before("2027-01-12", "2026-12-01T10:00")[-2] == "T-1 Mon 11-01 09:00"
    assert before("2027-01-12", "2026-12-01T10:00", CHRISTMAS)[-2] == "T-1 Thu 17-12 09:00"
    assert after("2026-12-17", CHRISTMAS)[0] == "T+1 Tue 12-01 09:00"


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-24", True),
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2027-01-01", False),
        ("2026-04-03", True),  # Good Friday
        ("2026-04-06", False),
        ("2025-04-26", False),  # a Saturday: Koningsdag is a day early where the 27th is a Sunday
        ("2025-04-28", True),
        ("2026-05-14", False),
        ("2026-05-25", False),
        ("2026-05-05", True),
        ("2025-05-05", False),
        ("2027-03-26", True),
        ("2026-12-05", False),
    ],
)
def test_working_days(day: str, works: bool) -> None:
    assert is_working(date.fromisoformat(day), USUAL) is works


def test_counting_working_days() -> None:
    saturday = date(2026, 12, 5)
    counted = [working_day(saturday, count, USUAL) for count in (-2, -1, 0, 1, 2)]
    assert [day.day for day in counted] == [3, 4, 5, 7, 8]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [((3, 0), ["T-3", "T-0"]), ((30, 3), ["T-5", "T-3"]), ((5,), ["T-5"]), ((8,), ["T-5"]), ((), ["uur"])],
)
def test_another_ladder(steps: tuple[int, ...], expected: list[str]) -> None:
    """Six working days ahead."""
    rungs = ladder(task("2026-12-04"), Rhythm(steps), local("2026-11-26T10:00"))
    assert [rung.name for rung in rungs[:-5]] == expected


def test_latest() -> None:
    rungs = ladder(task("2026-12-04"), USUAL, local("2026-11-27T10:00"))
    assert latest(rungs, rungs[0].at - timedelta(seconds=1)) is None
    assert latest(rungs, rungs[0].at) == rungs[0]
    assert latest(rungs, rungs[-1].at) == rungs[-1]


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (("08:00", "18:00"), "2026-12-04T12:00", "2026-12-04T12:00"),
        (("08:00", "18:00"), "2026-12-04T07:59", "2026-12-04T08:00"),
        (("08:00", "18:00"), "2026-12-04T08:00", "2026-12-04T08:00"),
        (("08:00", "18:00"), "2026-12-04T18:00", "2026-12-05T08:00"),
        (("20:00", "04:00"), "2026-12-04T03:59", "2026-12-04T03:59"),
        (("20:00", "04:00"), "2026-12-04T04:00", "2026-12-04T20:00"),
        (("20:00", "04:00"), "2026-12-04T23:00", "2026-12-04T23:00"),
        (("00:00", "00:00"), "2026-12-04T00:00", "2026-12-04T00:00"),
        (("09:00", "09:00"), "2026-12-04T08:59", "2026-12-04T08:59"),
    ],
)
def test_quiet_hours(hours: tuple[str, str], now: str, expected: str) -> None:
    rhythm = Rhythm(opens=time.fromisoformat(hours[0]), closes=time.fromisoformat(hours[1]))
    assert open_at(local(now), AMSTERDAM, rhythm) == local(expected)


# --- what holds for all of them

ZONES = st.sampled_from([AMSTERDAM, "Europe/London", "America/New_York", "Asia/Tokyo", "UTC"])
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
RHYTHMS = st.builds(
    Rhythm,
    st.lists(st.integers(0, 30), min_size=1, max_size=8, unique=True).map(tuple),
    CLOCKS,
    CLOCKS,
    CLOCKS,
    st.sampled_from([(), ((date(2026, 7, 3), date(2026, 8, 31)), (date(2027, 4, 23), date(2027, 5, 10)))]),
)


@given(RHYTHMS, DAYS, CLOCKS, ZONES, st.timedeltas(timedelta(-10), timedelta(90)))
def test_every_ladder(rhythm: Rhythm, day: date, clock: time, zone: str, ahead: timedelta) -> None:
    one = task(f"{day}T{clock}", zone)
    since = one.due.astimezone(UTC) - ahead
    rungs = ladder(one, rhythm, since)
    moments = [rung.at for rung in rungs]
    assert moments == sorted(set(moments)), "each later than the one before"
    assert len({rung.name for rung in rungs}) == len(rungs) <= len(rhythm.steps) + 1 + 5
    assert [rung.step for rung in rungs] == sorted((rung.step for rung in rungs), reverse=True)
    for rung in rungs:
        assert rung.at.tzinfo is UTC
        assert rung.at > since
        assert (rung.at < one.due) == (rung.step >= 0)
        assert rung.step <= max(rhythm.steps)
        assert abs(rung.at - one.due) < timedelta(160)
        if rung.step:
            assert is_working(rung.at.astimezone(ZoneInfo(zone)).date(), rhythm)


@given(RHYTHMS, DAYS, CLOCKS, ZONES, st.integers(1, 60))
def test_something_is_said_before_every_deadline_that_is_a_day_away(
    rhythm: Rhythm, day: date, clock: time, zone: str, days: int
) -> None:
    one = task(f"{day}T{clock}", zone)
    assert ladder(one, rhythm, one.due - timedelta(days))[0].step >= 0


@given(RHYTHMS, st.builds(in_utc, DAYS, CLOCKS, st.just("UTC")), ZONES)
def test_all_hours(rhythm: Rhythm, now: datetime, zone: str) -> None:
    opened = open_at(now, zone, rhythm)
    assert now <= opened <= now + timedelta(hours=50)
    assert open_at(opened, zone, rhythm) == opened
    clock = opened.astimezone(ZoneInfo(zone)).time()
    quiet_days = not any(abs(now - change) < timedelta(3) for change in _changes(zone))
    if quiet_days and rhythm.opens < rhythm.closes:
        assert rhythm.opens <= clock < rhythm.closes
    elif quiet_days and rhythm.opens > rhythm.closes:
        assert not rhythm.closes <= clock < rhythm.opens
    elif rhythm.opens == rhythm.closes:
        assert opened == now


@cache
def _changes(zone: str) -> list[datetime]:
    """The days on which the clock changes."""
    days = [datetime(2026, 1, 1, tzinfo=UTC) + count * timedelta(1) for count in range(3 * 366)]
    there = ZoneInfo(zone)
    return [
        day for day in days if day.astimezone(there).utcoffset() != (day + timedelta(1)).astimezone(there).utcoffset()
    ]


def test_a_time_that_does_not_exist_or_exists_twice() -> None:
    assert in_utc(date(2026, 3, 29), time(2, 30), AMSTERDAM) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert in_utc(date(2026, 10, 25), time(2, 30), AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_before_a_quiet_evening_ends_is_said_before_it_is_quiet() -> None:
    assert before("2026-11-24T20:00", "2026-11-24T15:00") == ["uur Tue 24-11 17:30"]
    assert before("2026-11-24T20:00", "2026-11-24T17:40") == ["uur Tue 24-11 19:00"]
    assert before("2026-11-24T17:00", "2026-11-24T10:00") == ["uur Tue 24-11 16:00"]
