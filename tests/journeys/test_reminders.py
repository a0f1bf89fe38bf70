"""Reminders before real processes whose clock moves: each rung once, whatever the clock does; none after it is done."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys import offices
from tests.journeys.offices import OFFICES, Office
from tests.journeys.test_tasks import at, give

NOOR_SILENT, OVERDUE = "reageert nog niet", "te laat: Brief over nareis"
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["slack", "teams"])
def office(request: pytest.FixtureRequest, template: tuple[str, Path], tmp_path: Path) -> Iterator[Office]:
    """An office on both platforms, where it is ten o'clock on a working day, and Noor has a task of twelve days on."""
    name: str = request.param
    clock = tmp_path / "clock"
    clock.write_text(str((at(1, 10) - datetime.now(UTC)).total_seconds()), encoding="utf-8")
    with OFFICES[name](offices.furnished(template[1], tmp_path, name), clock) as opened:
        opened.moves_to(at(1, 10))
        give(opened, 13)
        opened.told("noor", "Tom gaf je deze taak")
        yield opened


def settled(office: Office) -> None:
    """Wait until all that is due by now was said: something that is said after it has come."""
    settled.count += 1  # type: ignore[attr-defined]
    title = f"merkteken {settled.count}x"  # type: ignore[attr-defined]
    give(office, 60, title, "sem")
    office.told("sem", title)


settled.count = 0  # type: ignore[attr-defined]


def reminders(office: Office, user: str = "noor") -> list[str]:
    """The first words of every reminder somebody got of the task, in order."""
    said = [one.words for one in office.everything() if one.user == user]
    leads = [words.partition(": Brief over nareis")[0] for words in said if ": Brief over nareis T1" in words]
    return [lead for lead in leads if "neemt" not in lead and "maakte" not in lead]


def test_every_rung_is_said_once_and_the_coordinator_hears_when_nobody_reacts(office: Office) -> None:
    for days, lead in ((3, "Nog 10 werkdagen"), (8, "Nog 5 werkdagen"), (11, "Nog 2 werkdagen"), (12, "Nog 1 werkdag")):
        office.moves_to(at(days, 9) + A_MINUTE)
        office.told("noor", f"{lead}: Brief over nareis")
    office.told("tom", "Nog 1 werkdag: Brief over nareis")
    office.moves_to(at(13, 9) + A_MINUTE)
    office.told("noor", "Vandaag om 17:00: Brief over nareis")
    office.moves_to(at(14, 9) + A_MINUTE)
    office.told("noor", "1 werkdag te laat: Brief over nareis")
    office.told("tom", "1 werkdag te laat: Brief over nareis")
    settled(office)
    leads = ["Nog 10 werkdagen", "Nog 5 werkdagen", "Nog 2 werkdagen", "Nog 1 werkdag", "Vandaag om 17:00"]
    assert reminders(office) == [*leads, "1 werkdag te laat"]
    assert reminders(office, "tom") == ["Nog 1 werkdag", "1 werkdag te laat"]


def test_a_clock_that_goes_back_an_hour_says_nothing_again(office: Office) -> None:
    office.moves_to(at(3, 9) + A_MINUTE)
    office.told("noor", "Nog 10 werkdagen")
    office.moves_to(at(3, 8) + A_MINUTE)
    settled(office)
    office.moves_to(at(3, 9) + 2 * A_MINUTE)
    settled(office)
    assert reminders(office) == ["Nog 10 werkdagen"]
    office.moves_to(at(8, 9) + A_MINUTE)
    office.told("noor", "Nog 5 werkdagen")
    assert reminders(office) == ["Nog 10 werkdagen", "Nog 5 werkdagen"]


def test_a_clock_that_goes_back_before_it_was_said_loses_nothing(office: Office) -> None:
    office.moves_to(at(3, 9) - 2 * A_MINUTE)
    settled(office)
    office.moves_to(at(3, 8) - 2 * A_MINUTE)
    settled(office)
    assert reminders(office) == []
    office.moves_to(at(3, 9) + A_MINUTE)
    office.told("noor", "Nog 10 werkdagen")
    assert reminders(office) == ["Nog 10 werkdagen"]


def test_a_clock_that_goes_on_a_day_and_back_says_each_rung_once(office: Office) -> None:
    office.moves_to(at(3, 9) - A_MINUTE)
    office.moves_to(at(4, 9) - A_MINUTE)  # a day on: the rung of the day before was missed
    missed = office.told("noor", "Nog 9 werkdagen: Brief over nareis")
    assert "had moeten komen op" in missed.words
    office.moves_to(at(3, 10))  # and set right again
    settled(office)
    office.moves_to(at(4, 10))
    settled(office)
    assert reminders(office) == ["Nog 9 werkdagen"]
    office.moves_to(at(8, 9) + A_MINUTE)
    office.told("noor", "Nog 5 werkdagen")
    assert reminders(office) == ["Nog 9 werkdagen", "Nog 5 werkdagen"]


def test_after_a_long_sleep_only_the_latest_rung_is_said_with_when_it_was_due(office: Office) -> None:
    office.moves_to(at(11, 14))
    reminder = office.told("noor", "Nog 2 werkdagen: Brief over nareis")
    assert "had moeten komen op" in reminder.words
    assert "09:00" in reminder.words
    settled(office)
    assert reminders(office) == ["Nog 2 werkdagen"]


def test_what_is_done_is_not_reminded_of(office: Office) -> None:
    office.moves_to(at(3, 9) + A_MINUTE)
    reminder = office.told("noor", "Nog 10 werkdagen")
    office.presses("noor", reminder, "Klaar")
    office.until_shown(reminder, "klaar op")
    for days in (8, 11, 12, 13, 14):
        office.moves_to(at(days, 9) + A_MINUTE)
        settled(office)
    assert reminders(office) == ["Nog 10 werkdagen"]
