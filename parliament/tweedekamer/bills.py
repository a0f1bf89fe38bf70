"""Bills: where a wetsvoorstel stands, told by its papers, its agenda and the decisions on it.

The Tweede Kamer says so nowhere: `afgesloten` is false on every dossier and `huidigeBehandelstatus` empty on every
case. What was decided on an amendment or a motion says nothing of the bill: only decisions on its own case count.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from parliament.dutch_dates import written
from parliament.item import SenateBill
from parliament.tweedekamer.entity import THE_HAGUE, Entity
from parliament.tweedekamer.meetings import CANCELLED, MOVED, Meeting
from parliament.tweedekamer.votes import Vote

BILLS = ("Wetgeving", "Initiatiefwetgeving", "Begroting")
# In the order in which they follow each other; the farthest that was reached is where a bill stands.
STAGES = (
    "ingediend", "advies Raad van State", "inbreng verslag", "verslag", "nota n.a.v. verslag", "nader verslag",
    "nota n.a.v. nader verslag", "aangemeld", "debat", "stemming", "aangenomen door de Tweede Kamer", "Eerste Kamer",
    "aangenomen door de Eerste Kamer", "Staatsblad", "verworpen", "verworpen door de Eerste Kamer", "ingetrokken",
)  # fmt: skip
ENDS = ("Staatsblad", "verworpen", "verworpen door de Eerste Kamer", "ingetrokken")
_PAPERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), stage)
    for pattern, stage in (
        (r"^(koninklijke boodschap|geleidende brief|voorstel van wet|memorie van toelichting)", "ingediend"),
        (r"^advies afdeling advisering raad van state", "advies Raad van State"),
        (r"^nota n\.a\.v\. het .*verslag", "nota n.a.v. verslag"),
        (r"^verslag \(initiatief\)wetsvoorstel", "verslag"),
        (r"^eindtekst", "stemming"),
        (r"^brief eerste kamer", "Eerste Kamer"),
    )
)
_FURTHER = re.compile(r"\bnader\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_WITHDRAWN = re.compile(
    r"^(?:(?:aankondiging|mededeling|brief)\s+(?:(?:van|over)\s+(?:de\s+)?)?)?intrekking\s+(?:van\s+)?(?:het\s+|dit\s+)?"
    r"(?:initiatief)?(?:wets)?voorstel(?!\s+om\b)",
    re.IGNORECASE,
)
_CONTROVERSIAL = re.compile(r"\bcontroversieel\b|\bcontroversieelverklaring\b", re.IGNORECASE)
_NOT_SO = re.compile(r"\bniet\s+(?:(?:langer|meer|als)\s+)?controversieel\b", re.IGNORECASE)
_REGISTERED = re.compile(r"\b(aanmelden|aangemeld)\b.*\bplenaire?\b", re.IGNORECASE)
_NOVELLE = re.compile(r"\bnovelle\b", re.IGNORECASE)
_SHORT = re.compile(r"\(([^()]*\bwet\b[^()]*|[^()]*wet(?:je)?)\)\s*$", re.IGNORECASE)
_PAPER = "https://zoek.officielebekendmakingen.nl/kst-"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to it. `what`: the stage it reached, or the kind of paper; `address`: "" for none."""

    day: date
    what: str
    title: str = ""
    number: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """An amendment or a motion: what became of it, "" when nothing did yet; replaced: by a changed one."""

    number: str
    kind: str
    title: str
    outcome: str = ""
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill as it stands now.

    label        its dossier: `36704`, `36800-XVI`; "" while it has none
    submitter    who brought it in; committee: the abbreviation of the one that leads
    inbreng      the next moment by which fracties hand in their questions, or the last there was; None for none
    controversial   it waits for another cabinet
    """

    id: str
    number: str
    label: str
    title: str
    short: str
    stage: str
    since: date | None = None
    submitter: str = ""
    committee: str = ""
    began: datetime | None = None
    inbreng: datetime | None = None
    controversial: bool = False
    steps: tuple[Step, ...] = ()
    sides: tuple[Side, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What the Tweede Kamer published around a bill.

    votes     (the day, the vote) on the bill's own case; side_votes: by case, those on amendments and motions
    decisions (the day, the words) of all that was decided on its own case
    senate    its page at the Eerste Kamer, where that was read
    """

    dossier: Entity | None = None
    actors: Sequence[Entity] = ()
    papers: Sequence[Entity] = ()
    meetings: Sequence[Meeting] = ()
    votes: Sequence[tuple[date, Vote]] = ()
    decisions: Sequence[tuple[date, str]] = ()
    sides: Sequence[Entity] = ()
    side_votes: Mapping[str, Vote] = field(default_factory=dict)
    related: Sequence[Entity] = ()
    senate: SenateBill | None = None


def is_bill(zaak: Entity) -> bool:
    """Whether a case is a bill."""
    return not zaak.deleted and zaak.values.get("soort") in BILLS


def label(dossier: Entity | None) -> str:
    """`36704`, `36800-XVI`; "" for none. An empty addition is no addition."""
    if dossier is None or not dossier.values.get("nummer"):
        return ""
    addition = str(dossier.values.get("toevoeging") or "").strip()
    return f"{dossier.values['nummer']}-{addition}" if addition else str(dossier.values["nummer"])


def bill(zaak: Entity, around: Around, now: datetime) -> Bill:
    """The bill as it stands at that moment: what lies ahead announces, and reaches nothing."""
    reached = sorted(_reached(around, now), key=lambda one: (STAGES.index(one[0]), one[1]))
    stage, since = reached[-1] if reached else ("ingediend", None)
    since = min((day for one, day in reached if one == stage), default=since)
    began = zaak.values.get("gestartOp")
    title = " ".join(str(zaak.values.get("titel") or zaak.values.get("onderwerp") or "").split())
    papers = [one for one in around.papers if not one.deleted]
    return Bill(
        zaak.id,
        str(zaak.values.get("nummer") or ""),
        label(around.dossier),
        title,
        _short(zaak, around.dossier, title),
        stage,
        since or (began.astimezone(THE_HAGUE).date() if isinstance(began, datetime) else None),
        _actor(around.actors, "Indiener", "actorNaam"),
        _actor(around.actors, "Voortouwcommissie", "actorAfkorting"),
        began if isinstance(began, datetime) else None,
        inbreng(around.meetings, now),
        _is_controversial((*map(_about, papers), *(text for _, text in around.decisions))),
        tuple(sorted(_steps(around, reached), key=lambda one: (one.day, one.what, one.title))),
        _sides(around),
        tuple(sorted({str(one.values.get("nummer")) for one in around.related if one.values.get("nummer")})),
    )


def _is_controversial(texts: Iterable[str]) -> bool:
    return any(_CONTROVERSIAL.search(text) and not _NOT_SO.search(text) for text in texts)


def inbreng(meetings: Iterable[Meeting], now: datetime) -> datetime | None:
    """The deadline of its inbreng: the next, or the last there was; what was cancelled or moved away is none."""
    stand = sorted(one.at for one in meetings if one.is_deadline and one.at and one.status not in (CANCELLED, MOVED))
    return next((at for at in stand if at >= now), stand[-1] if stand else None)


def address(dossier: Entity | None, paper: Entity, zaak: str = "") -> str:
    """Where a paper can be read: the official publication, or else the page of the Tweede Kamer."""
    number, follow = label(dossier), paper.values.get("volgnummer")
    if number and "(" not in number and isinstance(follow, int) and follow > 0:
        return f"{_PAPER}{number}-{follow}"
    called = paper.values.get("documentNummer")
    return f"https://www.tweedekamer.nl/kamerstukken/detail?id={zaak}&did={called}" if called else ""


def page(found: Bill) -> str:
    """The page of the bill at the Tweede Kamer; a search where it has no dossier yet."""
    if found.label:
        return f"https://www.tweedekamer.nl/kamerstukken/wetsvoorstellen/detail?dossier={found.label}"
    return f"https://www.tweedekamer.nl/zoeken?qry={found.number}"


def _reached(around: Around, now: datetime) -> Iterable[tuple[str, date]]:
    today = now.astimezone(THE_HAGUE).date()
    for paper in around.papers:
        day, stage = _day(paper), _stage_of(paper)
        if stage and day and day <= today and not paper.deleted:
            yield stage, day
    yield from _of_meetings(around, now)
    decided = sorted((one for one in around.votes if one[1].decided), key=lambda one: one[0])
    yield from (("stemming", day) for day, _ in decided)
    yield from ((_of_vote(vote), day) for day, vote in decided[-1:])  # of several, as after a mistake, the last counts
    yield from (("aangemeld", day) for day, text in around.decisions if _REGISTERED.search(text))
    yield from _of_senate(around, today)


def _of_meetings(around: Around, now: datetime) -> Iterable[tuple[str, date]]:
    today = now.astimezone(THE_HAGUE).date()
    for one in around.meetings:
        if one.day and one.status not in (CANCELLED, MOVED):
            if one.is_deadline:
                yield "inbreng verslag", one.day  # that it is asked for is the stage, though its day lies ahead
            elif one.day <= today and one.at and one.at <= now:
                yield from _of_meeting(one)


def _stage_of(paper: Entity) -> str | None:
    kind = str(paper.values.get("soort") or "")
    if kind.lower().startswith(("brief regering", "brief lid")) and _WITHDRAWN.search(_about(paper)):
        return "ingetrokken"
    found = next((stage for pattern, stage in _PAPERS if pattern.search(kind)), None)
    further = bool(_FURTHER.search(_BRACKETS.sub("", _about(paper))))
    if further and found == "verslag":
        return "nader verslag"
    return "nota n.a.v. nader verslag" if further and found == "nota n.a.v. verslag" else found


def _of_meeting(one: Meeting) -> Iterable[tuple[str, date]]:
    if one.day and one.group == "stemmingen":
        yield "stemming", one.day
    elif one.day and (one.group == "plenair" or one.kind.lower() in {"wetgevingsoverleg", "notaoverleg"}):
        yield "debat", one.day


def _of_vote(vote: Vote) -> str:
    """Put off, held over or tied is no end: it comes back."""
    if vote.outcome == "aangenomen":
        return "aangenomen door de Tweede Kamer"
    return vote.outcome if vote.outcome in ENDS else "stemming"


def _of_senate(around: Around, today: date) -> Iterable[tuple[str, date]]:
    """What its page at the Eerste Kamer tells: that it is there, what was decided there, and that it is law."""
    found = around.senate
    if found is None:
        return
    states, decided = dict(found.phases), found.decision
    begun = found.voted or found.introduced or today
    day = decided.day if decided else begun
    if {"done", "current"} & {states.get("Schriftelijke voorbereiding", ""), states.get("Plenair", "")}:
        yield "Eerste Kamer", begun
    if decided and decided.outcome in ("verworpen", "ingetrokken"):
        yield "verworpen door de Eerste Kamer" if decided.outcome == "verworpen" else "ingetrokken", day
    elif states.get("Plenair") == "done" and (decided is None or decided.outcome == "aangenomen"):
        yield "aangenomen door de Eerste Kamer", day
    if states.get("Afkondiging") == "done":
        said = next((one for one in found.standing if "staatsblad" in one.lower()), "")
        yield "Staatsblad", written(said) or day


def _steps(around: Around, reached: Iterable[tuple[str, date]]) -> Iterable[Step]:
    told = set()
    for paper in around.papers:
        day = _day(paper)
        if day and not paper.deleted:
            told.add((_stage_of(paper), day))
            kind, called = str(paper.values.get("soort") or ""), str(paper.values.get("documentNummer") or "")
            yield Step(day, kind, _about(paper), called, address(around.dossier, paper))
    for stage, day in dict.fromkeys(reached):
        if (stage, day) not in told:
            yield Step(day, stage)


def _sides(around: Around) -> tuple[Side, ...]:
    there = sorted((one for one in around.sides if not one.deleted), key=lambda one: one.id)
    replaced = {id for one in there for id in one.links.get("vervangenVanuit", ())}
    return tuple(_side(one, around.side_votes.get(one.id), one.id in replaced) for one in there)


def _side(zaak: Entity, vote: Vote | None, replaced: bool) -> Side:
    text = " ".join(str(zaak.values.get("onderwerp") or zaak.values.get("titel") or "").split())
    kind, number = str(zaak.values.get("soort") or ""), str(zaak.values.get("nummer") or "")
    return Side(number, kind, text, vote.outcome if vote else "", replaced)


def _short(zaak: Entity, dossier: Entity | None, title: str) -> str:
    """What people call it: the citeertitel, or what stands between brackets at the end of the title."""
    for one in (zaak, dossier):
        called = one and (one.values.get("citeertitel") or one.values.get("alias"))
        if called:
            return str(called)
    found = _SHORT.search(title)
    return found[1] if found else ""


def _actor(actors: Iterable[Entity], relation: str, what: str) -> str:
    named = sorted(
        (str(one.values.get(what) or one.values.get("actorNaam") or ""), one.id)
        for one in actors
        if not one.deleted and one.values.get("relatie") == relation
    )
    return named[0][0] if named else ""


def _about(paper: Entity) -> str:
    return " ".join(str(paper.values.get("onderwerp") or paper.values.get("titel") or "").split())


def _day(paper: Entity) -> date | None:
    at = paper.values.get("datum")
    return at.astimezone(THE_HAGUE).date() if isinstance(at, datetime) else None


def is_novelle(title: str) -> bool:
    """Whether it mends another bill that still waits in the Eerste Kamer."""
    return bool(_NOVELLE.search(title))
