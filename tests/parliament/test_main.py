"""`python -m parliament`: each source as JSON lines, before local ones; trouble is a sentence and an exit code."""

import json
from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from aiohttp import web

from parliament.__main__ import main
from parliament.item import SenateVote
from tests.parliament.pages import CONSULTATION, PLENARY, results
from tests.servers.local import LocalServer
from tests.servers.senate import LocalSenate
from tests.servers.tweedekamer import LocalKamer


class LocalPages(LocalServer):
    """Pages at their addresses; what has none is 404."""

    def __init__(self, pages: dict[str, str]) -> None:
        self.pages = pages
        made = web.Application()
        made.router.add_get("/{address:.*}", self._page)
        super().__init__("pages", made)

    async def _page(self, request: web.Request) -> web.Response:
        found = self.pages.get(request.match_info["address"])
        return web.Response(text=found, content_type="text/html") if found else web.Response(status=404)


@pytest.fixture
def site() -> Iterator[LocalPages]:
    pages = {"plenaire_vergadering/20261201": PLENARY, "opvang/b1": CONSULTATION}
    pages["zoeken/resultaat"] = results(("opvang", "Actief", "16-12-2026"))
    with LocalPages(pages) as running:
        yield running


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(arguments) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_eerste_kamer_and_the_weeks_without_a_meeting(
    site: LocalPages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOBBY_EERSTEKAMER_URL", site.at)
    found = printed(capsys, "eerstekamer", "--since", "2026-11-20")
    assert [(item["day"], item["begins"], item["kind"]) for item in found] == [
        ("2026-12-01", "09:30:00", "Opening"),
        ("2026-12-01", "13:30:00", "Wet opvang in de regio"),
    ]


def test_the_committees_and_the_votes_of_the_eerste_kamer_where_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = date(2026, 10, 6)
    with LocalSenate(day) as senate:
        monkeypatch.setenv("LOBBY_EERSTEKAMER_URL", senate.at)
        senate.meets(day, "Commissie voor Financiën (FIN)", time(18, 30), "mondeling overleg")
        senate.meets(day + timedelta(days=40), "Commissie voor Financiën (FIN)", time(18, 30))
        senate.decides(
            SenateVote(day, "37020, M", "Motie", "verworpen", "zitten en opstaan", ("PVV",), ("PRO", "Volt"))
        )
        senate.decides(SenateVote(day - timedelta(days=7), "37020, A", "Motie", "aangenomen", "algemene stemmen"))
        both = printed(capsys, "eerstekamer", "--what", "committees", "--what", "votes", "--since", "2026-10-01")
        assert [(row["day"], row.get("committee"), row.get("number")) for row in both] == [
            ("2026-10-06", "Commissie voor Financiën (FIN)", None),
            ("2026-10-06", None, "37020, M"),
        ]
        assert (both[1]["for_"], both[1]["against"]) == (["PVV"], ["PRO", "Volt"])
        senate.relabels("tegen:", "contra:")
        assert main(["eerstekamer", "--what", "votes", "--since", "2026-10-01"]) == 2
        assert "“tegen:”" in capsys.readouterr().err


def test_one_entity_of_the_tweede_kamer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with LocalKamer() as server:
        monkeypatch.setenv("LOBBY_TWEEDEKAMER_SYNCFEED_URL", server.syncfeed)
        server.kamer.put("Zaak", "z1", {"nummer": "2026Z00001"})
        (found,) = printed(capsys, "tweedekamer", "--kind", "Zaak", "--id", "z1")
        assert found["values"] == {"nummer": "2026Z00001"}
        assert printed(capsys, "tweedekamer", "--kind", "Zaak", "--id", "nobody") == []


def test_the_consultations_that_are_open(
    site: LocalPages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOBBY_INTERNETCONSULTATIE_URL", site.at)
    (found,) = printed(capsys, "internetconsultatie")
    assert (found["slug"], found["closes"]) == ("opvang", "2026-12-16")
    assert printed(capsys, "internetconsultatie", "--since", "2026-12-01") == []


@pytest.mark.parametrize("reader", ["syncfeed", "odata"])
def test_either_reader_of_the_tweede_kamer(
    reader: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with LocalKamer() as server:
        monkeypatch.setenv("LOBBY_TWEEDEKAMER_SYNCFEED_URL", server.syncfeed)
        monkeypatch.setenv("LOBBY_TWEEDEKAMER_ODATA_URL", server.odata)
        server.kamer.put("Zaak", "z1", {"nummer": "2026Z00001"})
        server.kamer.put("Persoon", "p1", {"achternaam": "Podt"})
        (found,) = printed(capsys, "tweedekamer", "--kind", "Zaak", "--reader", reader)
        assert found["values"] == {"nummer": "2026Z00001"}
        assert len(printed(capsys, "tweedekamer", "--reader", reader)) == 2
        server.fault("html", times=9, door="feed")
        server.fault("404", times=9, door="odata")
        assert main(["tweedekamer", "--reader", reader]) == (2 if reader == "syncfeed" else 1)
        said = capsys.readouterr().err
        assert said.startswith("The source has changed: " if reader == "syncfeed" else "The source does not answer: ")
