"""The local Eerste Kamer and internetconsultatie.nl as who asks them sees them, beside the pages that were recorded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import httpx
import pytest

from parliament import eerstekamer, internetconsultatie
from parliament.html import read
from parliament.item import SenateVote
from tests.servers.consultations import LocalConsultations
from tests.servers.senate import LocalSenate

DATA = Path(__file__).parents[3] / "shared/data/parliament"
TUESDAY = date(2026, 10, 6)
VOTE = SenateVote(
    TUESDAY, "36704", "Asielnoodmaatregelenwet", "verworpen", "zitten en opstaan", ("PVV",), ("PRO", "SP")
)


@pytest.fixture
def senate() -> Iterator[LocalSenate]:
    with LocalSenate(TUESDAY) as running:
        running.receives("36704", "Asielnoodmaatregelenwet", date(2026, 1, 12), ("PVV", "VVD"), ("SP",))
        running.plans(TUESDAY, "Stemmingen", time(13, 30), "36704")
        running.meets(TUESDAY, "Commissie voor Financiën (FIN)", time(18, 30), "mondeling overleg", "36704")
        running.decides(VOTE)
        yield running


@pytest.fixture
def site() -> Iterator[LocalConsultations]:
    with LocalConsultations() as running:
        running.opens("nareis", "Besluit nareis", date(2026, 11, 4), date(2026, 12, 16))
        yield running


def shape(body: str) -> set[str]:
    """The headings, and the ids and classes, of a page."""
    tree = read(body)
    named = {f"#{one}" for one in tree.xpath("//main//@id | //*[@id='content']//@id") if one.isalpha() or "_" in one}
    classed = {f".{name}" for one in tree.xpath("//main//@class | //*[@id='content']//@class") for name in one.split()}
    return named | classed | {f"{one.tag} {' '.join(one.text_content().split())}" for one in tree.iter("h2", "h3")}


LOOKED_FOR = {
    ".agendablok", ".zaken", "#ladder_plan", ".i-plan_t", ".bladeren", ".eerder", ".recenter", ".besluitpunten",
    ".partitel", "#voortgangModule", ".voortgangBlok1", ".voortgangBlok4", ".vol", ".leeg", ".fase", ".ladder",
    ".strong", "h2 Agenda", "h2 Stand van zaken", "h2 Kerngegevens", "h2 Documenten", "h3 ingediend", "h3 titel",
    "h3 schriftelijke voorbereiding", "h3 ondertekening",
}  # fmt: skip


@pytest.mark.skipif(not DATA.exists(), reason="the recorded pages are not here (../shared/data)")
@pytest.mark.parametrize(
    ("path", "name", "count"),
    [
        ("/wetsvoorstel/36704_wet", "ek_bill_36879.trimmed.html", 16),
        ("/plenaire_vergadering/20261006", "ek_plenary_20261006.trimmed.html", 7),
        ("/commissievergaderingen_op", "ek_committee_day_20261005.html", 7),
    ],
)
def test_a_page_of_the_local_senate_has_the_shape_of_the_recorded_one(
    senate: LocalSenate, path: str, name: str, count: int
) -> None:
    for days in (-7, 7):
        senate.plans(TUESDAY + timedelta(days=days), "Opening", time(9, 30))
        senate.meets(TUESDAY + timedelta(days=days), "Commissie voor Financiën (FIN)", time(15))
    theirs = shape((DATA / "eerstekamer-2026-10" / name).read_text(encoding="utf-8"))
    ours = shape(httpx.get(f"{senate.at}{path}").text)
    assert theirs & LOOKED_FOR == ours & LOOKED_FOR
    assert len(theirs & LOOKED_FOR) == count


@pytest.mark.skipif(not DATA.exists(), reason="the structures are not here (../shared/data)")
def test_a_page_of_the_local_consultations_has_the_shape_of_the_one_at_hand(site: LocalConsultations) -> None:
    for path, name in (("/nareis/b1", "consultatie_page"), ("/zoeken/resultaat", "zoekresultaat")):
        theirs = shape((DATA / "internetconsultatie-wgk" / f"{name}.structure.html").read_text(encoding="utf-8"))
        ours = shape(httpx.get(f"{site.at}{path}").text)
        assert {one for one in theirs if "Reacties" not in one} <= ours


def test_a_vote_is_in_the_list_in_the_report_and_on_the_page_of_the_bill(senate: LocalSenate) -> None:
    (listed,) = eerstekamer.votes_page(httpx.get(f"{senate.at}/stemmingen_per_vergaderdag?filter=alles").text).votes
    assert replace(listed, address="") == VOTE
    assert "zodat zij is verworpen" in httpx.get(f"{senate.at}{listed.address}").text
    told = eerstekamer.bill(httpx.get(f"{senate.at}/wetsvoorstel/36704_wet").text).decision
    assert told and (told.day, told.outcome, told.for_, told.against) == (TUESDAY, "verworpen", ("PVV",), ("PRO", "SP"))


def test_a_law_is_promulgated(senate: LocalSenate) -> None:
    senate.promulgates("36704", "Stb. 2026, 310")
    found = eerstekamer.bill(httpx.get(f"{senate.at}/wetsvoorstel/36704_wet").text)
    assert dict(found.phases)["Afkondiging"] == "done"
    assert any("Stb. 2026, 310" in sentence for sentence in found.standing)


def test_25_votes_stand_on_a_page_and_the_rest_where_it_leads(senate: LocalSenate) -> None:
    for number in range(30):
        senate.decides(replace(VOTE, number=f"37020, M{number}", day=TUESDAY - timedelta(days=7)))
    first = eerstekamer.votes_page(httpx.get(f"{senate.at}/stemmingen_per_vergaderdag?filter=alles").text)
    assert (len(first.votes), first.votes[0].number) == (25, "36704")
    page = httpx.get(f"{senate.at}{first.earlier}").text
    assert "(vervolg)" in page
    assert len(eerstekamer.votes_page(page).votes) == 6


def test_what_is_not_there_is_404(senate: LocalSenate, site: LocalConsultations) -> None:
    for address in ("/plenaire_vergadering/20261007", "/wetsvoorstel/1_x", "/verslagdeel/20261006/x"):
        assert httpx.get(f"{senate.at}{address}").status_code == 404
    assert [httpx.get(f"{site.at}/{path}").status_code for path in ("niets", "niets/b1")] == [404, 404]


def test_a_consultation_opens_is_extended_closes_and_goes(site: LocalConsultations) -> None:
    def page() -> object:
        return internetconsultatie.consultation(httpx.get(f"{site.at}/nareis/b1").text, "nareis")

    def told(closes: date, status: str) -> bool:
        found = internetconsultatie.consultation(httpx.get(f"{site.at}/nareis/b1").text, "nareis")
        return (found.closes, found.status) == (closes, status)

    assert page()
    assert told(date(2026, 12, 16), "Actief")
    site.extends("nareis", date(2027, 1, 13))
    assert told(date(2027, 1, 13), "Actief")
    site.closes("nareis")
    assert told(date(2027, 1, 13), "Gesloten")
    site.removes("nareis")
    assert httpx.get(f"{site.at}/nareis/b1").status_code == 404


def test_a_name_or_a_number_leads_to_the_page(site: LocalConsultations) -> None:
    chain = site.shown["nareis"].chain
    for short in ("nareis", chain):
        assert httpx.get(f"{site.at}/{short}").headers["Location"] == "/nareis/b1"


def test_a_search_finds_the_newest_first_by_its_words(site: LocalConsultations) -> None:
    site.opens("wegen", "Wegenwet", date(2026, 11, 5), None)
    address = f"{site.at}/zoeken/resultaat"
    slugs = [one.slug for one in internetconsultatie.results(httpx.get(address).text)]
    assert slugs == ["wegen", "nareis", "oudewet"]
    found = internetconsultatie.results(httpx.get(address, params={"Trefwoorden": "nareis"}).text)
    assert [one.slug for one in found] == ["nareis"]


@pytest.mark.parametrize("kind", ["500", "404", "empty", "cut"])
def test_a_site_goes_wrong_as_often_as_it_is_told(site: LocalConsultations, kind: str) -> None:
    whole = httpx.get(f"{site.at}/nareis/b1")
    site.fault(kind, times=2)
    wrong = [httpx.get(f"{site.at}/nareis/b1") for _ in range(2)]
    assert all((one.status_code, one.text) != (200, whole.text) for one in wrong)
    assert httpx.get(f"{site.at}/nareis/b1").text == whole.text


def test_what_is_called_otherwise_is_so_on_every_page_until_all_is_well(site: LocalConsultations) -> None:
    before = httpx.get(f"{site.at}/nareis/b1")
    site.relabels("Einddatum consultatie", "Sluit op")
    page = httpx.get(f"{site.at}/nareis/b1", headers={"If-None-Match": before.headers["ETag"]})
    assert "Sluit op" in page.text
    site.well()
    assert httpx.get(f"{site.at}/nareis/b1").text == before.text
