"""The SyncFeed before a local Tweede Kamer: every quirk of the real one by its name."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from parliament.fetch import AGENT, Fetch, Gone, SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer import syncfeed
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import BY_ELEMENT, KINDS, LARGE, SMALL
from parliament.tweedekamer.syncfeed import SyncFeed
from tests.servers.tweedekamer import BEGAN, Kamer, LocalKamer

XSD = Path(__file__).parents[4] / "shared/data/parliament/xsd"
SAMPLES = XSD.parent / "syncfeed-samples"


def everything(feed: SyncFeed, kind: str, token: int = 0) -> list[Entity]:
    return [entity for batch in feed.batches(kind, token) for entity in batch.entities]


def one(feed: SyncFeed, kind: str) -> Entity:
    (found,) = everything(feed, kind)
    return found


def test_an_entity_comes_with_its_fields_and_what_it_points_to(feed: SyncFeed, kamer: Kamer) -> None:
    values: dict[str, str | None] = {
        "nummer": "2026Z00001", "soort": "Wetgeving", "titel": "Wet & orde", "afgedaan": "false", "volgnummer": "12",
        "gestartOp": "2026-11-20T00:00:00+01:00", "citeertitel": None,
    }  # fmt: skip
    kamer.put("Zaak", "z1", values, links={"kamerstukdossier": ("d1",), "activiteit": ("a1", "a2")})
    found = one(feed, "Zaak")
    assert (found.kind, found.id, found.deleted) == ("Zaak", "z1", False)
    assert found.values["titel"] == "Wet & orde"
    assert (found.values["afgedaan"], found.values["volgnummer"], found.values["citeertitel"]) == (False, 12, None)
    assert found.values["gestartOp"] == datetime(2026, 11, 19, 23, tzinfo=UTC)
    assert (found.links["kamerstukdossier"], found.links["activiteit"]) == (("d1",), ("a1", "a2"))
    assert found.links["vervangenVanuit"] == ()


def test_all_pages_come_by_the_next_link_and_the_last_says_resume(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(600):
        kamer.put("Zaak", f"z{number}", {"nummer": f"{number}"})
    batches = list(feed.batches("Zaak"))
    assert [len(batch.entities) for batch in batches] == [250, 250, 100]
    assert [batch.last for batch in batches] == [False, False, True]
    assert [entity.id for batch in batches for entity in batch.entities] == [f"z{number}" for number in range(600)]
    assert batches[-1].token == kamer.token


def test_from_the_last_token_on_only_what_changed_since_comes(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(3):
        kamer.put("Zaak", f"z{number}", {"nummer": f"{number}"})
    token = list(feed.batches("Zaak"))[-1].token
    assert everything(feed, "Zaak", token) == []
    kamer.put("Zaak", "z1", {"nummer": "een"})
    kamer.put("Document", "d1", {"titel": "iets anders"})
    assert [entity.id for entity in everything(feed, "Zaak", token)] == ["z1"]


def test_where_an_entry_has_no_next_link_the_feed_says_it(kamer: Kamer) -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="x?skiptoken=99&amp;category=Zaak"/>
        <entry><title>z1</title><updated>2026-01-01T00:00:00Z</updated><content/></entry></feed>"""
    batch = syncfeed.read(body, KINDS["Zaak"], 5)
    assert (batch.token, batch.last) == (99, False)


@pytest.mark.parametrize("prefix", ["tk", "ns1"])
def test_either_prefix_of_the_one_namespace_is_read(feed: SyncFeed, kamer: Kamer, prefix: str) -> None:
    kamer.put("Toezegging", "t1", {"nummer": "TZ202611-001", "tekst": "De Kamer hoort het."}, prefix=prefix)
    found = one(feed, "Toezegging")
    assert (found.values["nummer"], found.deleted) == ("TZ202611-001", False)
    assert found.changed is not None


@pytest.mark.parametrize("said", ["true", "True", "1"])
@pytest.mark.parametrize("bare", [True, False])
def test_deleted_in_either_case_with_and_without_a_body(feed: SyncFeed, kamer: Kamer, said: str, bare: bool) -> None:
    kamer.put("Persoon", "p1", {"achternaam": "Podt"})
    kamer.delete("Persoon", "p1", bare, said)
    found = one(feed, "Persoon")
    assert (found.id, found.deleted, dict(found.values), dict(found.links)) == ("p1", True, {}, {})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-07-01T12:00:00", datetime(2026, 7, 1, 10, tzinfo=UTC)),  # no offset: the clock of The Hague
        ("2026-01-01T12:00:00.1234567", datetime(2026, 1, 1, 11, 0, 0, 123456, tzinfo=UTC)),
        ("2026-07-01T12:00:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("2026-07-01T12:00:00+0200", datetime(2026, 7, 1, 10, tzinfo=UTC)),
        ("onzin", None),
    ],
)
def test_a_naive_bijgewerkt_is_amsterdam_time(feed: SyncFeed, kamer: Kamer, said: str, meant: datetime | None) -> None:
    kamer.put("Zaak", "z1", {}, changed=said)
    assert one(feed, "Zaak").changed == meant


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00", "5008-05-05T00:00:00Z", "morgen"])
def test_a_day_that_cannot_be_is_none(feed: SyncFeed, kamer: Kamer, said: str) -> None:
    kamer.put("Activiteit", "a1", {"datum": said, "onderwerp": "Debat"})
    assert one(feed, "Activiteit").values["datum"] is None


def test_a_day_is_that_of_the_hague(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("FractieZetelPersoon", "f1", {"van": "2025-11-12", "totEnMet": "2026-06-09T22:30:00Z"})
    found = one(feed, "FractieZetelPersoon").values
    assert (found["van"], found["totEnMet"]) == (date(2025, 11, 12), date(2026, 6, 10))


def test_an_unknown_value_of_an_enumeration_is_kept(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Activiteit", "a1", {"soort": "Luchtballondebat"})
    assert one(feed, "Activiteit").values["soort"] == "Luchtballondebat"


def test_an_element_that_is_not_in_the_xsd_is_passed_over_and_a_ref_twice_is_one(feed: SyncFeed, kamer: Kamer) -> None:
    links = {"toegezegdAan": ("p1", "p1"), "activiteit": ("a1", "a1"), "kamerbriefNakoming": ("d1", "d1")}
    kamer.put("Toezegging", "t1", {"nieuwVeld": "x", "tekst": "Ja."}, links=links)
    found = one(feed, "Toezegging")
    assert found.values["tekst"] == "Ja."
    assert found.links == {"activiteit": ("a1",)}


def test_a_member_comes_without_day_of_birth_and_place(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Persoon", "p1", {"achternaam": "Podt", "geboortedatum": "1970-01-01", "woonplaats": "Utrecht"})
    assert set(one(feed, "Persoon").values) == set(KINDS["Persoon"].fields)
    assert not set(KINDS["Persoon"].fields) & {"geboortedatum", "woonplaats", "geslacht"}


def test_a_kind_with_a_typing_error_is_an_empty_feed_so_the_kinds_are_ours(server: LocalKamer, fetch: Fetch) -> None:
    assert syncfeed.read(fetch.get(f"{server.syncfeed}?category=Zaken").body, KINDS["Zaak"], 0).entities == ()
    with pytest.raises(KeyError):
        list(SyncFeed(fetch).batches("Zaken"))


@pytest.mark.parametrize("fault", ["500", "503", "cut", "hang_up"])
def test_trouble_that_passes_is_waited_out(server: LocalKamer, feed: SyncFeed, kamer: Kamer, fault: str) -> None:
    kamer.put("Zaak", "z1", {"nummer": "1"})
    server.fault(fault, times=2)
    assert one(feed, "Zaak").id == "z1"


@pytest.mark.parametrize("fault", ["500", "cut", "hang_up"])
def test_trouble_that_stays_is_source_down(server: LocalKamer, feed: SyncFeed, kamer: Kamer, fault: str) -> None:
    kamer.put("Zaak", "z1", {"nummer": "1"})
    server.fault(fault, times=100)
    with pytest.raises(SourceDown):
        everything(feed, "Zaak")


def test_another_page_than_a_feed_is_source_changed_and_says_so(server: LocalKamer, feed: SyncFeed) -> None:
    server.fault("html")
    with pytest.raises(SourceChanged, match="<html> where a <feed> was promised"):
        everything(feed, "Zaak")


def test_another_entity_than_was_asked_for_is_source_changed() -> None:
    body = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>z1</title><updated>2026-01-01T00:00:00Z</updated>
        <content><document xmlns="{"http://www.tweedekamer.nl/xsd/tkData/v1-0"}" id="z1"/></content></entry></feed>"""
    with pytest.raises(SourceChanged, match="<document> where <zaak>"):
        syncfeed.read(body.encode(), KINDS["Zaak"], 0)


def test_an_address_that_is_gone_says_so(server: LocalKamer, feed: SyncFeed) -> None:
    server.fault("404")
    with pytest.raises(Gone):
        everything(feed, "Zaak")


def test_the_start_of_a_day_is_found_by_bisecting(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(2000):
        kamer.put("Zaak" if number % 3 else "Document", f"e{number}", {})
    since = BEGAN + timedelta(minutes=1500)
    token = feed.start("Zaak", since)
    asked = len(kamer.asked)
    found = everything(feed, "Zaak", token)
    assert all(entity.updated >= since for entity in found)
    missed = [row for row in kamer.rows.values() if row.kind == "Zaak" and row.updated >= since]
    assert len(found) == len(missed)
    assert asked < 60


def test_before_anything_was_published_the_start_is_the_beginning(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    assert [entity.id for entity in everything(feed, "Zaak", feed.start("Zaak", BEGAN - timedelta(days=1)))] == ["z1"]
    assert everything(feed, "Zaak", feed.start("Zaak", BEGAN + timedelta(days=99))) == []


def test_it_says_who_it_is(feed: SyncFeed, kamer: Kamer) -> None:
    everything(feed, "Zaak")
    assert kamer.agents == {AGENT}


def test_the_command_line_prints_json_lines(server: LocalKamer, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {"nummer": "2026Z00001", "gestartOp": "2026-11-20T00:00:00+01:00"})
    kamer.put("Persoon", "p1", {"achternaam": "Podt"})
    env = os.environ | {"LOBBY_TWEEDEKAMER_SYNCFEED_URL": server.syncfeed}
    command = [sys.executable, "-m", "parliament", "tweedekamer"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=60)
    rows = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert rows["z1"]["values"] == {"nummer": "2026Z00001", "gestartOp": "2026-11-19T23:00:00+00:00"}
    assert rows["p1"]["values"] == {"achternaam": "Podt"}
    late = subprocess.run(
        [*command, "--since", "2027-01-01"], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    assert late.stdout == ""
    server.fault("html", times=99)
    wrong = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("The source has changed: ")


@pytest.mark.skipif(not XSD.exists(), reason="the XSDs of the Tweede Kamer are not here (../shared/data)")
def test_every_kind_and_field_is_one_of_the_official_xsds() -> None:
    import re

    for kind in KINDS.values():
        xsd = (XSD / f"tkData-v1-0-{kind.element.lower()}.xsd").read_text(encoding="utf-8")
        named = set(re.findall(r'<xs:element[^>]* name="(\w+)"', xsd))
        assert kind.element in named
        assert {*kind.fields, *kind.links} - named == set(), kind.name


@pytest.mark.skipif(not SAMPLES.exists(), reason="the recorded pages are not here (../shared/data)")
def test_recorded_pages_are_read() -> None:
    page = syncfeed.read((SAMPLES / "feed_persoon_2026-07.xml").read_bytes(), KINDS["Persoon"], 0)
    (person,) = page.entities
    assert (person.values["achternaam"], person.values["roepnaam"]) == ("Savornin Lohman", None)
    assert (page.token, page.last) == (99, False)
    tail = syncfeed.read((SAMPLES / "feed_tail_resume_2019-08-29.xml").read_bytes(), KINDS["Zaak"], 5426067)
    assert (tail.entities, tail.token, tail.last) == ((), 5426067, True)  # nothing was on it: nothing is passed


def test_each_kind_is_read_from_the_start_or_from_a_day() -> None:
    assert set(SMALL) | set(LARGE) == set(KINDS)
    assert len(BY_ELEMENT) == len(KINDS) == 20
