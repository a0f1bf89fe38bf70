"""Tweede Kamer, the SyncFeed: an Atom feed of every change, page by page, by a number that rises.

Each kind is a feed of its own; the number (skiptoken) is one for all of them. An entry says where the next one is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from lxml import etree

from parliament.fetch import Fetch, SourceDown
from parliament.item import SourceChanged
from parliament.tweedekamer.entity import Entity, Value, moment, value
from parliament.tweedekamer.kinds import KINDS, LARGE, Kind

URL = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0/Feed"
_ATOM = "{http://www.w3.org/2005/Atom}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TRIES = 3  # for a page that came by half
FARTHEST = 1 << 40  # no token is larger
_NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Batch:
    """One page of a feed: what is on it, the token from which to go on, and whether there is nothing more for now."""

    entities: tuple[Entity, ...]
    token: int
    last: bool


@dataclass
class SyncFeed:
    """The feeds of one server."""

    fetch: Fetch
    url: str = URL

    def batches(self, kind: str, token: int = 0) -> Iterator[Batch]:
        """Everything of a kind that changed from a token on, a page at a time; the last page says so.

        SourceDown: it does not answer, or by half. SourceChanged: it answers with something else than a feed.
        """
        while True:
            batch = self._page(KINDS[kind], token)
            yield batch
            if batch.last or batch.token <= token:
                return
            token = batch.token

    def pages(self, kind: str, reached: str, since: datetime) -> Iterator[tuple[tuple[Entity, ...], str]]:
        """What comes after what was reached, a page at a time, each with what is reached then.

        reached  "" the first time: then the small kinds come whole, the large ones as from `since`
        """
        first = self.start(kind, since) if not reached and kind in LARGE else 0
        for batch in self.batches(kind, int(reached or first)):
            yield batch.entities, str(batch.token)

    def start(self, kind: str, since: datetime) -> int:
        """The token from which on everything of a kind was changed at or after that moment.

        Found by bisecting: the number rises with time, and a page tells when its first entry became visible.
        """
        if not self._before(kind, 0, since):
            return 0
        low, high = 0, 1
        while high < FARTHEST and self._before(kind, high, since):
            low, high = high, high * 4
        while high - low > 1:
            middle = (low + high) // 2
            if self._before(kind, middle, since):
                low = middle
            else:
                high = middle
        return high

    def _before(self, kind: str, token: int, since: datetime) -> bool:
        """Whether the first entry from a token on is older than that moment."""
        entities = self._page(KINDS[kind], token).entities
        return bool(entities) and entities[0].updated < since

    def _page(self, kind: Kind, token: int) -> Batch:
        asked = {"category": kind.name} | ({"skiptoken": str(token)} if token else {})
        address = f"{self.url}?{urlencode(asked)}"
        for left in reversed(range(TRIES)):
            body = self.fetch.get(address).body
            try:
                return read(body, kind, token)
            except etree.XMLSyntaxError as trouble:
                if not left:
                    raise SourceDown(f"{address}: the page is cut off ({trouble})") from trouble
        raise AssertionError("the last try either reads or raises")


def read(body: bytes, kind: Kind, token: int) -> Batch:
    """One page. XMLSyntaxError when it is cut off; SourceChanged when it is no feed."""
    feed = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    if feed.tag != f"{_ATOM}feed":
        raise SourceChanged(f"SyncFeed {kind.name}: <{_local(feed.tag)}> where a <feed> was promised")
    entries = feed.findall(f"{_ATOM}entry")
    links = _links(feed)
    resume = _token(links.get("resume", "")) or _token(links.get("next", ""))
    # the number rises, so the last entry knows the farthest; where it does not say, the feed may
    following = _token(_links(entries[-1]).get("next", "")) if entries else 0
    entities = tuple(_entity(entry, kind) for entry in entries)
    return Batch(entities, max(token, following, resume), last="resume" in links or not entries)


def _links(element: Any) -> dict[str, str]:
    return {one.get("rel", ""): one.get("href", "") for one in element.findall(f"{_ATOM}link")}


def _token(address: str) -> int:
    """The skiptoken in an address; 0 when there is none."""
    said = parse_qs(urlsplit(address).query).get("skiptoken", [""])[0]
    return int(said) if said.isascii() and said.isdecimal() else 0


def _entity(entry: Any, kind: Kind) -> Entity:
    parts = {_local(child.tag): child for child in entry}
    id = (parts["title"].text or "").strip() if "title" in parts else ""
    updated = moment(parts["updated"].text or "") if "updated" in parts else None
    content = parts.get("content")
    if content is None or not len(content):  # deleted, and nothing said of it any more
        return Entity(kind.name, id, updated or _NEVER, deleted=True)
    payload = content[0]
    if _local(payload.tag).lower() != kind.element.lower():
        raise SourceChanged(f"SyncFeed {kind.name}: <{_local(payload.tag)}> where <{kind.element}> was promised")
    said = {_local(name): text for name, text in payload.attrib.items()}
    changed = moment(said.get("bijgewerkt", ""))
    id, at = said.get("id") or id, updated or changed or _NEVER
    if said.get("verwijderd", "").strip().lower() in {"true", "1"}:
        return Entity(kind.name, id, at, changed, deleted=True)
    return Entity(kind.name, id, at, changed, False, *_told(payload, kind))


def _told(payload: Any, kind: Kind) -> tuple[dict[str, Value], dict[str, tuple[str, ...]]]:
    """The values and links of an entity; an element that is not read, or not known, is passed over."""
    values: dict[str, Value] = dict.fromkeys(kind.fields)
    links: dict[str, tuple[str, ...]] = dict.fromkeys(kind.links, ())
    for child in payload:
        name = _local(child.tag)
        ref = child.get("ref")
        if ref and name in links:
            links[name] = tuple(dict.fromkeys((*links[name], ref)))
        elif name in values and child.text and child.get(_NIL) not in {"true", "1"}:
            values[name] = value(kind.fields[name], child.text)
    return values, links


@lru_cache(maxsize=1000)
def _local(tag: Any) -> str:
    """The name without its namespace, whatever the prefix was; "" of a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
