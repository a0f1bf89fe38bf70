"""What the storage tests start from: a database, a member, a person, a contact."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import create_engine, select, text

from storage import contacts, members, people
from storage.contacts import Contact, Present
from storage.database import Connection, Database
from storage.people import Someone
from tests.world import NOW

DAY = date(2026, 11, 17)


def create_database(server: str, name: str, template: str = "template1") -> str:
    """A new database on a PostgreSQL server; gives its address."""
    engine = create_engine(Database(server).url, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?", 1)


def member(db: Connection, user: str) -> int:
    """The number of one of the five members."""
    found = members.known_as(db, "slack", user)
    assert found
    return found.id


def person(db: Connection, surname: str, day: date = DAY) -> Someone:
    """The one Kamerlid with this surname, as on `day`."""
    numbers = db.scalars(select(people.people.c.id).where(people.people.c.surname == surname)).all()
    (found,) = people.on(db, day, numbers)
    return found


def present(someone: Someone) -> Present:
    """Somebody as they stand in a contact."""
    return Present(someone.id, someone.name, someone.function, someone.organisation, someone.fractie)


def contact(db: Connection, **changes: Any) -> Contact:
    """A saved contact of Alice with nobody, about nothing, but for these changes."""
    plain = Contact("gesprek", DAY, "Europe/Amsterdam", member(db, "alice"), NOW)
    return contacts.add(db, replace(plain, **changes))
