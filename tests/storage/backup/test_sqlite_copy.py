"""What only SQLite has: a -wal beside the file, a checksum in it, and a bot that has it open."""

import threading
import time
from pathlib import Path

import pytest

from storage import signs
from storage.backup import backup, damage, restore
from storage.copies import Refused
from storage.database import Database
from tests.storage.backup.given import AT, LINE, everything, maintained, people_of, restore_into, spoil


def test_a_writer_does_not_hold_a_backup_up(sqlite: Database, tmp_path: Path) -> None:
    enough = threading.Event()
    commits: list[int] = []

    def write() -> None:
        while not enough.is_set():
            with sqlite.writing() as db:
                signs.leave(db, "writer", str(len(commits)), AT)
            commits.append(1)
            time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    database = maintained(str(sqlite.url))
    before = len(commits)
    try:
        for number in range(5):
            started = time.monotonic()
            backup(database, tmp_path / f"copy-{number}.db", AT)
            assert time.monotonic() - started < 10
        written = len(commits)
    finally:
        enough.set()
        writer.join()
        database.close()
    assert written > before, "the writer stood still meanwhile"


def test_a_restore_waits_for_a_bot_that_runs(sqlite: Database, tmp_path: Path) -> None:
    people_of(sqlite).says("alice", LINE)
    database = maintained(str(sqlite.url))
    written = backup(database, tmp_path / "copy.db", AT)
    database.close()
    with pytest.raises(Refused, match="still runs"):
        restore(database, written.file, True, AT)
    assert people_of(sqlite).says("alice", "zoek nareis").ok
    assert sorted(file.name for file in tmp_path.glob("lobby*")) == ["lobby.db", "lobby.db-shm", "lobby.db-wal"]


def test_changes_that_only_stand_in_the_wal_are_kept(sqlite: Database, tmp_path: Path) -> None:
    database = maintained(str(sqlite.url))
    written = backup(database, tmp_path / "copy.db", AT)
    people_of(sqlite).says("alice", LINE)
    crashed = tmp_path / "crashed" / "lobby.db"
    crashed.parent.mkdir()
    for tail in ("", "-wal"):  # what kill -9 leaves behind
        Path(f"{crashed}{tail}").write_bytes(Path(f"{sqlite.url.database}{tail}").read_bytes())
    database.close()

    broken_off = maintained(f"sqlite:///{crashed}")
    kept = restore(broken_off, written.file, True, AT).kept
    assert kept
    assert sorted(file.name for file in crashed.parent.iterdir()) == sorted(["lobby.db", kept.name])
    assert len(everything(f"sqlite:///{kept}")["contacts"]) == 1
    assert len(everything(f"sqlite:///{crashed}")["contacts"]) == 0


def test_damage_is_seen_wherever_it_is(sqlite: Database, tmp_path: Path) -> None:
    """quick_check alone lets most of these pass: it does not read the words."""
    world = people_of(sqlite)
    for number in range(30):
        world.says("alice", f"log gesprek met Podt over nareis {number} " + "woord " * 300)
    database = maintained(str(sqlite.url))
    whole = backup(database, tmp_path / "copy.db", AT).file.read_bytes()
    database.close()
    target = maintained(f"sqlite:///{tmp_path}/other.db")
    for start in range(64, len(whole) - 8, len(whole) // 40):
        spoiled = tmp_path / "spoiled.db"
        spoiled.write_bytes(whole)
        spoil(spoiled, start, 8)
        with pytest.raises(Refused, match="damaged"):
            restore(target, spoiled, True, AT)
    assert not (tmp_path / "other.db").exists()


def test_a_file_copied_by_hand_can_be_put_back(sqlite: Database, tmp_path: Path) -> None:
    people_of(sqlite).says("alice", LINE)
    database = maintained(str(sqlite.url))
    sealed = backup(database, tmp_path / "copy.db", AT).file
    sqlite.close()
    restore_into(database, sealed)
    people_of(database).says("alice", LINE + " en opvang")
    database.close()
    by_hand = tmp_path / "by-hand.db"
    by_hand.write_bytes((tmp_path / "lobby.db").read_bytes())
    assert restore(database, by_hand, True, AT.replace(second=31)).copy.contacts == 2
    database.close()


def test_a_broken_database_can_be_replaced(sqlite: Database, tmp_path: Path) -> None:
    people_of(sqlite).says("alice", LINE)
    database = maintained(str(sqlite.url))
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
    assert len(everything(str(sqlite.url))["contacts"]) == 1


def test_a_backup_that_fails_leaves_nothing_behind(sqlite: Database, tmp_path: Path) -> None:
    people_of(sqlite).says("alice", LINE)
    sqlite.close()
    live = tmp_path / "lobby.db"
    spoil(live, 8192, live.stat().st_size - 8192)
    database = maintained(str(sqlite.url))
    with pytest.raises(Refused, match="cannot be copied"):
        backup(database, tmp_path / "copies" / "copy.db", AT)
    database.close()
    assert list((tmp_path / "copies").iterdir()) == []


def test_damage_in_the_database_itself_is_told(sqlite: Database, tmp_path: Path) -> None:
    assert damage(sqlite) == ""
    sqlite.close()
    spoil(tmp_path / "lobby.db", 8192, (tmp_path / "lobby.db").stat().st_size - 8192)
    assert damage(sqlite) != ""
