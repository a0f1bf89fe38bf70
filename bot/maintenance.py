"""What is done to a database now and then, from a shell: migrate, load the people, copy it, put a copy back."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.people import load_people
from storage import backup, outbox, schema
from storage.copies import counted
from storage.database import Database


def migrate(database: Database) -> None:
    """Bring it to the migration of this program."""
    before = database.revision()
    schema.upgrade(database)
    now = database.revision()
    print(f"The database stands at {now} already." if before == now else f"From {before or 'nothing'} to {now}.")


def people(database: Database) -> None:
    """Take in the sitting Kamerleden and fracties."""
    with database.writing() as db:
        count = load_people(db, datetime.now(UTC))
    print(f"{count} Kamerleden loaded. Bron: Tweede Kamer der Staten-Generaal, opendata.tweedekamer.nl (CC0).")


def copy(database: Database, file: Path | None, zone: str) -> None:
    """Write a checked copy. Refused: why not."""
    made = backup.backup(database, file, datetime.now(ZoneInfo(zone)))
    size = made.file.stat().st_size / 1e6
    print(f"{counted(made.copy.contacts)} copied to {made.file} ({size:.1f} MB), and the copy is sound.")


def restore(database: Database, file: Path, yes: bool, zone: str) -> None:
    """Put a copy in the place of what stands there. Refused: why not."""
    done = backup.restore(database, file, yes, datetime.now(ZoneInfo(zone)))
    doubted = _doubted(database)
    print(f"{counted(done.copy.contacts)} put back, at migration {done.copy.revision}.")
    if doubted:
        print(f"{doubted} messages were due since the copy was made: each is asked about before it is sent again.")
    if done.kept:
        print(f"What stood there before is kept as {done.kept}.")
    if done.copy.revision != schema.expected():
        print("The copy is of an older version: run python -m bot migrate.")


def _doubted(database: Database) -> int:
    """What was due may have been sent after the copy was made. An older copy has no outbox, and nothing to doubt."""
    if database.revision() != schema.expected():
        return 0
    with database.writing() as db:
        return outbox.doubt_all(db, datetime.now(UTC))
