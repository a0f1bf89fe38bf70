"""A copy of a SQLite database: one file, itself a SQLite database, that carries its own checksum."""

import os
import shutil
import sqlite3
import zlib
from contextlib import closing, suppress
from pathlib import Path

from storage.copies import Copy, Refused, beside, counted, replace
from storage.database import BROKEN, Database

SUFFIX = ".db"
MAGIC = b"SQLite format 3\0"
SEAL = slice(60, 64)  # bytes of the header that SQLite keeps for the application (PRAGMA user_version)
LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def write(database: Database, part: Path) -> None:
    """Write the database as it is at one moment into the empty file `part`; writers need not wait."""
    file = path(database)
    if not file.exists():
        raise Refused(f"There is no database at {file} yet: run python -m bot migrate.")
    try:
        with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as db:
            if not db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]:
                raise Refused(f"The database {file} was never set up: run python -m bot migrate.")
            db.execute("VACUUM INTO ?", (str(part),))
    except sqlite3.DatabaseError as error:
        raise Refused(f"{file} cannot be copied: {error}. What python -m bot doctor says helps further.") from error
    _seal(part, _checksum(part))


def check(file: Path) -> Copy:
    """What the copy holds. Raises Refused when it is no Lobby database, or not whole.

    quick_check sees whether the pages fit together, not whether the words in them are still the same;
    the checksum sees that. A copy that was made in another way has none.
    """
    header = _header(file)
    if not header.startswith(MAGIC):
        raise Refused(f"{file} is not a SQLite database.")
    checksum = int.from_bytes(header[SEAL], "big")
    if checksum and checksum != _checksum(file):
        raise Refused(f"{file} is damaged: it is not the file any more that was once written.")
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Refused(f"{file} is damaged: {found}.")
            revision = db.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
            contacts = db.execute("SELECT count(*) FROM contacts").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Refused(f"{file} is not a copy of a Lobby database in SQLite ({error}).") from error
    return Copy(contacts, revision or "")


def standing(database: Database) -> str:
    """What would be replaced, in words; "" when no contact stands there."""
    file = path(database)
    if not file.exists() or not file.stat().st_size:
        return ""
    try:
        with closing(sqlite3.connect(file, timeout=60)) as db:
            contacts = db.execute("SELECT count(*) FROM contacts").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return f"a file that cannot be read ({error})"
    return counted(contacts) if contacts else ""


def put_back(database: Database, copy: Path, kept: Path) -> None:
    """Put a checked copy in the place of the database; what stood there is called `kept` from now on."""
    file = path(database)
    if kept.exists():
        raise Refused(f"{kept} exists already: wait a second.")
    with beside(file) as part:
        shutil.copyfile(copy, part)
        _seal(part, 0)  # it will change again; an old checksum would call it damaged
        if file.exists():
            _fold(file)
            _belong_like(part, file)
        for tail in ("-wal", "-shm"):  # changes to the old file; SQLite would apply them to the new one
            with suppress(FileNotFoundError):
                Path(f"{file}{tail}").rename(f"{kept}{tail}")
        if file.exists():
            _keep(file, kept)
        replace(part, file)


def damage(database: Database) -> str:
    """What is broken in the database itself; "" when it is whole."""
    try:
        with closing(sqlite3.connect(path(database), timeout=60)) as db:
            found = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else found


def path(database: Database) -> Path:
    """The file of the database."""
    return Path(database.url.database or ":memory:")


def _fold(file: Path) -> None:
    """Take what stands in the -wal into the file, which also shows whether anybody has it open."""
    try:
        with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in LOCKED:
            raise Refused(f"Lobby still runs on {file}: stop it first, then restore.") from error
        if error.sqlite_errorcode & 0xFF not in BROKEN:  # a broken one is kept as it is, with its -wal
            raise Refused(f"{file} cannot be put away: {error}.") from error


def _keep(file: Path, kept: Path) -> None:
    """A second name, so that there is no moment without a database; where a share knows no links, another name."""
    try:
        os.link(file, kept)
    except OSError:
        file.rename(kept)


def _belong_like(part: Path, file: Path) -> None:
    """Restored by root, it must still be readable by the user that Lobby runs as."""
    shutil.copymode(file, part)
    with suppress(PermissionError):
        os.chown(part, file.stat().st_uid, file.stat().st_gid)


def _checksum(file: Path) -> int:
    """CRC-32 of every byte but the four that keep it."""
    header = bytearray(_header(file))
    header[SEAL] = bytes(4)
    total = zlib.crc32(header)
    with file.open("rb") as content:
        content.seek(len(header))
        while block := content.read(1 << 20):
            total = zlib.crc32(block, total)
    return total


def _header(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(100)


def _seal(file: Path, checksum: int) -> None:
    with file.open("r+b") as content:
        content.seek(SEAL.start)
        content.write(checksum.to_bytes(4, "big"))
