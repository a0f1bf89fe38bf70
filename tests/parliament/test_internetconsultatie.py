"""internetconsultatie.nl: results, pages, closing days that move; a label that is gone is named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from parliament import internetconsultatie
from parliament.fetch import Fetch, Gone
from parliament.internetconsultatie import Internetconsultatie
from parliament.item import SourceChanged
from tests.parliament.pages import CONSULTATION, results
from tests.servers.consultations import LocalConsultations

RECORDED = Path(__file__).parents[3] / "shared/data/parliament/internetconsultatie-wgk"


@pytest.fixture
def site() -> Iterator[LocalConsultations]:
    with LocalConsultations() as running:
        for number in range(11):
            running.opens(f"wet{number}", f"Wet {number}", date(2026, 11, 4), date(2026, 12, 16))
        yield running


@pytest.fixture
def source(site: LocalConsultations) -> Iterator[Internetconsultatie]:
    fetch = Fetch(patience=0.01)
    yield Internetconsultatie(fetch, site.at)
    fetch.close()


def test_every_open_one_is_found_page_after_page(source: Internetconsultatie, site: LocalConsultations) -> None:
    assert [one.slug for one in source.active()] == [f"wet{number}" for number in reversed(range(11))]
    assert sum("/zoeken/" in one for one in site.asked) == 2
    site.closes("wet3")
    assert len(list(source.active())) == 10


def test_a_consultation_with_its_days_ministry_and_kind() -> None:
    found = internetconsultatie.consultation(CONSULTATION, "opvang")
    assert (found.slug, found.title, found.is_open) == ("opvang", "Wet opvang in de regio", True)
    assert (found.opens, found.closes) == (date(2026, 11, 4), date(2026, 12, 16))
    assert (found.ministry, found.kind, found.chain) == ("Ministerie van Asiel en Migratie", "Wet", "31001")
    assert (found.calendar, found.summary) == ("WGK031001", "Het wetsvoorstel regelt de opvang.")


def test_a_closing_day_that_moves_is_seen(source: Internetconsultatie, site: LocalConsultations) -> None:
    before = source.page("wet1")
    site.extends("wet1", date(2027, 1, 13))
    assert (before.closes, source.page("wet1").closes) == (date(2026, 12, 16), date(2027, 1, 13))


def test_what_is_removed_is_gone_and_what_closed_stays(source: Internetconsultatie, site: LocalConsultations) -> None:
    site.removes("wet1")
    with pytest.raises(Gone):
        source.page("wet1")
    site.closes("wet2")
    assert source.page("wet2").is_open is False


def test_a_search_that_finds_nothing_is_no_quiet_week(source: Internetconsultatie, site: LocalConsultations) -> None:
    site.relabels("<ul><li><a href", "<ol><li><a href")
    with pytest.raises(SourceChanged, match=r"no result \(li\) in the list of results \(result--list\)"):
        list(source.active())


def test_a_search_that_does_not_go_on_ends_and_says_so(source: Internetconsultatie, site: LocalConsultations) -> None:
    site.shown = {slug: site.shown[slug] for slug in [f"wet{number}" for number in range(10)]}
    again = site.shown.copy()
    site.shown |= {f"{slug}b": replace(one, slug=slug) for slug, one in again.items()}
    with pytest.raises(SourceChanged, match=r"page 2 \(Pagina\) is the page before it"):
        list(source.active())


LABELS = ("Startdatum consultatie", "Einddatum consultatie", "Status", "Type consultatie", "Organisatie")


def recorded(name: str, ours: str) -> list[str]:
    """Ours, and the structure at hand where there is one."""
    return [ours, *([(RECORDED / name).read_text(encoding="utf-8")] if RECORDED.exists() else [])]


PAGES = recorded("consultatie_page.structure.html", CONSULTATION)
RESULTS = recorded("zoekresultaat.structure.html", results(("wet1", "Actief", "16-12-2026")))


@pytest.mark.parametrize("new", ["", "Iets anders"])
@pytest.mark.parametrize("label", [*LABELS, "Consultatiegegevens", "In het kort", "Keten-ID"])
@pytest.mark.parametrize("body", PAGES)
def test_a_label_that_is_gone_or_renamed_is_named(body: str, label: str, new: str) -> None:
    assert label in body
    with pytest.raises(SourceChanged, match=label):
        internetconsultatie.consultation(body.replace(label, new), "opvang")


@pytest.mark.parametrize(("tag", "named"), [("h1", r"the title \(h1\)"), ("table", "Consultatiegegevens")])
@pytest.mark.parametrize("body", PAGES)
def test_a_part_under_another_tag_is_named(body: str, tag: str, named: str) -> None:
    with pytest.raises(SourceChanged, match=named):
        internetconsultatie.consultation(re.sub(rf"<(/?){tag}\b", r"<\1section", body), "opvang")


@pytest.mark.parametrize("new", ["", "anders"])
@pytest.mark.parametrize(
    ("label", "named"),
    [("Status", "Status"), ("Sluitingsdatum", "Sluitingsdatum"), ("list--metadata", "Status"),
     ("result--title", "result--title"), ("result--list", "result--list")],
)  # fmt: skip
@pytest.mark.parametrize("body", RESULTS)
def test_a_label_that_is_gone_or_renamed_in_the_results_is_named(body: str, label: str, named: str, new: str) -> None:
    assert label in body
    with pytest.raises(SourceChanged, match=named):
        internetconsultatie.results(body.replace(label, new))


@pytest.mark.parametrize("body", PAGES)
def test_other_markup_around_a_consultation_changes_nothing(body: str) -> None:
    more = body.replace(
        "<body>", "<body><header><h3>Menu</h3><table><tr><td>Status</td><td>Nieuw</td></tr></table></header>"
    )
    more = (
        more.replace("<tr>", '<tr class="x"><!-- rij -->\n')
        .replace("<td>", "<td data-x='1'>\n")
        .replace("<th>", "<th scope=row>")
    )
    more = more.replace("<h3>Consultatiegegevens</h3>", '<h3 class="x"> Consultatiegegevens\n</h3><p>Hieronder.</p>')
    assert internetconsultatie.consultation(more, "x") == internetconsultatie.consultation(body, "x")


@pytest.mark.parametrize("body", RESULTS)
def test_other_markup_around_the_results_changes_nothing(body: str) -> None:
    more = body.replace("<body>", "<body><ul><li>Menu</li></ul>").replace("<li>", '\n<li class="x"><!-- x -->')
    more = more.replace('class="list--metadata"', 'class="x list--metadata y"')
    assert internetconsultatie.results(more) == internetconsultatie.results(body)


def test_a_status_that_is_new_is_said() -> None:
    with pytest.raises(SourceChanged, match="Opgeschort"):
        internetconsultatie.consultation(CONSULTATION.replace("Actief", "Opgeschort"), "opvang")


def test_a_day_that_is_none_is_said() -> None:
    with pytest.raises(SourceChanged, match="Einddatum"):
        internetconsultatie.consultation(CONSULTATION.replace("16-12-2026", "half december"), "opvang")


@pytest.mark.skipif(not RECORDED.exists(), reason="the structures are not here (../shared/data)")
def test_the_structures_at_hand_are_read() -> None:
    page = (RECORDED / "consultatie_page.structure.html").read_bytes()
    found = internetconsultatie.consultation(page, "gegevensvergaringopenbareorde")
    assert (found.closes, found.status, found.calendar) == (date(2025, 9, 12), "Gesloten", "WGK027200")
    listed = internetconsultatie.results((RECORDED / "zoekresultaat.structure.html").read_bytes())
    assert [(each.slug, each.is_open, each.closes) for each in listed] == [
        ("wetvervallen", True, date(2026, 10, 9)),
        ("rpatboa", False, date(2025, 2, 1)),
    ]
