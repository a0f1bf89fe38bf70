"""What the tests of backups share: a moment, people to talk as, everything that stands in a database."""

import random
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from storage import schema
from storage.backup import restore
from storage.database import Database
from tests.world import World

AT = datetime(2026, 11, 22, 10, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
NUMBERS = count()
LINE = "log gesprek met Podt (D66) over nareis"


def people_of(database: Database) -> World:
    """People to talk as; no two of their commands have the same number."""
    return World(database, numbers=NUMBERS)


def maintained(url: str) -> Database:
    """The database as `python -m bot backup` opens it."""
    return Database(url, patience=None)


def everything(url: str) -> dict[str, list[str]]:
    """Every row of every table, but the signs, which a backup adds to."""
    database = maintained(url)
    with database.reading() as db:
        names = [table.name for table in schema.metadata.sorted_tables if table.name != "signs"]
        rows = {name: sorted(map(str, db.execute(text(f'SELECT * FROM "{name}"')))) for name in names}  # noqa: S608  # our own names
    database.close()
    return rows


def spoil(file: Path, offset: int, size: int = 3000) -> None:
    """Overwrite some bytes with others."""
    with file.open("r+b") as content:
        content.seek(offset)
        content.write(random.Random(offset).randbytes(size))  # noqa: S311  # the same damage in every run


def restore_into(database: Database, copy: Path) -> None:
    """Restore while none of our own connections is open."""
    database.close()
    restore(database, copy, True, AT)
