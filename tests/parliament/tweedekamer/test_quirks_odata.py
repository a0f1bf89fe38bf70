"""What the real OData does that no manual says, each by its name; test_odata.py has the rest of them."""

import tracemalloc
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from parliament import fetch as fetching
from parliament.fetch import Fetch, Gone, SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer import odata as reading
from parliament.tweedekamer.odata import BEGINNING, OData
from tests.servers import tweedekamer_odata as servers
from tests.servers.local import LocalServer
from tests.servers.tweedekamer import BEGAN, Kamer, LocalKamer

DAY = timedelta(days=1)


def ids(odata: OData, kind: str = "Zaak", since: datetime = BEGINNING) -> list[str]:
    return [one.id for batch, _ in odata.batches(kind, since) for one in batch]


class Saying(LocalServer):
    """An OData that says one thing."""

    def __init__(self, told: Any, status: int = 200) -> None:
        self.told, self.status = told, status
        made = web.Application()
        made.router.add_get("/{kind}", self._says)
        super().__init__("saying", made)

    async def _says(self, _: web.Request) -> web.Response:
        return web.json_response(self.told, status=self.status)


# --- paging


def test_more_than_250_is_refused_and_the_refusal_is_quoted(
    odata: OData, kamer: Kamer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 1000)
    with pytest.raises(SourceChanged, match="400: The limit of '250' for Top query has been exceeded"):
        ids(odata)
    assert len(kamer.asked) == 1  # what is refused is not asked again


def test_with_top_there_is_no_next_link_so_each_page_is_asked_for_by_where_the_last_one_ended(
    odata: OData, kamer: Kamer
) -> None:
    for number in range(600):
        kamer.put("Zaak", f"z{number:03}", {})
    query = {"$orderby": "ApiGewijzigdOp asc,Id asc", "$filter": "ApiGewijzigdOp ge 2008-01-01T00:00:00Z"}
    assert "@odata.nextLink" in servers.answer(kamer, "Zaak", query, "x")
    assert "@odata.nextLink" not in servers.answer(kamer, "Zaak", query | {"$top": "250"}, "x")
    assert ids(odata) == [f"z{number:03}" for number in range(600)]
    asked = [parse_qs(urlsplit(one).query) for one in kamer.asked]
    assert [one["$top"] for one in asked] == [["250"]] * 3
    assert all("$skip" not in one for one in asked)


def test_a_page_that_is_just_full_is_not_the_last(odata: OData, kamer: Kamer) -> None:
    for number in range(500):
        kamer.put("Zaak", f"z{number:03}", {})
    assert len(ids(odata)) == 500


@pytest.mark.parametrize("hours", [0, 1, 2, -5])
def test_no_plus_stands_in_an_address(odata: OData, kamer: Kamer, hours: int) -> None:
    """A bare + is read as a space."""
    kamer.put("Zaak", "z1", {})
    since = datetime(2025, 6, 1, tzinfo=timezone(timedelta(hours=hours)))
    assert ids(odata, since=since) == ["z1"]
    assert all("+" not in one and "%2B" not in one for one in kamer.asked)


def test_a_moment_has_seven_decimals_and_none_is_cut_off_where_many_share_one(odata: OData, kamer: Kamer) -> None:
    """Six decimals lie before the moment itself: the same 250 would come again and again."""
    at = datetime(2026, 10, 6, 15, 16, 1, 342217, UTC)
    for number in range(700):
        kamer.put("Zaak", f"z{number:03}", {}, updated=at, seventh="2")
    kamer.put("Zaak", "later", {}, updated=at, seventh="3")
    assert ids(odata) == [*(f"z{number:03}" for number in range(700)), "later"]
    assert len(kamer.asked) == 3


def test_a_service_that_no_longer_filters_ends_and_says_so(fetch: Fetch) -> None:
    row = {"Id": "z1", "ApiGewijzigdOp": "2026-10-06T15:16:01.3422172Z", "Verwijderd": True}
    with Saying({"value": [row] * 250}) as server:
        pages = OData(fetch, server.at).batches("Zaak")
        assert len(next(pages)[0]) == 250
        with pytest.raises(SourceChanged, match="what comes after 2026-10-06T15:16:01.3422172Z is what came before it"):
            next(pages)


# --- changes and deletion


def test_the_moment_of_the_api_counts_and_not_that_of_the_source(odata: OData, kamer: Kamer) -> None:
    """A Zaak of 25 November became visible on the 28th."""
    kamer.put("Zaak", "late", {}, updated=BEGAN + 3 * DAY, changed=f"{BEGAN:%Y-%m-%d}T11:00:00+01:00")
    ((batch, _),) = odata.batches("Zaak", BEGAN + 2 * DAY)
    (found,) = batch
    assert (found.id, found.updated, found.changed) == ("late", BEGAN + 3 * DAY, BEGAN)


def test_each_reading_begins_ten_minutes_before_the_last_one_ended(odata: OData, kamer: Kamer) -> None:
    kamer.put("Zaak", "first", {}, updated=BEGAN)
    *_, (_, reached) = odata.pages("Zaak", "", BEGAN - DAY)
    kamer.put("Zaak", "out of order", {}, updated=BEGAN - timedelta(minutes=9))
    kamer.put("Zaak", "too late", {}, updated=BEGAN - timedelta(minutes=11))
    ((batch, now),) = odata.pages("Zaak", reached, BEGAN - DAY)
    assert [one.id for one in batch] == ["out of order", "first"]
    assert now == reached  # an overlap leads nowhere back


def test_deleted_rows_are_asked_for_too(odata: OData, kamer: Kamer) -> None:
    kamer.put("Activiteit", "a1", {"onderwerp": "Debat"})
    kamer.delete("Activiteit", "a1")
    ((batch, _),) = odata.batches("Activiteit")
    assert [(one.id, one.deleted, dict(one.values)) for one in batch] == [("a1", True, {})]
    assert "Verwijderd%20eq" not in kamer.asked[0]


def test_expand_brings_deleted_children_too_and_they_are_left_out(odata: OData, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    kamer.put("Document", "d1", {}, links={"zaak": ("z1",)})
    kamer.delete("Zaak", "z1")
    query = parse_qs(urlsplit(_asked_for(odata, kamer, "Document")).query)
    shown = servers.answer(kamer, "Document", {key: said[0] for key, said in query.items()}, "x")["value"]
    assert shown[0]["Zaak"] == [{"Id": "z1", "Verwijderd": True}]
    ((batch, _),) = odata.batches("Document")
    assert batch[0].links["zaak"] == ()


def _asked_for(odata: OData, kamer: Kamer, kind: str) -> str:
    ids(odata, kind)
    return kamer.asked[-1]


def test_25_000_documents_touched_again_are_read_in_steady_memory(
    odata: OData, kamer: Kamer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "REMEMBERED", 0)
    for number in range(25_806):
        kamer.put("Document", f"d{number:05}", {"onderwerp": "Brief over de opvang"}, links={"zaak": (f"z{number}",)})
    kamer.touch("Document")  # all of them at one moment
    counted, peaks = 0, []
    tracemalloc.start()
    for number, (batch, _) in enumerate(odata.batches("Document")):
        counted += len(batch)
        if number in (50, 100):
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.reset_peak()
    tracemalloc.stop()
    assert counted == 25_806
    assert peaks[1] / peaks[0] < 1.2


# --- days that cannot be


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "5008-05-05T00:00:00+02:00"])
def test_a_day_in_year_1_or_5008_is_none(odata: OData, kamer: Kamer, said: str) -> None:
    kamer.put("Activiteit", "a1", {"datum": said, "onderwerp": "Debat"}, changed=said)
    ((batch, _),) = odata.batches("Activiteit")
    assert (batch[0].values["datum"], batch[0].changed, batch[0].values["onderwerp"]) == (None, None, "Debat")


# --- errors


def test_the_message_of_an_error_is_quoted(fetch: Fetch) -> None:
    said = {"error": {"code": "", "message": "Could not find a property named\n 'Soort' on type 'Zaak'."}}
    with Saying(said, 400) as server:
        with pytest.raises(SourceChanged, match=r"OData Zaak: .*400: Could not find a property named 'Soort' on type"):
            ids(OData(fetch, server.at))
        server.status = 500
        with pytest.raises(SourceDown, match="500: Could not find a property named 'Soort'"):
            ids(OData(fetch, server.at))


@pytest.mark.parametrize("said", [{"error": "x"}, {"error": {"message": None}}, ["x"], "x", None])
def test_an_error_that_says_something_else_is_an_error_too(fetch: Fetch, said: Any) -> None:
    with Saying(said, 503) as server, pytest.raises(SourceDown, match="answered 503"):
        ids(OData(fetch, server.at))


@pytest.mark.parametrize("status", ["204", "404", "410"])
def test_nothing_there_is_gone_and_it_steps_aside_at_once(
    server: LocalKamer, odata: OData, kamer: Kamer, status: str
) -> None:
    server.fault(status, door="odata")
    with pytest.raises(Gone, match=status):
        ids(odata)
    assert len(kamer.asked) == 1


def test_a_wrong_name_for_a_set_is_404_and_no_hint(odata: OData, kamer: Kamer) -> None:
    kamer.renamed.add("Activiteit")
    with pytest.raises(Gone, match="404: no Activiteit"):
        ids(odata, "Activiteit")


def test_a_page_for_people_is_source_changed(server: LocalKamer, odata: OData) -> None:
    server.fault("html", door="odata")
    with pytest.raises(SourceChanged, match="<html> where JSON was promised"):
        ids(odata)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"d": {"results": []}}, "no list called value"),
        ([], "no list called value"),
        ({"value": [{"Id": "z1"}]}, "the field “Nummer” is not in the answer"),
        ({"value": [{"Id": "z1", "Verwijderd": True}]}, "a row without 'ApiGewijzigdOp'"),
        ({"value": [{"Verwijderd": True, "ApiGewijzigdOp": "2026-01-01T00:00:00Z"}]}, "a row without 'Id'"),
        ({"value": [{"Id": "z1", "Verwijderd": True, "ApiGewijzigdOp": "gisteren"}]}, "ApiGewijzigdOp is no moment"),
    ],
)
def test_an_answer_of_another_shape_is_source_changed_and_says_what_is_missing(
    fetch: Fetch, told: Any, why: str
) -> None:
    with Saying(told) as server, pytest.raises(SourceChanged, match=f"OData Zaak: {why}"):
        ids(OData(fetch, server.at))


@pytest.mark.parametrize("gone", ["Soort", "Titel", "Kamerstukdossier", "VervangenVanuit"])
def test_a_field_that_is_called_otherwise_is_named_and_not_read_as_empty(fetch: Fetch, kamer: Kamer, gone: str) -> None:
    kamer.put("Zaak", "z1", {"soort": "Wetgeving", "titel": "Wet"})
    query = {"$orderby": "ApiGewijzigdOp asc,Id asc", "$filter": "ApiGewijzigdOp ge 2008-01-01T00:00:00Z"}
    many = servers.MANY["Zaak"]
    query["$expand"] = ",".join(f"{reading.name(one)}($select=Id,Verwijderd)" for one in many)
    told = servers.answer(kamer, "Zaak", query, "x")
    with Saying(told) as server:
        assert ids(OData(fetch, server.at)) == ["z1"]
        told["value"][0][f"{gone}Nieuw"] = told["value"][0].pop(gone)
        with pytest.raises(SourceChanged, match=f"OData Zaak: the field “{gone}” is not in the answer"):
            ids(OData(fetch, server.at))
