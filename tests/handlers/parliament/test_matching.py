"""Search words over titles of parliament: whole words, beginnings, endings, capitals, and what takes away."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.parliament.matching import Matcher


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        (["asiel*"], "Motie over de asielopvang", True),
        (["asiel*"], "Motie over het dierenasiel", False),
        (["asiel"], "Motie over asielzoekers", False),
        (["*asiel*"], "Motie over een totaalasielstop", True),
        (["*opvang"], "De noodopvang sluit", True),
        (["*opvang"], "Opvanglocaties", False),
        (["opvang"], "Opvang, en meer", True),
        (["opvang"], "(crisis)opvang", True),
        (["veilig land"], "Een veilig-land van herkomst", True),
        (["veilig land"], "Een veilig ander land", False),
        (["veilige land*"], "De lijst van veilige landen", True),
        (["amv"], "amv's en hun voogden", True),
        (["amv"], "een AMvB", False),
        (["bed-bad-brood*"], "bed, bad en brood", False),
        (["bed-bad-brood*"], "de bed-bad-broodregeling", True),
        (["asiel- en migratiepact"], "het Asiel- en Migratiepact", True),
        ([], "Asiel", False),
        (["*", "-", "", " "], "Asiel", False),
        (["asiel"], "", False),
    ],
)
def test_a_word_hits_where_it_is_meant_to(words: Sequence[str], text: str, hits: bool) -> None:
    assert bool(Matcher({"x": words}).find(text)) == hits


@pytest.mark.parametrize(
    ("word", "text", "hits"),
    [
        ("COA", "Het COA.", True),
        ("COA", "COA-terreinen", True),
        ("COA", "het Coa", False),
        ("coa", "het COA", True),
        ("COA", "coalitie", False),
        ("IND", "IND-gehoren", True),
        ("IND", "ind", False),
        ("IND achterstand*", "de IND-achterstanden", True),
        ("IND achterstand*", "ind achterstanden", False),
        ("IND Achterstand", "IND achterstand", True),
        ("DT&V", "de DT&V", True),
        ("ISK*", "ISK-klassen", True),
        ("ISK*", "iskander", False),
        ("B1-route", "de b1-route", True),
        ("COA", "Україна ½ COA", True),
    ],
)
def test_a_word_in_capitals_counts_only_in_capitals(word: str, text: str, hits: bool) -> None:
    assert bool(Matcher({"x": [word]}).find(text)) == hits


@pytest.mark.parametrize(
    ("word", "text", "hits"),
    [
        ("Syriërs", "Terugkeer van SYRIERS", True),
        ("Syriers", "Terugkeer van Syrie\u0308rs", True),
        ("gezinshereniging*", "gezins\u00adhereniging", True),
        ("gezinshereniging", "gezins-hereniging", True),
        ("gezins-hereniging", "gezinshereniging", True),
        ("nareis*", "nareis-zaken", True),
        ("nareiszaken", "nareis-zaken", True),
        ("nareis-zaken", "nareiszaken", True),
        ("nareis\u2011zaken", "nareis zaken", True),
        ("*zaken", "nareis\u2011zaken", True),
        ("migranten", "EU-migranten", True),
        ("asielzoekerscentrum in Budel", "het asielzoekers-centrum in Budel", True),
        ("*konder*", "Derk-onderzoek", False),
        ("Україна", "біженці (Україна)", True),
    ],
)
def test_accents_and_hyphens_make_no_difference(word: str, text: str, hits: bool) -> None:
    assert bool(Matcher({"x": [word]}).find(text)) == hits


@pytest.mark.parametrize(
    ("words", "text", "hits"),
    [
        (["opvang*", "-kinderopvang*"], "Wet kinderopvang", False),
        (["*opvang", "-kinderopvang"], "kinderopvang en noodopvang", True),
        (["*opvang", "-kinderopvang"], "de kinder-opvang", False),
        (["*toeslag", "-kinderopvang*"], "kinderopvangtoeslag", False),
        (["reception", "-at a reception"], "We met at a reception", False),
        (["reception", "-at a reception"], "We met at a reception about reception", True),
        (["terugkeer*", "-terugkeer van"], "de terugkeer van de wolf", False),
        (["terugkeer*", "terugkeer van Syriërs", "-terugkeer van"], "de terugkeer van Syriërs", True),
        (["-kinderopvang"], "kinderopvang", False),
    ],
)
def test_what_is_taken_away_does_not_count(words: Sequence[str], text: str, hits: bool) -> None:
    assert bool(Matcher({"x": words}).find(text)) == hits


def test_a_list_takes_away_from_itself_alone() -> None:
    matcher = Matcher({"ours": ["*opvang", "-kinderopvang"], "theirs": ["*opvang"]})
    assert matcher.find("kinderopvang") == {"theirs": "*opvang"}


def test_the_word_that_hit_is_told_for_each_list() -> None:
    matcher = Matcher({"a": ["nareis*"], "b": ["gezins*", "nareis*"], "c": ["werk"], "d": ["NAREIS", "nareis"]})
    assert matcher.find("Gezinsleven en nareis") == {"a": "nareis*", "b": "gezins*", "d": "nareis"}


WORDS = st.sampled_from(["asiel", "opvang", "kinder", "nood", "eu"])
SEARCHED = st.sampled_from(["asiel", "asiel*", "*opvang", "*opvang*", "nood opvang", "kinderopvang", "eu"])


@given(st.lists(WORDS, max_size=6), st.lists(st.sampled_from([" ", "", ", "]), min_size=6, max_size=6), SEARCHED)
def test_it_finds_what_a_regex_would(words: Sequence[str], between: Sequence[str], searched: str) -> None:
    text = "".join(f"{word}{gap}" for word, gap in zip(words, between, strict=False))
    said = searched.strip("*").replace(" ", r"\W+")
    pattern = (
        rf"{'' if searched.startswith('*') else chr(92) + 'b'}{said}{'' if searched.endswith('*') else chr(92) + 'b'}"
    )
    assert bool(Matcher({"x": [searched]}).find(text)) == bool(re.search(pattern, text))


@given(st.text(), st.text(max_size=5))
def test_whatever_is_written_is_read(text: str, word: str) -> None:
    found = Matcher({"x": [word], "y": [f"{word}*", f"-{word}"], "z": ["COA", f"*{word}*"]}).find(
        f"{text} {word}-{text}"
    )
    assert found.keys() <= {"x", "y", "z"}
