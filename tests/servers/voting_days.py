"""Days on which the Tweede Kamer votes, from the recorded votes: the agenda first, and later what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from tests.servers import votes_of_2026
from tests.servers.tweedekamer import Kamer
from tests.servers.votes_of_2026 import DATA, KINDS_OF_ZAAK

_VERSLAG = "{http://www.tweedekamer.nl/ggm/vergaderverslag/v1.0}"
THE_HAGUE = ZoneInfo("Europe/Amsterdam")


def of(day: date) -> list[dict[str, Any]]:
    """What was voted on that day, on anything."""
    return [one for one in votes_of_2026.recorded("tweede-kamer") if one["date"] == day.isoformat()]


def plans(kamer: Kamer, day: date, votes: Sequence[dict[str, Any]]) -> None:
    """The votes stand on the agenda of that day at three; each case came in a week before."""
    at, began = f"{day}T15:00:00+02:00", f"{day - timedelta(days=7)}T12:00:00+02:00"
    values: dict[str, str | None] = {
        "soort": "Stemmingen", "onderwerp": "Stemmingen", "datum": at, "aanvangstijd": at, "status": "Gepland",
        "datumSoort": "Dag", "nummer": f"2026A{day:%m%d}", "voortouwafkorting": "TK",
    }  # fmt: skip
    kamer.put("Activiteit", f"stemmingen-{day}", values)
    for one in votes:
        number = one["id"]
        point, case = f"punt-{number}", {"nummer": one["source"].rpartition("=")[2], "titel": one["title"]}
        kamer.put("Agendapunt", point, {"onderwerp": "Stemming"}, links={"activiteit": (f"stemmingen-{day}",)})
        more = {"soort": KINDS_OF_ZAAK[one["type"]], "onderwerp": one["title"], "gestartOp": began}
        kamer.put("Zaak", f"z{number}", {**case, **more}, links={"agendapunt": (point,)})


def votes(kamer: Kamer, taken: Sequence[dict[str, Any]]) -> None:
    """What came of them, per fractie."""
    called = votes_of_2026.names()
    for one in taken:
        number = str(one["id"])
        told = {"besluitSoort": f"Stemmen - {one['resultLabel'].lower()}", "stemmingsSoort": "Met handopsteken"}
        told |= {"status": "Besluit", "besluitTekst": f"{one['resultLabel']}."}
        kamer.put("Besluit", f"b{number}", {**told}, links={"agendapunt": (f"punt-{number}",), "zaak": (f"z{number}",)})
        for slug, seats in one["votes"].items():
            votes_of_2026.put_fractie(kamer, number, (slug, called.get(slug, slug)), seats)


def verslag(kamer: Kamer, name: str) -> date:
    """The meetings of a recorded report, as they were on the agenda; gives its day."""
    (path,) = (DATA / "vlos").glob(f"*{name}*")
    meeting = ET.parse(path).getroot().find(f"{_VERSLAG}vergadering")  # noqa: S314  # a recorded official publication
    assert meeting is not None
    day = datetime.fromisoformat(str(meeting.findtext(f"{_VERSLAG}datum"))).date()
    for activity in meeting.iter(f"{_VERSLAG}activiteit"):
        id, kind = activity.get("objectid", ""), activity.get("soort", "")
        began = datetime.fromisoformat(str(activity.findtext(f"{_VERSLAG}aanvangstijd"))).replace(tzinfo=THE_HAGUE)
        values: dict[str, str | None] = {
            "soort": kind, "onderwerp": activity.findtext(f"{_VERSLAG}onderwerp"), "status": "Gepland",
            "datum": began.isoformat(), "aanvangstijd": began.isoformat(), "datumSoort": "Dag", "nummer": id[:10],
            "voortouwafkorting": "TK",
        }  # fmt: skip
        kamer.put("Activiteit", id, values)
        for count, head in enumerate(activity.iter(f"{_VERSLAG}activiteithoofd")):
            point = f"{id}-{count}"
            said = {"onderwerp": head.findtext(f"{_VERSLAG}titel") or kind}
            kamer.put("Agendapunt", point, {**said}, links={"activiteit": (id,)})
            case = {"nummer": f"{id[:6]}{count}", "soort": "Brief commissie", "gestartOp": began.isoformat()}
            titled = {"titel": head.findtext(f"{_VERSLAG}onderwerp"), "onderwerp": head.findtext(f"{_VERSLAG}titel")}
            kamer.put("Zaak", f"z{point}", {**case, **titled}, links={"agendapunt": (point,)})
    return day
