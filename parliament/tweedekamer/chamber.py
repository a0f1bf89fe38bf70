"""Who sits in the Tweede Kamer, from its own feed: the fracties, their members, and who sat for which one when."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from parliament.item import Fractie, Kamerlid, Seat, SourceChanged
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.sitting import MEMBERS

KINDS = ("Persoon", "Fractie", "FractieZetel", "FractieZetelPersoon")
VACANT = 10  # seats that may be empty for a while: more, and the feed does not tell all
_DAY = timedelta(days=1)
_NAMES = ("achternaam", "tussenvoegsel", "initialen", "roepnaam")


@dataclass(frozen=True, slots=True)
class Chamber:
    """Entities by their ids: of the four kinds that tell who sits."""

    people: Mapping[str, Entity]
    fracties: Mapping[str, Entity]
    seats: Mapping[str, Entity]
    holders: Sequence[Entity]

    def sitting(self, today: date, known: Collection[str] = ()) -> tuple[tuple[Fractie, ...], tuple[Kamerlid, ...]]:
        """The fracties and the members who sit on a day, and of the people in `known` when they did.

        SourceChanged: it cannot be, as while the half of a change has come.
        """
        held = self._held(known, today)
        named = {id: one for id, one in self.people.items() if _text(one, "achternaam")}  # others are placeholders
        members = tuple(_member(named[id], seats) for id, seats in sorted(held.items()) if id in named)
        needed = {seat.fractie for one in members for seat in one.seats}
        groups = [_fractie(one) for one in self.fracties.values() if _text(one, "afkorting")]
        groups = [one for one in groups if _sits(one, today) or one.abbreviation in needed]
        # of several of one name the one that sits, or sat last, is what the name means
        groups.sort(key=lambda one: (not _sits(one, today), -(one.since or date.min).toordinal(), one.source_id))
        meant = {one.abbreviation: one for one in reversed(groups)}
        _check([one for one in meant.values() if _sits(one, today)], members, today)
        largest_first = sorted(meant.values(), key=lambda one: (not _sits(one, today), -one.seats, one.abbreviation))
        return tuple(largest_first), members

    def _held(self, known: Collection[str], today: date) -> Mapping[str, tuple[Seat, ...]]:
        """Person -> the stretches they sat, of those who sit or are known."""
        found: dict[str, list[Seat]] = {}
        for one in self.holders:
            fractie = self._fractie_of(one)
            for person in one.links.get("persoon", ()) if fractie else ():
                found.setdefault(person, []).append(Seat(fractie, _day(one, "van"), _day(one, "totEnMet")))
        told = {id: _joined(seats) for id, seats in found.items()}
        return {id: seats for id, seats in told.items() if id in known or _covers(seats[-1], today)}

    def _fractie_of(self, holder: Entity) -> str:
        for seat in (self.seats.get(id) for id in holder.links.get("fractieZetel", ())):
            for fractie in (self.fracties.get(id) for id in (seat.links.get("fractie", ()) if seat else ())):
                if fractie:
                    return _text(fractie, "afkorting")
        return ""


def _joined(seats: Iterable[Seat]) -> tuple[Seat, ...]:
    """Oldest first; what follows on each other for one fractie is one stretch, whatever chair it was."""
    found: list[Seat] = []
    for _, same in groupby(sorted(seats, key=lambda one: one.fractie), lambda one: one.fractie):
        for one in sorted(same, key=_order):
            last = found[-1] if found and found[-1].fractie == one.fractie else None
            if last and (last.until is None or (one.since or date.min) <= last.until + _DAY):
                until = None if last.until is None or one.until is None else max(last.until, one.until)
                found[-1] = Seat(last.fractie, last.since, until)
            else:
                found.append(one)
    return tuple(sorted(found, key=_order))


def _order(seat: Seat) -> tuple[date, date]:
    return seat.since or date.min, seat.until or date.max


def _covers(seat: Seat, day: date) -> bool:
    return (seat.since or date.min) <= day <= (seat.until or date.max)


def _sits(one: Fractie, today: date) -> bool:
    return (one.since or date.min) <= today <= (one.until or date.max)


def _fractie(one: Entity) -> Fractie:
    seats = one.values.get("aantalZetels")
    return Fractie(
        one.id,
        _text(one, "afkorting"),
        _text(one, "naamNl") or _text(one, "afkorting"),
        seats if isinstance(seats, int) else 0,
        (),
        _day(one, "datumActief"),
        _day(one, "datumInactief"),
    )


def _member(one: Entity, seats: tuple[Seat, ...]) -> Kamerlid:
    surname, prefix, initials, given = (_text(one, name) for name in _NAMES)
    return Kamerlid(one.id, surname, prefix, initials, given, seats)


def _check(groups: Sequence[Fractie], members: Sequence[Kamerlid], today: date) -> None:
    seats = sum(one.seats for one in groups)
    if seats != MEMBERS:
        raise SourceChanged(f"Tweede Kamer: the {len(groups)} sitting fracties have {seats} seats, not {MEMBERS}")
    taken = Counter(one.seats[-1].fractie for one in members if _covers(one.seats[-1], today))
    if not MEMBERS - VACANT <= sum(taken.values()) <= MEMBERS:
        raise SourceChanged(f"Tweede Kamer: {sum(taken.values())} members sit, of {MEMBERS}")
    room = {one.abbreviation: one.seats for one in groups}
    full = sorted(name for name, count in taken.items() if count > room.get(name, 0))
    if full:
        raise SourceChanged(f"Tweede Kamer: more members than seats in {', '.join(full)}")


def _text(one: Entity, name: str) -> str:
    return " ".join(str(one.values.get(name) or "").split())


def _day(one: Entity, name: str) -> date | None:
    found = one.values.get(name)
    return found if isinstance(found, date) else None
