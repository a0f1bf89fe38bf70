"""Asking politely: who asks, how fast, what is not sent again, and what becomes of what does not come."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from aiohttp import web

from parliament import fetch as fetching
from parliament.fetch import AGENT, Broken, Cut, Fetch, Gone, Page, Refused, SourceDown, is_html
from tests.servers.local import LocalServer


class Server(LocalServer):
    """Answers with the statuses it is given, then with its page."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.text = "a page " * 200
        self.version = '"1"'
        self.asked: list[web.Request] = []
        made = web.Application()
        made.router.add_get("/{path:.*}", self._answer)
        super().__init__("server", made)

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked.append(request)
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        if self.version and request.headers.get("If-None-Match") == self.version:
            return web.Response(status=304)
        answer = web.Response(text=self.text, headers={"ETag": self.version} if self.version else {})
        answer.enable_compression()
        return answer


@dataclass
class Clock:
    """Time that passes only by waiting."""

    now: float = 100.0
    waited: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("parliament.fetch.time.sleep", made.sleep)
    monkeypatch.setattr("parliament.fetch.time.monotonic", lambda: made.now)
    monkeypatch.setattr("parliament.fetch.random.uniform", lambda low, high: 1.0)
    return made


@pytest.fixture
def fetch(clock: Clock) -> Iterator[Fetch]:
    made = Fetch()
    yield made
    made.close()


def test_who_asks_is_said_and_that_it_may_be_packed(fetch: Fetch, server: Server) -> None:
    assert fetch.get(f"{server.at}/x").body.decode() == server.text
    assert server.asked[0].headers["User-Agent"] == AGENT
    assert server.asked[0].headers["Accept-Encoding"] == "gzip"


def test_a_server_is_asked_once_a_second_and_one_on_this_machine_at_once(clock: Clock) -> None:
    answers = httpx.MockTransport(lambda request: httpx.Response(200, text="x"))
    fetch = Fetch(pause=1.0)
    fetch._client = httpx.Client(transport=answers)
    for host in ("one.example", "one.example", "two.example", "one.example"):
        fetch.get(f"https://{host}/")
    assert clock.waited == [0, 1.0, 0, 1.0]
    clock.now += 0.4
    fetch.get("https://two.example/")
    assert clock.waited[-1] == 0  # its second has passed by then
    for host in ("localhost", "127.0.0.1", "localhost"):
        fetch.get(f"http://{host}/")
    assert len(clock.waited) == 5
    fetch.close()


def test_what_did_not_change_is_not_sent_again(fetch: Fetch, server: Server) -> None:
    first, again = fetch.get(f"{server.at}/x"), fetch.get(f"{server.at}/x")
    assert (first.fresh, again.fresh, again.body) == (True, False, first.body)
    assert server.asked[1].headers["If-None-Match"] == '"1"'
    server.version, server.text = '"2"', "another"
    assert fetch.get(f"{server.at}/x") == Page(b"another")


def test_of_what_is_remembered_the_oldest_goes_first(
    fetch: Fetch, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "REMEMBERED", 2 * len(server.text))
    for path in ("a", "b", "c"):
        fetch.get(f"{server.at}/{path}")
    assert [fetch.get(f"{server.at}/{path}").fresh for path in ("c", "b", "a")] == [False, False, True]


def test_what_passes_is_waited_out_twice_as_long_each_time(fetch: Fetch, server: Server, clock: Clock) -> None:
    server.statuses = [500, 503, 429, 408]
    assert fetch.get(f"{server.at}/x").body
    assert clock.waited == [1.0, 2.0, 4.0, 8.0]


def test_what_stays_is_source_down_after_five_tries(fetch: Fetch, server: Server) -> None:
    server.statuses = [502] * 9
    with pytest.raises(SourceDown, match="/x: answered 502"):
        fetch.get(f"{server.at}/x")
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    ("status", "trouble", "tries"),
    [
        (404, Gone, 1), (410, Gone, 1), (204, Gone, 1), (400, Refused, 1), (401, Refused, 1), (403, Refused, 1),
        (500, Broken, 5), (503, SourceDown, 5), (429, SourceDown, 5), (304, SourceDown, 5),
    ],
)  # fmt: skip
def test_each_answer_without_a_page_is_what_it_is(
    fetch: Fetch, server: Server, status: int, trouble: type[Exception], tries: int
) -> None:
    server.statuses = [status] * 9
    with pytest.raises(trouble, match=str(status)) as caught:
        fetch.get(f"{server.at}/x")
    assert type(caught.value) is trouble
    assert len(server.asked) == tries


def test_nobody_there_is_source_down(fetch: Fetch) -> None:
    with Server() as running:
        address = running.at
    with pytest.raises(SourceDown, match="ConnectError"):
        fetch.get(f"{address}/x")


def test_what_breaks_off_is_asked_for_again_and_not_confirmed_as_the_whole(fetch: Fetch, server: Server) -> None:
    def whole(page: Page) -> str:
        if len(server.asked) < 3:
            raise Cut("it breaks off")
        return page.body.decode()

    assert fetch.read(f"{server.at}/x", whole) == server.text
    assert all("If-None-Match" not in one.headers for one in server.asked)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html>\n<html>", True),
        (b"\xef\xbb\xbf  <HTML lang=nl>", True),
        (b'<?xml version="1.0"?><feed/>', False),
        (b'{"value": "<html>"}', False),
        (b"", False),
    ],
)
def test_a_page_for_people_is_known_by_how_it_begins(body: bytes, expected: bool) -> None:
    assert is_html(body) is expected
