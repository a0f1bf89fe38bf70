"""Days and times: the right one, said to be impossible, or none; never a wrong one."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.moments import every, read

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("vandaag", date(2026, 11, 24), None),
        ("vanochtend gebeld", date(2026, 11, 24), None),
        ("gisteren", date(2026, 11, 23), None),
        ("gisteravond", date(2026, 11, 23), None),
        ("eergisteren", date(2026, 11, 22), None),
        ("yesterday", date(2026, 11, 23), None),
        ("op 17-11-2026", date(2026, 11, 17), None),
        ("op 17.11.26", date(2026, 11, 17), None),
        ("2026-11-17 14:30", date(2026, 11, 17), time(14, 30)),
        ("17/11", date(2026, 11, 17), None),
        ("op 1-12", date(2025, 12, 1), None),
        ("12 november", date(2026, 11, 12), None),
        ("18 december", date(2025, 12, 18), None),
        ("12 nov. 2024", date(2024, 11, 12), None),
        ("6 june", date(2026, 6, 6), None),
        ("June 6, 2025", date(2025, 6, 6), None),
        ("24 november", date(2026, 11, 24), None),
        ("29 februari", date(2024, 2, 29), None),
        ("maandag", date(2026, 11, 23), None),
        ("dinsdag", date(2026, 11, 17), None),
        ("woensdag jl.", date(2026, 11, 18), None),
        ("vrijdag a.s.", date(2026, 11, 27), None),
        ("a.s. vrijdag", date(2026, 11, 27), None),
        ("komende vrijdag", date(2026, 11, 27), None),
        ("afgelopen vrijdag", date(2026, 11, 20), None),
        ("vorige week donderdag", date(2026, 11, 19), None),
        ("Monday", date(2026, 11, 23), None),
        ("koffie do", date(2026, 11, 19), None),
        ("di 17 nov", date(2026, 11, 17), None),
        ("dinsdag 17 november 2026, 17:00", date(2026, 11, 17), time(17)),
        ("op de 6e", date(2026, 11, 6), None),
        ("vorige maand de 15e", date(2026, 10, 15), None),
        ("gisteren om 14u", date(2026, 11, 23), time(14)),
        ("gisteren 14.30 uur", date(2026, 11, 23), time(14, 30)),
        ("vanmorgen 7:40", date(2026, 11, 24), time(7, 40)),
        ("om 14u", date(2026, 11, 24), time(14)),
        ("at 5pm", date(2026, 11, 24), time(17)),
        ("Podt 14:30", date(2026, 11, 24), time(14, 30)),
        ("op 4-12-2114", date(2114, 12, 4), None),
    ],
)
def test_a_day(text: str, day: date, clock: time | None) -> None:
    found = read(text, TODAY)
    assert found is not None
    assert (found.day, found.clock) == (day, clock)
    assert not found.impossible
    assert found.weekday_fits
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gebeld met Podt",
        "36704-7 besproken",
        "19637-3501",
        "2-3 keer gebeld",
        "24/7 bereikbaar",
        "1/2 uur gewacht",
        "de 3e keer",
        "in kamer 3.67",
        "de trein van 19.36",
        "twee uur gesproken",
        "zo gedaan",
        "what to do",
        "Di Maria",
        "06-12345678",
        "kenmerk 45-67-2026",
        "goedemorgen",
        "derde dinsdag",
        "volgende vrijdag",
        "2 werkdagen voor 15 januari",
        "13 t/m 15 juli",
        "tussen 19 en 20 november",
        "laatste maandag van maart",
        "deze morgen",
        "vrijdag de tweede",
        "maandag 21",
    ],
)
def test_no_day(text: str) -> None:
    assert read(text, TODAY) is None


@pytest.mark.parametrize("text", ["31-02-2026", "op 31-4", "30 februari", "2026-13-01", "31 november 2026"])
def test_a_day_that_does_not_exist_is_said_so(text: str) -> None:
    found = read(text, TODAY)
    assert found is not None
    assert found.impossible
    assert found.day is None


def test_a_weekday_that_is_not_that_date_is_said_so() -> None:
    found = read("vrijdag 3 december 2026", TODAY)
    assert found is not None
    assert (found.day, found.weekday_fits) == (date(2026, 12, 3), False)


def test_looking_ahead_the_same_words_lie_after_today() -> None:
    found = every("vrijdag, dinsdag en 1 december, op 3-11", TODAY, ahead=True)
    assert [moment.day for moment in found] == [
        date(2026, 11, 27),
        date(2026, 12, 1),
        date(2026, 12, 1),
        date(2027, 11, 3),
    ]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)), st.dates())
def test_a_full_date_is_that_date_whenever_it_is_read(day: date, today: date) -> None:
    for text in (f"{day:%d-%m-%Y}", f"{day.isoformat()}", f"{day.day}-{day.month}-{day.year}"):
        found = read(text, today)
        assert found is not None
        assert found.day == day


@given(st.text(alphabet=st.sampled_from("0123456789-/.: vrijdagmei om uandeovorigeweek"), max_size=60), st.dates())
def test_any_text_is_answered_on_any_day(text: str, today: date) -> None:
    for ahead in (False, True):
        for found in every(text, today, ahead):
            assert (found.day is None) == found.impossible
    read(text, today)
