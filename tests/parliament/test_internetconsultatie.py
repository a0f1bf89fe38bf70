"""internetconsultatie.nl: results, pages, closing days that move; a label that is gone is named."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from parliament import internetconsultatie
from parliament.fetch import Fetch
from parliament.internetconsultatie import Internetconsultatie
from parliament.item import SourceChanged
from tests.parliament.pages import CONSULTATION, results
from tests.servers.local import LocalServer

RECORDED = Path(__file__).parents[3] / "shared/data/parliament/internetconsultatie-wgk"


class LocalSite(LocalServer):
    """A small internetconsultatie.nl: pages of results, and one page for every consultation."""

    def __init__(self) -> None:
        self.pages = [results(*((f"wet{number}", "Actief", "16-12-2026") for number in range(10)))]
        self.pages += [results(("oud1", "Gesloten", "01-02-2025"), ("wet10", "Actief", "17-12-2026"))]
        self.page = CONSULTATION
        self.asked: list[str] = []
        made = web.Application()
        made.router.add_get("/zoeken/resultaat", self._results)
        made.router.add_get("/{slug}/b1", self._page)
        super().__init__("internetconsultatie", made)

    async def _results(self, request: web.Request) -> web.Response:
        self.asked.append(request.path_qs)
        return web.Response(text=self.pages[int(request.query["Pagina"]) - 1], content_type="text/html")

    async def _page(self, request: web.Request) -> web.Response:
        return web.Response(text=self.page, content_type="text/html", headers={"ETag": str(hash(self.page))})


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with LocalSite() as running:
        yield running


@pytest.fixture
def source(site: LocalSite) -> Iterator[Internetconsultatie]:
    fetch = Fetch(patience=0.01)
    yield Internetconsultatie(fetch, site.at)
    fetch.close()


def test_every_open_one_is_found_page_after_page(source: Internetconsultatie, site: LocalSite) -> None:
    assert len(list(source.active())) == 11
    assert len(site.asked) == 2


def test_a_consultation_with_its_days_ministry_and_kind(source: Internetconsultatie) -> None:
    found = source.page("opvang")
    assert (found.slug, found.title, found.is_open) == ("opvang", "Wet opvang in de regio", True)
    assert (found.opens, found.closes) == (date(2026, 11, 4), date(2026, 12, 16))
    assert (found.ministry, found.kind, found.chain) == ("Ministerie van Asiel en Migratie", "Wet", "31001")
    assert (found.calendar, found.summary) == ("WGK031001", "Het wetsvoorstel regelt de opvang.")


def test_a_closing_day_that_moves_is_seen(source: Internetconsultatie, site: LocalSite) -> None:
    before = source.page("opvang")
    site.page = CONSULTATION.replace("16-12-2026", "13-01-2027")
    assert (before.closes, source.page("opvang").closes) == (date(2026, 12, 16), date(2027, 1, 13))


LABELS = ("Startdatum consultatie", "Einddatum consultatie", "Status", "Type consultatie", "Organisatie")


@pytest.mark.parametrize("label", [*LABELS, "Consultatiegegevens", "In het kort"])
def test_a_label_that_is_gone_or_renamed_is_named(label: str) -> None:
    with pytest.raises(SourceChanged, match=label):
        internetconsultatie.consultation(CONSULTATION.replace(label, "Iets anders"), "opvang")


@pytest.mark.parametrize("label", ["Status", "Sluitingsdatum", "result--title", "result--list"])
def test_a_label_that_is_gone_from_the_results_is_named(label: str) -> None:
    page = results(("wet1", "Actief", "16-12-2026"))
    with pytest.raises(SourceChanged, match=label):
        internetconsultatie.results(page.replace(label, "anders"))


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
