"""A local Eerste Kamer: days, bills and votes, each put there in one call; its pages as the real site has them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from aiohttp import web

from parliament.item import SenateItem, SenatePaper, SenateVote
from tests.servers import senate_pages as pages
from tests.servers.senate_pages import Bill, listed, written
from tests.servers.site import LocalSite

A_PAGE = 25
ROBOTS = (
    "User-agent: *\nDisallow: /zoeken\nDisallow: /*?*print=\nDisallow: /*?*sort=\nDisallow: /*start_006*start_006\n"
)


class LocalSenate(LocalSite):
    """Serves it. `at` is the address for LOBBY_EERSTEKAMER_URL."""

    def __init__(self, today: date = date(2026, 10, 5)) -> None:
        self.today = today
        self.robots: str | None = ROBOTS
        self.bills: dict[str, Bill] = {}
        self.plenary: dict[date, list[SenateItem]] = {}
        self.meetings: dict[date, list[SenateItem]] = {}
        self.votes: list[SenateVote] = []  # the newest last
        self.reports: dict[str, tuple[str, list[str]]] = {}
        where = {
            "/robots.txt": self._robots,
            "/plenaire_vergadering/{day}": self._plenary,
            "/commissievergaderingen_op": self._committees,
            "/wetsvoorstel/{address}": self._bill,
            "/stemmingen_per_vergaderdag": self._votes,
            "/verslagdeel/{day}/{name}": self._report,
        }
        super().__init__("eerstekamer", {**where})

    # --- what happens there

    def plans(self, day: date, kind: str, begins: time, *numbers: str) -> None:
        """Something on the agenda of a plenary day, with the bills it is about."""
        ends = time((begins.hour + 1) % 24, begins.minute)
        bills = tuple((number, self.bills[number].title) for number in numbers)
        self.plenary.setdefault(day, []).append(SenateItem(day, kind, begins, ends, bills=bills))

    def meets(self, day: date, committee: str, begins: time, kind: str = "", *numbers: str) -> None:
        """A committee meets, and decides on how it goes on with these bills."""
        short = committee.rpartition("(")[2].rstrip(")").lower().replace("&", "_").replace("/", "_") or "cie"
        bills = tuple((number, self.bills[number].title) for number in numbers)
        where = f"/commissievergadering/{day:%Y%m%d}_{short}"
        self.meetings.setdefault(day, []).append(SenateItem(day, kind, begins, None, committee, bills, where))

    def receives(
        self, number: str, title: str, accepted: date, for_: tuple[str, ...] = (), against: tuple[str, ...] = ()
    ) -> str:
        """A bill that the Tweede Kamer accepted; gives the last part of its address."""
        made = Bill(number, title, accepted - timedelta(days=200))
        made.phases = {"Tweede Kamer": "done", "Schriftelijke voorbereiding": "current"}
        how = "" if for_ else "zonder stemming "
        made.sentences = [f"Het voorstel (EK, A) is op {written(accepted)} {how}aangenomen door de Tweede Kamer."]
        made.sentences += _named(for_, against)
        self.bills[number] = made
        self.publishes(number, accepted, "gewijzigd voorstel van wet", "EK, A")
        return pages.address(number).rpartition("/")[2]

    def publishes(self, number: str, day: date, title: str, called: str) -> None:
        """A paper of a bill."""
        where = f"/behandeling/{day:%Y%m%d}/{title.replace(' ', '_')}"
        self.bills[number].papers.insert(0, SenatePaper(day, title, where, called))

    def decides(self, vote: SenateVote) -> None:
        """A vote on a bill or a motion: it is in the list, in the report, and on the page of the bill."""
        where = vote.address or f"/verslagdeel/{vote.day:%Y%m%d}/stemming_{len(self.votes)}"
        placed = replace(vote, address=where)
        self.votes.append(placed)
        self.reports.setdefault(where, (vote.title, []))[1].append(_sentence(placed))
        found = self.bills.get(vote.number)
        if found:
            how = "als hamerstuk afgedaan" if vote.manner == "hamerstuk" else f"na {_how(vote)} {vote.outcome}"
            noted = f" De fractie van {listed(vote.noted)} is hierbij aantekening verleend." if vote.noted else ""
            found.sentences += [f"De Eerste Kamer heeft het voorstel op {written(vote.day)} {how}.{noted}"]
            found.sentences += _named(vote.for_, vote.against)
            later = "current" if vote.outcome == "aangenomen" else "todo"
            found.phases |= {"Schriftelijke voorbereiding": "done", "Plenair": "done", "Afkondiging": later}

    def promulgates(self, number: str, called: str) -> None:
        """It became law: `Stb. 2026, 310`."""
        self.bills[number].sentences.append(f"De wet is gepubliceerd in het Staatsblad ({called}).")
        self.bills[number].phases["Afkondiging"] = "done"

    # --- its pages

    async def _robots(self, request: web.Request) -> web.StreamResponse:
        self.agents.add(request.headers.get("User-Agent", ""))
        return web.Response(text=self.robots) if self.robots is not None else web.Response(status=404)

    async def _plenary(self, request: web.Request) -> web.StreamResponse:
        day = _day(request.match_info["day"])
        if day not in self.plenary:
            return await self.answers(request, None)
        ways = _neighbours(day, self.plenary, "/plenaire_vergadering/")
        return await self.answers(request, pages.plenary(day, self.plenary[day], *ways))

    async def _committees(self, request: web.Request) -> web.StreamResponse:
        """The day that is asked for by its key, or the next one there is."""
        coming = [one for one in self.meetings if one >= self.today]
        day = _day(request.query.get("key", "")) or min(coming, default=None)
        if day not in self.meetings:
            return await self.answers(request, None)
        ways = _neighbours(day, self.meetings, "/commissievergaderingen_op?key=")
        return await self.answers(request, pages.committees(day, self.meetings[day], *ways))

    async def _bill(self, request: web.Request) -> web.StreamResponse:
        found = [one for one in self.bills.values() if pages.address(one.number) == request.path]
        return await self.answers(request, pages.bill(found[0]) if found else None)

    async def _votes(self, request: web.Request) -> web.StreamResponse:
        start = int(request.query.get("start_006", "0"))
        there = sorted(reversed(self.votes), key=lambda one: one.day, reverse=True)
        here = [(one, self._subject(one)) for one in there[start : start + A_PAGE]]
        more = len(there) > start + A_PAGE
        path = "/stemmingen_per_vergaderdag?filter=alles"
        earlier = f"{path}&start_006={start + A_PAGE}&dlastinprev={here[-1][0].day}" if more else ""
        goes_on = start > 0 and bool(here) and there[start - 1].day == here[0][0].day
        return await self.answers(request, pages.votes(here, earlier, goes_on) if here else None)

    async def _report(self, request: web.Request) -> web.StreamResponse:
        found = self.reports.get(request.path)
        return await self.answers(request, pages.report(*found) if found else None)

    def _subject(self, vote: SenateVote) -> str:
        if vote.number in self.bills:
            return pages.address(vote.number)
        return f"/motiedossier/{vote.number.lower().replace(', ', '_')}_motie"


def _named(for_: tuple[str, ...], against: tuple[str, ...]) -> list[str]:
    return [f"{label}: {listed(names)}." for label, names in (("Voor", for_), ("Tegen", against)) if names]


def _how(vote: SenateVote) -> str:
    return "hoofdelijke stemming" if vote.manner == "hoofdelijk" else f"stemming bij {vote.manner}"


def _sentence(vote: SenateVote) -> str:
    """As the chair says it."""
    if vote.manner == "zitten en opstaan":
        for_, against = (f"de leden van de fracties van {listed(side)}" for side in (vote.for_, vote.against))
        end = "de stemmen staken" if vote.outcome == "gestaakt" else f"zij is {vote.outcome}"
        return f"Ik constateer dat {for_} voor deze motie hebben gestemd en {against} ertegen, zodat {end}."
    if vote.manner == "hoofdelijk":
        counted = f"{len(vote.members_for)} stemmen voor en {len(vote.members_against)} stemmen tegen"
        return f"Ik constateer dat dit wetsvoorstel met {counted} is {vote.outcome}."
    how = "met algemene stemmen" if vote.manner == "algemene stemmen" else "zonder stemming"
    return f"Ik constateer dat dit wetsvoorstel {how} is {vote.outcome}."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _neighbours(day: date, days: Iterable[date], path: str) -> tuple[pages.Way, pages.Way]:
    """The way to the day before and the day after it."""
    before, after = [one for one in days if one < day], [one for one in days if one > day]
    earlier, later = max(before, default=None), min(after, default=None)
    return (earlier, f"{path}{earlier:%Y%m%d}") if earlier else None, (
        later,
        f"{path}{later:%Y%m%d}",
    ) if later else None
