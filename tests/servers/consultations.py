"""A local internetconsultatie.nl: consultations that open, are extended, and close; its pages as the site has them."""

from dataclasses import dataclass, replace
from datetime import date
from html import escape

from aiohttp import web

from tests.servers.site import LocalSite

A_PAGE = 10
OPEN, CLOSED = "Actief", "Gesloten"


@dataclass(frozen=True)
class Shown:
    """One consultation on the site. `closes`: None where its page does not tell; `chain`: its Keten-ID."""

    slug: str
    title: str
    opens: date
    closes: date | None
    status: str = OPEN
    kind: str = "Wet"
    ministry: str = "Ministerie van Asiel en Migratie"
    summary: str = "Waarover."
    chain: str = "31001"
    replies: int = 0


# The site is years old: there is always something that closed.
LONG_CLOSED = Shown("oudewet", "Wet van vroeger", date(2018, 1, 8), date(2018, 3, 1), CLOSED, chain="501")


class LocalConsultations(LocalSite):
    """Serves it. `at` is the address for LOBBY_INTERNETCONSULTATIE_URL."""

    def __init__(self) -> None:
        self.shown: dict[str, Shown] = {LONG_CLOSED.slug: LONG_CLOSED}
        pages = {"/zoeken/resultaat": self._results, "/{slug}": self._short, "/{slug}/b1": self._page}
        super().__init__("internetconsultatie", {**pages})

    # --- what happens there

    def opens(self, slug: str, title: str, opens: date, closes: date | None) -> None:
        """A consultation that is open from now on. `closes`: None where the page does not tell."""
        self.shown[slug] = Shown(slug, title, opens, closes, chain=str(31_000 + len(self.shown)))

    def extends(self, slug: str, closes: date | None) -> None:
        """It closes on another day, and is open until then."""
        self.shown[slug] = replace(self.shown[slug], closes=closes, status=OPEN)

    def tells_otherwise(self, slug: str, kind: str) -> None:
        """Something else of it is another, but not its day."""
        self.shown[slug] = replace(self.shown[slug], kind=kind)

    def closes(self, slug: str) -> None:
        """It is closed."""
        self.shown[slug] = replace(self.shown[slug], status=CLOSED)

    def removes(self, slug: str) -> None:
        """There is no such page any more."""
        del self.shown[slug]

    # --- its pages

    async def _results(self, request: web.Request) -> web.StreamResponse:
        """The newest first, ten at a time, of which the title has those words."""
        number, words = int(request.query.get("Pagina", "1")), request.query.get("Trefwoorden", "").casefold()
        found = [one for one in reversed(self.shown.values()) if words in one.title.casefold()]
        shown = "".join(_result(one) for one in found[(number - 1) * A_PAGE : number * A_PAGE])
        said = f"<h1>Zoekresultaat</h1><p>{len(found)} resultaten</p>"
        return await self.answers(request, _frame(f'{said}<div class="result--list"><ul>{shown}</ul></div>'))

    async def _short(self, request: web.Request) -> web.StreamResponse:
        """By its name or its number in the chain one is led to its page."""
        asked = request.match_info["slug"]
        found = next((one for one in self.shown.values() if asked in (one.slug, one.chain)), None)
        if found is None:
            return await self.answers(request, None)
        raise web.HTTPMovedPermanently(f"/{found.slug}/b1")

    async def _page(self, request: web.Request) -> web.StreamResponse:
        one = self.shown.get(request.match_info["slug"])
        return await self.answers(request, _frame(_told(one)) if one else None)


def _frame(content: str) -> str:
    return (
        '<!DOCTYPE html><html lang="nl"><head><title>Overheid.nl | Consultatie</title></head><body>'
        f'<div id="content" class="container"><ul><li><a href="#">Printen</a></li></ul>{content}</div></body></html>'
    )


def _result(one: Shown) -> str:
    told = (f"Status: {one.status}", f"Sluitingsdatum:  {_day(one.closes)}", escape(one.ministry))
    return (
        f'<li><a href="/{one.slug}/b1" class="result--title">{escape(one.title)}</a><p>{escape(one.summary)}</p>'
        f'<ul class="list--metadata">{"".join(f"<li>{each}</li>" for each in told)}</ul></li>'
    )


def _told(one: Shown) -> str:
    told = {
        "Startdatum consultatie": _day(one.opens), "Einddatum consultatie": _day(one.closes), "Status": one.status,
        "Type consultatie": one.kind, "Organisatie": one.ministry, "Keten-ID": one.chain,
    }  # fmt: skip
    rows = "".join(f"<tr><td>{label}</td><td>{escape(said)}</td></tr>" for label, said in told.items())
    paper = (
        '<ul class="list--sources"><li><div class="list--source__information">Wetsvoorstel'
        f' <span class="label">PDF</span></div><a class="button" href="/{one.slug}/document/1">Downloaden</a></li></ul>'
    )
    calendar = f"https://wetgevingskalender.overheid.nl/Regeling/WGK{int(one.chain):06}"
    now = "gesloten" if one.status == CLOSED else "open"
    return (
        f"<h1>{escape(one.title)}</h1><p>Consultatie {now}</p><p>Migratie</p>"
        f"<h2>In het kort</h2><p>{escape(one.summary)}</p><h3>Consultatiegegevens</h3>"
        f'<table class="table__data-overview">{rows}</table><h3>Wat verandert er?</h3><p>Veel.</p>'
        f"<h3>Relevante documenten</h3>{paper}<h2>Reacties op deze consultatie {one.replies}</h2>"
        f'<a href="{calendar}">{one.chain}</a>'
    )


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""
