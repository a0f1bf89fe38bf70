"""Bills: where one stands, by what was published around it; an amendment that is decided on says nothing of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parliament.item import SenateBill, SenateVote
from parliament.tweedekamer.bills import ENDS, STAGES, Around, Bill, address, bill, is_bill, label, page
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.meetings import Meeting, group
from parliament.tweedekamer.votes import Vote

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)


def entity(kind: str, id: str = "x", **values: Any) -> Entity:
    links = values.pop("links", {})
    return Entity(kind, id, NOW, values=values, links=links)


ZAAK = entity(
    "Zaak", "z1", soort="Wetgeving", nummer="2026Z00001", titel="Wijziging van de Vreemdelingenwet 2000 (Wet iets)"
)
DOSSIER = entity("Kamerstukdossier", "d1", nummer=36704, toevoeging=None)


def paper(kind: str, subject: str = "", days: int = -6, number: int = 3) -> Entity:
    at = NOW + timedelta(days=days)
    more = {"documentNummer": "2026D00001", "volgnummer": number}
    return entity("Document", f"{kind}{days}", soort=kind, onderwerp=subject, datum=at, **more)


def meeting(kind: str, days: int = -3, status: str = "Gepland", id: str = "a") -> Meeting:
    at = NOW + timedelta(days=days)
    return Meeting(id, id, "2026A00001", kind, group(kind), "Wet", status, at, day=at.date())


def voted(outcome: Any, day: date = DAY) -> tuple[date, Vote]:
    return day, Vote("b", outcome, "handopsteken", True, "", "")


def stands(**around: Any) -> Bill:
    return bill(ZAAK, Around(dossier=DOSSIER, **around), NOW)


@pytest.mark.parametrize(
    ("papers", "stage"),
    [
        ([], "ingediend"),
        (["Koninklijke boodschap", "Voorstel van wet", "Memorie van toelichting"], "ingediend"),
        (["Voorstel van wet", "Advies Afdeling advisering Raad van State en Nader rapport"], "advies Raad van State"),
        (["Voorstel van wet", "Verslag (initiatief)wetsvoorstel (nader)"], "verslag"),
        (["Nota n.a.v. het (nader/tweede nader/enz.) verslag", "Voorstel van wet"], "nota n.a.v. verslag"),
        (["Nota van wijziging", "Amendement", "Motie"], "ingediend"),
        (["Eindtekst"], "stemming"),
    ],
)
def test_its_papers_tell_how_far_it_is(papers: Sequence[str], stage: str) -> None:
    assert stands(papers=[paper(one) for one in papers]).stage == stage


def test_a_further_report_is_told_from_the_first_by_its_subject() -> None:
    first = paper("Verslag (initiatief)wetsvoorstel (nader)", "Verslag")
    further = paper("Verslag (initiatief)wetsvoorstel (nader)", "Nader verslag", -2)
    assert stands(papers=[first, further]).stage == "nader verslag"


def test_an_inbreng_is_a_stage_and_a_deadline() -> None:
    found = stands(meetings=[meeting("Inbreng verslag (wetsvoorstel)", 5)])
    assert (found.stage, found.inbreng) == ("inbreng verslag", NOW + timedelta(days=5))


def test_an_inbreng_that_is_cancelled_or_moved_away_is_no_deadline() -> None:
    gone = meeting("Inbreng verslag (wetsvoorstel)", 5, "Geannuleerd")
    moved = meeting("Inbreng verslag (wetsvoorstel)", 6, "Verplaatst")
    assert stands(meetings=[gone, moved]).inbreng is None


def test_a_debate_ahead_announces_and_reaches_nothing() -> None:
    assert stands(meetings=[meeting("Plenair debat (wetgeving)", 5)]).stage == "ingediend"
    assert stands(meetings=[meeting("Plenair debat (wetgeving)", -1)]).stage == "debat"


def test_what_is_registered_for_debate_says_so() -> None:
    text = "Het wetsvoorstel aanmelden voor plenaire behandeling."
    assert stands(decisions=[(DAY, text)]).stage == "aangemeld"


@pytest.mark.parametrize(
    ("outcomes", "stage"),
    [
        (["aangenomen"], "aangenomen door de Tweede Kamer"),
        (["verworpen"], "verworpen"),
        (["uitgesteld"], "stemming"),
        (["uitgesteld", "aangenomen"], "aangenomen door de Tweede Kamer"),
        (["gestaakt", "verworpen"], "verworpen"),
        (["ingetrokken"], "ingetrokken"),
    ],
)
def test_decisions_on_its_own_case_tell_what_became_of_it(outcomes: Sequence[str], stage: str) -> None:
    assert stands(votes=[voted(one) for one in outcomes]).stage == stage


def test_a_rejected_amendment_does_not_end_the_bill() -> None:
    amendment = entity("Zaak", "z2", soort="Amendement", nummer="2026Z00002", onderwerp="Amendement Podt")
    found = stands(sides=[amendment], side_votes={"z2": voted("verworpen")[1]})
    assert found.stage == "ingediend"
    assert [(one.number, one.outcome) for one in found.sides] == [("2026Z00002", "verworpen")]


def test_an_amendment_that_was_changed_is_replaced() -> None:
    old = entity("Zaak", "z2", soort="Amendement", nummer="2026Z00002", onderwerp="Amendement")
    new = entity(
        "Zaak", "z3", soort="Amendement", nummer="2026Z00003", onderwerp="Gewijzigd", links={"vervangenVanuit": ("z2",)}
    )
    assert [one.replaced for one in stands(sides=[new, old]).sides] == [True, False]


@pytest.mark.parametrize(
    ("subject", "stage"),
    [
        ("Intrekking van het wetsvoorstel", "ingetrokken"),
        ("Intrekking wetsvoorstel beperking nareis", "ingetrokken"),
        ("Aankondiging van de intrekking van het wetsvoorstel", "ingetrokken"),
        ("Intrekking van dit wetsvoorstel", "ingetrokken"),
        ("Brief over de intrekking van het wetsvoorstel nareis", "ingetrokken"),
        ("Intrekking van het voorstel om extra plekken te openen", "ingediend"),
        ("Stand van zaken van het wetsvoorstel", "ingediend"),
        ("Stand van zaken van de intrekking van het wetsvoorstel", "ingediend"),
        ("Reactie op verzoek over intrekking van het wetsvoorstel", "ingediend"),
        ("Wetsvoorstel tot intrekking van de Spreidingswet", "ingediend"),
    ],
)
def test_a_letter_that_withdraws_it_ends_it(subject: str, stage: str) -> None:
    assert stands(papers=[paper("Brief regering", subject)]).stage == stage


def test_controversial_stays_where_it_was_and_says_so() -> None:
    found = stands(papers=[paper("Verslag (initiatief)wetsvoorstel (nader)")], decisions=[(DAY, "Controversieel.")])
    assert (found.stage, found.controversial) == ("verslag", True)
    assert not stands(decisions=[(DAY, "Niet controversieel verklaard door de commissie.")]).controversial
    assert not stands(decisions=[(DAY, "Het wetsvoorstel is niet langer controversieel.")]).controversial
    assert not stands(decisions=[(DAY, "Verzoek het niet als controversieel aan te merken.")]).controversial


def test_of_several_votes_the_last_counts() -> None:
    again = (DAY + timedelta(days=7), voted("aangenomen")[1])
    assert stands(votes=[again, voted("verworpen")]).stage == "aangenomen door de Tweede Kamer"


SENATE = SenateBill("36704", "Wet iets", (("Schriftelijke voorbereiding", "current"), ("Plenair", "todo")), ())


@pytest.mark.parametrize(
    ("phases", "outcome", "stage"),
    [
        ((("Schriftelijke voorbereiding", "current"),), None, "Eerste Kamer"),
        ((("Plenair", "done"),), None, "aangenomen door de Eerste Kamer"),
        ((("Plenair", "done"),), "aangenomen", "aangenomen door de Eerste Kamer"),
        ((("Plenair", "done"),), "verworpen", "verworpen door de Eerste Kamer"),
        ((("Plenair", "done"), ("Afkondiging", "done")), "aangenomen", "Staatsblad"),
    ],
)
def test_the_senate_goes_on_where_the_tweede_kamer_ended(phases: Any, outcome: str | None, stage: str) -> None:
    later = DAY + timedelta(days=30)
    decision = SenateVote(later, "36704", "Wet iets", outcome, "hamerstuk") if outcome else None
    senate = replace(SENATE, phases=phases, decision=decision, voted=DAY)
    found = stands(votes=[voted("aangenomen")], senate=senate)
    assert found.stage == stage
    assert found.since == (later if outcome else DAY)


def test_a_motion_that_the_senate_rejects_is_not_the_bill() -> None:
    said = ("De motie-Van Iets is door de Eerste Kamer verworpen.",)
    senate = replace(SENATE, phases=(("Plenair", "done"), ("Afkondiging", "current")), standing=said, voted=DAY)
    assert stands(senate=senate).stage == "aangenomen door de Eerste Kamer"


@pytest.mark.parametrize(
    ("addition", "expected"), [(None, "36704"), ("", "36704"), ("XVI", "36704-XVI"), ("02", "36704-02")]
)
def test_its_number_has_the_addition_of_its_dossier(addition: str | None, expected: str) -> None:
    assert label(entity("Kamerstukdossier", nummer=36704, toevoeging=addition)) == expected


def test_it_is_called_as_people_call_it() -> None:
    assert stands().short == "Wet iets"
    named = replace(ZAAK, values={**ZAAK.values, "citeertitel": "Asielnoodmaatregelenwet"})
    assert bill(named, Around(), NOW).short == "Asielnoodmaatregelenwet"


def test_who_brought_it_in_and_which_committee_leads() -> None:
    actors = [
        entity("ZaakActor", "1", relatie="Indiener", actorNaam="minister van Asiel en Migratie"),
        entity("ZaakActor", "2", relatie="Voortouwcommissie", actorNaam="vaste commissie", actorAfkorting="AM"),
        entity("ZaakActor", "3", relatie="Volgcommissie", actorNaam="vaste commissie", actorAfkorting="J&V"),
    ]
    found = stands(actors=actors)
    assert (found.submitter, found.committee) == ("minister van Asiel en Migratie", "AM")


@pytest.mark.parametrize(
    ("addition", "number", "expected"),
    [
        (None, 3, "https://zoek.officielebekendmakingen.nl/kst-36704-3"),
        ("XVI", 3, "https://zoek.officielebekendmakingen.nl/kst-36704-XVI-3"),
        ("(R2114)", 3, "https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z1&did=2026D00001"),
        (None, -1, "https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z1&did=2026D00001"),
    ],
)
def test_a_paper_is_where_it_can_be_read(addition: str | None, number: int, expected: str) -> None:
    dossier = entity("Kamerstukdossier", nummer=36704, toevoeging=addition)
    assert address(dossier, paper("Motie", number=number), "2026Z1") == expected


def test_its_page_is_found_by_its_dossier_or_looked_for() -> None:
    assert page(stands()).endswith("dossier=36704")
    assert page(bill(ZAAK, Around(), NOW)).endswith("qry=2026Z00001")


def test_only_bills_are_bills() -> None:
    assert [is_bill(entity("Zaak", soort=one)) for one in ("Wetgeving", "Begroting", "Motie")] == [
        True, True, False,
    ]  # fmt: skip
    assert not is_bill(Entity("Zaak", "z", NOW, deleted=True))


PAPERS = [
    paper(kind, days=-number)
    for number, kind in enumerate(
        (
            "Voorstel van wet",
            "Advies Afdeling advisering Raad van State en Nader rapport",
            "Verslag (initiatief)wetsvoorstel (nader)",
            "Nota n.a.v. het (nader/tweede nader/enz.) verslag",
            "Motie",
            "Eindtekst",
        ),
        1,
    )
]


@given(
    st.lists(st.sampled_from(PAPERS), unique_by=lambda one: one.id),
    st.sampled_from(PAPERS),
    st.randoms(use_true_random=False),
)
def test_whatever_the_order_more_papers_never_move_it_back(papers: list[Entity], one: Entity, chance: Any) -> None:
    before = stands(papers=papers)
    after = stands(papers=[*papers, one])
    assert STAGES.index(after.stage) >= STAGES.index(before.stage)
    shuffled = list(papers)
    chance.shuffle(shuffled)
    assert stands(papers=shuffled) == before
    assert set(ENDS) <= set(STAGES)
