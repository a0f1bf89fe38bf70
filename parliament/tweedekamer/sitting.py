"""The sitting Tweede Kamer, from the tables beside this file. Source: Tweede Kamer der Staten-Generaal (CC0)."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from parliament.item import Fractie, Kamerlid, Seat, SourceChanged

MEMBERS = 150
FRACTIES = 17


def fracties(folder: Path = Path(__file__).parent) -> tuple[Fractie, ...]:
    """The sitting fracties, largest first, then those that no longer sit (`until` is set).

    Raises SourceChanged when not exactly 17 sit, or their seats are not 150.
    """
    found = tuple(
        Fractie(
            source_id=row["source_id"],
            abbreviation=row["abbreviation"],
            name=row["name"],
            seats=int(row["seats"]),
            aliases=tuple(row["aliases"].split("; ")) if row["aliases"] else (),
            since=_day(row["since"]),
            until=_day(row["until"]),
        )
        for row in _rows(folder / "fracties.csv")
    )
    sitting = [fractie for fractie in found if fractie.until is None]
    _expect("sitting fracties", FRACTIES, len(sitting))
    _expect("seats of the fracties", MEMBERS, sum(fractie.seats for fractie in sitting))
    return found


def kamerleden(folder: Path = Path(__file__).parent) -> tuple[Kamerlid, ...]:
    """The sitting members, by surname.

    Raises SourceChanged when they are not 150, or do not fill the seats that the fracties have.
    """
    seats: dict[str, list[Seat]] = {}
    for row in _rows(folder / "zetels.csv"):
        seat = Seat(row["fractie"], _day(row["since"]), _day(row["until"]))
        seats.setdefault(row["kamerlid"], []).append(seat)
    found = tuple(
        Kamerlid(
            source_id=row["source_id"],
            surname=row["surname"],
            tussenvoegsel=row["tussenvoegsel"],
            initials=row["initials"],
            roepnaam=row["roepnaam"],
            seats=tuple(seats.pop(row["source_id"], ())),
        )
        for row in _rows(folder / "kamerleden.csv")
    )
    if seats:
        raise SourceChanged(f"seats of nobody we know: {', '.join(seats)}")
    _check(found, fracties(folder))
    return found


def _check(members: Sequence[Kamerlid], groups: Sequence[Fractie]) -> None:
    _expect("members", MEMBERS, len({member.source_id for member in members}))
    known = {group.abbreviation for group in groups}
    strange = {seat.fractie for member in members for seat in member.seats} - known
    if strange:
        raise SourceChanged(f"seats of fracties we do not know: {', '.join(sorted(strange))}")
    taken = Counter(member.seats[-1].fractie for member in members if member.seats and member.seats[-1].until is None)
    for group in groups:
        _expect(
            f"members of {group.abbreviation}", group.seats if group.until is None else 0, taken[group.abbreviation]
        )


def _expect(what: str, expected: int, found: int) -> None:
    if found != expected:
        raise SourceChanged(f"{what}: expected {expected}, found {found}")


def _rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
