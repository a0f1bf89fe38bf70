"""What happens in a local Tweede Kamer, in one call each: a bill comes in, a meeting is planned and moves, a vote."""

from collections.abc import Mapping
from datetime import datetime
from itertools import count

from tests.servers.tweedekamer import Kamer

Seats = Mapping[str, tuple[str, int]]  # fractie -> (Voor, Tegen or Niet deelgenomen, seats)
_numbers = count(1)


def introduces_bill(kamer: Kamer, number: int, title: str, on: datetime, committee: str = "AM") -> str:
    """A bill with its dossier, who brought it in, the committee that leads and its first papers; gives its id."""
    zaak, dossier = f"zaak-{number}", f"dossier-{number}"
    kamer.put("Kamerstukdossier", dossier, {"nummer": str(number), "titel": title, "afgesloten": "false"})
    values = {"nummer": f"2026Z{number}", "soort": "Wetgeving", "titel": title, "onderwerp": title}
    values |= {"gestartOp": on.isoformat(), "organisatie": "Tweede Kamer", "afgedaan": "false"}
    kamer.put("Zaak", zaak, {**values}, links={"kamerstukdossier": (dossier,)})
    for relation, name, short in (
        ("Indiener", "minister van Asiel en Migratie", ""),
        ("Voortouwcommissie", "vaste commissie voor Asiel en Migratie", committee),
    ):
        actor = {"relatie": relation, "actorNaam": name, "actorAfkorting": short or None}
        kamer.put("ZaakActor", f"{zaak}-{relation}", {**actor}, links={"zaak": (zaak,)})
    for follow, kind in enumerate(("Koninklijke boodschap", "Voorstel van wet", "Memorie van toelichting"), 1):
        publishes(kamer, number, kind, on, follow=follow)
    return zaak


def publishes(kamer: Kamer, number: int, kind: str, on: datetime, *, follow: int = 9, subject: str = "") -> str:
    """A paper in the dossier of a bill."""
    id = f"document-{next(_numbers)}"
    values = {"soort": kind, "documentNummer": f"2026D{next(_numbers):05}", "onderwerp": subject or kind}
    values |= {"datum": on.isoformat(), "volgnummer": str(follow)}
    links = {"zaak": (f"zaak-{number}",), "kamerstukdossier": (f"dossier-{number}",)}
    kamer.put("Document", id, {**values}, links=links)
    return id


def plans(kamer: Kamer, kind: str, subject: str, at: datetime, bill: int = 0, *, committee: str = "AM") -> str:
    """A meeting, perhaps with a bill on its agenda; gives its id."""
    id = f"activiteit-{next(_numbers)}"
    _put_meeting(kamer, id, {"soort": kind, "onderwerp": subject, "voortouwafkorting": committee}, at)
    point = f"punt-{id}"
    kamer.put("Agendapunt", point, {"onderwerp": subject}, links={"activiteit": (id,)})
    if bill:
        case = kamer.rows["Zaak", f"zaak-{bill}"]
        points = (*case.links.get("agendapunt", ()), point)
        kamer.put("Zaak", case.id, dict(case.values), links={**case.links, "agendapunt": points})
    return id


def moves(kamer: Kamer, id: str, to: datetime) -> str:
    """As the Kamer moves a meeting: the old one stays, moved; a new one says which it replaces, with its agenda."""
    old = kamer.rows["Activiteit", id]
    kamer.put("Activiteit", id, {**old.values, "status": "Verplaatst"}, links=old.links)
    new = f"{id}-{next(_numbers)}"
    _put_meeting(kamer, new, dict(old.values), to, replaces=id)
    for row in [row for row in kamer.rows.values() if row.kind == "Agendapunt" and id in row.links["activiteit"]]:
        kamer.put("Agendapunt", row.id, dict(row.values), links={"activiteit": (new,)})
    return new


def cancels(kamer: Kamer, id: str) -> None:
    """It does not take place."""
    old = kamer.rows["Activiteit", id]
    values = {**old.values, "status": "Geannuleerd", "onderwerp": f"{old.values['onderwerp']} (geannuleerd)"}
    kamer.put("Activiteit", id, values, links=old.links)


def decides(kamer: Kamer, bill: int, outcome: str, meeting: str, seats: Seats | None = None) -> str:
    """The Kamer votes on a bill; without seats who voted how comes later."""
    id, zaak = f"besluit-{next(_numbers)}", f"zaak-{bill}"
    told = {"besluitSoort": f"Stemmen - {outcome}", "stemmingsSoort": "Met handopsteken", "status": "Besluit"}
    links = {"agendapunt": (f"punt-{meeting}",), "zaak": (zaak,)}
    kamer.put("Besluit", id, {**told, "besluitTekst": f"{outcome.capitalize()}."}, links=links)
    if seats:
        votes(kamer, id, seats)
    return id


def votes(kamer: Kamer, besluit: str, seats: Seats) -> None:
    """Who voted how, a row for each fractie."""
    for name, (said, size) in seats.items():
        values = {"soort": said, "fractieGrootte": str(size), "actorNaam": name, "actorFractie": name}
        kamer.put("Stemming", f"{besluit}-{name}", {**values}, links={"besluit": (besluit,), "fractie": (name,)})


def renames_fractie(kamer: Kamer, old: str, new: str) -> None:
    """A fractie goes on under another name: with a new id, and its seats are those of the new one."""
    row = kamer.rows["Fractie", old]
    kamer.put("Fractie", old, {**row.values, "datumInactief": "2026-06-09"})
    kamer.put("Fractie", new, {**row.values, "afkorting": new, "naamNl": new, "datumActief": "2026-06-09"})
    for seat in [one for one in kamer.rows.values() if one.kind == "FractieZetel" and old in one.links["fractie"]]:
        kamer.put("FractieZetel", seat.id, dict(seat.values), links={"fractie": (new,)})


def _put_meeting(kamer: Kamer, id: str, values: dict[str, str | None], at: datetime, replaces: str = "") -> None:
    told = {"status": "Gepland", "datumSoort": "Dag", "besloten": "false", "voortouwnaam": "Asiel en Migratie"}
    number = f"2026A{next(_numbers):05}"
    when = {"datum": at.isoformat(), "aanvangstijd": at.isoformat(), "nummer": number}
    links = {"vervangenVanuit": (replaces,)} if replaces else {}
    kamer.put("Activiteit", id, {**values, **told, **when}, links=links)
