"""Tweede Kamer, the SyncFeed: an Atom feed of every change, page by page, by a number that rises.

Each kind is a feed of its own; the number (skiptoken) is one for all of them. An entry says where the next one is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from lxml import etree

from parliament.fetch import Broken, Cut, Fetch, Gone, is_html
from parliament.item import SourceChanged
from parliament.tweedekamer.entity import Entity, Value, moment, value
from parliament.tweedekamer.kinds import KINDS, LARGE, Kind

URL = "https://gegevensmagazijn.tweedekamer.nl/SyncFeed/2.0/Feed"
_ATOM = "{http://www.w3.org/2005/Atom}"
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
    _starts: dict[datetime, int] = field(default_factory=dict)

    def batches(self, kind: str, token: int = 0) -> Iterator[Batch]:
        """Everything of a kind that changed from a token on, a page at a time; the last page says so.

        SourceDown: it does not answer, or by half. SourceChanged: it answers with something else than a feed, or with
        one that does not say how to go on.
        """
        while True:
            batch = self._page(KINDS[kind], token)
            yield batch
            if batch.last:
                return
            if batch.token <= token:
                raise SourceChanged(f"SyncFeed {kind}: after {token} neither a next page nor that it is the last")
            token = batch.token

    def pages(self, kind: str, reached: str, since: datetime) -> Iterator[tuple[tuple[Entity, ...], str]]:
        """What comes after what was reached, a page at a time, each with what is reached then.

        reached  "" the first time: then the small kinds come whole, the large ones as from `since`. Later the last one
                 of the time before comes again: a kind that is called otherwise now gives an empty feed and no error,
                 and so an answer with nothing in it is never a quiet day
        """
        begin = self.start(kind, since) if not reached and kind in LARGE else 0
        first = max(int(reached) - 1, 0) if reached else begin
        for count, batch in enumerate(self.batches(kind, first)):
            if first and not count and not batch.entities:
                self._must_have(kind)
            yield batch.entities, str(max(batch.token, int(reached or 0)))

    def start(self, kind: str, since: datetime) -> int:
        """The token from which on everything of a kind was changed at or after that moment.

        Found by bisecting: the number rises with time, and a page tells when its first entry became visible. It is one
        number for all kinds, so that what was found for one is where the search for the next begins.
        """
        if not self._before(kind, 0, since):
            return 0
        low, step = self._starts.get(since, 0), 1
        if not self._before(kind, low, since):
            return low
        while low + step < FARTHEST and self._before(kind, low + step, since):
            low, step = low + step, step * 4
        high = low + step
        while high - low > 1:
            middle = (low + high) // 2
            if self._before(kind, middle, since):
                low = middle
            else:
                high = middle
        self._starts[since] = high
        return high

    def entity(self, kind: str, id: str) -> Entity | None:
        """One entity as it stands now; None when there is no such id.

        For an unknown id the service answers 500, as it does when it is in trouble: then its feed tells which it is.
        """
        address = f"{self.url.rpartition('/')[0]}/Entiteiten/{quote(id, safe='')}"
        try:
            return self.fetch.read(address, lambda page: _single(page.body, KINDS[kind]), tries=1)
        except Gone:
            return None
        except Broken:
            self._must_have(kind)
            return None

    def _before(self, kind: str, token: int, since: datetime) -> bool:
        """Whether the first entry from a token on is older than that moment."""
        entities = self._page(KINDS[kind], token).entities
        return bool(entities) and entities[0].updated < since

    def _must_have(self, kind: str) -> None:
        """SourceChanged when there is nothing of a kind, not even from the beginning."""
        if not self._page(KINDS[kind], 0).entities:
            raise SourceChanged(f"SyncFeed {kind}: the feed is empty, and was not: it may be called otherwise now")

    def _page(self, kind: Kind, token: int) -> Batch:
        asked = {"category": kind.name} | ({"skiptoken": str(token)} if token else {})
        return self.fetch.read(f"{self.url}?{urlencode(asked)}", lambda page: read(page.body, kind, token))


def read(body: bytes, kind: Kind, token: int) -> Batch:
    """One page, asked for by that token. Cut when it breaks off before its end; SourceChanged when it is no feed."""
    feed = _tree(body, kind)
    if feed.tag != f"{_ATOM}feed":
        raise SourceChanged(f"SyncFeed {kind.name}: <{_local(feed.tag)}> where a <feed> was promised")
    entries, links = feed.findall(f"{_ATOM}entry"), _links(feed)
    # The last entry knows the farthest; where it does not say, the feed may. Without an entry nothing was passed, so
    # that a feed which says to resume a little farther each time does not lead past what is still to come.
    reached = _token(_links(entries[-1]).get("next", "")) if entries else 0
    if not reached:
        reached = _token(links.get("next", "")) or (_token(links.get("resume", "")) if entries else 0)
    entities = tuple(_entity(entry, kind) for entry in entries)
    return Batch(entities, max(token, reached), last="resume" in links or not entries)


def _tree(body: bytes, kind: Kind) -> Any:
    if is_html(body):
        raise SourceChanged(f"SyncFeed {kind.name}: <html> where a <feed> was promised")
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as trouble:
        raise Cut(f"the page is cut off ({trouble})") from trouble


def _single(body: bytes, kind: Kind) -> Entity:
    """An entity that was asked for by its id: an entry, or what stands in one."""
    found = _tree(body, kind)
    return _entity(found, kind) if found.tag == f"{_ATOM}entry" else _of(found, kind, "", None)


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
    payload = next((each for each in parts.get("content", ()) if _local(each.tag)), None)
    if payload is not None:
        return _of(payload, kind, id, updated)
    if not id:
        raise SourceChanged(f"SyncFeed {kind.name}: an entry with neither a title nor anything in it")
    return Entity(kind.name, id, updated or _NEVER, deleted=True)  # and nothing is said of it any more


def _of(payload: Any, kind: Kind, id: str, updated: datetime | None) -> Entity:
    if _local(payload.tag).lower() != kind.name.lower():
        raise SourceChanged(f"SyncFeed {kind.name}: <{_local(payload.tag)}> where <{kind.element}> was promised")
    said = {_local(name): text for name, text in payload.items()}
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
        if name in links:
            ref = child.get("ref")
            if ref and ref not in links[name]:
                links[name] += (ref,)
        elif name in values:
            values[name] = value(kind.fields[name], child.text)  # what is nil has no text
    return values, links


@lru_cache(maxsize=1000)
def _local(tag: Any) -> str:
    """The name without its namespace, whatever the prefix was; "" of a comment."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
