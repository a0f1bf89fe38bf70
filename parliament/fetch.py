"""Asking a foreign server politely: one named agent, not too fast, nothing sent again that did not change."""

import random
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

AGENT = "Lobby/0.1 (advocacy bot; one request a second)"
PAUSE = 1.0  # seconds between two requests to one server
TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # seconds
TRIES = 5
FIRST = 1.0  # seconds before the second try, doubled each time
REMEMBERED = 500  # pages whose version is known
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SourceDown(Exception):
    """A source does not answer now: it is tried again later, quietly."""


class Gone(Exception):
    """There is no such address (any more): 404 or 410."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was answered. `fresh`: False when it is the page of last time, word for word."""

    body: bytes
    fresh: bool = True


@dataclass
class Fetch:
    """Fetches from one server after the other. Not for several threads at once.

    pause  seconds between two requests to a server; none to one on this machine
    """

    pause: float = PAUSE
    patience: float = FIRST
    _known: "OrderedDict[str, tuple[Mapping[str, str], bytes]]" = field(default_factory=OrderedDict)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
        self._client = httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=True)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def get(self, url: str) -> Page:
        """A page. Gone when there is none; SourceDown when it does not come after five tries."""
        wait = self.patience
        for left in reversed(range(TRIES)):
            self._turn(url)
            try:
                return self._asked(url)
            except (httpx.HTTPError, SourceDown) as trouble:
                if not left:
                    raise SourceDown(f"{url}: {type(trouble).__name__} {trouble}".strip()) from trouble
            time.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
            wait *= 2
        raise AssertionError("the last try either gives a page or raises")

    def _asked(self, url: str) -> Page:
        version, before = self._known.get(url, ({}, b""))
        answer = self._client.get(url, headers=dict(version))
        if answer.status_code in {404, 410}:
            raise Gone(f"{url}: {answer.status_code}")
        if answer.status_code in PASSING:
            raise SourceDown(f"answered {answer.status_code}")
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return Page(before, fresh=False)
        if answer.status_code >= 300:
            raise SourceDown(f"answered {answer.status_code}")
        self._remember(url, answer)
        return Page(answer.content, fresh=answer.content != before)

    def _remember(self, url: str, answer: httpx.Response) -> None:
        asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        version = {asked[name]: answer.headers[name] for name in asked if name in answer.headers}
        if version:
            self._known[url] = (version, answer.content)
            self._known.move_to_end(url)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    def _turn(self, url: str) -> None:
        """Wait until this server may be asked again."""
        host = urlsplit(url).hostname or ""
        if host in LOOPBACK:
            return
        free = self._last.get(host, 0.0) + self.pause
        time.sleep(max(0.0, free - time.monotonic()))
        self._last[host] = time.monotonic()
