"""Days and times: the right one, said to be impossible or to be two, or none; never a wrong one."""

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import dates
from handlers.understanding.moments import Asked, Moment, Recess, every, read, whole

TABLE = tomllib.loads(Path(__file__).with_name("moments.toml").read_text(encoding="utf-8"))
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 24, 10, 15, tzinfo=AMSTERDAM)  # a Tuesday
RECESSES = (Recess("kerstreces", date(2026, 12, 18), date(2027, 1, 11)),)
AHEAD, BACK = Asked(NOW, True, RECESSES), Asked(NOW, False, RECESSES)


def said(moment: Moment | None) -> str:
    """A moment in one line: `2026-12-04 17:00`, `2026-11-30..2026-12-07`, `<2026-12-01`, `>2026-12-01`, `none`."""
    if moment is None:
        return "none"
    if moment.begins is None:
        return "impossible"
    mark = {"": "", "until": "<", "since": ">"}[moment.limit]
    start = f"{mark}{moment.begins:%Y-%m-%d}" + (f" {moment.begins:%H:%M}" if moment.timed else "")
    if moment.ends is None or mark:
        return start
    same_day = moment.timed and moment.ends.date() == moment.begins.date()
    return f"{start}-{moment.ends:%H:%M}" if same_day else f"{start}..{moment.ends.date()}"


@pytest.mark.parametrize(("text", "expected"), TABLE["ahead"].items())
def test_what_lies_ahead(text: str, expected: str) -> None:
    assert said(whole(text, AHEAD)) == expected


@pytest.mark.parametrize(("text", "expected"), TABLE["back"].items())
def test_what_lies_behind(text: str, expected: str) -> None:
    assert said(whole(text, BACK)) == expected


@pytest.mark.parametrize(
    ("text", "day", "others"),
    [
        ("volgende vrijdag", date(2026, 12, 4), (date(2026, 11, 27),)),
        ("next Friday", date(2026, 12, 4), (date(2026, 11, 27),)),
        ("volgende dinsdag", date(2026, 12, 1), ()),
        ("voor 9:00", date(2026, 11, 25), (date(2026, 11, 24),)),
        ("vrijdag 5 december", date(2026, 12, 5), (date(2026, 11, 27),)),
    ],
)
def test_words_with_two_readings_give_both(text: str, day: date, others: tuple[date, ...]) -> None:
    found = whole(text, AHEAD)
    assert found is not None
    assert (found.day, found.others) == (day, others)


def test_a_weekday_that_is_not_that_date_is_said_so() -> None:
    found = whole("vrijdag 3 december 2026", AHEAD)
    assert found is not None
    assert (found.day, found.weekday_fits) == (date(2026, 12, 3), False)


@pytest.mark.parametrize("text", ["begin januari", "eind volgende week", "medio maart", "half december"])
def test_words_that_leave_the_day_open_say_so(text: str) -> None:
    found = whole(text, AHEAD)
    assert found is not None
    assert found.vague


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vanochtend gebeld", ["2026-11-24..2026-11-24"]),
        ("gesprek met ____ op 17-11, daarna 18 november 9.30 uur ____", ["2026-11-17", "2026-11-18 09:30"]),
        ("koffie do", ["2026-11-19"]),
        ("Podt 14:30", ["2026-11-24 14:30"]),
        ("op de 6e, en vorige maand de 15e", ["2026-11-06", "2026-10-15"]),
        ("gebeld dinsdag 17 november 2026, 17:00", ["2026-11-17 17:00"]),
        ("mail maandag ontvangen", ["2026-11-23"]),
        ("terugbellen op 31-02-2027", ["impossible"]),
        ("called on June 6, 2025 about housing", ["2025-06-06"]),
        ("met de deadline gistren", ["2026-11-23"]),
    ],
)
def test_moments_in_a_longer_text(text: str, expected: list[str]) -> None:
    found = every(text, BACK)
    assert [said(moment) for moment in found] == expected
    assert all(text[moment.start : moment.end] == moment.text for moment in found)


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
        "twee uur gesproken",
        "zo gedaan",
        "what to do",
        "Di Maria",
        "06-12345678",
        "kenmerk 45-67-2026",
        "goedemorgen",
        "januari is te laat",
        "in 2027 is alles anders",
        "36 704 mensen",
        "over 36704 gesproken",
        "een half uur gebeld",
        "15 mensen gesproken",
        "kamer 12, 3 stoelen",
    ],
)
def test_no_moment_in_a_longer_text(text: str) -> None:
    assert every(text, BACK) == ()


@pytest.mark.parametrize("text", ["zsm", "straks", "de 45e", "vrijdag misschien", "25:00", "asdf", "0", "week 60"])
def test_words_that_are_not_a_moment_are_not_understood(text: str) -> None:
    assert whole(text, AHEAD) is None


@pytest.mark.parametrize(
    "text", ["31-02-2026", "op 31-4", "30 februari", "2026-13-01", "31 november 2026", "over 9999 jaar"]
)
def test_a_day_that_does_not_exist_is_said_so(text: str) -> None:
    found = read(text, BACK)
    assert found is not None
    assert found.impossible
    assert found.day is None


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-10-24T12:00", "over 24 uur", "2026-10-25 11:00"),  # the clock goes back in that night
        ("2026-10-24T12:00", "morgen om 12:00", "2026-10-25 12:00"),
        ("2026-10-25T01:30", "over 3 uur", "2026-10-25 03:30"),
        ("2027-03-27T12:00", "over 24 uur", "2027-03-28 13:00"),  # and forward in this one
        ("2027-03-27T12:00", "over 1 dag", "2027-03-28"),
        ("2026-12-29T09:30", "vrijdag", "2027-01-01"),
        ("2027-01-04T08:30", "week 1", "2027-01-04..2027-01-11"),
        ("2028-02-28T11:00", "morgen", "2028-02-29"),
        ("2027-05-31T11:00", "over een maand", "2027-06-30"),
        ("2026-12-24T10:00", "over 2 werkdagen", "2026-12-29"),  # Christmas is no working day
    ],
)
def test_at_another_time(now: str, text: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=AMSTERDAM)
    assert said(whole(text, Asked(at, True))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voor het kerstreces", "<2026-12-18"),
        ("na het kerstreces", ">2027-01-12"),
        ("na het reces", ">2027-01-12"),
        ("een week voor het kerstreces", "2026-12-11"),
        ("kerstreces", "2026-12-18..2027-01-12"),
        ("herfstreces", "none"),  # not in the table
    ],
)
def test_a_recess_comes_from_the_table(text: str, expected: str) -> None:
    assert said(whole(text, AHEAD)) == expected


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31)), st.dates(min_value=date(1990, 1, 1)))
def test_a_day_as_the_bot_prints_it_is_read_as_that_day(day: date, today: date) -> None:
    asked = Asked(datetime.combine(today, time(12), AMSTERDAM), True)
    for language in ("nl", "en"):
        for text in (dates.in_full(language, day), dates.short(language, day), day.isoformat(), f"{day:%d-%m-%Y}"):
            found = whole(text, asked)
            assert found is not None, text
            assert (found.day, found.clock, found.weekday_fits) == (day, None, True), text


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2049, 12, 31)), st.times(), st.sampled_from(("nl", "en")))
def test_a_moment_as_the_bot_prints_it_is_read_as_that_moment(day: date, clock: time, language: str) -> None:
    found = whole(dates.in_full(language, day, clock), AHEAD)
    assert found is not None
    assert (found.day, found.clock) == (day, clock.replace(second=0, microsecond=0))


RELATIVE = """morgen|gisteren|vrijdag|komende maandag|volgende week|vorige week dinsdag|over 3 dagen|twee weken geleden
eind volgende week|begin deze week|vrijdag over een week|volgende vrijdag|dinsdag 14u|maandagochtend|binnen 10 dagen
voor vrijdag 17:00|next Friday|in two weeks|ma t/m wo|dit weekend""".replace("\n", "|").split("|")


@given(st.sampled_from(RELATIVE), st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 1, 1)), st.booleans())
def test_a_week_later_the_same_words_mean_a_week_later(text: str, today: date, ahead: bool) -> None:
    first, second = (
        whole(text, Asked(datetime.combine(day, time(10, 15), AMSTERDAM), ahead))
        for day in (today, today + timedelta(7))
    )
    assert first and second and first.begins and second.begins
    assert second.begins - first.begins == timedelta(7)
    assert (first.ends is None) == (second.ends is None)
    assert not (first.ends and second.ends) or second.ends - first.ends == timedelta(7)


PIECES = (
    "0 1 12 31 99 2026 12-11 3.30 14:30 1e de van t/m - – , . : ( ) ' 's op om over voor na week dag werkdagen eind"
    " half kwart januari vrijdag do volgende vorige laatste eerste morgen geleden pasen uur u reces tot tussen en"
    " 20270115 9999 jaar 29 februari 2026-02-30 +3 maanden anderhalf 'en é \u202e \u0300 𝟙 ١٢ 🙂"
)
ANYTHING = st.text(max_size=4000) | st.lists(st.sampled_from(PIECES.split(" ")), max_size=400).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(ANYTHING, st.dates(), st.booleans())
def test_any_text_is_answered_on_any_day(text: str, day: date, ahead: bool) -> None:
    asked = Asked(datetime.combine(day, time(9, 30), AMSTERDAM), ahead, RECESSES)
    for found in (*every(text, asked), *filter(None, [whole(text, asked)])):
        assert text[found.start : found.end] == found.text
        assert (found.day is None) == found.impossible
