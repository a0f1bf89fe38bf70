"""The votes of ../shared/data as the Tweede Kamer would publish them: put in a local one, to be read back."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.servers.tweedekamer import Kamer

DATA = Path(__file__).parents[3] / "shared/data/parliament"
KINDS_OF_ZAAK = {"motie": "Motie", "amendement": "Amendement", "wetsvoorstel": "Wetgeving"}
SAID = {"agree": "Voor", "disagree": "Tegen", "abstain": "Niet deelgenomen"}


def recorded(name: str) -> list[dict[str, Any]]:
    """One of the files: `tweede-kamer`, `tweede-kamer.asiel-subset`, `tweede-kamer.wetsvoorstellen`."""
    read = json.loads((DATA / "votes" / f"{name}.json").read_text(encoding="utf-8"))
    return list(read["moties"] if isinstance(read, dict) else read)


def names() -> dict[str, str]:
    """What each fractie is called, by the word of the file for it."""
    read = json.loads((DATA / "votes" / "tweede-kamer.json").read_text(encoding="utf-8"))
    return {one["slug"]: one["name"] for one in read["parties"]}


def put(kamer: Kamer, votes: list[dict[str, Any]]) -> None:
    """Each vote as an Activiteit, Agendapunt, Zaak, Besluit, and a Stemming for each fractie; a split one has two."""
    called = names()
    for one in votes:
        number, day = str(one["id"]), date.fromisoformat(one["date"])
        at = f"{day}T15:00:00+02:00"
        _put_meeting(kamer, number, at)
        title = {"nummer": one["source"].rpartition("=")[2], "soort": KINDS_OF_ZAAK[one["type"]], "titel": one["title"]}
        more = {"onderwerp": one["title"], "gestartOp": f"{day}T00:00:00+02:00"}
        kamer.put("Zaak", f"z{number}", {**title, **more}, links={"agendapunt": (f"p{number}",)})
        told = {"stemmingsSoort": "Met handopsteken", "status": "Besluit", "besluitTekst": f"{one['resultLabel']}."}
        told["besluitSoort"] = f"Stemmen - {one['resultLabel'].lower()}"
        kamer.put("Besluit", f"b{number}", {**told}, links={"agendapunt": (f"p{number}",), "zaak": (f"z{number}",)})
        for slug, seats in one["votes"].items():
            put_fractie(kamer, number, (slug, called.get(slug, slug)), seats)


def _put_meeting(kamer: Kamer, number: str, at: str) -> None:
    values: dict[str, str | None] = {
        "soort": "Stemmingen", "onderwerp": "Stemmingen", "datum": at, "aanvangstijd": at, "status": "Uitgevoerd",
        "datumSoort": "Dag", "nummer": f"2026A{number[:5]}", "voortouwafkorting": "TK",
    }  # fmt: skip
    kamer.put("Activiteit", f"a{number}", values)
    kamer.put("Agendapunt", f"p{number}", {"onderwerp": "Stemming"}, links={"activiteit": (f"a{number}",)})


def put_fractie(kamer: Kamer, number: str, fractie: tuple[str, str], seats: dict[str, int]) -> None:
    """One row; of a fractie that split the whole on the larger side, and a row for each who was on another."""
    slug, name = fractie
    side = max(SAID, key=lambda one: seats[one])
    size, links = sum(seats.values()), {"besluit": (f"b{number}",), "fractie": (slug,)}
    row = {"fractieGrootte": str(size), "actorNaam": name, "actorFractie": name, "vergissing": "false"}
    kamer.put("Stemming", f"s{number}-{slug}", {**row, "soort": SAID[side]}, links=links)
    others = [one for one in SAID if one != side for _ in range(seats[one])]
    for count, one in enumerate(others):
        person = {**row, "actorNaam": f"Lid {count} van {name}", "soort": SAID[one]}
        kamer.put("Stemming", f"s{number}-{slug}-{count}", {**person}, links={**links, "persoon": (f"{slug}-{count}",)})


def moment(one: dict[str, Any]) -> datetime:
    """When a recorded vote was."""
    return datetime.fromisoformat(f"{one['date']}T15:00:00+02:00")
