"""A day of parliament for the demo: what is bundled in demo_day.toml, as the sources would tell of it."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from parliament.item import Consultation
from parliament.tweedekamer.entity import THE_HAGUE, Entity, Value

FACTS: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
FIRST_BILL = 39001  # the dossier of the first bill that comes in: no bill has that number yet
CHOICES = {"Voor": "Voor", "Tegen": "Tegen", "Absent": "Niet deelgenomen"}

Values = Mapping[str, Value]


class Moment(NamedTuple):
    """Something that happens on each day: when, by the clock of the day; what; and how that is told."""

    at: time
    what: str
    told: str


MOMENTS = tuple(Moment(**one) for one in FACTS["moments"])


@dataclass
class Day:
    """One day, which makes the same of the same facts whenever it is played.

    number  how many were before it: what happens on it has ids of its own
    began   when the playing of it began (aware): its bill comes in today, its debate is in some days
    told    what was told of since it was last taken
    """

    number: int
    began: datetime
    told: list[Entity | Consultation] = field(default_factory=list)
    _rows: dict[str, Entity] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is different from day to day."""
        days: Sequence[Mapping[str, Any]] = FACTS["days"]
        return days[self.number % len(days)]

    def happens(self, moment: Moment) -> list[Entity | Consultation]:
        """What the sources tell at this moment. Moments come in their order."""
        self.told = []
        _HAPPENS[moment.what](self)
        return self.told

    def id(self, name: str) -> str:
        """An id that no other day has."""
        return f"demo-{self.number}-{name}"

    def ahead(self, days: int, hour: int) -> datetime:
        """So many days from now, at that hour; never in a weekend."""
        day = self.began.astimezone(THE_HAGUE).date() + timedelta(days=days)
        day += timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else timedelta(0)
        return datetime.combine(day, time(hour), THE_HAGUE)

    def put(self, kind: str, id: str, values: Values, **links: str) -> str:
        """Tell of an entity; what was told of it before stands, unless it is said anew."""
        was = self._rows.get(id)
        told = {**(was.values if was else {}), **values}
        to = {**(was.links if was else {}), **{name: (one,) for name, one in links.items()}}
        self._rows[id] = Entity(kind, id, self.began, values=told, links=to)
        self.told.append(self._rows[id])
        return id

    def again(self, id: str) -> Values:
        """What was told of an entity."""
        return self._rows[id].values


def _known(day: Day) -> None:
    """What will be voted on lay there long before."""
    for vote in day.facts["votes"]:
        case = f"demo-{vote['case']}"
        values = {"nummer": vote["case"], "soort": vote["kind"], "titel": vote["title"], "onderwerp": vote["title"]}
        if "dossier" not in vote:
            day.put("Zaak", case, values)
            continue
        dossier = day.put("Kamerstukdossier", f"{case}-dossier", {"nummer": vote["dossier"], "titel": vote["title"]})
        day.put("Zaak", case, values, kamerstukdossier=dossier)
        _brought_in(day, case)


def _brought_in(day: Day, case: str) -> None:
    minister = {"relatie": "Indiener", "actorNaam": "minister van Asiel en Migratie"}
    committee = {"relatie": "Voortouwcommissie", "actorNaam": "vaste commissie voor Asiel en Migratie"}
    day.put("ZaakActor", f"{case}-indiener", minister, zaak=case)
    day.put("ZaakActor", f"{case}-commissie", {**committee, "actorAfkorting": "AM"}, zaak=case)


def _bill(day: Day) -> None:
    """A bill with its first papers."""
    title, number = day.facts["bill"], FIRST_BILL + day.number
    about: Values = {"nummer": number, "titel": title, "afgesloten": False}
    dossier = day.put("Kamerstukdossier", day.id("dossier"), about)
    values: Values = {"nummer": f"2026Z{number}", "soort": "Wetgeving", "titel": title, "onderwerp": title}
    case = day.put("Zaak", day.id("bill"), {**values, "gestartOp": day.began}, kamerstukdossier=dossier)
    _brought_in(day, case)
    for follow, kind in enumerate(("Koninklijke boodschap", "Voorstel van wet", "Memorie van toelichting"), 1):
        paper: Values = {"soort": kind, "onderwerp": kind, "datum": day.began, "volgnummer": follow}
        day.put("Document", day.id(f"paper-{follow}"), paper, zaak=case, kamerstukdossier=dossier)


def _meeting(day: Day, name: str, kind: str, subject: str, at: datetime) -> str:
    """A meeting of the committee for asylum with a point on its agenda; gives the id of that point."""
    values: Values = {"soort": kind, "onderwerp": subject, "datum": at, "aanvangstijd": at, "datumSoort": "Dag"}
    committee = {"voortouwafkorting": "AM", "voortouwnaam": "vaste commissie voor Asiel en Migratie"}
    meeting = day.put("Activiteit", day.id(name), {**values, **committee, "status": "Gepland", "besloten": False})
    return day.put("Agendapunt", day.id(f"{name}-point"), {"onderwerp": subject}, activiteit=meeting)


def _consultation(day: Day, weeks: int = 4) -> None:
    began = day.began.astimezone(THE_HAGUE).date()
    facts = {**day.facts["consultation"], "slug": day.id(day.facts["consultation"]["slug"])}
    closes = began + timedelta(weeks=weeks)
    day.told.append(Consultation(**facts, status="Actief", opens=began, closes=closes))


def _debates(day: Day) -> None:
    _meeting(day, "debate", "Commissiedebat", day.facts["debate"], day.ahead(3, 10))
    _meeting(day, "talk", "Rondetafelgesprek", day.facts["talk"], day.ahead(4, 13))


def _inbreng(day: Day) -> None:
    """The moment by which the fracties hand in their questions on the bill."""
    title = str(day.again(day.id("bill"))["titel"])
    point = _meeting(day, "inbreng", "Inbreng verslag (wetsvoorstel)", title, day.ahead(14, 14))
    day.put("Zaak", day.id("bill"), {}, agendapunt=point)


def _moved(day: Day) -> None:
    """As the Kamer moves a meeting: the old one stays, moved; a new one says which it replaces, with its agenda."""
    old, new = day.id("debate"), day.id("debate-later")
    day.put("Activiteit", old, {"status": "Verplaatst"})
    at = day.ahead(10, 14)
    values = {**day.again(old), "status": "Gepland", "datum": at, "aanvangstijd": at}
    day.put("Activiteit", new, values, vervangenVanuit=old)
    day.put("Agendapunt", day.id("debate-point"), {}, activiteit=new)


def _cancelled(day: Day) -> None:
    day.put("Activiteit", day.id("talk"), {"status": "Geannuleerd"})


def _listed(day: Day) -> None:
    """What stands on the list of today's votes."""
    at: Values = {"datum": day.began, "aanvangstijd": day.began, "datumSoort": "Dag", "voortouwafkorting": "TK"}
    told = {"soort": "Stemmingen", "onderwerp": "Stemmingen", "status": "Gepland"}
    meeting = day.put("Activiteit", day.id("votes"), {**at, **told})
    for vote in day.facts["votes"]:
        case, id = f"demo-{vote['case']}", day.id(vote["case"])
        point = day.put("Agendapunt", f"{id}-point", {"onderwerp": vote["title"]}, activiteit=meeting)
        day.put("Zaak", case, {}, agendapunt=point)
        how = {"besluitSoort": "Stemmen", "stemmingsSoort": "Met handopsteken", "status": "Voorstel"}
        day.put("Besluit", id, how, agendapunt=point, zaak=case)


def _voted(day: Day) -> None:
    """Who voted how, a row for each fractie."""
    for vote in day.facts["votes"]:
        id, outcome = day.id(vote["case"]), vote["outcome"]
        said = {"besluitSoort": f"Stemmen - {outcome}", "besluitTekst": f"{outcome.capitalize()}.", "status": "Besluit"}
        day.put("Besluit", id, said)
        for choice, word in CHOICES.items():
            for fractie, seats in vote.get(choice, {}).items():
                row = {"soort": word, "fractieGrootte": seats, "actorNaam": fractie, "actorFractie": fractie}
                day.put("Stemming", f"{id}-{fractie}", row, besluit=id)


def _promise(day: Day) -> None:
    text = {"tekst": day.facts["promise"], "nummer": f"TZ{FIRST_BILL + day.number}", "status": "Openstaand"}
    who = {"functie": "minister van Asiel en Migratie", "ministerie": "Asiel en Migratie"}
    when = {"aanmaakdatum": day.began, "datumNakoming": day.ahead(30, 12)}
    day.put("Toezegging", day.id("promise"), {**text, **who, **when})


_HAPPENS: Mapping[str, Callable[[Day], None]] = {
    "known": _known,
    "bill": _bill,
    "consultation": _consultation,
    "debates": _debates,
    "inbreng": _inbreng,
    "listed": _listed,
    "moved": _moved,
    "promise": _promise,
    "extended": lambda day: _consultation(day, weeks=6),
    "voted": _voted,
    "cancelled": _cancelled,
}
