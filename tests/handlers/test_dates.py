"""Dates and times: in full on the way out, in every usual notation on the way in."""

from datetime import date, time

import pytest

from handlers import dates
from handlers.problems import Problem

DAY = date(2026, 12, 4)


def test_in_full_and_short_in_both_languages() -> None:
    assert dates.in_full("nl", DAY, time(17)) == "vrijdag 4 december 2026, 17:00"
    assert dates.in_full("en", DAY) == "Friday 4 December 2026"
    assert (dates.short("nl", DAY), dates.short("en", DAY)) == ("vr 4 dec 2026", "Fri 4 Dec 2026")


@pytest.mark.parametrize("typed", ["2026-12-04", "4-12-2026", "04/12/2026", "4.12.2026", " 4-12-2026 "])
def test_a_day_in_any_notation(typed: str) -> None:
    assert dates.read_day(typed, "day") == DAY


@pytest.mark.parametrize("typed", ["", "morgen", "31-2-2026", "2026-13-01", "4-12-26", "4 december 2026", "9" * 500])
def test_what_is_no_day_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Problem) as refused:
        dates.read_day(typed, "day")
    assert (refused.value.field, refused.value.facts["typed"]) == ("day", typed[:40])


@pytest.mark.parametrize("typed", ["14:30", "14.30", "14u30", " 14:30 uur"])
def test_a_clock_in_any_notation(typed: str) -> None:
    assert dates.read_clock(typed, "clock") == time(14, 30)


@pytest.mark.parametrize("typed", ["24:00", "14:60", "half drie", "", "-1"])
def test_what_is_no_clock_is_refused(typed: str) -> None:
    with pytest.raises(Problem):
        dates.read_clock(typed, "clock")


@pytest.mark.parametrize(
    ("typed", "start"),
    [
        ("90d", date(2026, 9, 5)),
        ("6 weken", date(2026, 10, 23)),
        ("1 jaar", date(2025, 12, 4)),
        ("1-1-2026", date(2026, 1, 1)),
    ],
)
def test_since(typed: str, start: date) -> None:
    assert dates.read_since(typed, DAY) == start
