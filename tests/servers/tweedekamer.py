"""A local Tweede Kamer: one set of entities, served as SyncFeed and as OData, and misbehaving on request."""

import asyncio
import json
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from aiohttp import web

from parliament.tweedekamer.kinds import KINDS
from tests.servers import tweedekamer_feed as feeds
from tests.servers import tweedekamer_odata as odata
from tests.servers.local import FOREVER, Fault, Faults, LocalServer, next_fault
from tests.servers.tweedekamer_feed import PAGE, page

__all__ = ["BEGAN", "PAGE", "Kamer", "LocalKamer", "Row", "page"]

BEGAN = datetime(2025, 11, 12, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """One entity as the server holds it: what it says, as text, and what it points to.

    token    where it stands in the feed: a later change gets a higher one
    prefix   "tk" of most, "ns1" of newer source systems; the payload then stands in that prefix
    bare     deleted, and nothing of it is said any more
    seventh  the seventh decimal of the moment at which it became visible
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
    seventh: str = "0"

    @property
    def moment(self) -> str:
        """When it became visible, as both doors write it: UTC, seven decimals."""
        return self.updated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + f"{self.seventh}Z"

    @property
    def is_deleted(self) -> bool:
        """Whether it is gone, in whatever case that is said."""
        return self.deleted.lower() in {"true", "1"}


@dataclass
class Kamer:
    """The entities, by kind and id; each change moves one to the end of its feed."""

    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    token: int = 1000
    faults: Faults = field(default_factory=lambda: defaultdict(list))
    asked: list[str] = field(default_factory=list)  # every address that was asked for, as it came
    agents: set[str] = field(default_factory=set)
    at: datetime = BEGAN
    renamed: set[str] = field(default_factory=set)  # kinds that are called otherwise now
    frozen: dict[tuple[str, str], Row] | None = None  # what is shown while nothing new comes through
    _in_order: dict[tuple[str, str], list[Row]] = field(default_factory=dict)

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

    def falls_silent(self) -> None:
        """From now on it answers, and with nothing new: what happens is shown when it speaks again."""
        self.frozen = dict(self.rows)
        self._in_order.clear()

    def speaks_again(self) -> None:
        """What happened in the meantime is shown."""
        self.frozen = None
        self._in_order.clear()

    def feed(self, kind: str, token: int) -> list[Row]:
        """What stands in the feed of a kind from a token on, the oldest first; one more than a page holds."""
        if kind in self.renamed:
            return []
        rows = self._sorted(kind, "token")
        first = bisect_right(rows, token, key=lambda row: row.token)
        return rows[first : first + PAGE + 1]

    def after(self, kind: str, key: tuple[str, str]) -> list[Row]:
        """What became visible after a (moment, id), the oldest first; one more than a page holds."""
        rows = self._sorted(kind, "moment")
        first = bisect_right(rows, key, key=lambda row: (row.moment, row.id))
        return rows[first : first + PAGE + 1]

    def _sorted(self, kind: str, by: str) -> list[Row]:
        if (kind, by) not in self._in_order:
            shown = self.rows if self.frozen is None else self.frozen
            there = [row for row in shown.values() if row.kind == kind]
            self._in_order[kind, by] = sorted(there, key=lambda row: (getattr(row, by), row.id))
        return self._in_order[kind, by]

    def _keep(self, row: Row) -> Row:
        self._in_order.pop((row.kind, "token"), None)
        self._in_order.pop((row.kind, "moment"), None)
        self.rows[row.kind, row.id] = row
        return row


class LocalKamer(LocalServer):
    """Serves it. `syncfeed` is the address for LOBBY_TWEEDEKAMER_SYNCFEED_URL."""

    def __init__(self) -> None:
        self.kamer = Kamer()
        made = web.Application()
        made.router.add_get("/SyncFeed/2.0/Feed", self._feed)
        made.router.add_get("/SyncFeed/2.0/Entiteiten/{id}", self._entity)
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

    def fault(self, kind: str, times: int = 1, door: str = "feed", only: str = "") -> None:
        """Let the next pages of a door ("feed", "odata") go wrong, or those of one kind of entity.

        kind  "500", "503" …, "400", "404", "204", "slow" (0.2 s), "black_hole" (no answer at all), "cut" (half of the
              body), "hang_up", "html" (a page for people); what it does when it is silent: `Kamer.falls_silent`
        """
        self.kamer.faults[f"{door}/{only}" if only else door].append(Fault(kind, times, 0.2))

    def well(self) -> None:
        """Nothing goes wrong any more."""
        self.kamer.faults.clear()

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        kind, token = request.query.get("category", ""), int(request.query.get("skiptoken") or 0)
        fault = self._noted(request, "feed", kind)
        rows = self.kamer.feed(kind, token) if kind in KINDS else []  # a kind with a typing error is an empty feed
        return await _answered(request, fault, page(self.syncfeed, kind, token, rows), "application/atom+xml")

    async def _entity(self, request: web.Request) -> web.StreamResponse:
        """One entity; an id that nobody has is an error of the server, not 404."""
        found = [row for row in self.kamer.rows.values() if row.id == request.match_info["id"]]
        fault = self._noted(request, "feed", found[0].kind if found else "")
        if not found:
            return web.Response(status=500, text="Internal Server Error")
        body = feeds.payload(KINDS[found[0].kind], found[0]).encode()
        return await _answered(request, fault, body, "application/xml")

    async def _odata(self, request: web.Request) -> web.StreamResponse:
        kind = request.match_info["kind"]
        fault = self._noted(request, "odata", kind)
        if kind not in KINDS or kind in self.kamer.renamed:
            return web.json_response({"error": {"message": f"no {kind}"}}, status=404)
        try:
            told = odata.answer(self.kamer, kind, dict(request.query), f"{self.odata}/{kind}")
        except odata.Refused as refused:
            return web.json_response({"error": {"message": str(refused)}}, status=400)
        return await _answered(request, fault, json.dumps(told).encode(), "application/json")

    def _noted(self, request: web.Request, door: str, kind: str) -> Fault | None:
        self.kamer.asked.append(request.raw_path)
        self.kamer.agents.add(request.headers.get("User-Agent", ""))
        return next_fault(self.kamer.faults, f"{door}/{kind}") or next_fault(self.kamer.faults, door)


async def _answered(request: web.Request, fault: Fault | None, body: bytes, type: str) -> web.StreamResponse:
    """The page, with its version; not again for who has it; or what a fault makes of it."""
    if fault and fault.kind not in {"slow", "black_hole", "cut"}:
        return _instead(request, fault)
    if fault and fault.kind in {"slow", "black_hole"}:
        await asyncio.sleep(fault.seconds if fault.kind == "slow" else FOREVER)
    version = f'"{sha256(body).hexdigest()[:16]}"'
    if fault and fault.kind == "cut":
        body = body[: len(body) // 2]  # under the version of the whole, as a proxy does that was cut off
    elif request.headers.get("If-None-Match") == version:
        return web.Response(status=304)
    return web.Response(body=body, content_type=type, headers={"ETag": version})


def _instead(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.kind == "400":
        return web.json_response({"error": {"message": "Could not find a property named 'Soort'."}}, status=400)
    if fault.kind.isdigit():
        return web.Response(status=int(fault.kind), text="<html>Service unavailable</html>", content_type="text/html")
    if fault.kind == "html":
        page = "<!DOCTYPE html>\n<html lang=nl><meta charset=utf-8><body>Onderhoud<br></body></html>"
        return web.Response(text=page, content_type="text/html")
    assert request.transport and fault.kind == "hang_up", fault.kind
    request.transport.abort()
    return web.Response()
