"""The list of votes: what is read of each, and that a label which is gone is named."""

from dataclasses import replace
from datetime import date

import pytest

from parliament.eerstekamer import votes_page
from parliament.eerstekamer.numbers import bracketed, called, dossiers
from parliament.item import SenateVote, SourceChanged
from tests.parliament.eerstekamer.votes_of_2026 import DATA, FRACTIES, recorded
from tests.servers import senate_pages as pages

TUESDAY = date(2026, 10, 6)
HAND = SenateVote(
    TUESDAY, "37020, M", "Motie-Beukering (Fractie-Beukering) c.s. over infrastructuur", "verworpen",
    "zitten en opstaan", ("BBB", "Fractie-Van de Sanden", "SGP"), ("50PLUS", "PRO", "Volt"), address="/verslagdeel/1",
)  # fmt: skip
ROLL = SenateVote(
    TUESDAY, "36704", "Asielnoodmaatregelenwet", "verworpen", "hoofdelijk", ("BBB", "VVD"), ("PRO", "BBB"),
    ("A.W.J.A. (Samuel) Croll (BBB)", "Van de Sanden (VVD)"), ("Mei Li Vos (PRO)", "Eric Kemperman (BBB)"),
    address="/verslagdeel/2",
)  # fmt: skip
HAMMER = SenateVote(
    TUESDAY,
    "36945-XX",
    "Slotwet Asiel en Migratie 2025",
    "aangenomen",
    "hamerstuk",
    noted=("FVD", "JA21"),
    address="/h",
)
PLAIN = SenateVote(TUESDAY, "36937", "Wet digitale aanvraag rijbewijzen", "aangenomen", "hamerstuk", address="/h")
ALL = SenateVote(TUESDAY, "36886", "Woningwet", "aangenomen", "algemene stemmen", address="/verslagdeel/3")
TIE = replace(HAND, outcome="gestaakt", number="36576, P")


def page(*votes: SenateVote, earlier: str = "", goes_on: bool = False) -> str:
    return pages.votes([(one, "/wetsvoorstel/x") for one in votes], earlier, goes_on)


@pytest.mark.parametrize(
    "vote", [HAND, ROLL, HAMMER, PLAIN, ALL, TIE], ids=lambda vote: f"{vote.manner} {vote.outcome}"
)
def test_a_vote_is_read_as_it_was(vote: SenateVote) -> None:
    assert votes_page(page(vote)).votes == (vote,)


def test_a_hamerstuk_is_no_vote_and_names_nobody_for_or_against() -> None:
    (found,) = votes_page(page(HAMMER)).votes
    assert (found.for_, found.against, found.noted) == ((), (), ("FVD", "JA21"))


def test_a_fractie_whose_members_differ_is_on_both_sides() -> None:
    said = page(HAND).replace(
        "50PLUS, PRO en Volt", "50PLUS, PRO met uitzondering van het lid Ferd Crone, JA21 en Volt"
    )
    (found,) = votes_page(said).votes
    assert found.against == ("50PLUS", "PRO", "JA21", "Volt")
    assert (found.for_, found.members_for) == (("BBB", "Fractie-Van de Sanden", "SGP", "PRO"), ("Ferd Crone",))


def test_each_day_has_its_own_votes_and_one_may_go_on_from_the_page_before() -> None:
    later = replace(PLAIN, day=date(2026, 9, 29))
    found = votes_page(page(HAND, ALL, later, earlier="/stemmingen_per_vergaderdag?start_006=25", goes_on=True))
    assert [one.day for one in found.votes] == [TUESDAY, TUESDAY, date(2026, 9, 29)]
    assert found.earlier == "/stemmingen_per_vergaderdag?start_006=25"


def test_who_was_for_and_against_may_come_later_than_the_outcome() -> None:
    (found,) = votes_page(page(replace(HAND, for_=(), against=()))).votes
    assert (found.outcome, found.for_, found.against) == ("verworpen", (), ())


def test_a_way_to_decide_that_nobody_knew_of_is_kept_in_its_own_words() -> None:
    (found,) = votes_page(page(replace(ALL, manner="stemming met gesloten briefjes"))).votes
    assert (found.manner, found.outcome) == ("stemming met gesloten briefjes", "aangenomen")


LABELS = [
    ("opsomtekst", "opsomtekst"), ("opsomteken", "opsomteken"), ("stemlijst", "stemlijst"),
    ("6 oktober 2026", "no day (h2)"), ("<h2>", "no day (h2)"), ("voor:", "voor:"), ("tegen:", "tegen:"),
]  # fmt: skip


@pytest.mark.parametrize("new", ["", "anders"])
@pytest.mark.parametrize(("gone", "named"), LABELS)
def test_a_label_that_is_gone_or_renamed_is_named(gone: str, named: str, new: str) -> None:
    body = page(HAND)
    assert gone in body
    renamed = body.replace(gone, f"<h{new[:1] or 4}>" if gone == "<h2>" else new)
    with pytest.raises(SourceChanged) as caught:
        votes_page(renamed)
    assert named in str(caught.value)


def test_how_it_was_decided_is_named_when_it_is_gone() -> None:
    link = f'<a href="{HAMMER.address}">\n\tHamerstuk\n</a>'
    assert link in page(HAMMER)
    with pytest.raises(SourceChanged, match=r"how it was decided \(Hamerstuk …\) is not at “Slotwet"):
        votes_page(page(HAMMER).replace(link, ""))


def test_who_had_it_noted_is_named_when_it_is_renamed() -> None:
    with pytest.raises(SourceChanged, match="“aantekening gevraagd:” is not at “Slotwet"):
        votes_page(page(HAMMER).replace("aantekening gevraagd", "tegenstem genoteerd"))


def test_the_way_to_what_came_before_is_named_when_it_is_gone_from_a_full_page() -> None:
    full = page(*([HAND] * 25), earlier="/x")
    assert votes_page(full).earlier == "/x"
    with pytest.raises(SourceChanged, match="“eerdere stemmingen” is not on a full page"):
        votes_page(full.replace("eerdere stemmingen", "ouder"))


def test_days_without_lists_and_lists_without_votes_are_named() -> None:
    with pytest.raises(SourceChanged, match=r"no vote \(li\)"):
        votes_page('<h2>6 oktober 2026</h2><ul class="stemlijst"></ul>')
    with pytest.raises(SourceChanged, match=r"\(stemlijst\) of 2026-10-06"):
        votes_page('<h2>6 oktober 2026</h2><h2>29 september 2026</h2><ul class="stemlijst"><li>x</li></ul>')


def test_other_markup_around_it_changes_nothing() -> None:
    plain = page(HAND, HAMMER)
    more = plain.replace("<strong>voor:</strong>", '<svg></svg>\n <strong class="x">\n voor: </strong>&nbsp;')
    more = more.replace("<li class=", '<li data-x="1" class=').replace(
        "<body>", "<body><nav><ul><li>Menu</li></ul></nav>"
    )
    more = more.replace('class="js-to_expand"', 'class="js-to_expand" hidden').replace("\n", "\n<!-- x -->\t")
    assert votes_page(more) == votes_page(plain)


@pytest.mark.skipif(not DATA.exists(), reason="no ../shared/data at hand")
def test_each_of_the_479_recorded_votes_comes_back_from_a_page() -> None:
    known = set(FRACTIES) | {"GroenLinks-PvdA", "Fractie-Kemperman"}
    votes = [one for one in recorded() if known >= {*one.for_, *one.against}]
    assert len(votes) == 476
    for one in votes:
        made = replace(HAND, title="Wet", outcome=one.outcome, for_=one.for_, against=one.against)
        assert votes_page(page(made)).votes == (made,)
        number, _ = bracketed(one.title)
        assert number, one.title


@pytest.mark.parametrize(
    ("said", "expected", "inside"),
    [
        ("36.704", "36704", ("36704",)),
        ("36.800 XVI", "36800-XVI", ("36800-XVI",)),
        ("36.945 IIA", "36945-IIA", ("36945-IIA",)),
        ("36.455 (R2188)", "36455-(R2188)", ("36455-(R2188)",)),
        ("37.020, M", "37020, M", ("37020",)),
        ("36.800 M, F", "36800-M, F", ("36800-M",)),
        ("36.703 / 36.704 / 36.855, O", "36703 / 36704 / 36855, O", ("36703", "36704", "36855")),
        ("EK 36.600 B H", "36600-B, H", ()),
        ("EK 36.786 B", "36786, B", ()),
        ("EK 35.386, P", "35386, P", ()),
        ("EK CLX B", "CLX, B", ()),
        ("CLXX", "CLXX", ()),
    ],
)
def test_a_number_is_called_as_everybody_calls_it(said: str, expected: str, inside: tuple[str, ...]) -> None:
    assert called(said) == expected
    if inside:
        assert dossiers(said) == inside
    assert bracketed(f"Wet (opvang) in de regio ({said})") == (expected, "Wet (opvang) in de regio")


def test_a_title_without_a_number_has_none() -> None:
    assert bracketed("Motie-Van Hattem (PVV) c.s. over de (Spreidings)wet") == (
        "",
        "Motie-Van Hattem (PVV) c.s. over de (Spreidings)wet",
    )
