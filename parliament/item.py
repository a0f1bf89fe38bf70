"""What a source of parliament yields, and how it says that it cannot be trusted."""

from dataclasses import dataclass
from datetime import date, time


class SourceChanged(Exception):
    """A source answers, but not with what it promised: somebody has to look today."""


@dataclass(frozen=True, slots=True)
class Fractie:
    """A group in the Tweede Kamer.

    source_id  Fractie Id of the Tweede Kamer
    seats      how many it has, or had on its last day
    aliases    other names by which people call it
    since      first day; None when not known
    until      last day; None while it sits
    """

    source_id: str
    abbreviation: str
    name: str
    seats: int
    aliases: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A stretch of time in which a Kamerlid sat for one fractie, both days included.

    fractie  its abbreviation
    since    None: from before what we know
    until    None: still
    """

    fractie: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Kamerlid:
    """A member of the Tweede Kamer.

    source_id  Persoon_Id of the Tweede Kamer
    roepnaam   "" when not known
    seats      oldest first; the last one is the present one
    """

    source_id: str
    surname: str
    tussenvoegsel: str
    initials: str
    roepnaam: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """An internet consultation.

    slug    of its page: internetconsultatie.nl/<slug>
    closes  the last day on which one can answer, to its end; None when not told
    kind    Wet, AMvB, Beleidsnota …
    chain   the Keten-ID, under which the legislation calendar knows it; "" when not told
    calendar  its number there, `WGK027200`; "" when not told
    """

    slug: str
    title: str
    status: str
    ministry: str
    closes: date | None = None
    opens: date | None = None
    kind: str = ""
    summary: str = ""
    chain: str = ""
    calendar: str = ""

    @property
    def is_open(self) -> bool:
        """Whether one can answer."""
        return self.status == "Actief"


@dataclass(frozen=True, slots=True)
class SenateItem:
    """Something on the agenda of the Eerste Kamer: of a plenary day, or a meeting of a committee.

    kind     what it is: Hamerstukken, mondeling overleg …; "" of a committee that meets by itself
    bills    the dossiers it is about: (`36920`, title)
    address  of its own page; "" of an item of a plenary day
    pages    the last part of the addresses of its bills' own pages, where it links to them: `36920_wet_implementatie`
    """

    day: date
    kind: str
    begins: time | None = None
    ends: time | None = None
    committee: str = ""
    bills: tuple[tuple[str, str], ...] = ()
    address: str = ""
    pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SenateVote:
    """Something that the Eerste Kamer decided. Nobody counts seats there.

    number   of what: `36704`, `36800-XVI`, of a motion `37020, M`, of several `36703 / 36704, O`
    outcome  aangenomen, verworpen, gestaakt, or the source's own word
    manner   zitten en opstaan, hoofdelijk, algemene stemmen, zonder stemming, hamerstuk, or the source's own word
    for_, against  fracties; one that split is on both sides
    members_for, members_against  members who are named: all in a roll call, else those who differ from their fractie
    noted    fracties that want it known that they had been against
    address  of the part of the report; "" when not told
    """

    day: date
    number: str
    title: str
    outcome: str
    manner: str
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    members_for: tuple[str, ...] = ()
    members_against: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class SenatePaper:
    """A document of a bill. `number`: as the page says it, `TK, 12`; "" for none."""

    day: date
    title: str
    address: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class SenateBill:
    """A bill as the Eerste Kamer shows it.

    phases    (name, state) of Tweede Kamer, Schriftelijke voorbereiding, Plenair, Afkondiging; done, current or todo
    standing  the sentences under *Stand van zaken*, in order
    voted     the day on which the Tweede Kamer accepted it; `for_`, `against`: the fracties that did
    decision  what the Eerste Kamer made of it; None while it did not
    """

    number: str
    title: str
    phases: tuple[tuple[str, str], ...]
    standing: tuple[str, ...]
    introduced: date | None = None
    voted: date | None = None
    for_: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    signed_by: tuple[str, ...] = ()
    papers: tuple[SenatePaper, ...] = ()
    decision: SenateVote | None = None
