"""A file that should not be put back is refused, and nothing is touched."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import schema
from storage.backup import backup, restore
from storage.copies import Refused
from tests.storage.backup.given import AT, everything, maintained, spoil


def _copy_of(url: str, tmp_path: Path) -> Path:
    database = maintained(url)
    written = backup(database, tmp_path / "copy", AT)
    database.close()
    return written.file


def _damaged(url: str, tmp_path: Path) -> Path:
    file = _copy_of(url, tmp_path)
    spoil(file, file.stat().st_size // 2)
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
    database = maintained(url)
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
    before = everything(filled)
    file = bad(filled, tmp_path)
    there = sorted(tmp_path.rglob("*"))
    database = maintained(filled)
    with pytest.raises(Refused) as refused:
        restore(database, file, True, AT)
    database.close()
    assert str(file) in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert everything(filled) == before
    assert sorted(tmp_path.rglob("*")) == there
