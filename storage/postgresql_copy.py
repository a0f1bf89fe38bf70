"""A copy of a PostgreSQL database: an archive of pg_dump, written and read by PostgreSQL's own programs."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, text

from storage.copies import Copy, Refused, beside, counted, name
from storage.database import Database

SUFFIX = ".dump"

# Not pg_restore --clean: it drops what the copy holds, and fails on, or leaves, the tables of a newer migration.
EMPTY = """DO $$ DECLARE thing text; BEGIN
  FOR thing IN
    SELECT format('TABLE %I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'
    UNION ALL SELECT format('FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
      WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP %s CASCADE', thing); END LOOP;
END $$"""
CLIENT = "install PostgreSQL's client programs of the server's version or newer (Debian: postgresql-client)"
TABLE = re.compile(rb"COPY (?:\S+\.)?(\w+) \(")


def write(database: Database, part: Path) -> None:
    """Write the database as it is at one moment into the file `part`; writers need not wait."""
    if database.revision() is None:
        raise Refused("The database was never set up: run python -m bot migrate.")
    _do("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}", database=database)


def check(file: Path) -> Copy:
    """What the copy holds. Raises Refused when it is no Lobby database, or not whole.

    The whole archive is unpacked, which checks every block of it; its list of contents says nothing of the rows.
    """
    contacts, revision, table = 0, "", b""
    with _unpacked(file) as script, script.open("rb") as lines:
        for line in lines:
            if table and line == b"\\.\n":
                table = b""
            elif table == b"contacts":
                contacts += 1
            elif table == b"alembic_version":
                revision = line.decode().strip()
            elif not table and (begin := TABLE.match(line)):
                table = begin[1]
    if not revision:
        raise Refused(f"{file} is not a copy of a Lobby database.")
    return Copy(contacts, revision)


def standing(database: Database) -> str:
    """What would be replaced, in words; "" when no contact stands there."""
    if database.revision() is None:
        return ""
    with database.reading() as db:
        contacts = int(db.scalar(text("SELECT count(*) FROM contacts")) or 0)
    return counted(contacts) if contacts else ""


def put_back(database: Database, copy: Path, kept: Path) -> None:
    """Put a checked copy in the place of the database, in one transaction; what stood there is in `kept`."""
    if database.revision() is not None:
        with beside(kept) as part:
            write(database, part)
            check(part)
            name(part, kept)
    with _unpacked(copy) as script:
        once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--no-psqlrc", "--quiet")
        steps = (f"--command={EMPTY}", f"--file={script}", "--command=ANALYZE")
        _do("psql", *once, *steps, database=database)


@contextmanager
def _unpacked(copy: Path) -> Iterator[Path]:
    """The archive as a script of SQL, in a folder that nobody else can read and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="lobby-") as folder:
        script = Path(folder) / "copy.sql"
        try:
            _do("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy))
        except Refused as refused:
            raise Refused(f"{copy} cannot be used as a copy of a PostgreSQL database. {refused}") from refused
        yield script


def _do(tool: str, *arguments: str, database: Database | None = None) -> None:
    """Run one of PostgreSQL's programs, on a database when it is given. Raises Refused with its first complaint."""
    environment = os.environ | {"PGOPTIONS": "-c lock_timeout=2s", "LC_MESSAGES": "C"}
    if database:
        url = database.url
        bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
        arguments = (f"--dbname={bare.render_as_string()}", *arguments)
        if url.password:  # not on the command line, which every user of the machine can see
            environment["PGPASSWORD"] = str(url.password)
    try:
        done = subprocess.run([tool, *arguments], env=environment, capture_output=True, check=False)  # noqa: S603  # no shell, and the arguments are ours
    except FileNotFoundError as error:
        raise Refused(f"{tool} is not installed: {CLIENT}.") from error
    if done.returncode:
        raise Refused(_complaint(tool, done.stderr.decode(errors="replace")))


def _complaint(tool: str, said: str) -> str:
    """The first error among what a program said; the lines after it may hold what stands in a row."""
    if "version mismatch" in said or "unsupported version" in said:
        return f"{tool} is older than the PostgreSQL server: {CLIENT}."
    lines = said.strip().splitlines() or ["no reason given"]
    error = next((line for line in lines if "error:" in line.lower()), lines[0])
    return f"{tool} says: {error[:200]}."
