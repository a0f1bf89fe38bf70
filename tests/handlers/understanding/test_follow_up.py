"""Our next step: what, when and who, or nothing."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.follow_up import follow_up
from handlers.understanding.moments import Asked

NOW = Asked(datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam")), ahead=True)  # a Tuesday
MEMBERS = ("Tess", "Milan de Wit")


@pytest.mark.parametrize(
    ("text", "what", "day", "who"),
    [
        ("vrijdag terugbellen", "terugbellen", date(2026, 11, 27), None),
        ("volgende week bellen", "bellen", date(2026, 11, 30), None),
        ("@tom stuurt notitie voor 1 december", "stuurt notitie", date(2026, 12, 1), "tom"),
        ("morgen mailen", "mailen", date(2026, 11, 25), None),
        ("gesprek met Podt, vr terugbellen @bas", "terugbellen", date(2026, 11, 27), "bas"),
        ("terugbellen over 2 weken @marit", "terugbellen", date(2026, 12, 8), "marit"),
        ("stuk nasturen @joost", "stuk nasturen", None, "joost"),
        ("notitie cijfers 12 december @sem", "notitie cijfers", date(2026, 12, 12), "sem"),
        ("notulen @sem voor donderdag", "notulen", date(2026, 11, 26), "sem"),
        ("ik stuur morgen de stukken na", "ik stuur de stukken na", date(2026, 11, 25), "ik"),
        ("gesprek gehad en vrijdag stuur ik de notitie", "stuur ik de notitie", date(2026, 11, 27), "ik"),
        ("wij leveren voor 1 december voorbeelden", "wij leveren voorbeelden", date(2026, 12, 1), None),
        ("factsheet sturen voor 1 december, actie Tess", "factsheet sturen", date(2026, 12, 1), "Tess"),
        ("mailen eind van de maand", "mailen", date(2026, 11, 30), None),
        ("bellen in de week van 9 december", "bellen in de", date(2026, 12, 7), None),
        ("nabellen of ze er iets mee doen", "nabellen of ze er iets mee doen", None, None),
        ("herinner mij op 15 dec", "herinner mij", date(2026, 12, 15), "ik"),
        ("wij hebben toegezegd voor 1 dec te leveren", "wij hebben toegezegd te leveren", date(2026, 12, 1), None),
        ("volgend gesprek is 15 december", "volgend gesprek is", date(2026, 12, 15), None),
        ("bel volgende week terug", "bel terug", date(2026, 11, 30), None),
        ("gesprek met Podt vrijdag terugbellen", "terugbellen", date(2026, 11, 27), None),
    ],
)
def test_a_step(text: str, what: str, day: date | None, who: str | None) -> None:
    found = follow_up(text, NOW, MEMBERS)
    assert found is not None
    assert (found.what, found.day, found.who) == (what, day, who)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "gebeld met Podt",
        "niets opvolgen",
        "hij komt er volgende week zelf op terug",
        "Podt heeft beloofd om vrijdag te bellen",
        "de minister stuurt voor het kerstreces een brief",
        "stemmingen zijn 1 december",
        "gesprek met @tess en Podt gisteren",
        "kennismaking met Bikker 12 november over amv @tom",  # the day is that of what happened
        "gisteren teruggebeld",
        "@tess heeft Podt gebeld",
        "minister heeft toegezegd voor 1 dec te leveren",
        "ze wil dinsdag bellen",
    ],
)
def test_no_step(text: str) -> None:
    assert follow_up(text, NOW, MEMBERS) is None


def test_a_time_goes_with_the_day() -> None:
    found = follow_up("opvolgen vrijdag 14:00", NOW)
    assert found is not None
    assert (found.day, found.clock) == (date(2026, 11, 27), time(14))


def test_a_day_that_does_not_exist_is_said_so() -> None:
    found = follow_up("terugbellen op 31-02-2027", NOW)
    assert found is not None
    assert (found.day, found.moment is not None and found.moment.impossible) == (None, True)


def test_the_second_step_does_not_change_the_first() -> None:
    found = follow_up("vrijdag terugbellen @tess. Volgende week bellen @noor.", NOW)
    assert found is not None
    assert (found.what, found.day, found.who) == ("terugbellen", date(2026, 11, 27), "tess")


@given(st.text(alphabet=st.sampled_from("bellen @tom, vrijdag voor 1 december.;\n ikstuur"), max_size=80))
def test_any_text_is_answered_with_a_place_inside_it(text: str) -> None:
    found = follow_up(text, NOW)
    assert found is None or 0 <= found.start <= found.end <= len(text)
