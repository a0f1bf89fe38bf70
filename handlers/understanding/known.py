"""Somebody we know, and somebody named in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody we know, as they were on the day; `fractie` is its abbreviation, "" where there is none.

    former  they held this function, and no longer do
    """

    id: int
    surname: str
    tussenvoegsel: str
    initials: str
    roepnaam: str
    fractie: str
    function: str
    organisation: str
    former: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in a text.

    ids     everybody it can be; one when certain, none when it is nobody we know
    office  named by an office alone, of which we do not know the holder
    absent  named, but not spoken to: `motie Podt`, `zonder Podt`
    former  can only be somebody who no longer holds their function, and the text does not say so
    earlier who else goes by the name, but not on that day
    """

    start: int
    end: int
    text: str
    ids: tuple[int, ...]
    office: bool = False
    absent: bool = False
    former: bool = False
    earlier: tuple[int, ...] = ()
