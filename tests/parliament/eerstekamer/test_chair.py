"""What the chair says of a vote: read back from many ways to say it, and from nothing that only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parliament.eerstekamer.chair import Told, outcome_of, told
from parliament.eerstekamer.sides import Side
from tests.parliament.eerstekamer.votes_of_2026 import DATA, FRACTIES, recorded
from tests.servers.senate_pages import listed

ARTICLES = {"CDA": "het CDA"} | {one: f"de {one}" for one in ("SP", "PVV", "PvdD", "SGP", "VVD", "ChristenUnie")}
OUTCOMES = {"aangenomen": "{it} is aangenomen", "verworpen": "{it} is verworpen", "gestaakt": "de stemmen staken"}
OF, THERE, ONE = "de leden van de fracties van", "de aanwezige leden van de fracties van", "de leden van de fractie van"
VOTED = "hebben gestemd"
SAY = "Ik constateer dat"
WAYS = {
    "as it is said": f"{SAY} {OF} {{for_}} voor {{what}} {VOTED} en {OF} {{against}} ertegen, zodat {{end}}.",
    "of who was there": f"{SAY} {THERE} {{for_}} voor {{what}} {VOTED} en {THERE} {{against}} ertegen, zodat {{end}}.",
    "one fractie": f"{SAY} {ONE} {{for_}} voor {{what}} {VOTED} en {ONE} {{against}} ertegen, zodat {{end}}.",
    "turned": f"Ik stel vast dat {OF} {{against}} tegen {{what}} {VOTED} en {OF} {{for_}} ervoor, zodat {{end}}.",
    "short": f"{SAY} de fracties van {{for_}} voor {{what}} {VOTED} en die van {{against}} daartegen, zodat {{end}}.",
    "with a comma": f"{SAY} {OF} {{for_}} voor {{what}} {VOTED}, en {OF} {{against}} ertegen, zodat {{end}}.",
    "over two lines": f"De voorzitter:\n\n{SAY} {OF} {{for_}}\n voor\xa0{{what}} {VOTED} en {OF} {{against}} ertegen,"
    " zodat {end}. Dan is nu het woord aan de heer X.",
}
SUBJECTS = {
    "dit wetsvoorstel": "het",
    "deze motie": "zij",
    "dit gewijzigde voorstel over het leren voor een vak": "het",
    "het ordevoorstel van mevrouw Nanninga": "het",
    "de brief": "de brief",
}


def names(found: tuple[str, ...], articles: bool = False) -> str:
    return listed([ARTICLES.get(one, one) if articles else one for one in found])


def said(way: str, what: str, outcome: str, sides: tuple[str, str]) -> str:
    end = OUTCOMES[outcome].format(it=SUBJECTS[what])
    return WAYS[way].format(for_=sides[0], against=sides[1], what=what, end=end)


@pytest.mark.parametrize("what", SUBJECTS)
@pytest.mark.parametrize("way", WAYS)
@given(st.data(), st.sampled_from(sorted(OUTCOMES)), st.booleans())
def test_whoever_was_for_and_against_is_read_back(
    way: str, what: str, drawn: st.DataObject, outcome: str, articles: bool
) -> None:
    order, cut = drawn.draw(st.permutations(FRACTIES)), drawn.draw(st.integers(1, len(FRACTIES) - 1))
    for_, against = tuple(order[:cut]), tuple(order[cut:])
    (found,) = told(said(way, what, outcome, (names(for_, articles), names(against, articles))))
    assert (found.for_.fracties, found.against.fracties) == (for_, against)
    assert (found.outcome, found.manner, found.rest) == (outcome, "zitten en opstaan", "")
    assert not found.for_.members + found.against.members


@pytest.mark.skipif(not DATA.exists(), reason="no ../shared/data at hand")
@pytest.mark.parametrize("way", WAYS)
def test_each_of_the_479_recorded_votes_is_read_back(way: str) -> None:
    votes, known = recorded(), set(FRACTIES) | {"GroenLinks-PvdA", "Fractie-Kemperman"}
    assert len(votes) == 479
    for vote in votes:
        (found,) = told(said(way, "deze motie", vote.outcome, (names(vote.for_, True), names(vote.against, True))))
        assert found.outcome == vote.outcome
        for side, written in ((found.for_, vote.for_), (found.against, vote.against)):
            fracties = {one for one in written if one in known}
            if any("uitzondering" in one or " " in one and one not in known for one in written):
                assert fracties <= set(side.fracties), vote  # members who differ bring their fractie with them
            else:
                assert set(side.fracties) == fracties | {one for one in written if one not in known}, vote


@pytest.mark.parametrize("rest", ["de leden van de overige fracties", "die van de overige fracties"])
def test_who_is_not_named_is_the_rest(rest: str) -> None:
    sentence = f"Ik constateer dat de leden van de fracties van de SP en Volt voor deze motie hebben gestemd en {rest}"
    (found,) = told(f"{sentence} ertegen, zodat zij is verworpen.")
    assert (found.for_.fracties, found.against, found.rest) == (("SP", "Volt"), Side(), "tegen")


def test_members_who_differ_are_named_and_their_fractie_is_on_both_sides() -> None:
    (found,) = told(
        f"Ik constateer dat {OF} 50PLUS, GroenLinks-PvdA met uitzondering van de leden Crone, Fiers en Mei Li Vos, JA21"
        f" en Volt voor dit wetsvoorstel {VOTED} en {OF} de FVD en PVV alsmede het lid Kemperman ertegen, zodat het is"
        " aangenomen."
    )
    assert found.for_ == Side(("50PLUS", "GroenLinks-PvdA", "JA21", "Volt"))
    assert found.against == Side(("FVD", "PVV", "GroenLinks-PvdA"), ("Kemperman", "Crone", "Fiers", "Mei Li Vos"))


@pytest.mark.parametrize(
    ("sentence", "outcome", "manner", "counted"),
    [
        ("Ik constateer dat dit voorstel met algemene stemmen is aangenomen.", "aangenomen", "algemene stemmen", None),
        ("Ik constateer dat deze motie met algemene stemmen is verworpen.", "verworpen", "algemene stemmen", None),
        ("Ik constateer dat dit voorstel met 41 stemmen voor en 33 stemmen tegen is aangenomen.", "aangenomen",
         "hoofdelijk", (41, 33)),
        ("Ik constateer dat er 36 leden voor en 37 leden tegen dit voorstel hebben gestemd, zodat het is verworpen.",
         "verworpen", "hoofdelijk", (36, 37)),
        ("Ik constateer dat dit voorstel met 40 tegen 33 stemmen is verworpen.", "verworpen", "hoofdelijk", (33, 40)),
        ("Ik constateer dat dit voorstel met 40 tegen 33 stemmen is aangenomen.", "aangenomen", "hoofdelijk", (40, 33)),
        ("Deze wetsvoorstellen worden zonder beraadslaging en zonder stemming aangenomen.", "aangenomen",
         "zonder stemming", None),
        ("Ik stel vast dat het wetsvoorstel na beraadslaging zonder stemming aanvaard is.", "aangenomen",
         "zonder stemming", None),
    ],
)  # fmt: skip
def test_a_vote_without_fracties_is_told_as_it_was(
    sentence: str, outcome: str, manner: str, counted: tuple[int, int] | None
) -> None:
    assert told(sentence) == (Told(outcome, manner, counted=counted),)


def test_who_wants_it_known_that_they_had_been_against_is_noted() -> None:
    (found,) = told(
        "De leden van de fracties van de PVV en FVD wordt conform artikel 112 van het Reglement van Orde aantekening"
        " verleend dat zij geacht willen worden zich niet met het wetsvoorstel te hebben kunnen verenigen."
    )
    assert (found.outcome, found.noted) == ("", ("PVV", "FVD"))


def test_several_votes_in_one_report_come_in_order() -> None:
    found = told(
        f"In stemming komt de motie. De voorzitter: {SAY} {OF} de SP en de PvdD voor deze motie {VOTED} en {OF}"
        " de VVD en BBB ertegen, zodat zij is verworpen. In stemming komt het wetsvoorstel. Ik constateer dat dit"
        " wetsvoorstel met algemene stemmen is aangenomen."
    )
    assert [(one.outcome, one.manner) for one in found] == [
        ("verworpen", "zitten en opstaan"),
        ("aangenomen", "algemene stemmen"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Deze mededeling wordt voor kennisgeving aangenomen.",
        "Ik constateer dat de heer Van Hattem daarvan afziet.",
        "Ik constateer dat de Kamer breed zegt dat de motie moet worden aangenomen.",
        "De fractie van de SP zal voor deze motie stemmen.",
        f"Ik constateer dat {ONE} de SP tegen deze motie {VOTED} en die van de VVD ertegen.",
        "",
    ],
)
def test_what_tells_of_no_vote_is_none(sentence: str) -> None:
    assert not [one for one in told(sentence) if one.manner]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Aangenomen", "aangenomen"), ("het is aanvaard", "aangenomen"), ("Verworpen", "verworpen"),
        ("zodat het niet is aangenomen", "verworpen"), ("Staken van stemmen", "gestaakt"),
        ("de stemmen hebben gestaakt", "gestaakt"), ("ingetrokken", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_outcome_is_told_by_its_word(words: str, outcome: str) -> None:
    assert outcome_of(words) == outcome
