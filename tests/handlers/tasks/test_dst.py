"""Reminders and quiet hours in the weekends that the clock changes: each exactly once, at the time a person expects."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.tasks.ladder import Rhythm, ladder, latest, open_at
from storage.tasks import Task

ZONES = ("Europe/Amsterdam", "Europe/London", "America/New_York")
CLOCKS = ("00:00", "01:30", "02:30", "03:00", "09:00")
SUNDAYS = (
    *("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
    *("2026-03-08", "2026-11-01", "2027-03-14", "2027-11-07"),  # those of the United States
)

# (zone, day, clock) -> what the clock on the wall shows then, where that is not the same, or is said twice.
# The hour behind it is the distance to UTC: the first of the two in autumn is the one in summer time.
CHANGED = {
    ("Europe/Amsterdam", "2026-03-29", "02:30"): "2026-03-29T03:30+02:00",
    ("Europe/Amsterdam", "2027-03-28", "02:30"): "2027-03-28T03:30+02:00",
    ("Europe/Amsterdam", "2026-10-25", "02:30"): "2026-10-25T02:30+02:00",
    ("Europe/Amsterdam", "2027-10-31", "02:30"): "2027-10-31T02:30+02:00",
    ("Europe/London", "2026-03-29", "01:30"): "2026-03-29T02:30+01:00",
    ("Europe/London", "2027-03-28", "01:30"): "2027-03-28T02:30+01:00",
    ("Europe/London", "2026-10-25", "01:30"): "2026-10-25T01:30+01:00",
    ("Europe/London", "2027-10-31", "01:30"): "2027-10-31T01:30+01:00",
    ("America/New_York", "2026-03-08", "02:30"): "2026-03-08T03:30-04:00",
    ("America/New_York", "2027-03-14", "02:30"): "2027-03-14T03:30-04:00",
    ("America/New_York", "2026-11-01", "01:30"): "2026-11-01T01:30-04:00",
    ("America/New_York", "2027-11-07", "01:30"): "2027-11-07T01:30-04:00",
}
SUMMER = {  # first and last Sunday of summer time, and the distances to UTC in winter and summer
    "Europe/Amsterdam": (("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31"), "+01:00", "+02:00"),
    "Europe/London": (("2026-03-29", "2026-10-25"), ("2027-03-28", "2027-10-31"), "+00:00", "+01:00"),
    "America/New_York": (("2026-03-08", "2026-11-01"), ("2027-03-14", "2027-11-07"), "-05:00", "-04:00"),
}
CHANGES_AT = {"Europe/Amsterdam": ("02:00", "03:00"), "Europe/London": ("01:00", "02:00")}


def expected(zone: str, day: str, clock: str) -> datetime:
    """When a person in that zone expects it; worked out from the tables above, not by zoneinfo."""
    changed = CHANGED.get((zone, day, clock))
    if changed:
        return datetime.fromisoformat(changed)
    *summers, winter_time, summer_time = SUMMER[zone]
    spring, autumn = CHANGES_AT.get(zone, ("02:00", "02:00"))
    now = f"{day}T{clock}"
    summer = any(f"{first}T{spring}" <= now < f"{last}T{autumn}" for first, last in summers)
    return datetime.fromisoformat(now + (summer_time if summer else winter_time))


def days_around(sunday: str) -> list[str]:
    """From Thursday to Tuesday."""
    middle = date.fromisoformat(sunday)
    return [str(middle + timedelta(count)) for count in range(-3, 3)]


def said(task: Task, rhythm: Rhythm, since: datetime, minutes: int = 30) -> dict[str, datetime]:
    """Name -> when it was said, by somebody who looks every half hour, waits for the hours and says the latest."""
    rungs = ladder(task, rhythm, since)
    spoken: list[tuple[str, datetime]] = []
    waits = rungs[0] if rungs else None
    now = since
    while waits:
        now += timedelta(minutes=minutes)
        if waits.at <= now and open_at(now, task.zone, rhythm) == now:
            due = latest(rungs, now)
            assert due
            spoken.append((due.name, now))
            waits = next((rung for rung in rungs if rung.at > now), None)
    assert max(Counter(name for name, _ in spoken).values()) == 1
    return dict(spoken)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("sunday", SUNDAYS)
def test_a_reminder_on_each_day_around_the_change(sunday: str, clock: str, zone: str) -> None:
    """Deadlines at the end of each day, so that one of its reminders is on the night itself."""
    rhythm = Rhythm(opens=time(0), closes=time(0), at=time.fromisoformat(clock))
    since = expected(zone, days_around(sunday)[0], "00:00").astimezone(UTC) - timedelta(7)
    for day in days_around(sunday):
        task = Task("brief", "Brief", 1, 1, date.fromisoformat(day), zone, since, time(23))
        times = said(task, rhythm, since)
        assert times["T-0"] == expected(zone, day, clock)
        for rung in ladder(task, rhythm, since):
            there = rung.at.astimezone(ZoneInfo(zone))
            assert times[rung.name] == rung.at == expected(zone, str(there.date()), clock)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", CLOCKS)
@pytest.mark.parametrize("sunday", SUNDAYS)
def test_quiet_hours_end_once_on_each_day_around_the_change(sunday: str, clock: str, zone: str) -> None:
    rhythm = Rhythm(opens=time.fromisoformat(clock), closes=time(18))
    for day in days_around(sunday):
        opens, closes = expected(zone, day, clock), expected(zone, day, "18:00")
        now = expected(zone, str(date.fromisoformat(day) - timedelta(1)), "18:00").astimezone(UTC)
        while now < closes:
            assert open_at(now, zone, rhythm) == max(now, opens)
            now += timedelta(minutes=10)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("opens", CLOCKS)
@pytest.mark.parametrize("sunday", SUNDAYS)
def test_what_waits_for_the_hours_is_said_once_when_they_begin(sunday: str, opens: str, zone: str) -> None:
    """A reminder of midnight is said at the opening of its own day, whatever the clock did in between."""
    rhythm = Rhythm((2, 1, 0), opens=time.fromisoformat(opens), closes=time(18), at=time(0))
    since = expected(zone, days_around(sunday)[0], "12:00").astimezone(UTC) - timedelta(7)
    task = Task("brief", "Brief", 1, 1, date.fromisoformat(sunday), zone, since, time(17))
    times = said(task, rhythm, since)
    rungs = ladder(task, rhythm, since)
    assert list(times) == [rung.name for rung in rungs] == ["T-2", "T-1", "T-0", "T+1", "T+2", "T+3", "T+4", "T+5"]
    for rung in rungs:
        assert times[rung.name] == expected(zone, str(rung.at.astimezone(ZoneInfo(zone)).date()), opens)


@pytest.mark.parametrize("sunday", SUNDAYS[:4])
def test_hours_over_the_midnight_of_the_change(sunday: str) -> None:
    """From 22:00 to 06:00: an hour longer or shorter, open all the night."""
    zone, rhythm = "Europe/Amsterdam", Rhythm(opens=time(22), closes=time(6))
    saturday = str(date.fromisoformat(sunday) - timedelta(1))
    opens, closes = expected(zone, saturday, "22:00"), expected(zone, sunday, "06:00")
    night = closes - opens
    assert night == timedelta(hours=7 if "-03-" in sunday else 9)
    for minutes in range(0, int(night.total_seconds() // 60), 10):
        now = opens + timedelta(minutes=minutes)
        assert open_at(now, zone, rhythm) == now
    assert open_at(closes, zone, rhythm) == expected(zone, sunday, "22:00")


def test_hours_that_fall_into_the_gap_are_those_of_the_next_day() -> None:
    rhythm = Rhythm(opens=time(2, 30), closes=time(3))
    now = expected("Europe/Amsterdam", "2026-03-28", "12:00")
    assert open_at(now, "Europe/Amsterdam", rhythm) == expected("Europe/Amsterdam", "2026-03-30", "02:30")


@pytest.mark.parametrize("minutes", [1, 60, 24 * 60])
def test_a_clock_that_jumps_says_nothing_twice(minutes: int) -> None:
    """Whoever looks once an hour, or once a day, says the latest, and each at most once."""
    since = expected("Europe/Amsterdam", "2026-03-20", "08:30").astimezone(UTC)
    task = Task("brief", "Brief", 1, 1, date(2026, 3, 30), "Europe/Amsterdam", since)
    times = said(task, Rhythm(), since, minutes)
    assert list(times) == ["T-5", "T-2", "T-1", "T-0", "T+1", "T+2", "T+3", "T+4", "T+5"]
