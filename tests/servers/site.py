"""A local site made for people: pages with their version, and what can go wrong with them."""

import asyncio
from collections import defaultdict
from hashlib import sha256

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.servers.local import FOREVER, Fault, Faults, LocalServer, next_fault


class LocalSite(LocalServer):
    """Serves pages; `at` is the address for its setting."""

    def __init__(self, name: str, pages: dict[str, Handler]) -> None:
        self.asked: list[str] = []  # every address that was asked for, as it came
        self.agents: set[str] = set()
        self.faults: Faults = defaultdict(list)
        self.relabelled: dict[str, str] = {}
        made = web.Application()
        for path, handler in pages.items():
            made.router.add_get(path, handler)
        super().__init__(name, made)

    def fault(self, kind: str, times: int = 1) -> None:
        """Let the next pages go wrong.

        kind  "500", "503" …, "404", "slow" (0.2 s), "black_hole" (no answer at all), "cut" (half of the body),
              "hang_up", "empty"
        """
        self.faults["page"].append(Fault(kind, times, 0.2))

    def relabels(self, old: str, new: str = "") -> None:
        """From now on something is called otherwise on every page, or is not there at all."""
        self.relabelled[old] = new

    def well(self) -> None:
        """Nothing goes wrong any more, and everything is called as it was."""
        self.faults.clear()
        self.relabelled.clear()

    async def answers(self, request: web.Request, page: str | None) -> web.StreamResponse:
        """That page; 404 for none; not again for who has it; or what a fault makes of it."""
        self.asked.append(request.raw_path)
        self.agents.add(request.headers.get("User-Agent", ""))
        fault = next_fault(self.faults, "page")
        if fault and (fault.kind.isdigit() or fault.kind == "hang_up"):
            return _instead(request, fault)
        if fault and fault.kind in {"slow", "black_hole"}:
            await asyncio.sleep(fault.seconds if fault.kind == "slow" else FOREVER)
        if page is None:
            return web.Response(status=404, text="<html><body>Pagina niet gevonden</body></html>")
        for old, new in self.relabelled.items():
            page = page.replace(old, new)
        version = f'"{sha256(page.encode()).hexdigest()[:16]}"'
        if fault and fault.kind in {"cut", "empty"}:
            page = page[: len(page) // 2] if fault.kind == "cut" else ""
        elif request.headers.get("If-None-Match") == version:
            return web.Response(status=304)
        return web.Response(text=page, content_type="text/html", headers={"ETag": version})


def _instead(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault.kind.isdigit():
        return web.Response(status=int(fault.kind), text="<html>Storing</html>", content_type="text/html")
    assert request.transport
    request.transport.abort()
    return web.Response()
