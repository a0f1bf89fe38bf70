"""A local Tweede Kamer: one set of entities, served as SyncFeed and as OData, and misbehaving on request."""

import asyncio
import json
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aiohttp import web

from parliament.tweedekamer.kinds import KINDS, Kind
from tests.servers import tweedekamer_odata as odata
from tests.servers.local import Fault, Faults, LocalServer, next_fault

PAGE = 250
TK = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
BEGAN = datetime(2025, 11, 12, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One entity as the server holds it: what it says, as text, and what it points to.

    token    where it stands in the feed: a later change gets a higher one
    prefix   "tk" of most, "ns1" of newer source systems; the payload then stands in that prefix
    bare     deleted, and nothing of it is said any more
    """

    kind: str
    id: str
    token: int
    updated: datetime
    values: dict[str, str | None] = field(default_factory=dict)
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deleted: str = "false"
    changed: str = ""
    prefix: str = "tk"
    bare: bool = False


@dataclass
class Kamer:
    """The entities, by kind and id; each change moves one to the end of its feed."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    token: int = 1000
    faults: Faults = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)  # every address that was asked for
    agents: set[str] = field(default_factory=set)
    at: datetime = BEGAN
    _in_order: dict[str, list[Row]] = field(default_factory=dict)

    def put(self, kind: str, id: str, values: dict[str, str | None], **more: Any) -> Row:
        """A new entity, or a new version of one; a minute later than the one before."""
        assert kind in KINDS, kind
        self.token += 7  # other kinds, and what nobody may see, have their numbers too
        self.at += timedelta(minutes=1)
        return self._keep(Row(kind, id, self.token, more.pop("updated", self.at), values, **more))

    def delete(self, kind: str, id: str, bare: bool = True, said: str = "true") -> None:
        """Take it away: with an empty body, or with what stood in it; "True" is said too."""
        old = self.rows[kind, id]
        self.token += 7
        self.at += timedelta(minutes=1)
        self._keep(replace(old, token=self.token, updated=self.at, deleted=said, bare=bare))

    def touch(self, kind: str) -> int:
        """Send everything of a kind again, unchanged, as a release of the source does now and then; gives how many."""
        again = [row for row in self.rows.values() if row.kind == kind]
        for row in sorted(again, key=lambda one: one.token):
            self.token += 7
            self._keep(replace(row, token=self.token, updated=self.at))
        return len(again)

    def feed(self, kind: str, token: int) -> list[Row]:
        """What stands in the feed of a kind from a token on, the oldest first; one more than a page holds."""
        if kind not in self._in_order:
            there = [row for row in self.rows.values() if row.kind == kind]
            self._in_order[kind] = sorted(there, key=lambda row: row.token)
        rows = self._in_order[kind]
        first = bisect_right(rows, token, key=lambda row: row.token)
        return rows[first : first + PAGE + 1]

    def _keep(self, row: Row) -> Row:
        self._in_order.pop(row.kind, None)
        self.rows[row.kind, row.id] = row
        return row


class LocalKamer(LocalServer):
    """Serves it. `syncfeed` is the address for LOBBY_TWEEDEKAMER_SYNCFEED_URL."""

    def __init__(self) -> None:
        self.kamer = Kamer()
        made = web.Application()
        made.router.add_get("/SyncFeed/2.0/Feed", self._feed)
        made.router.add_get("/OData/v4/2.0/{kind}", self._odata)
        super().__init__("tweedekamer", made)

    @property
    def syncfeed(self) -> str:
        """The address of the feeds."""
        return f"{self.at}/SyncFeed/2.0/Feed"

    @property
    def odata(self) -> str:
        """The address for LOBBY_TWEEDEKAMER_ODATA_URL."""
        return f"{self.at}/OData/v4/2.0"

    def fault(self, kind: str, times: int = 1, door: str = "feed") -> None:
        """Let the next pages of a door ("feed", "odata") go wrong.

        kind  "500", "503" …, "404", "slow" (0.2 s), "cut" (half of the body), "hang_up", "html"
        """
        self.kamer.faults[door].append(Fault(kind, times, 0.2))

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        self.kamer.asked.append(request.path_qs)
        self.kamer.agents.add(request.headers.get("User-Agent", ""))
        kind, token = request.query.get("category", ""), int(request.query.get("skiptoken") or 0)
        rows = self.kamer.feed(kind, token) if kind in KINDS else []  # a kind with a typing error is an empty feed
        body = page(self.syncfeed, kind, token, rows)
        fault = next_fault(self.kamer.faults, "feed")
        if fault is None:
            return web.Response(body=body, content_type="application/atom+xml")
        return await _misbehaved(request, fault, body)

    async def _odata(self, request: web.Request) -> web.StreamResponse:
        self.kamer.asked.append(request.path_qs)
        kind = request.match_info["kind"]
        if kind not in KINDS:
            return web.json_response({"error": {"message": f"no {kind}"}}, status=404)
        try:
            body = json.dumps(odata.answer(self.kamer, kind, dict(request.query))).encode()
        except odata.Refused as refused:
            return web.json_response({"error": {"message": str(refused)}}, status=400)
        fault = next_fault(self.kamer.faults, "odata")
        if fault is None:
            return web.Response(body=body, content_type="application/json")
        return await _misbehaved(request, fault, body)


async def _misbehaved(request: web.Request, fault: Fault, body: bytes) -> web.StreamResponse:
    if fault.kind.isdigit():
        return web.Response(status=int(fault.kind), text="<html>Service unavailable</html>", content_type="text/html")
    if fault.kind == "html":
        return web.Response(text="<html><body>Onderhoud</body></html>", content_type="text/html")
    if fault.kind == "cut":
        return web.Response(body=body[: len(body) // 2], content_type="application/atom+xml")
    if fault.kind == "hang_up":
        assert request.transport
        request.transport.abort()
        return web.Response()
    await asyncio.sleep(fault.seconds)
    return web.Response(body=body, content_type="application/atom+xml")


def page(url: str, kind: str, token: int, rows: list[Row]) -> bytes:
    """One page of a feed; the last one says where to resume, the others where the next one is, on every entry too."""
    shown, more = rows[:PAGE], len(rows) > PAGE
    reached = shown[-1].token if shown else token
    rel = "next" if more else "resume"
    entries = "".join(_entry(url, KINDS[kind], row) for row in shown)
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>SyncFeed (category: {escape(kind)})</title>'
        f'<link rel="self" href={_address(url, kind, token)}/><link rel="{rel}" href={_address(url, kind, reached)}/>'
        f"<updated>2026-11-26T07:00:00Z</updated>{entries}</feed>"
    ).encode()


def _address(url: str, kind: str, token: int) -> str:
    return quoteattr(f"{url}?skiptoken={token}&category={kind}")


def _entry(url: str, kind: Kind, row: Row) -> str:
    updated = row.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"  # seven decimals
    return (
        f"<entry><title>{row.id}</title><id>{escape(url)}/Entiteiten/{row.id}</id><updated>{updated}</updated>"
        f'<category term="{kind.element.lower()}"/><link rel="next" href={_address(url, kind.name, row.token)}/>'
        f'<content type="application/xml">{"" if row.bare else _payload(kind, row)}</content></entry>'
    )


def _payload(kind: Kind, row: Row) -> str:
    changed = row.changed or row.updated.replace(tzinfo=None).isoformat()  # local time without an offset
    own = "" if row.prefix == "tk" else "ns1:"
    said = f'id="{row.id}" {row.prefix}:bijgewerkt="{changed}" {row.prefix}:verwijderd="{row.deleted}"'
    space = f'xmlns:{row.prefix}="{TK}"' + ("" if own else f' xmlns="{TK}"')
    body = "".join(_field(own, name, value) for name, value in row.values.items())
    body += "".join(f'<{own}{name} ref="{id}"/>' for name, ids in row.links.items() for id in ids)
    return (
        f'<{own}{kind.element} {space} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {said}>'
        f"{body}</{own}{kind.element}>"
    )


def _field(own: str, name: str, value: str | None) -> str:
    return f'<{own}{name} xsi:nil="true"/>' if value is None else f"<{own}{name}>{escape(value)}</{own}{name}>"
