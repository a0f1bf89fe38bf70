"""What a source of parliament yields, and how it says that it cannot be trusted."""

from dataclasses import dataclass
from datetime import date


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
