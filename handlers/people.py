"""People: taking in a list of Kamerleden and fracties, so that every contact keeps its link to the person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from handlers.understanding.stance import STANCES
from parliament.item import Fractie, Kamerlid, Seat
from storage import dossiers, fracties, organisations, own_words, people, signs
from storage.database import Connection

KAMERLID = "Tweede Kamerlid"
LONGEST_KIND = 30


def load(db: Connection, sitting: tuple[Sequence[Fractie], Sequence[Kamerlid]], at: datetime) -> int:
    """Take in (fracties, Kamerleden); gives the number of Kamerleden.

    Somebody known by source_id is brought up to date; somebody typed by hand with just this name becomes the one of
    the list; somebody no longer on it keeps their contacts, and their function ends on the day of the list.
    """
    numbers = {one.abbreviation: fracties.save(db, _fractie(one)) for one in sitting[0]}
    chamber = organisations.save(db, "Tweede Kamer", "parlement", ["Kamer"])
    known = people.by_source(db)
    for one in sitting[1]:
        person = _person(db, one, known)
        _seat(db, person, one, (chamber, numbers))
    for source, person in known.items():
        if source not in {one.source_id for one in sitting[1]}:
            _end_functions(db, person, at.date())
    signs.leave(db, "people", str(len(sitting[1])), at)
    return len(sitting[1])


def _fractie(one: Fractie) -> Mapping[str, Any]:
    return {
        "source_id": one.source_id,
        "abbreviation": one.abbreviation,
        "name": one.name,
        "seats": one.seats,
        "aliases": list(one.aliases),
        "since": one.since,
        "until": one.until,
    }


def _person(db: Connection, one: Kamerlid, known: Mapping[str, int]) -> int:
    names = {
        "source_id": one.source_id,
        "surname": one.surname,
        "tussenvoegsel": one.tussenvoegsel or "",
        "initials": one.initials or "",
        "roepnaam": one.roepnaam or "",
    }
    number = known.get(one.source_id) or people.namesake(db, one.surname, names["tussenvoegsel"], names["initials"])
    if number is None:
        return people.add(db, names)
    people.change(db, number, names)
    return number


def _seat(db: Connection, person: int, one: Kamerlid, where: tuple[int, Mapping[str, int]]) -> None:
    """Add the seats not known yet, and correct those of which more is known now, or that ended."""
    chamber, numbers = where
    held = people.functions_of(db, person)
    for seat in one.seats:
        fractie = numbers[seat.fractie]
        row = next((row for row in held if row["fractie_id"] == fractie and _is_of(row, seat)), None)
        if row is None:
            people.hold(
                db,
                {
                    "person_id": person,
                    "function": KAMERLID,
                    "organisation_id": chamber,
                    "fractie_id": fractie,
                    "since": seat.since,
                    "until": seat.until,
                },
            )
        elif (since := seat.since or row["since"], seat.until) != (row["since"], row["until"]):
            people.change_function(db, row["id"], since=since, until=seat.until)


def _is_of(row: Mapping[str, Any], seat: Seat) -> bool:
    """Whether the two have a day in common: then they are one stretch of sitting, of which one knows more."""
    return (row["since"] or date.min) <= (seat.until or date.max) and (seat.since or date.min) <= (
        row["until"] or date.max
    )


def _end_functions(db: Connection, person: int, day: date) -> None:
    for row in people.functions_of(db, person):
        if row["function"] == KAMERLID and row["until"] is None:
            people.change_function(db, row["id"], until=day)


def load_words(db: Connection, themes: Mapping[str, Sequence[str]], bodies: Sequence[Mapping[str, Any]]) -> None:
    """Take in the dossiers (name -> synonyms) and organisations (name, kind, aliases) of the configuration."""
    for name, synonyms in themes.items():
        dossiers.save(db, name, synonyms)
    for body in bodies:
        organisations.save(db, body["name"], body["kind"], list(body.get("aliases", ())))


def load_titles(db: Connection, words: Mapping[str, Sequence[str]]) -> None:
    """Take in by which words the dossiers are known in the titles of parliament."""
    own_words.replace(db, "title", words)


def load_own_words(db: Connection, kinds: Mapping[str, Sequence[str]], stances: Mapping[str, Sequence[str]]) -> None:
    """Take in the kinds of contact and the words for stances that are the organisation's own, and no others."""
    if not stances.keys() <= set(STANCES):
        raise ValueError(f"stances.toml: a stance is one of {', '.join(STANCES)}")
    if any(not 0 < len(name) <= LONGEST_KIND for name in kinds):
        raise ValueError(f"kinds.toml: the name of a kind has 1 to {LONGEST_KIND} characters")
    own_words.replace(db, "kind", kinds)
    own_words.replace(db, "stance", stances)
