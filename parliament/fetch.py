"""Asking a foreign server politely: one named agent, not too fast, nothing sent again that did not change."""

import random
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

import httpx

AGENT = "Lobby/0.1 (advocacy bot; one request a second)"
PAUSE = 1.0  # seconds between two requests to one server
TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # seconds
TRIES = 5
FIRST = 1.0  # seconds before the second try, doubled each time
REMEMBERED = 20_000_000  # bytes of pages whose version is known
PASSING = frozenset({408, 425, 429})  # of those that say that we are to blame
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}

Read = TypeVar("Read")


class SourceDown(Exception):
    """A source does not answer now: it is tried again later, quietly."""


class Cut(SourceDown):
    """What came breaks off before its end."""


class Broken(SourceDown):
    """It answered 500: it is in trouble, or (the Tweede Kamer) it was asked for an id that nobody has."""


class Refused(SourceDown):
    """It says that it will not, and perhaps why: asking the same again changes nothing. 400, 401, 403 …"""


class Gone(Exception):
    """There is no such address (any more), or nothing there: 404, 410, 204."""


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
        """A page, as `read` without reading it."""
        return self.read(url, lambda page: page)

    def read(self, url: str, read: Callable[[Page], Read], tries: int = TRIES) -> Read:
        """What a page says. One that breaks off, for which `read` raises Cut, is asked for again as any that fails.

        Gone: there is none. Refused: it will not. SourceDown: it does not come, or not whole, after five tries.
        """
        wait = self.patience
        for left in reversed(range(tries)):
            self._turn(url)
            try:
                return read(self._asked(url))
            except Refused:
                raise
            except (httpx.HTTPError, SourceDown) as trouble:
                self._known.pop(url, None)  # a page that broke off is not to be confirmed as the one we have
                if not left:
                    raise _last(url, trouble) from trouble
            time.sleep(wait * random.uniform(0.5, 1.5))  # noqa: S311  # no secret
            wait *= 2
        raise AssertionError("the last try either gives a page or raises")

    def _asked(self, url: str) -> Page:
        version, before = self._known.get(url, ({}, b""))
        answer = self._client.get(url, headers=dict(version))
        if answer.status_code == httpx.codes.NOT_MODIFIED and version:
            return Page(before, fresh=False)
        _check(url, answer)
        self._remember(url, answer)
        return Page(answer.content, fresh=answer.content != before)

    def _remember(self, url: str, answer: httpx.Response) -> None:
        self._known.pop(url, None)
        version = {_CONDITIONS[name]: answer.headers[name] for name in _CONDITIONS if name in answer.headers}
        if version:
            self._known[url] = (version, answer.content)
        while sum(len(body) for _, body in self._known.values()) > REMEMBERED:
            self._known.popitem(last=False)

    def _turn(self, url: str) -> None:
        """Wait until this server may be asked again."""
        host = urlsplit(url).hostname or ""
        if host in LOOPBACK:
            return
        free = self._last.get(host, 0.0) + self.pause
        time.sleep(max(0.0, free - time.monotonic()))
        self._last[host] = time.monotonic()


def is_html(body: bytes) -> bool:
    """Whether it is a page for people, where a feed was asked for."""
    return body[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def _check(url: str, answer: httpx.Response) -> None:
    """Raises what an answer without a page is. Gone, Broken, Refused, SourceDown."""
    status = answer.status_code
    if answer.is_success and status != 204:
        return
    told = f"answered {status}{_told(answer)}"
    if status in {204, 404, 410}:
        raise Gone(f"{url}: {told}")
    if status == 500:
        raise Broken(told)
    if 400 <= status < 500 and status not in PASSING:
        raise Refused(f"{url}: {told}")
    raise SourceDown(told)


def _last(url: str, trouble: Exception) -> SourceDown:
    """What the last try ended in, with where."""
    if isinstance(trouble, SourceDown):
        return type(trouble)(f"{url}: {trouble}")
    return SourceDown(f"{url}: {type(trouble).__name__} {trouble}".strip())


def _told(answer: httpx.Response) -> str:
    """What the body says is wrong, as OData does: `{"error": {"message": …}}`; "" where it says nothing."""
    try:
        said = answer.json()["error"]["message"]
    except (ValueError, LookupError, TypeError):
        return ""
    return f": {' '.join(str(said).split())[:200]}"
