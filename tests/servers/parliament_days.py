"""What happens in a local Tweede Kamer, in one call each: a bill comes in, a meeting is planned and moves, a vote.

What goes wrong with the server itself stands in tweedekamer.py: `fault`, `falls_silent`, `renamed`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count

from parliament.tweedekamer import sitting
from tests.servers.tweedekamer import Kamer

Seats = Mapping[str, tuple[str, int]]  # fractie -> (Voor, Tegen or Niet deelgenomen, seats)
_numbers = count(1)


def introduces_bill(
    kamer: Kamer, number: int, title: str, on: datetime, committee: str = "AM", *, kind: str = "Wetgeving"
) -> str:
    """A bill with its dossier, who brought it in, the committee that leads and its first papers; gives its id.

    kind  Wetgeving, Initiatiefwetgeving or Begroting
    """
    zaak, dossier = f"zaak-{number}", f"dossier-{number}"
    kamer.put("Kamerstukdossier", dossier, {"nummer": str(number), "titel": title, "afgesloten": "false"})
    values = {"nummer": f"2026Z{number}", "soort": kind, "titel": title, "onderwerp": title}
    values |= {"gestartOp": on.isoformat(), "organisatie": "Tweede Kamer", "afgedaan": "false"}
    kamer.put("Zaak", zaak, {**values}, links={"kamerstukdossier": (dossier,)})
    for relation, name, short in (
        ("Indiener", "minister van Asiel en Migratie", ""),
        ("Voortouwcommissie", "vaste commissie voor Asiel en Migratie", committee),
    ):
        actor = {"relatie": relation, "actorNaam": name, "actorAfkorting": short or None}
        kamer.put("ZaakActor", f"{zaak}-{relation}", {**actor}, links={"zaak": (zaak,)})
    for follow, paper in enumerate(("Koninklijke boodschap", "Voorstel van wet", "Memorie van toelichting"), 1):
        publishes(kamer, number, paper, on, follow=follow)
    return zaak


def publishes(kamer: Kamer, number: int, kind: str, on: datetime, *, follow: int = 9, subject: str = "") -> str:
    """A paper in the dossier of a bill."""
    id = f"document-{next(_numbers)}"
    values = {"soort": kind, "documentNummer": f"2026D{next(_numbers):05}", "onderwerp": subject or kind}
    values |= {"datum": on.isoformat(), "volgnummer": str(follow)}
    links = {"zaak": (f"zaak-{number}",), "kamerstukdossier": (f"dossier-{number}",)}
    kamer.put("Document", id, {**values}, links=links)
    return id


def proposes(kamer: Kamer, bill: int, kind: str, title: str, on: datetime, *, instead_of: str = "") -> str:
    """An amendment or motion to a bill, perhaps in place of an earlier one; gives the id of its case."""
    id = f"zaak-{bill}-{next(_numbers)}"
    values = {"nummer": f"2026Z{next(_numbers):05}", "soort": kind, "onderwerp": title, "titel": title}
    links = {"kamerstukdossier": (f"dossier-{bill}",)} | ({"vervangenVanuit": (instead_of,)} if instead_of else {})
    kamer.put("Zaak", id, {**values, "gestartOp": on.isoformat()}, links=links)
    return id


def plans(
    kamer: Kamer,
    kind: str,
    subject: str,
    at: datetime,
    bill: int = 0,
    *,
    committee: str = "AM",
    bills: Sequence[int] = (),
) -> str:
    """A meeting, perhaps with bills on its agenda; gives its id."""
    id = f"activiteit-{next(_numbers)}"
    _put_meeting(kamer, id, {"soort": kind, "onderwerp": subject, "voortouwafkorting": committee}, at)
    point = f"punt-{id}"
    kamer.put("Agendapunt", point, {"onderwerp": subject}, links={"activiteit": (id,)})
    for number in filter(None, (bill, *bills)):
        case = kamer.rows["Zaak", f"zaak-{number}"]
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


def deletes(kamer: Kamer, id: str) -> None:
    """A meeting is taken away, with its agenda: nothing is said of them any more."""
    for row in [row for row in kamer.rows.values() if row.kind == "Agendapunt" and id in row.links["activiteit"]]:
        kamer.delete("Agendapunt", row.id)
    kamer.delete("Activiteit", id)


def promises(kamer: Kamer, meeting: str, text: str, ministry: str = "Asiel en Migratie") -> str:
    """A minister promises something in a meeting; gives the id of the toezegging."""
    id = f"toezegging-{next(_numbers)}"
    values = {"nummer": f"TZ202611-{next(_numbers):03}", "tekst": text, "status": "Openstaand", "ministerie": ministry}
    made = kamer.at.isoformat()
    kamer.put("Toezegging", id, {**values, "aanmaakdatum": made}, links={"activiteit": (meeting,)}, prefix="ns1")
    return id


def decides(kamer: Kamer, case: int | str, outcome: str, meeting: str, seats: Seats | None = None) -> str:
    """The Kamer votes on a bill, by its number, or on another case, by its id; gives the id of the decision.

    seats  who voted how; None: that comes later, with `votes`
    """
    id, zaak = f"besluit-{next(_numbers)}", f"zaak-{case}" if isinstance(case, int) else case
    told = {"besluitSoort": f"Stemmen - {outcome}", "stemmingsSoort": "Met handopsteken", "status": "Besluit"}
    links = {"agendapunt": (f"punt-{meeting}",), "zaak": (zaak,)}
    kamer.put("Besluit", id, {**told, "besluitTekst": f"{outcome.capitalize()}."}, links=links)
    if seats:
        votes(kamer, id, seats)
    return id


def votes(kamer: Kamer, besluit: str, seats: Seats, mistaken: Sequence[str] = ()) -> None:
    """Who voted how, a row for each fractie; some say afterwards that it was by mistake."""
    for name, (said, size) in seats.items():
        values = {"soort": said, "fractieGrootte": str(size), "actorNaam": name, "actorFractie": name}
        values["vergissing"] = str(name in mistaken).lower()
        kamer.put("Stemming", f"{besluit}-{name}", {**values}, links={"besluit": (besluit,), "fractie": (name,)})


def dissents(kamer: Kamer, besluit: str, fractie: str, said: str, members: Sequence[str]) -> None:
    """Members who voted otherwise than their fractie: a row for each, with the size of the whole fractie on it."""
    size = kamer.rows["Stemming", f"{besluit}-{fractie}"].values["fractieGrootte"]
    _put_members(kamer, besluit, {member: (fractie, said, size) for member in members})


def calls_roll(kamer: Kamer, case: int | str, outcome: str, meeting: str, said: Mapping[str, tuple[str, str]]) -> str:
    """A roll call: a row for each member, with the size of the whole fractie on it.

    said  member -> (fractie, Voor, Tegen or Niet deelgenomen)
    """
    id = decides(kamer, case, outcome, meeting)
    sizes = {fractie: sum(one == fractie for one, _ in said.values()) for fractie, _ in said.values()}
    _put_members(kamer, id, {member: (one, choice, str(sizes[one])) for member, (one, choice) in said.items()})
    row = kamer.rows["Besluit", id]
    counted = "-".join(str(sum(choice == one for _, choice in said.values())) for one in ("Voor", "Tegen"))
    told = {**row.values, "stemmingsSoort": "Hoofdelijk", "besluitTekst": f"{outcome.capitalize()}. ({counted})"}
    kamer.put("Besluit", id, told, links=row.links)
    return id


def _put_members(kamer: Kamer, besluit: str, said: Mapping[str, tuple[str, str, str | None]]) -> None:
    for member, (fractie, choice, size) in said.items():
        values = {"soort": choice, "fractieGrootte": size, "actorNaam": member, "actorFractie": fractie}
        links = {"besluit": (besluit,), "fractie": (fractie,), "persoon": (member,)}
        kamer.put("Stemming", f"{besluit}-{fractie}-{member}", {**values}, links=links)


def sits(kamer: Kamer) -> None:
    """The Kamer that sits: its 17 fracties, its 150 members, and who has which seat."""
    ids: dict[str, str] = {}
    for one in sitting.fracties():
        if one.until is None:
            since = one.since.isoformat() if one.since else None
            values = {"afkorting": one.abbreviation, "naamNl": one.name, "aantalZetels": str(one.seats)}
            kamer.put("Fractie", one.source_id, {**values, "datumActief": since})
            ids[one.abbreviation] = one.source_id
    for member in sitting.kamerleden():
        name = {
            "achternaam": member.surname,
            "tussenvoegsel": member.tussenvoegsel or None,
            "roepnaam": member.roepnaam,
        }
        told = {**name, "initialen": member.initials, "functie": "Tweede Kamerlid"}
        kamer.put("Persoon", member.source_id, {**told})
        _seats(kamer, member.source_id, ids[member.seats[-1].fractie], member.seats[-1].since)


def _seats(kamer: Kamer, member: str, fractie: str, since: date | None) -> None:
    seat = f"zetel-{next(_numbers)}"
    kamer.put("FractieZetel", seat, {"gewicht": "1"}, links={"fractie": (fractie,)})
    values = {"functie": "Lid", "van": (since or date(2025, 11, 12)).isoformat(), "totEnMet": None}
    kamer.put("FractieZetelPersoon", f"{seat}-lid", values, links={"fractieZetel": (seat,), "persoon": (member,)})


def renames_fractie(kamer: Kamer, old: str, new: str, on: date = date(2026, 6, 9)) -> None:
    """A fractie goes on under another name: with a new id and new seats, on which its members sit from that day on."""
    row = next(one for one in kamer.rows.values() if one.kind == "Fractie" and one.values["afkorting"] == old)
    before = (on - timedelta(days=1)).isoformat()
    kamer.put("Fractie", row.id, {**row.values, "datumInactief": before})
    kamer.put("Fractie", new, {**row.values, "afkorting": new, "naamNl": new, "datumActief": on.isoformat()})
    seats = {one.id for one in kamer.rows.values() if one.kind == "FractieZetel" and row.id in one.links["fractie"]}
    sitting_there = [
        one
        for one in kamer.rows.values()
        if one.kind == "FractieZetelPersoon" and seats & {*one.links["fractieZetel"]} and not one.values["totEnMet"]
    ]
    for one in sitting_there:
        kamer.put("FractieZetelPersoon", one.id, {**one.values, "totEnMet": before}, links=one.links)
        _seats(kamer, one.links["persoon"][0], new, on)


def leaves(kamer: Kamer, member: str, on: date, instead: str) -> None:
    """Somebody gives up the seat; from the next day on another sits there, whose surname this is."""
    row = next(
        one
        for one in kamer.rows.values()
        if one.kind == "FractieZetelPersoon" and member in one.links["persoon"] and not one.values["totEnMet"]
    )
    kamer.put("FractieZetelPersoon", row.id, {**row.values, "totEnMet": on.isoformat()}, links=row.links)
    who = f"persoon-{next(_numbers)}"
    kamer.put("Persoon", who, {"achternaam": instead, "initialen": "X.", "functie": "Tweede Kamerlid"})
    since = (on + timedelta(days=1)).isoformat()
    links = {"fractieZetel": row.links["fractieZetel"], "persoon": (who,)}
    kamer.put("FractieZetelPersoon", f"{who}-lid", {"functie": "Lid", "van": since, "totEnMet": None}, links=links)


def holds_from_before(kamer: Kamer, count: int, kind: str = "Document") -> None:
    """So many of years ago: nobody who begins to read today asks for them, until `Kamer.touch` sends them again."""
    for number in range(count):
        at = datetime(2019, 5, 1, tzinfo=UTC) + timedelta(minutes=number)
        values = {"soort": "Brief regering", "onderwerp": f"Brief {number}", "datum": at.isoformat()}
        kamer.put(kind, f"oud-{number}", {**values}, updated=at)


def speaks_oddly(kamer: Kamer) -> dict[str, str]:
    """A meeting with each of what the feeds are known to slip in; gives what that is -> its id."""
    at = datetime(2026, 12, 1, 10, tzinfo=UTC)
    made = {
        "an unknown kind": plans(kamer, "Luchtballondebat", "Asiel", at),
        "a day in year 1": plans(kamer, "Commissiedebat", "Asiel", datetime(1, 1, 1)),  # noqa: DTZ001  # as it is sent
        "an unknown element": plans(kamer, "Commissiedebat", "Asiel", at),
        "another prefix": plans(kamer, "Commissiedebat", "Asiel", at),
        "an unknown status": plans(kamer, "Commissiedebat", "Asiel", at),
    }
    changes: dict[str, dict[str, str | None]] = {
        "an unknown element": {"toegezegdAan": "x"},
        "an unknown status": {"status": "Zwevend"},
        "another prefix": {},
    }
    for what, more in changes.items():
        row = kamer.rows["Activiteit", made[what]]
        prefix = "ns1" if what == "another prefix" else "tk"
        kamer.put("Activiteit", row.id, {**row.values, **more}, links=row.links, prefix=prefix)
    return made


def _put_meeting(kamer: Kamer, id: str, values: dict[str, str | None], at: datetime, replaces: str = "") -> None:
    told = {"status": "Gepland", "datumSoort": "Dag", "besloten": "false", "voortouwnaam": "Asiel en Migratie"}
    number = f"2026A{next(_numbers):05}"
    when = {"datum": at.isoformat(), "aanvangstijd": at.isoformat(), "nummer": number}
    links = {"vervangenVanuit": (replaces,)} if replaces else {}
    kamer.put("Activiteit", id, {**values, **told, **when}, links=links)
