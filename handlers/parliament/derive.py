"""Deriving: what parliament published becomes items as people know them, and whom they concern hears of it.

It goes on by the change numbers of entities, so that nothing that was kept is passed over, whatever ends it. Each item
is made anew from all that is around it: the order in which things came does not matter.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from pydantic import TypeAdapter

from handlers.parliament import chamber, news, senate
from handlers.parliament.mirror import Mirror
from parliament.tweedekamer import bills, meetings
from parliament.tweedekamer.bills import Around, Bill
from parliament.tweedekamer.chamber import KINDS
from parliament.tweedekamer.entity import THE_HAGUE, Entity
from parliament.tweedekamer.meetings import Meeting
from parliament.tweedekamer.votes import Vote, vote
from storage import cursors, entities, items
from storage.database import Connection
from storage.items import Item

SIDES = ("Motie", "Amendement")  # cases that are about another
MOST = 100  # changes in one transaction: commands that write wait for it
READY = ("derived", "tweedekamer")  # no source: up to which change items were made

bill_facts: TypeAdapter[Bill] = TypeAdapter(Bill)
meeting_facts: TypeAdapter[Meeting] = TypeAdapter(Meeting)
vote_facts: TypeAdapter[Vote] = TypeAdapter(Vote)


@dataclass
class _Touched:
    """What is to be made anew, by the ids of what it stays the same by."""

    bills: set[str] = field(default_factory=set)  # cases
    activities: set[str] = field(default_factory=set)
    decisions: set[str] = field(default_factory=set)
    commitments: set[str] = field(default_factory=set)
    motions: set[str] = field(default_factory=set)  # cases


def step(db: Connection, now: datetime) -> bool:
    """Make anew what the next changes touch; whether there was anything."""
    cursor = cursors.held(db, *READY)
    changed = entities.changed(db, int(cursor.value or 0), MOST)
    if not changed:
        return False
    if any(one.kind in KINDS for one in changed):
        chamber.is_due(db)
    mirror = Mirror(db)
    touched = _touched(mirror, [mirror.entity(one) for one in changed if one.kind != senate.PAGE])
    touched.bills |= _of_numbers(db, [one.id for one in changed if one.kind == senate.PAGE])
    for id in sorted(touched.activities, key=lambda one: (bool(mirror.get("Activiteit", [one])), one)):  # deleted first
        _meeting(mirror, id, now)
    for id in sorted(touched.decisions):
        _vote(mirror, id, now)
    for id in sorted(touched.commitments):
        _commitment(mirror, id, now)
    for id in sorted(touched.bills):
        _bill(mirror, id, now)
    for id in sorted(touched.motions):
        _motion(mirror, id, now)
    cursors.move(db, replace(cursor, value=str(changed[-1].change), read_at=now, tried_at=now))
    return True


def _touched(mirror: Mirror, changed: Sequence[Entity]) -> _Touched:
    """What shows any of these, and no more: whichever came first, the other is made anew when it comes."""
    of: dict[str, list[Entity]] = {}
    for one in changed:
        of.setdefault(one.kind, []).append(one)
    ids = {kind: {one.id for one in those} for kind, those in of.items()}
    found = _Touched(commitments=ids.get("Toezegging", set()))
    points, activities = of.get("Agendapunt", []), ids.get("Activiteit", set())
    cases = ids.get("Zaak", set()) | {one.id for one in mirror.pointing("Zaak", ids.get("Kamerstukdossier", ()))}
    found.activities = activities | _linked([*points, *of.get("ActiviteitActor", [])], "activiteit")
    found.activities |= _linked(of.get("Zaak", []), "activiteit")
    found.activities |= _linked(mirror.get("Agendapunt", _linked(of.get("Zaak", []), "agendapunt")), "activiteit")
    where = ids.get("Agendapunt", set()) | {one.id for one in mirror.pointing("Agendapunt", activities)}
    found.decisions = ids.get("Besluit", set()) | _linked(of.get("Stemming", []), "besluit")
    found.decisions |= {one.id for one in mirror.pointing("Besluit", where | cases)}
    found.motions = ids.get("Zaak", set()) | _linked(of.get("Document", []), "zaak")
    found.motions |= _linked([*of.get("Besluit", []), *of.get("ZaakActor", [])], "zaak")
    found.bills = _bills(mirror, of, cases | {one.id for one in mirror.pointing("Zaak", where | activities)}, found)
    return found


def _bills(mirror: Mirror, of: Mapping[str, list[Entity]], cases: set[str], found: _Touched) -> set[str]:
    """The bills that tell of these: their own cases, and those whose dossier one of the cases is in."""
    papers = [*of.get("Document", []), *of.get("ZaakActor", [])]
    near = cases | _linked(papers, "zaak") | _linked(mirror.get("Besluit", found.decisions), "zaak")
    near |= {one.id for one in mirror.pointing("Zaak", _linked(papers, "kamerstukdossier"))}
    gone = {one.id for one in of.get("Zaak", []) if one.deleted}
    own = {case.id for case in mirror.get("Zaak", near) if bills.is_bill(case)}
    return own | gone | {case.id for case in _bills_of_dossiers(mirror, near)}


def _of_numbers(db: Connection, labels: Iterable[str]) -> set[str]:
    """The cases of bills with these numbers, as far as they are here."""
    there = (items.by_number(db, items.BILL, label) for label in labels)
    return {one.key for one in there if one}


def _linked(those: Iterable[Entity], name: str) -> set[str]:
    return {id for one in those for id in one.links.get(name, ())}


def _bills_of_dossiers(mirror: Mirror, cases: Collection[str]) -> list[Entity]:
    """The bills whose dossier these cases are in: amendments and motions are told with the bill."""
    dossiers = {id for case in mirror.get("Zaak", cases) for id in case.links.get("kamerstukdossier", ())}
    return [case for case in mirror.pointing("Zaak", dossiers) if bills.is_bill(case)]


def _cases_of_activity(mirror: Mirror, ids: Sequence[str]) -> list[Entity]:
    """What stands on the agenda of a meeting, whose activities these are."""
    points = [one.id for one in mirror.pointing("Agendapunt", ids)]
    return mirror.pointing("Zaak", [*ids, *points])


def _went_on(mirror: Mirror, id: str) -> list[Entity]:
    """All that stands of a meeting whose first activity, by which we knew it, was deleted; from now on by another."""
    was = items.by_key(mirror.db, items.MEETING, id)
    story = _story(mirror, str(was.facts.get("activity") or "")) if was else []
    root = meetings.meeting(story).root if story else id
    if was and root != id and not items.by_key(mirror.db, items.MEETING, root):
        items.rekey(mirror.db, was.id, root)
        return story
    return []


def _story(mirror: Mirror, id: str) -> list[Entity]:
    """All that replaced each other, from one of them on."""
    found = {one.id: one for one in mirror.get("Activiteit", [id])}
    open_ = set(found)
    while open_:
        before = {earlier for one in open_ for earlier in found[one].links.get("vervangenVanuit", ())}
        near = [*mirror.get("Activiteit", before), *_replacing(mirror, open_)]
        new = {one.id: one for one in near if one.id not in found}
        found |= new
        open_ = set(new)
    return list(found.values())


def _replacing(mirror: Mirror, ids: Collection[str]) -> list[Entity]:
    after = mirror.pointing("Activiteit", ids)
    return [one for one in after if set(one.links.get("vervangenVanuit", ())) & set(ids)]


def _meeting(mirror: Mirror, id: str, now: datetime) -> None:
    story = _story(mirror, id) or _went_on(mirror, id)
    if not story:
        _gone(mirror.db, items.MEETING, id, now)
        return
    one = meetings.meeting(story)
    cases = _cases_of_activity(mirror, [one.id]) or _cases_of_activity(mirror, [each.id for each in story])
    about = " ".join(str(case.values.get("onderwerp") or case.values.get("titel") or "") for case in cases)
    dossiers = mirror.labels(cases)
    facts = {
        "group": one.group, "ends": _iso(one.ends), "place": one.place, "closed": one.closed, "when": one.when,
        "before": [_iso(was) for was in one.before], "committee": one.committee_name, "bills": dossiers,
        "people": _people(mirror, one.id), "zaken": list(meetings.numbers(cases)),
        "cases": sorted(case.id for case in cases), "activity": one.id,
    }  # fmt: skip
    item = Item(
        items.MEETING, one.root, one.number, one.subject or one.kind, one.kind, one.status, one.at, one.day,
        one.committee, dossiers[0] if len(dossiers) == 1 else "", f"{one.subject} {about}", one.address,
        one.at or _noon(one.day), facts,
    )  # fmt: skip
    news.keep(mirror.db, item, now)


def _people(mirror: Mirror, id: str) -> list[str]:
    """Ids and names of who takes part, as far as that is told."""
    actors = mirror.pointing("ActiviteitActor", [id])
    return mirror.named(actors)


def _vote(mirror: Mirror, id: str, now: datetime) -> None:
    besluit = next(iter(mirror.get("Besluit", [id])), None)
    found = vote(besluit, mirror.pointing("Stemming", [id])) if besluit else None
    if besluit is None or found is None:
        _gone(mirror.db, items.VOTE, id, now)
        return
    cases = _cases_of_decision(mirror, besluit)
    case = cases[0] if cases else None
    at = _moment_of(mirror, besluit)
    title = str((case and (case.values.get("onderwerp") or case.values.get("titel"))) or found.text)
    dossiers = mirror.labels(cases)
    facts = {**vote_facts.dump_python(found, mode="json"), "soort": str(case.values.get("soort")) if case else ""}
    facts |= {
        "bills": dossiers,
        "for": found.seats("voor"),
        "against": found.seats("tegen"),
        "absent": found.seats("afwezig"),
    }
    number = str(case.values.get("nummer") or "") if case else ""
    day = at.astimezone(THE_HAGUE).date() if at else None
    page = f"https://www.tweedekamer.nl/zoeken?qry={number}" if number else ""
    bill = dossiers[0] if dossiers else ""
    named = " ".join(title.split())
    item = Item(items.VOTE, id, number, named, found.manner, _stands(found), at, day, "", bill, named, page, at, facts)
    news.keep(mirror.db, item, now)


def _stands(found: Vote) -> str:
    """What became of it; in the source's word where that is not known, `op de lijst` where it is still to come."""
    return found.outcome or (found.said if found.decided else "op de lijst")


def _cases_of_decision(mirror: Mirror, besluit: Entity) -> list[Entity]:
    """Its own cases; where it names none those of its point on the agenda, when all are of one kind."""
    own = mirror.get("Zaak", besluit.links.get("zaak", ()))
    if own:
        return [one for one in own if not one.deleted]
    near = mirror.pointing("Zaak", besluit.links.get("agendapunt", ()))
    return near if len({one.values.get("soort") for one in near}) == 1 else []


def _moment_of(mirror: Mirror, besluit: Entity) -> datetime | None:
    """When it was decided: the moment of the meeting on whose agenda it stood."""
    points = mirror.get("Agendapunt", besluit.links.get("agendapunt", ()))
    where = {id for one in points for id in one.links.get("activiteit", ())}
    for one in mirror.get("Activiteit", where):
        at = one.values.get("aanvangstijd") or one.values.get("datum")
        if isinstance(at, datetime):
            return at
    return None


def _commitment(mirror: Mirror, id: str, now: datetime) -> None:
    one = next(iter(mirror.get("Toezegging", [id])), None)
    if one is None:
        _gone(mirror.db, items.COMMITMENT, id, now)
        return
    text = {name: " ".join(str(value).split()) for name, value in one.values.items() if isinstance(value, str)}
    made, due = one.values.get("aanmaakdatum"), one.values.get("datumNakoming")
    facts = {"who": text.get("naam", ""), "function": text.get("functie", ""), "ministry": text.get("ministerie", "")}
    facts |= {"activity": text.get("activiteitNummer", ""), "due": _iso(due) if isinstance(due, datetime) else ""}
    day = due.astimezone(THE_HAGUE).date() if isinstance(due, datetime) else None
    item = Item(
        items.COMMITMENT, id, text.get("nummer", ""), text.get("tekst", ""), "Toezegging", text.get("status", ""), None,
        day, "", "", text.get("tekst", ""), "", made if isinstance(made, datetime) else None, facts,
    )  # fmt: skip
    news.keep(mirror.db, item, now)


def _bill(mirror: Mirror, id: str, now: datetime) -> None:
    case = next(iter(mirror.get("Zaak", [id])), None)
    if case is None or not bills.is_bill(case):
        _gone(mirror.db, items.BILL, id, now)
        return
    found = bills.bill(case, around(mirror, case), now)
    since = found.since if found.since and found.since <= now.astimezone(THE_HAGUE).date() else None
    called = f"{found.short} — {found.title}" if found.short and found.short not in found.title else found.title
    item = Item(
        items.BILL, id, found.label or found.number, called, str(case.values.get("soort")), found.stage,
        found.inbreng, since, found.committee, found.label, f"{found.title} {found.short}", bills.page(found),
        found.began, bill_facts.dump_python(found, mode="json"),
    )  # fmt: skip
    news.keep(mirror.db, item, now)


def _motion(mirror: Mirror, id: str, now: datetime) -> None:
    """A motion or an amendment: `19637-3501`, and what became of it."""
    case = next(iter(mirror.get("Zaak", [id])), None)
    if case is None or case.values.get("soort") not in SIDES:
        _gone(mirror.db, items.MOTION, id, now)
        return
    labels, kind = mirror.labels([case]), str(case.values["soort"])
    papers = [one.values.get("volgnummer") for one in mirror.pointing("Document", [id])]
    follow = next((one for one in papers if isinstance(one, int) and one > 0), None)
    number = f"{labels[0]}-{follow}" if labels and follow else str(case.values.get("nummer") or "")
    title = " ".join(str(case.values.get("onderwerp") or case.values.get("titel") or "").split())
    began = case.values.get("gestartOp")
    decided = _side_votes(mirror, [case]).get(id)
    item = Item(
        items.MOTION, id, number, title, kind, decided.outcome if decided else "ingediend", None, None, "",
        labels[0] if labels else "", title, f"https://www.tweedekamer.nl/zoeken?qry={case.values.get('nummer') or ''}",
        began if isinstance(began, datetime) else None,
        {
            "bills": labels, "zaak": str(case.values.get("nummer") or ""),
            "people": mirror.named(mirror.pointing("ZaakActor", [id])),
        },
    )  # fmt: skip
    news.keep(mirror.db, item, now)


def around(mirror: Mirror, case: Entity) -> Around:
    """All that was published around a bill."""
    dossiers = mirror.get("Kamerstukdossier", case.links.get("kamerstukdossier", ()))
    ids = [one.id for one in dossiers]
    others = [one for one in mirror.pointing("Zaak", ids) if one.id != case.id]
    sides = [one for one in others if one.values.get("soort") in SIDES]
    points = mirror.get("Agendapunt", case.links.get("agendapunt", ()))
    where = {*case.links.get("activiteit", ()), *(id for one in points for id in one.links.get("activiteit", ()))}
    stories = {one.id: meetings.meeting(_story(mirror, one.id)) for one in mirror.get("Activiteit", where)}
    own = mirror.pointing("Besluit", [case.id])
    votes, words = [], []
    for besluit in own:
        at = _moment_of(mirror, besluit)
        day = (at or besluit.updated).astimezone(THE_HAGUE).date()
        found = vote(besluit, mirror.pointing("Stemming", [besluit.id]))
        votes += [(day, found)] if found else []
        words.append((day, str(besluit.values.get("besluitTekst") or "")))
    return Around(
        dossiers[0] if dossiers else None,
        mirror.pointing("ZaakActor", [case.id]),
        mirror.pointing("Document", [case.id, *ids]),
        list({one.root: one for one in stories.values()}.values()),
        votes,
        words,
        sides,
        _side_votes(mirror, sides),
        mirror.get("Zaak", case.links.get("gerelateerdVanuit", ())),
        senate.bill(mirror.db, bills.label(dossiers[0] if dossiers else None)),
    )


def _side_votes(mirror: Mirror, sides: Collection[Entity]) -> Mapping[str, Vote]:
    """By case the last vote on each."""
    found: dict[str, Vote] = {}
    for besluit in sorted(mirror.pointing("Besluit", [one.id for one in sides]), key=lambda one: one.updated):
        taken = vote(besluit, ())
        for id in besluit.links.get("zaak", ()):
            if taken and taken.decided:
                found[id] = taken
    return found


def _gone(db: Connection, noun: str, key: str, now: datetime) -> None:
    """What is no longer published stays, and says so: somebody may have read of it."""
    was = items.by_key(db, noun, key)
    if was and was.state != "vervallen":
        news.keep(db, replace(was, state="vervallen"), now)


def _iso(at: datetime | date | None) -> str:
    return at.isoformat() if at else ""


def _noon(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, 12, tzinfo=THE_HAGUE) if day else None
