"""Whole contact sentences."""

import time
from datetime import date, datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.client_data import find
from handlers.understanding.people import Directory
from handlers.understanding.sentence import Understood, understand
from handlers.understanding.words import Words, kinds
from tests.handlers.understanding.vocabulary import labels, words

NOW = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Tuesday
PIECES = (
    "gesprek met Van Dijk ( ) , . @tom vrijdag 31-02 om 14:30 de 6e Podt motie 36704-7 nareis ik stuur volgende week"
    " /lobby log ٣ \u202e ’ Vrijdag voor a.s. 🙂 <!channel> '; -- over 2 weken Anna Jan \n"
)


def read(text: str) -> Understood:
    return understand(text, words(), NOW)


def test_the_sentence_of_the_readme() -> None:
    found = read("gesprek met Podt (D66) gisteren over nareis, vrijdag terugbellen")
    assert found.kind is not None and (found.kind.name, found.kind.text) == ("gesprek", "gesprek")
    assert found.moment is not None and found.moment.day == date(2026, 11, 23)
    assert labels(found.people) == [["A. Podt (D66)"]]
    assert [dossier.name for dossier in found.dossiers] == ["gezinshereniging"]
    assert [fractie.name for fractie in found.fracties] == ["D66"]
    assert found.follow_up is not None
    assert (found.follow_up.what, found.follow_up.day) == ("terugbellen", date(2026, 11, 27))
    assert (found.unknown, found.partners, found.bills, found.colleagues, found.leftover) == ((), (), (), (), "")


def test_everything_at_once() -> None:
    found = read(
        "/lobby log Op verzoek van Ceder op 12 november om 9.30 uur werkbezoek met Noor, Amnesty en het COA"
        " aan het azc, ook Anna Visser was erbij, over 36704-7. @tom stuurt notitie voor 1 december"
    )
    assert found.kind is not None and found.kind.name == "werkbezoek"
    assert found.moment is not None
    assert (found.moment.day, found.moment.clock) == (date(2026, 11, 12), clock(9, 30))
    assert labels(found.people) == [["D.G.M. Ceder (ChristenUnie)"]]
    assert [partner.name for partner in found.partners] == ["Amnesty"]
    assert [body.name for body in found.organisations] == ["COA"]
    assert [dossier.name for dossier in found.dossiers] == ["opvang"]
    assert [bill.name for bill in found.bills] == ["36704-7"]
    assert [colleague.name for colleague in found.colleagues] == ["Noor"]
    assert found.initiative and found.initiative.name == "them"
    assert found.follow_up is not None and found.follow_up.who == "tom"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_kind_is_read_from_its_own_name(kind: str) -> None:
    found = read(f"{kind} met Podt")
    assert found.kind is not None and found.kind.name == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("werkbezoek afgestemd, gebeld met Podt", "werkbezoek"),
        ("gebeld na de mail", "telefoon"),
        ("gesprek, daarna gemaild", "e-mail"),
        ("gesprek met Podt, vrijdag mailen", "gesprek"),
        ("BO met de minister", "bestuurlijk overleg"),
        ("met Podt over nareis", None),
        ("Bo was er ook", None),
        ("lekker weer zeg", None),
    ],
)
def test_an_event_beats_a_channel_and_a_channel_a_conversation(text: str, kind: str | None) -> None:
    found = read(text).kind
    assert (found.name if found else None) == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mail van Vrijdag (COA) maandag ontvangen", date(2026, 11, 23)),
        ("Vrijdag (COA) gebeld", None),
        ("gesprek met Podt. Stemmingen zijn 1 december", None),
        ("gesprek met Podt, legt het dinsdag voor aan de fractie", None),
        ("Podt belt morgen terug", None),
        ("gesprek Nobel over kinderen geboren na 1 januari 2027", None),
        ("gesprek met Podt ingepland op donderdag 10 december", date(2026, 12, 10)),
        ("gesprek met Podt gepland voor donderdag 10 december", date(2026, 12, 10)),
        ("gesprek met Podt ingepland, 10 december", date(2026, 12, 10)),
        ("morgen belafspraak met Podt om 10u", date(2026, 11, 25)),
        ("Podt mailt morgen", None),
        ("Podt gesproken over de wet van 1 januari 2027", None),
        ("gebeld met Podt over haar mail van gisteren", None),
        ("Podt gesproken. Volgend overleg: 15 december", None),
        ("werkbezoek 12 t/m 13 november met Podt", date(2026, 11, 12)),
        ("de 3e nog gesproken met Podt", date(2026, 11, 3)),
        ("Podt gesproken in de 2e Kamer", None),
        ("koffie Podt 18/11 spreidingswet", date(2026, 11, 18)),
        ("koffie Podt, 1/2 van de zaal vol", None),
        ("brief AenM, ontvangen 16 november", date(2026, 11, 16)),
    ],
)
def test_the_day_is_that_of_the_contact(text: str, day: date | None) -> None:
    moment = read(text).moment
    assert (moment.day if moment else None) == day


def test_who_stands_in_the_next_step_was_not_spoken_to() -> None:
    assert labels(read("gesprek met Ceder, vrijdag Podt bellen").people) == [["D.G.M. Ceder (ChristenUnie)"]]


def test_unknown_names_are_shown_and_our_own_are_not() -> None:
    found = read("gesprek met Milan en Piet Mulder en Anna Visser")
    assert [mention.text for mention in found.unknown] == ["Piet Mulder", "Anna Visser"]
    assert [colleague.name for colleague in found.colleagues] == ["Milan de Wit"]


def test_a_first_name_that_two_of_us_have_is_nobody() -> None:
    ours = Words(Directory((), {}), members=("Jan Smit", "Jan Vos"))
    assert understand("met Jan gebeld", ours, NOW).colleagues == ()
    assert [one.name for one in understand("met Jan Vos gebeld", ours, NOW).colleagues] == ["Jan Vos"]


@pytest.mark.parametrize("text", ["kinderopvang", "ISK-geld", "noodopvang", "statushouders", "opvangplekken"])
def test_dossiers_by_their_words(text: str) -> None:
    expected = {"ISK-geld": ["onderwijs"], "noodopvang": ["opvang"], "opvangplekken": ["opvang"]}
    assert [dossier.name for dossier in read(f"gesprek over {text}").dossiers] == expected.get(text, [])


def test_what_was_not_understood_is_left_over() -> None:
    assert read("gesprek met Podt, ze had haast, over nareis").leftover == "ze had haast"


def test_an_empty_house_still_reads() -> None:
    found = understand("gebeld gisteren", Words(Directory((), {})), NOW)
    assert found.kind is not None and found.kind.name == "telefoon"
    assert found.moment is not None and found.moment.day == date(2026, 11, 23)


@pytest.mark.parametrize(
    "piece",
    [
        "van de ",
        "Podt en ",
        "Dijk (SP) ",
        "vrijdag 3 ",
        "36 704 ",
        "A. ",
        "bel a ",
        "((",
        "@",
        "9",
        "\u0301",
        "x-",
        "om 14 ",
    ],
)
def test_4000_characters_are_read_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.perf_counter()
        read(text)
        find(text)
        return time.perf_counter() - started

    seconds(1000)
    short = min(seconds(1000) for _ in range(3))
    assert min(seconds(4000) for _ in range(3)) < 10 * short + 0.05


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    read(text)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=40))
def test_any_mix_of_our_words_is_answered(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in read(text).people:
        assert text[mention.start : mention.end] == mention.text
