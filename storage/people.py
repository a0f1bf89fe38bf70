"""People we speak to: who they are, and which function they held when."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    FromClause,
    Integer,
    String,
    Table,
    Text,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from storage.database import Connection, metadata
from storage.fracties import fracties
from storage.organisations import organisations
from storage.signs import words_changed

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(80), unique=True),
    Column("surname", Text, nullable=False),
    Column("tussenvoegsel", Text, nullable=False, default=""),
    Column("initials", Text, nullable=False, default=""),
    Column("roepnaam", Text, nullable=False, default=""),
)

functions = Table(
    "functions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("function", Text, nullable=False),
    Column("organisation_id", ForeignKey("organisations.id"), index=True),
    Column("fractie_id", ForeignKey("fracties.id")),
    Column("since", Date),  # None: from before what we know
    Column("until", Date),  # None: still
)


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as they were on a date: function, organisation and fractie are "" where there was none."""

    id: int
    surname: str
    tussenvoegsel: str
    initials: str
    roepnaam: str
    function: str = ""
    organisation: str = ""
    fractie: str = ""

    @property
    def name(self) -> str:
        """`Kati Piri`, or `A. Podt` where the first name is not known."""
        return " ".join(filter(None, (self.roepnaam or self.initials, self.tussenvoegsel, self.surname)))

    @property
    def label(self) -> str:
        """`Kati Piri (PRO)`, `Joke Pool (directeur, Thuishaven)`: enough to tell two people apart."""
        about = self.fractie or ", ".join(filter(None, (self.function, self.organisation)))
        return f"{self.name} ({about})" if about else self.name


def _held_in(table: FromClause) -> ColumnElement[bool]:
    return and_(
        table.c.person_id == people.c.id,
        or_(table.c.since.is_(None), table.c.since <= bindparam("day")),
        or_(table.c.until.is_(None), table.c.until >= bindparam("day")),
    )


_COLUMNS = (
    people.c.id,
    people.c.surname,
    people.c.tussenvoegsel,
    people.c.initials,
    people.c.roepnaam,
    func.coalesce(functions.c.function, ""),
    func.coalesce(organisations.c.name, ""),
    func.coalesce(fracties.c.abbreviation, ""),
)
_everybody = (
    select(*_COLUMNS)
    .select_from(people)
    .outerjoin(functions, _held_in(functions))
    .outerjoin(organisations, organisations.c.id == functions.c.organisation_id)
    .outerjoin(fracties, fracties.c.id == functions.c.fractie_id)
    .order_by(people.c.surname, people.c.initials, people.c.id, functions.c.since.desc().nulls_last())
)
_any_function = functions.alias()
_away = (
    select(*_COLUMNS)
    .select_from(people)
    .join(functions, functions.c.person_id == people.c.id)
    .outerjoin(organisations, organisations.c.id == functions.c.organisation_id)
    .outerjoin(fracties, fracties.c.id == functions.c.fractie_id)
    .where(~select(_any_function.c.id).where(_held_in(_any_function)).correlate(people).exists())
    .order_by(functions.c.until.asc().nulls_first(), functions.c.id)
)


def _turned(table: Table) -> ColumnElement[bool]:
    began = and_(table.c.since > bindparam("early"), table.c.since <= bindparam("late"))
    ended = and_(table.c.until >= bindparam("early"), table.c.until < bindparam("late"))
    return select(table.c.id).where(or_(began, ended)).exists()


_CHANGED = select(or_(_turned(functions), _turned(fracties)))
_one = _everybody.where(people.c.id == bindparam("id"))  # as a list of one takes twice as long
_some = _everybody.where(people.c.id.in_(bindparam("ids", expanding=True)))


def on(db: Connection, day: date, ids: Collection[int] | None = None) -> list[Someone]:
    """Everybody (or the people with these numbers) as they were on `day`, by surname; one row each."""
    if ids is None:
        asked = db.execute(_everybody, {"day": day})
    elif len(ids) == 1:
        asked = db.execute(_one, {"day": day, "id": next(iter(ids))})
    else:
        asked = db.execute(_some, {"day": day, "ids": list(ids)})
    found: dict[int, Someone] = {}
    for row in asked:
        found.setdefault(row[0], Someone(*row))
    return list(found.values())


def away(db: Connection, day: date) -> list[Someone]:
    """Everybody with a function before or after `day` and none on it, each with their last one."""
    last: dict[int, Someone] = {}
    for row in db.execute(_away, {"day": day}):
        last[row[0]] = Someone(*row)
    return list(last.values())


def changed(db: Connection, day: date, other: date) -> bool:
    """Whether a function or a fractie began or ended between two days, so that somebody is not the same on both."""
    return bool(db.scalar(_CHANGED, {"early": min(day, other), "late": max(day, other)}))


def count(db: Connection) -> int:
    """How many people we know."""
    return db.execute(select(func.count()).select_from(people)).scalar_one()


def by_source(db: Connection) -> dict[str, int]:
    """source_id -> number, of everybody who came from a list."""
    rows = db.execute(select(people.c.source_id, people.c.id).where(people.c.source_id.is_not(None)))
    return {source: number for source, number in rows}


def namesake(db: Connection, surname: str, tussenvoegsel: str, initials: str) -> int | None:
    """Somebody typed by hand with just this name: a list may give them their source_id, so that links stay."""
    query = select(people.c.id).where(
        people.c.source_id.is_(None),
        func.lower(people.c.surname) == surname.lower(),
        func.lower(people.c.tussenvoegsel) == tussenvoegsel.lower(),
        people.c.initials.in_((initials, "")),
    )
    found = db.scalars(query).all()
    return found[0] if len(found) == 1 else None


def typed_before(
    db: Connection, person: Mapping[str, Any], held: tuple[str, int | None, int | None] | None
) -> int | None:
    """Somebody typed by hand with just these names and this (function, organisation_id, fractie_id), or none."""
    names = [people.c[name] == value for name, value in person.items()]
    for number in db.scalars(select(people.c.id).where(people.c.source_id.is_(None), *names)).all():
        known = [(row["function"], row["organisation_id"], row["fractie_id"]) for row in functions_of(db, number)]
        if known == ([held] if held else []):
            return int(number)
    return None


def add(db: Connection, person: Mapping[str, Any]) -> int:
    """A new person (columns of `people`); gives the number."""
    words_changed(db)
    return int(db.execute(insert(people).values(**person).returning(people.c.id)).scalar_one())


def change(db: Connection, person_id: int, person: Mapping[str, Any]) -> None:
    """The name or the source of somebody, as it is now known."""
    words_changed(db)
    db.execute(update(people).where(people.c.id == person_id).values(**person))


def function_names(db: Connection, without: Collection[int]) -> list[str]:
    """Every function that somebody holds or held, the people of these numbers left out."""
    query = select(functions.c.function).where(functions.c.person_id.not_in(without))
    return list(db.scalars(query.distinct().order_by(functions.c.function)).all())


def functions_of(db: Connection, person_id: int) -> list[Mapping[str, Any]]:
    """Every function of a person, oldest first, as columns of `functions`."""
    query = select(functions).where(functions.c.person_id == person_id)
    rows = [dict(row._mapping) for row in db.execute(query)]
    return sorted(rows, key=lambda row: (row["since"] or date.min, row["id"]))


def hold(db: Connection, function: Mapping[str, Any]) -> None:
    """A person holds a function (columns of `functions`)."""
    words_changed(db)
    db.execute(insert(functions).values(**function))


def change_function(db: Connection, function_id: int, **days: date | None) -> None:
    """The first (since) or last (until) day of a function; None when it is not known, or still runs."""
    words_changed(db)
    db.execute(update(functions).where(functions.c.id == function_id).values(**days))
