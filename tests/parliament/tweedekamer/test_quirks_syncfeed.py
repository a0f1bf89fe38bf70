"""What the real SyncFeed does that no manual says, each by its name; test_syncfeed.py has the rest of them."""

import tracemalloc
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from aiohttp import web

from parliament import fetch as fetching
from parliament.fetch import Cut, Fetch, SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer import syncfeed
from parliament.tweedekamer.kinds import KINDS, LARGE
from parliament.tweedekamer.syncfeed import SyncFeed
from tests.servers import tweedekamer as servers
from tests.servers import tweedekamer_feed as feeds
from tests.servers.local import LocalServer
from tests.servers.tweedekamer import BEGAN, Kamer, LocalKamer

ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
ZAAK = KINDS["Zaak"]
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)


def page(*parts: str) -> bytes:
    return f"<feed {ATOM}>{''.join(parts)}</feed>".encode()


def entry(id: str = "z1", links: str = "", content: str = "<content/>") -> str:
    return f"<entry><title>{id}</title><updated>2026-01-01T00:00:00Z</updated>{links}{content}</entry>"


def link(rel: str, token: int) -> str:
    return f'<link rel="{rel}" href="https://x/Feed?skiptoken={token}&amp;category=Zaak"/>'


def poll(feed: SyncFeed, kind: str, reached: str) -> tuple[list[str], str]:
    """What comes now, and how far it was read then."""
    came = []
    for entities, now in feed.pages(kind, reached, LONG_AGO):
        came += [one.id for one in entities]
        reached = now
    return came, reached


# --- how to go on


def test_next_stands_on_each_entry_and_is_believed_over_that_of_the_feed() -> None:
    enclosure = '<link rel="enclosure" href="https://x/Resources/z1"/>'
    body = page(link("next", 900), entry("z1", enclosure + link("next", 11)), entry("z2", link("next", 12)))
    assert syncfeed.read(body, ZAAK, 5).token == 12


def test_resume_is_the_last_page_and_where_to_go_on() -> None:
    batch = syncfeed.read(page(link("resume", 13), entry("z1", link("next", 12))), ZAAK, 5)
    assert (batch.token, batch.last) == (12, True)
    assert syncfeed.read(page(link("resume", 13), entry("z1")), ZAAK, 5).token == 13


def test_an_empty_page_passes_nothing_however_far_it_says_to_resume() -> None:
    """Else each look at night would lead one farther, past what comes in the morning."""
    batch = syncfeed.read(page(link("self", 500), link("resume", 501)), ZAAK, 500)
    assert (batch.token, batch.last) == (500, True)


class StandsStill(LocalServer):
    """A feed whose every page says that the next one is where one is."""

    def __init__(self) -> None:
        self.asked = 0
        made = web.Application()
        made.router.add_get("/Feed", self._page)
        super().__init__("stands still", made)

    async def _page(self, request: web.Request) -> web.Response:
        self.asked += 1
        return web.Response(body=page(entry(links=link("next", int(request.query.get("skiptoken", "0"))))))


def test_a_feed_that_does_not_move_on_ends_and_says_so(fetch: Fetch) -> None:
    with StandsStill() as server:
        found = SyncFeed(fetch, f"{server.at}/Feed").batches("Zaak", 7)
        assert [one.id for one in next(found).entities] == ["z1"]
        with pytest.raises(SourceChanged, match="Zaak: after 7 neither a next page nor that it is the last"):
            next(found)
        assert server.asked == 1


@pytest.mark.parametrize("size", [1, 99, 1000])
def test_pages_of_another_size_are_read(
    feed: SyncFeed, kamer: Kamer, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(servers, "PAGE", size)
    monkeypatch.setattr(feeds, "PAGE", size)
    for number in range(40 if size == 1 else 2 * size + 1):
        kamer.put("Zaak", f"z{number}", {})
    came = [one.id for batch in feed.batches("Zaak") for one in batch.entities]
    assert came == [id for _, id in kamer.rows]


def test_one_number_serves_all_kinds(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "before", {})
    _, reached = poll(feed, "Zaak", "")
    kamer.put("Zaak", "after", {})
    kamer.put("Document", "d1", {})
    assert poll(feed, "Document", reached)[0] == ["d1"]
    came, _ = poll(feed, "Zaak", str(kamer.token))
    assert came == []


def test_what_was_found_for_one_kind_is_where_the_search_for_the_next_begins(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.token = 25_000_000
    for number in range(1200):
        kamer.put(LARGE[number % len(LARGE)], f"e{number}", {})
    since = BEGAN + timedelta(minutes=700)
    for kind in LARGE:
        asked = len(kamer.asked)
        token = feed.start(kind, since)
        assert len(kamer.asked) - asked < (60 if kind == LARGE[0] else 15)
        found = {one.id for batch in feed.batches(kind, token) for one in batch.entities if one.updated >= since}
        assert found == {id for (of, id), row in kamer.rows.items() if of == kind and row.updated >= since}
        assert len(found) > 30


def test_an_entity_that_stands_twice_in_a_feed_comes_in_that_order() -> None:
    body = page(entry("z1", link("next", 1)), entry("z2"), entry("z1", link("next", 9)))
    assert [one.id for one in syncfeed.read(body, ZAAK, 0).entities] == ["z1", "z2", "z1"]


# --- a kind that is called otherwise gives an empty feed and no error


def test_a_kind_that_had_rows_and_gives_none_any_more_is_source_changed(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    _, reached = poll(feed, "Zaak", "")
    kamer.renamed.add("Zaak")
    with pytest.raises(SourceChanged, match="SyncFeed Zaak: the feed is empty, and was not"):
        poll(feed, "Zaak", reached)


@pytest.mark.parametrize("times", [1, 3])
def test_a_quiet_day_is_no_alarm_and_costs_no_second_request(feed: SyncFeed, kamer: Kamer, times: int) -> None:
    kamer.put("Zaak", "z1", {})
    _, reached = poll(feed, "Zaak", "")
    asked = len(kamer.asked)
    for _ in range(times):
        came, now = poll(feed, "Zaak", reached)
        assert (came, now) == (["z1"], reached)  # what came last comes again: nothing is written for it
    assert len(kamer.asked) - asked == times


def test_a_kind_that_never_had_rows_is_no_alarm(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Document", "d1", {})
    _, reached = poll(feed, "Zaak", "")
    assert poll(feed, "Zaak", reached)[0] == []


# --- many at once


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """No page is remembered: what grows then is what is held on to."""
    monkeypatch.setattr(fetching, "REMEMBERED", 0)


def grown(feed: SyncFeed, kind: str) -> tuple[int, float]:
    """How many came, and how much more memory was needed at most after the fiftieth page than before it."""
    counted, peaks = 0, []
    tracemalloc.start()
    for number, batch in enumerate(feed.batches(kind)):
        counted += len(batch.entities)
        if number in (50, 100):
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.reset_peak()
    tracemalloc.stop()
    return counted, peaks[1] / peaks[0]


@pytest.mark.usefixtures("forgetful")
def test_25_000_documents_touched_again_are_read_in_steady_memory(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(25_806):
        kamer.put("Document", f"d{number}", {"onderwerp": "Brief over de opvang"}, links={"zaak": (f"z{number}",)})
    assert kamer.touch("Document") == 25_806
    counted, growth = grown(feed, "Document")
    assert counted == 25_806
    assert growth < 1.2


@pytest.mark.usefixtures("forgetful")
def test_a_cold_start_begins_with_57_000_deletions(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(57_000):
        kamer.put("Document", f"gone{number}", {}, deleted="true", bare=True)
    kamer.put("Document", "d1", {"onderwerp": "Brief"})
    counted, growth = grown(feed, "Document")
    assert counted == 57_001
    assert growth < 1.2
    found, reached = poll(feed, "Document", str(kamer.token))
    assert (found, reached) == (["d1"], str(kamer.token))


def test_deletions_do_not_hide_where_a_day_begins(feed: SyncFeed, kamer: Kamer) -> None:
    for number in range(900):
        kamer.put("Document", f"gone{number}", {}, deleted="true", bare=number % 2 == 0)
    since = kamer.at + timedelta(seconds=1)
    kamer.put("Document", "d1", {})
    (batch,) = feed.batches("Document", feed.start("Document", since))
    assert [one.id for one in batch.entities] == ["d1"]


# --- what passes


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long it waited before each further try; no test waits that long."""
    waited: list[float] = []
    monkeypatch.setattr("parliament.fetch.time.sleep", waited.append)
    monkeypatch.setattr("parliament.fetch.random.uniform", lambda low, high: 1.0)
    return waited


def test_a_first_page_that_does_not_come_in_time_is_asked_for_again_later_and_later(
    server: LocalKamer, kamer: Kamer, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT", httpx.Timeout(0.1))
    kamer.put("Toezegging", "t1", {})
    server.fault("slow", times=3)
    fetch = Fetch()
    came, _ = poll(SyncFeed(fetch, server.syncfeed), "Toezegging", "")
    fetch.close()
    assert came == ["t1"]
    assert waits == [1.0, 2.0, 4.0]


def test_half_a_page_is_asked_for_again_later_and_later_and_is_not_kept_as_the_whole(
    server: LocalKamer, kamer: Kamer, waits: list[float]
) -> None:
    """The half carries the version of the whole: to be told that nothing changed would leave it at the half."""
    kamer.put("Zaak", "z1", {"titel": "Wet"})
    fetch = Fetch()
    feed = SyncFeed(fetch, server.syncfeed)
    server.fault("cut", times=4)
    assert poll(feed, "Zaak", "")[0] == ["z1"]
    assert waits == [1.0, 2.0, 4.0, 8.0]
    server.fault("cut", times=5)
    with pytest.raises(SourceDown, match="cut off"):
        poll(feed, "Zaak", "")
    assert poll(feed, "Zaak", "")[0] == ["z1"]
    fetch.close()


def test_a_body_without_an_end_is_cut() -> None:
    with pytest.raises(Cut):
        syncfeed.read(page(entry())[:-9], ZAAK, 0)


def test_no_answer_at_all_is_source_down(
    server: LocalKamer, kamer: Kamer, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT", httpx.Timeout(0.05))
    server.fault("black_hole", times=9)
    fetch = Fetch()
    with pytest.raises(SourceDown, match="ReadTimeout"):
        poll(SyncFeed(fetch, server.syncfeed), "Zaak", "")
    fetch.close()
    assert len(waits) == fetching.TRIES - 1


@pytest.mark.parametrize("kind", ["ZaakActor", "Besluit"])
def test_500_on_one_kind_leaves_the_others_to_be_read(
    server: LocalKamer, feed: SyncFeed, kamer: Kamer, kind: str
) -> None:
    kamer.put("Zaak", "z1", {})
    kamer.put(kind, "x1", {})
    server.fault("500", times=5, only=kind)
    with pytest.raises(SourceDown, match="answered 500"):
        poll(feed, kind, "")
    assert poll(feed, "Zaak", "")[0] == ["z1"]
    assert poll(feed, kind, "")[0] == ["x1"]


def test_after_three_days_of_silence_everything_comes(feed: SyncFeed, kamer: Kamer) -> None:
    kamer.put("Zaak", "z1", {})
    _, reached = poll(feed, "Zaak", "")
    kamer.falls_silent()
    kamer.put("Zaak", "z1", {"titel": "Anders"})
    kamer.put("Zaak", "z2", {})
    assert poll(feed, "Zaak", reached) == (["z1"], reached)
    kamer.speaks_again()
    assert poll(feed, "Zaak", reached)[0] == ["z1", "z2"]


def test_a_page_for_people_is_source_changed_though_it_is_no_xml(server: LocalKamer, feed: SyncFeed) -> None:
    server.fault("html")
    with pytest.raises(SourceChanged, match="<html> where a <feed> was promised"):
        poll(feed, "Zaak", "")
