"""The local Tweede Kamer as who asks it sees it: its doors, and each way in which it goes wrong."""

from collections.abc import Iterator

import httpx
import pytest

from tests.servers.tweedekamer import PAGE, LocalKamer

ORDER = {"$orderby": "ApiGewijzigdOp asc,Id asc", "$filter": "ApiGewijzigdOp ge 2008-01-01T00:00:00Z"}


@pytest.fixture
def server() -> Iterator[LocalKamer]:
    with LocalKamer() as running:
        running.kamer.put("Zaak", "z1", {"titel": "Wet"})
        yield running


def feed(server: LocalKamer, kind: str = "Zaak", **headers: str) -> httpx.Response:
    return httpx.get(server.syncfeed, params={"category": kind}, headers=headers, timeout=2)


def test_a_page_has_a_version_and_is_not_sent_again(server: LocalKamer) -> None:
    first = feed(server)
    assert (first.status_code, first.text.count("<entry>")) == (200, 1)
    again = feed(server, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    server.kamer.put("Zaak", "z2", {})
    assert feed(server, **{"If-None-Match": first.headers["ETag"]}).text.count("<entry>") == 2


def test_a_full_page_says_next_and_the_last_one_resume(server: LocalKamer) -> None:
    for number in range(PAGE):
        server.kamer.put("Zaak", f"y{number}", {})
    first = feed(server).text
    assert 'rel="resume"' not in first
    assert first.count('rel="next"') == PAGE + 1  # on each entry, and on the feed
    token = server.kamer.rows["Zaak", f"y{PAGE - 2}"].token
    last = httpx.get(server.syncfeed, params={"category": "Zaak", "skiptoken": token}).text
    assert (last.count("<entry>"), 'rel="resume"' in last) == (1, True)


def test_odata_gives_a_next_link_only_to_who_did_not_say_how_many(server: LocalKamer) -> None:
    for number in range(PAGE + 5):
        server.kamer.put("Zaak", f"y{number:03}", {})
    told = httpx.get(f"{server.odata}/Zaak", params=ORDER).json()
    assert len(told["value"]) == PAGE
    assert len(httpx.get(told["@odata.nextLink"]).json()["value"]) == 6
    assert "@odata.nextLink" not in httpx.get(f"{server.odata}/Zaak", params={**ORDER, "$top": "10"}).json()


@pytest.mark.parametrize(
    "more", [{"$top": "251"}, {"$skip": "5"}, {"$filter": "ApiGewijzigdOp ge 2026-01-01T00:00:00 01:00"}]
)
def test_what_odata_does_not_take_it_refuses_and_says_why(server: LocalKamer, more: dict[str, str]) -> None:
    answer = httpx.get(f"{server.odata}/Zaak", params={**ORDER, **more})
    assert answer.status_code == 400
    assert answer.json()["error"]["message"]


def test_one_entity_is_had_by_its_id_and_an_unknown_one_is_500(server: LocalKamer) -> None:
    at = f"{server.syncfeed.rpartition('/')[0]}/Entiteiten"
    assert "<titel>Wet</titel>" in httpx.get(f"{at}/z1").text
    assert httpx.get(f"{at}/nobody").status_code == 500


@pytest.mark.parametrize(("kind", "status"), [("500", 500), ("503", 503), ("404", 404), ("204", 204), ("400", 400)])
def test_it_answers_with_a_status_as_often_as_it_is_told(server: LocalKamer, kind: str, status: int) -> None:
    server.fault(kind, times=2)
    assert [feed(server).status_code for _ in range(3)] == [status, status, 200]


def test_what_goes_wrong_with_one_kind_leaves_the_others(server: LocalKamer) -> None:
    server.fault("500", times=9, only="Besluit")
    assert (feed(server, "Besluit").status_code, feed(server).status_code) == (500, 200)
    server.well()
    assert feed(server, "Besluit").status_code == 200


def test_a_page_is_cut_slow_for_people_or_never_there(server: LocalKamer) -> None:
    whole = feed(server).content
    for kind in ("cut", "slow", "html"):
        server.fault(kind)
    assert feed(server).content == whole[: len(whole) // 2]
    assert feed(server).elapsed.total_seconds() > 0.2
    assert feed(server).text.startswith("<!DOCTYPE html>")
    for kind, trouble in (("hang_up", httpx.RemoteProtocolError), ("black_hole", httpx.ReadTimeout)):
        server.fault(kind)
        with pytest.raises(trouble):
            httpx.get(server.syncfeed, params={"category": "Zaak"}, timeout=0.2)


def test_when_it_is_silent_it_answers_with_what_was_there(server: LocalKamer) -> None:
    server.kamer.falls_silent()
    server.kamer.put("Zaak", "z1", {"titel": "Anders"})
    server.kamer.put("Zaak", "z2", {})
    assert (feed(server).text.count("<entry>"), "Anders" in feed(server).text) == (1, False)
    assert len(httpx.get(f"{server.odata}/Zaak", params=ORDER).json()["value"]) == 1
    server.kamer.speaks_again()
    assert (feed(server).text.count("<entry>"), "Anders" in feed(server).text) == (2, True)


def test_a_kind_that_is_called_otherwise_is_an_empty_feed_and_no_set(server: LocalKamer) -> None:
    server.kamer.renamed.add("Zaak")
    assert (feed(server).status_code, feed(server).text.count("<entry>")) == (200, 0)
    assert httpx.get(f"{server.odata}/Zaak", params=ORDER).status_code == 404
