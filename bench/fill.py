"""Filling a database with the contacts of the corpus, in bulk, just as storage.contacts would have saved each."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, insert, text

from bench.corpus import Entry, surnames
from bench.corpus import House as Town
from bot.people import load_people
from handlers import members
from handlers.command import Identity, Role
from storage import contacts as store
from storage import dossiers, organisations, people, schema
from storage import members as staff
from storage.contacts import Party
from storage.database import Connection, Database

ROLES = {"alice": Role.MEDEWERKER, "bob": Role.MEDEWERKER, "vera": Role.VRIJWILLIGER}
_BATCH = 5_000

Row = Mapping[str, Any]


def furnish(database: Database, now: datetime) -> Town:
    """All tables, the people, the words and three members: alice, bob (medewerker) and vera (vrijwilliger)."""
    schema.upgrade(database)
    with database.writing() as db:
        load_people(db, now)
        for user, role in ROLES.items():
            members.welcome(db, Identity("slack", user, user.title()), role, now)
        for place, name in enumerate(surnames()):
            _typed(db, name, place % 3)
        known = sorted(people.on(db, now.date()), key=lambda one: one.id)  # the two databases sort names differently
        bodies = [Party(*one) for one in sorted((each["id"], each["name"]) for each in organisations.everything(db))]
        ours = {one.name: (one.id, one.name) for one in staff.everybody(db)}
        return Town(known, sorted(dossiers.everything(db)), bodies, [ours[user.title()] for user in ROLES])


def _typed(db: Connection, name: str, which: int) -> None:
    """Somebody whom a colleague typed with a contact: three of them hold their office in one town."""
    body = organisations.number(db, f"gemeente {name[: len(name) - which]}")
    person = people.add(db, {"surname": name, "roepnaam": ("Noor", "Sam", "Ilse")[which]})
    people.hold(db, {"person_id": person, "function": "wethouder", "organisation_id": body})


def fill(database: Database, entries: Sequence[Entry]) -> None:
    """Save these contacts with all that belongs to them."""
    with database.writing() as db:
        numbers = dossiers.numbers(db)
        sets: tuple[tuple[Table, Iterable[Row]], ...] = (
            (store.contacts, map(_contact, entries)),
            (store.contact_people, _children(entries, lambda one: map(_present, one.contact.people))),
            (store.contact_organisations, _children(entries, lambda one: map(_party, one.contact.parties))),
            (store.contact_dossiers, _children(entries, lambda one: _dossiers(one, numbers))),
            (store.contact_participants, _children(entries, lambda one: map(_ours, one.contact.participants))),
            (store.contact_readers, _readers(entries)),
        )
        put = _insert if database.is_sqlite else _copy
        for table, rows in sets:
            put(db, table, rows)
        (_words_on_sqlite if database.is_sqlite else _words_on_postgresql)(db, entries)
    if not database.is_sqlite:  # a running server does this by itself within a minute
        with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text("VACUUM ANALYZE"))


def _contact(entry: Entry) -> Row:
    return {
        column.name: getattr(entry.contact, column.name) for column in store.contacts.c if column.name != "bills"
    } | {"bills": list(entry.contact.bills)}


def _children(entries: Sequence[Entry], of: Any) -> Iterator[Row]:
    for entry in entries:
        one = entry.contact
        key = {"contact_id": one.id, "chronology": one.chronology, "reach": one.reach}
        for place, row in enumerate(of(entry)):
            yield row | key | {"position": place}


def _present(one: store.Present) -> Row:
    return {name: getattr(one, name) for name in ("person_id", "name", "function", "organisation", "fractie")}


def _party(one: Party) -> Row:
    return {"organisation_id": one.organisation_id, "partner": one.partner}


def _ours(one: store.Participant) -> Row:
    return {"member_id": one.member_id, "name": one.name}


def _dossiers(entry: Entry, numbers: Mapping[str, int]) -> list[Row]:
    return [{"dossier_id": numbers[name]} for name in entry.contact.dossiers]


def _readers(entries: Sequence[Entry]) -> Iterator[Row]:
    for entry in entries:
        for reader in entry.contact.readers:
            yield {"contact_id": entry.contact.id, "member_id": reader}


def _insert(db: Connection, table: Table, rows: Iterable[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append({column.name: row[column.name] for column in table.c})
        if len(batch) == _BATCH:
            db.execute(insert(table), batch)
            batch = []
    if batch:
        db.execute(insert(table), batch)


def _copy(db: Connection, table: Table, rows: Iterable[Row]) -> None:
    names = [column.name for column in table.c]
    raw: Any = db.connection.dbapi_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([json.dumps(row[name]) if isinstance(row[name], list) else row[name] for name in names])
    if "id" in table.c:
        db.execute(text(f"SELECT setval('{table.name}_id_seq', (SELECT max(id) FROM {table.name}))"))  # noqa: S608  # a table of ours


def _words_on_sqlite(db: Connection, entries: Sequence[Entry]) -> None:
    put = "INSERT INTO contact_words(rowid, words) VALUES (?, ?)"
    db.exec_driver_sql(put, [(one.contact.chronology, one.words.strip()) for one in entries])


def _words_on_postgresql(db: Connection, entries: Sequence[Entry]) -> None:
    """The index is made afterwards, as the migration says it: row by row it takes minutes."""
    index = db.execute(text("SELECT indexname, indexdef FROM pg_indexes WHERE indexdef LIKE '%USING gin%'")).one()
    db.execute(text(f"DROP INDEX {index.indexname}"))
    raw: Any = db.connection.dbapi_connection
    with raw.cursor() as cursor, cursor.copy("COPY contact_words (chronology, words) FROM STDIN") as copy:
        for one in entries:
            copy.write_row((one.contact.chronology, one.words.strip()))
    db.execute(text(index.indexdef))
