"""Who is meant: the right person, everybody it can be, or nobody; never a wrong one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.people import Directory, Known
from handlers.understanding.unknown import unknown_names
from tests.handlers.understanding.vocabulary import directory, labels

VAN_DIJK = ["Diederik van Dijk (SGP)", "Emiel van Dijk (PVV)", "Inge van Dijk (CDA)"]
DIJK = ["Heera Dijk (D66)", "Jimmy Dijk (SP)"]
DE_GROOT = ["Freek de Groot (VVD)", "Peter de Groot (VVD)"]

CERTAIN = [
    ("gesprek met Podt over nareis", "A. Podt (D66)"),
    ("gebeld met armut", "E. Armut (CDA)"),
    ("PODT GEBELD", "A. Podt (D66)"),
    ("vd Werf gebeld", "J.J. van der Werf (D66)"),
    ("v/d Werf gebeld", "J.J. van der Werf (D66)"),
    ("v.d. Werf gebeld", "J.J. van der Werf (D66)"),
    ("vd plas gebeld", "C.A.M. van der Plas (BBB)"),
    ("gesprek met der Lee", "Tom van der Lee (PRO)"),
    ("Van Hove gesproken", "T. ten Hove (Groep Markuszower)"),
    ("Houwelingen gebeld", "P. van Houwelingen (FVD)"),
    ("Van de Berg (JA21) gebeld", "D.J. van den Berg (JA21)"),
    ("gesprek Van Dijk (SP)", "Jimmy Dijk (SP)"),
    ("Dijk (CDA) gemaild", "Inge van Dijk (CDA)"),
    ("Van Dijk van de PVV gesproken", "Emiel van Dijk (PVV)"),
    ("Van Dijk D66 gebeld", "Heera Dijk (D66)"),
    ("PVV'er Mulder gebeld", "Edgar Mulder (PVV)"),
    ("Mulder van de IND gebeld", "Karel Mulder (IND)"),
    ("H.L.O. Dijk gesproken", "Heera Dijk (D66)"),
    ("I. van Dijk gebeld", "Inge van Dijk (CDA)"),
    ("gebeld met Jimmy Dijk", "Jimmy Dijk (SP)"),
    ("mr. U. Ellian gebeld", "U. Ellian (VVD)"),
    ("senator De Groot gebeld", "Freek de Groot (VVD)"),
    ("Van t Zand gebeld", "G.J. van 't Zand (SGP)"),
    ("Kostic gemaild", "I. Kostić (PvdD)"),
    ("Ko\u0308se gemaild", "U.I. Köse (D66)"),
    ("Bikker gebeld", "M.H. Bikker (ChristenUnie)"),
    ("Bikkers gebeld", "B.T. Bikkers (VVD)"),
    ("Van Dijck gebeld", "Tony van Dijck (PVV)"),
    ("Bontebal kort gesproken", "H. Bontenbal (CDA)"),
    ("appje van Eerdmanns", "Joost Eerdmans (JA21)"),
    ("Gesproken met Oualhaj", "Ouafa Oualhadj (D66)"),
    ("Martens gesproken", "C. Martens-America (VVD)"),
    ("Steen gesproken, ISK", "H.S. Steen (CDA)"),
    ("mw. Vrijdag gebeld", "Sietske Vrijdag (COA)"),
    ("mail van Vrijdag (COA) maandag ontvangen", "Sietske Vrijdag (COA)"),
    ("De Kort kort gesproken", "A.H.J. de Kort (VVD)"),
    ("gesprek met de minister van Asiel en Migratie", "Roos Halverhout (ministerie AenM)"),
    ("brief aan de burgemeester van Westerwolde", "Harm ter Borgh (gemeente Westerwolde)"),
    ("klaver", "Jesse Klaver (PRO)"),
]


@pytest.mark.parametrize(("text", "person"), CERTAIN)
def test_one_person(text: str, person: str) -> None:
    assert labels(directory().mentions(text)) == [[person]]


@pytest.mark.parametrize(
    ("text", "everybody"),
    [
        ("gesprek met Van Dijk over nareis", VAN_DIJK),
        ("gesprek met van dijk", VAN_DIJK),
        ("v. Dijk gemaild", VAN_DIJK),
        ("mail van van Dijk", VAN_DIJK),
        ("mail van Dijk", sorted(VAN_DIJK + DIJK)),
        ("Kamerlid Dijk gesproken", DIJK),
        ("dijk", DIJK),
        ("De Groot (VVD) gesproken", DE_GROOT),
        ("Mulder gesproken", ["Edgar Mulder (PVV)", "Karel Mulder (IND)"]),
        ("mail aan Bekker", ["Bente Becker (VVD)", "M.H. Bikker (ChristenUnie)", "R.J. Dekker (FVD)"]),
    ],
)
def test_everybody_it_can_be(text: str, everybody: list[str]) -> None:
    assert labels(directory().mentions(text)) == [everybody]


@pytest.mark.parametrize(
    "text",
    [
        "Kort overlegd",
        "Groot overleg met de gemeente Groningen",
        "Sneller dan verwacht klaar",
        "Steun gevraagd",
        "gesprek met steun van velen",
        "een klaver gevonden",
        "in de hoop dat het lukt",
        "de beer is los",
        "bij de Maas gewandeld",
        "bezoek aan Groningen",
        "vrijdag gebeld",
        "Vrijdag gebeld",
        "gesprek over mondeling overleg en verkeer",
        "motie Vondeling besproken",
        "amendement van Ceder besproken",
        "Groep Markuszower stemt tegen",
        "gebeld met Janssen",
        "gesprek met Meijer",
        "Podt (VVD) gesproken",
        "minister Podt gesproken",
        "Jan Podt gesproken",
        "Piet Mulder gesproken",
        "X. Podt gesproken",
        "gesprek met Podt-Visser",
        "",
    ],
)
def test_nobody_we_know(text: str) -> None:
    assert directory().mentions(text) == ()


def test_a_party_after_a_list_is_of_all_of_them() -> None:
    found = directory().mentions("gesprek met Flach en Van Dijk (beiden SGP)")
    assert labels(found) == [["André Flach (SGP)"], ["Diederik van Dijk (SGP)"]]


def test_somebody_named_twice_is_one_mention() -> None:
    found = directory().mentions("Edgar Mulder belde. Mulder vindt het goed, zei Edgar Mulder.")
    assert labels(found) == [["Edgar Mulder (PVV)"]]


def test_a_mention_says_where_it_stands() -> None:
    text = "Kamerlid drs. A. Podt gebeld"
    (found,) = directory().mentions(text)
    assert text[found.start : found.end] == found.text == "A. Podt"


def test_somebody_of_that_name_whom_we_do_not_know_is_said_so() -> None:
    (found,) = directory().read("Piet Mulder gesproken")
    assert (found.text, found.ids) == ("Piet Mulder", ())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("gesprek met Piet de Boer en Anna Visser over opvang", ["Piet de Boer", "Anna Visser"]),
        ("gesprek Kamerlid drs. Roodbol", ["Roodbol"]),
        ("mail aan H. Roodbol", ["H. Roodbol"]),
        ("brief aan AZC", []),
        ("gesprek met mensen van buiten", []),
        ("tot aan Vrijdag", []),
        ("naar Utrecht", []),
        ("motie van Roodbol", []),
    ],
)
def test_unknown_names(text: str, names: list[str]) -> None:
    assert [mention.text for mention in unknown_names(text, ())] == names


def test_what_was_understood_already_is_no_unknown_name() -> None:
    text = "gesprek met Podt"
    assert unknown_names(text, [(12, 16)]) == ()
    assert [mention.text for mention in unknown_names(text, ())] == ["Podt"]


def test_a_large_directory_answers_at_once() -> None:
    many = [Known(i, f"Naam{i:05}", "", "A.", "", "", "adviseur", "") for i in range(20_000)]
    found = Directory(many, {})
    started = time.perf_counter()
    mentions = found.mentions("gesprek met Naam12345 en Naam00001 " + "en nog veel meer woorden " * 100)
    assert [mention.ids for mention in mentions] == [(12345,), (1,)]
    assert time.perf_counter() - started < 0.5


@given(st.text(alphabet=st.sampled_from("Dijkvan PotdeGr.,-(SP)'\n"), max_size=80))
def test_any_text_is_answered_with_places_inside_it(text: str) -> None:
    for mention in directory().read(text):
        assert text[mention.start : mention.end] == mention.text
