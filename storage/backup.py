"""Backup and restore: a checked copy of the database, and the way back."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from storage import postgresql_copy, schema, signs, sqlite_copy
from storage.copies import Copy, Refused, beside, name
from storage.database import Database

FOLDER = Path("var/backups")


class Kind(Protocol):
    """What the two kinds of database do in their own way; storage/sqlite_copy.py says the most about it."""

    SUFFIX: str

    def write(self, database: Database, part: Path) -> None: ...
    def check(self, file: Path) -> Copy: ...
    def standing(self, database: Database) -> str: ...
    def put_back(self, database: Database, copy: Path, kept: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Written:
    """A copy that was made: the file, and what it holds."""

    file: Path
    copy: Copy


@dataclass(frozen=True, slots=True)
class Restored:
    """A copy that was put back: what it held, and the file with what stood there before, if anything did."""

    copy: Copy
    kept: Path | None


def backup(database: Database, target: Path | None, at: datetime) -> Written:
    """Write a checked copy to a new file; by default FOLDER, with the moment `at` (aware, local) in its name.

    Raises Refused; nothing stands at `target` then.
    """
    kind = _kind(database)
    target = target or FOLDER / f"lobby-{at:%Y-%m-%dT%H-%M}{kind.SUFFIX}"
    if target.exists():
        raise Refused(f"{target} exists already: name another file.")
    with beside(target) as part:
        kind.write(database, part)
        copy = kind.check(part)
        name(part, target)
    with database.writing() as db:
        signs.leave(db, "backup", str(target), at)
    return Written(target, copy)


def restore(database: Database, source: Path, overwrite: bool, at: datetime) -> Restored:
    """Put a copy in the place of the database. What stood there is kept, under a name with the moment `at`.

    Raises Refused, with nothing touched: when the copy is damaged, foreign or newer than this program, and when
    contacts would be replaced without `overwrite`.
    """
    kind = _kind(database)
    if not source.is_file():
        raise Refused(f"There is no file {source}.")
    copy = kind.check(source)
    _known(source, copy.revision)
    standing = kind.standing(database)
    if standing and not overwrite:
        raise Refused(f"The database holds {standing} already. With --yes that is put away, not lost, and replaced.")
    folder = sqlite_copy.path(database).parent if database.is_sqlite else FOLDER
    kept = folder / f"lobby-before-restore-{at:%Y-%m-%dT%H-%M-%S}{kind.SUFFIX}"
    kind.put_back(database, source, kept)
    return Restored(copy, kept if kept.exists() else None)


def damage(database: Database) -> str:
    """What is broken in the file of a SQLite database; "" when it is whole. A PostgreSQL server sees to its own."""
    return sqlite_copy.damage(database) if database.is_sqlite else ""


def _kind(database: Database) -> Kind:
    return sqlite_copy if database.is_sqlite else postgresql_copy


def _known(source: Path, revision: str) -> None:
    needed = schema.expected()
    if not revision.isdecimal():
        raise Refused(f"{source} is not a copy of a Lobby database.")
    if revision > needed:
        raise Refused(
            f"{source} was made by a newer Lobby (migration {revision}, this one knows {needed}): install that."
        )
