"""Backup and restore on both databases: everything comes back, and nothing is lost on the way."""

from pathlib import Path

import pytest
from sqlalchemy import exc, text

from storage import copies, schema, signs
from storage.backup import FOLDER, backup, restore
from storage.copies import Refused
from storage.database import Database
from tests.storage.backup.given import AT, everything, maintained, people_of, restore_into


def test_a_copy_brings_everything_back(filled: str, tmp_path: Path) -> None:
    before = everything(filled)
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    database = maintained(filled)
    later = people_of(database)
    assert later.says("alice", "log brief aan Podt over terugkeer").ok
    database.close()
    assert everything(filled) != before

    database = maintained(filled)
    done = restore(database, written.file, True, AT)
    database.close()

    assert done.copy == written.copy
    assert written.copy.contacts == len(before["contacts"]) == 2
    assert everything(filled) == before


def test_what_was_brought_back_works_as_before(filled: str, tmp_path: Path) -> None:
    database = maintained(filled)
    backup(database, tmp_path / "copy", AT)
    restore_into(database, tmp_path / "copy")
    world = people_of(database)
    assert "Podt" in world.says("alice", "zoek nareis").text
    assert world.says("alice", "log gesprek met Podt over gezinshereniging").ok
    assert "gezinshereniging" in world.says("alice", "zoek gezinsh").text
    for change in ("UPDATE history SET action = 'x'", "DELETE FROM history"):
        with pytest.raises(exc.DBAPIError, match="history never changes"), database.writing() as db:
            db.execute(text(change))
    assert schema.differences(database) == []
    database.close()


def test_a_copy_goes_into_an_empty_place(filled: str, tmp_path: Path, fresh: str) -> None:
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    empty = maintained(fresh)
    assert restore(empty, written.file, False, AT).kept is None
    empty.close()
    assert everything(fresh) == everything(filled)


def test_what_stood_there_is_kept_and_can_come_back(filled: str, tmp_path: Path) -> None:
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    people_of(database).says("alice", "log brief aan Podt over terugkeer")
    newer = everything(filled)
    database.close()

    with pytest.raises(Refused, match=r"holds 3 contacts already.* --yes"):
        restore(database, written.file, False, AT)
    assert everything(filled) == newer

    kept = restore(database, written.file, True, AT).kept
    assert kept is not None
    assert kept.name.startswith("lobby-before-restore-2026-11-22T10-15-30")
    database.close()
    restore(database, kept, True, AT.replace(second=31))
    database.close()
    assert everything(filled) == newer


def test_a_copy_of_before_a_migration_replaces_the_newer_tables_too(filled: str, tmp_path: Path) -> None:
    before = everything(filled)
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    with database.writing() as db:
        db.execute(text("CREATE TABLE responses (id integer PRIMARY KEY, contact_id integer REFERENCES contacts(id))"))
    restore_into(database, written.file)
    assert schema.differences(database) == []
    database.close()
    assert everything(filled) == before


def test_a_backup_leaves_a_sign_for_status(filled: str, tmp_path: Path) -> None:
    database = maintained(filled)
    backup(database, tmp_path / "copy", AT)
    with database.reading() as db:
        sign = signs.find(db, "backup")
    assert sign
    assert (sign.value, sign.at) == (str(tmp_path / "copy"), AT)
    assert "zondag 22 november 2026, 10:15" in people_of(database).says("carla", "status").text
    database.close()


def test_a_default_name_holds_the_moment(filled: str) -> None:
    database = maintained(filled)
    suffix = ".db" if database.is_sqlite else ".dump"
    assert backup(database, None, AT).file == FOLDER / f"lobby-2026-11-22T10-15{suffix}"
    with pytest.raises(Refused, match="exists already"):
        backup(database, None, AT)
    assert [file.suffix for file in FOLDER.iterdir()] == [suffix]
    database.close()


def test_no_file_is_ever_overwritten(filled: str, tmp_path: Path) -> None:
    database = maintained(filled)
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
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    assert written.file.stat().st_mode & 0o077 == 0


def test_there_is_nothing_to_copy_before_the_first_migration(fresh: str, tmp_path: Path) -> None:
    database = maintained(fresh)
    with pytest.raises(Refused, match="run python -m bot migrate"):
        backup(database, tmp_path / "copy", AT)
    database.close()
    assert not (tmp_path / "copy").exists()


def test_a_copy_of_an_older_lobby_is_put_back_and_then_migrated(filled: str, fresh: str, tmp_path: Path) -> None:
    older = maintained(fresh)
    schema.upgrade(older, "0001")
    written = backup(older, tmp_path / "copy", AT)
    older.close()
    database = maintained(filled)
    assert restore(database, written.file, True, AT).copy == copies.Copy(0, "0001")
    assert database.revision() == "0001"
    schema.upgrade(database)
    assert schema.differences(database) == []
    database.close()


def test_a_folder_that_cannot_be_written_in_is_a_sentence(sqlite: Database) -> None:
    database = maintained(str(sqlite.url))
    with pytest.raises(Refused, match="cannot be written"):
        backup(database, Path("/proc/lobby/copy.db"), AT)
    database.close()
