"""A local internetconsultatie.nl: consultations that open, are extended, and close; its pages as the site has them."""

from dataclasses import dataclass, replace
from datetime import date

from aiohttp import web

from tests.servers.local import LocalServer

A_PAGE = 10


@dataclass(frozen=True)
class Shown:
    """One consultation on the site."""

    slug: str
    title: str
    opens: date
    closes: date | None
    status: str = "Actief"
    kind: str = "Wet"
    ministry: str = "Ministerie van Asiel en Migratie"


class LocalConsultations(LocalServer):
    """Serves it. `at` is the address for LOBBY_INTERNETCONSULTATIE_URL."""

    def __init__(self) -> None:
        self.shown: dict[str, Shown] = {}
        made = web.Application()
        made.router.add_get("/zoeken/resultaat", self._results)
        made.router.add_get("/{slug}/b1", self._page)
        super().__init__("internetconsultatie", made)

    def opens(self, slug: str, title: str, opens: date, closes: date | None) -> None:
        """A consultation that is open from now on. `closes`: None where the page does not tell."""
        self.shown[slug] = Shown(slug, title, opens, closes)

    def extends(self, slug: str, closes: date | None) -> None:
        """It closes on another day, and is open until then."""
        self.shown[slug] = replace(self.shown[slug], closes=closes, status="Actief")

    def tells_otherwise(self, slug: str, kind: str) -> None:
        """Something else of it is another, but not its day."""
        self.shown[slug] = replace(self.shown[slug], kind=kind)

    def removes(self, slug: str) -> None:
        """There is no such page any more."""
        del self.shown[slug]

    def closes(self, slug: str) -> None:
        """It is closed."""
        self.shown[slug] = replace(self.shown[slug], status="Gesloten")

    async def _results(self, request: web.Request) -> web.Response:
        number = int(request.query.get("Pagina", "1"))
        there = list(reversed(self.shown.values()))[(number - 1) * A_PAGE : number * A_PAGE]
        rows = "".join(
            f'<li><a href="/{one.slug}/b1" class="result--title">{one.title}</a><p>Waarover.</p>'
            f'<ul class="list--metadata"><li>Status: {one.status}</li><li>Sluitingsdatum:  {_day(one.closes)}</li>'
            f"<li>{one.ministry}</li></ul></li>"
            for one in there
        )
        body = f'<html><body><div class="result--list"><ul>{rows}</ul></div></body></html>'
        return web.Response(text=body, content_type="text/html")

    async def _page(self, request: web.Request) -> web.Response:
        one = self.shown.get(request.match_info["slug"])
        if one is None:
            return web.Response(status=404)
        told = {
            "Startdatum consultatie": f"{one.opens:%d-%m-%Y}", "Einddatum consultatie": _day(one.closes),
            "Status": one.status, "Type consultatie": one.kind, "Organisatie": one.ministry, "Keten-ID": "31001",
        }  # fmt: skip
        rows = "".join(f"<tr><th>{label}</th><td>{value}</td></tr>" for label, value in told.items())
        body = (
            f'<html><body><div id="content"><h1>{one.title}</h1><h2>In het kort</h2><p>Waarover.</p>'
            f'<h3>Consultatiegegevens</h3><table class="table__data-overview">{rows}</table></div></body></html>'
        )
        return web.Response(text=body, content_type="text/html")


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
