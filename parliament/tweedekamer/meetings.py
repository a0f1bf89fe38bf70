"""Meetings: what stands on the agenda as people know it. One that moves is one story, whatever becomes of its numbers.

A moved meeting is not an updated row: the old Activiteit stays, with the status Verplaatst, and a new one with another
id says which it replaces. The first of such a chain is what it stays the same by.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from parliament.tweedekamer.entity import THE_HAGUE, Entity

Group = Literal["plenair", "commissie", "inbreng", "extern", "procedurevergadering", "stemmingen", "overig"]

PLANNED, DONE, CANCELLED, MOVED = "Gepland", "Uitgevoerd", "Geannuleerd", "Verplaatst"
PLENARY = "TK"  # the committee that a plenary meeting is said to be of
_PLENARY = {"vragenuur", "regeling van werkzaamheden", "hamerstukken", "interpellatiedebat"}
_COMMITTEE = {"commissiedebat", "wetgevingsoverleg", "notaoverleg", "begrotingsoverleg", "algemeen overleg"}
_OUTSIDE = {"rondetafelgesprek", "technische briefing", "gesprek", "petitie", "werkbezoek"}
_SUFFIX = re.compile(r"\s*\((?:geannuleerd|verplaatst|vervallen)\)\s*$", re.IGNORECASE)
_PAGES = "https://www.tweedekamer.nl/debat_en_vergadering"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it stands now.

    root       the id by which it stays the same; id, number: of the present Activiteit
    group      what it is to who plans a day; an inbreng is no meeting but a deadline
    at, ends   aware; None where no hour is told; day: on the clock of The Hague, None when that is not known either
    when       what is said in place of a day: `Weeknummer`, `Nog geen datum bekend`; "" where there is one
    committee  its abbreviation, "" for a plenary meeting
    status     Gepland, Uitgevoerd, Geannuleerd, Verplaatst (moved, and no new date yet), or what the source says
    before     when it was to be, before it was moved: the earliest first
    """

    root: str
    id: str
    number: str
    kind: str
    group: Group
    subject: str
    status: str
    at: datetime | None = None
    ends: datetime | None = None
    day: date | None = None
    when: str = ""
    place: str = ""
    committee: str = ""
    committee_name: str = ""
    closed: bool = False
    before: tuple[datetime | date, ...] = ()
    address: str = ""

    @property
    def is_deadline(self) -> bool:
        """Whether it is a moment by which something must be in, and nothing to go to."""
        return self.group == "inbreng"


def group(kind: str) -> Group:
    """What a kind of Activiteit is to who plans a day; what nobody knew of is `overig`."""
    said = kind.lower().strip()
    if said == "stemmingen":
        return "stemmingen"
    if said.startswith("plenair debat") or said in _PLENARY:
        return "plenair"
    if said.startswith("inbreng"):
        return "inbreng"
    if said.endswith("procedurevergadering"):
        return "procedurevergadering"
    if said in _COMMITTEE:
        return "commissie"
    return "extern" if said in _OUTSIDE or said.startswith("hoorzitting") else "overig"


def stories(activities: Iterable[Entity]) -> list[list[Entity]]:
    """What replaces each other belongs together; each Activiteit stands in one story, the smallest id first."""
    known = {one.id: one for one in activities if not one.deleted}
    head: dict[str, str] = {}

    def root(id: str) -> str:
        while head.get(id, id) != id:
            id = head[id]
        return id

    for one in known.values():
        for earlier in one.links.get("vervangenVanuit", ()):
            first, second = sorted((root(one.id), root(earlier)))
            head[second] = first
    found: dict[str, list[Entity]] = {}
    for id in sorted(known):
        found.setdefault(root(id), []).append(known[id])
    return list(found.values())


def meeting(story: Sequence[Entity]) -> Meeting:
    """The meeting that a story comes to: the one that replaced all others."""
    replaced = {id for one in story for id in one.links.get("vervangenVanuit", ())}
    present = max(story, key=lambda one: (one.id not in replaced, one.values.get("status") != MOVED, _age(one)))
    earlier = sorted((one for one in story if one is not present), key=_age)
    root = min((one.id for one in story if not one.links.get("vervangenVanuit")), default=min(one.id for one in story))
    text: Mapping[str, str] = {name: str(value) for name, value in present.values.items() if isinstance(value, str)}
    at, day = _begins(present), _day(present)
    committee = text.get("voortouwafkorting", "")
    plenary = committee in ("", PLENARY)
    return Meeting(
        root,
        present.id,
        text.get("nummer", ""),
        text.get("soort", ""),
        group(text.get("soort", "")),
        _SUFFIX.sub("", " ".join(text.get("onderwerp", "").split())),
        text.get("status", ""),
        at,
        _moment(present, "eindtijd"),
        day,
        "" if day else text.get("datumSoort", ""),
        text.get("locatie", ""),
        "" if plenary else committee,
        "" if plenary else text.get("voortouwnaam", ""),
        present.values.get("besloten") is True,
        tuple(was for one in earlier if (was := _begins(one) or _day(one)) and was not in (at, day)),
        address(text.get("nummer", ""), plenary),
    )


def address(number: str, plenary: bool) -> str:
    """Its page at the Tweede Kamer; "" without a number."""
    if not number:
        return ""
    if plenary:
        return f"{_PAGES}/plenaire_vergaderingen/details/activiteit?id={number}"
    return f"{_PAGES}/commissievergaderingen/details?id={number}"


def moved(old: Meeting, new: Meeting) -> bool:
    """Whether who wanted to be there must be told of another day or hour."""
    return (old.day, old.at) != (new.day, new.at)


def _age(one: Entity) -> tuple[datetime, str]:
    return one.updated, one.id


def _moment(one: Entity, field: str) -> datetime | None:
    found = one.values.get(field)
    return found if isinstance(found, datetime) else None


def _begins(one: Entity) -> datetime | None:
    """When it begins; a plenary week tells the hour with the day."""
    at = _moment(one, "aanvangstijd")
    if at:
        return at
    said = _moment(one, "datum")
    local = said.astimezone(THE_HAGUE) if said else None
    return said if local and (local.hour or local.minute) else None


def _day(one: Entity) -> date | None:
    """On the clock of The Hague, never that of UTC; of a week or an unknown date there is none."""
    if one.values.get("datumSoort") in {"Weeknummer", "Nog geen datum bekend"}:
        return None
    found = _moment(one, "aanvangstijd") or _moment(one, "datum")
    return found.astimezone(THE_HAGUE).date() if found else None


def numbers(zaken: Collection[Entity]) -> tuple[str, ...]:
    """By which the cases on an agenda are called."""
    return tuple(sorted(str(one.values["nummer"]) for one in zaken if one.values.get("nummer")))
