"""What only PostgreSQL has: a server with locks, and programs that can be missing or old."""

from pathlib import Path

import pytest

from storage import contact_lists
from storage.backup import backup, restore
from storage.copies import Refused
from storage.database import Unavailable
from tests.storage.backup.given import AT, everything, maintained


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_restore_that_has_to_wait_for_a_lock_says_so(filled: str, tmp_path: Path) -> None:
    database = maintained(filled)
    written = backup(database, tmp_path / "copy", AT)
    with database.reading() as db:
        contact_lists.count(db, contact_lists.Reader(1))
        with pytest.raises(Refused, match="lock timeout"):
            restore(database, written.file, True, AT)
    database.close()
    assert len(everything(filled)["contacts"]) == 2


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
    database = maintained(filled)
    with pytest.raises(Refused) as refused:
        backup(database, tmp_path / "copy", AT)
    database.close()
    assert str(refused.value).startswith(sentence)
    assert "Podt" not in str(refused.value)
    assert not (tmp_path / "copy").exists()


def test_a_database_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    database = maintained("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(Unavailable):
        backup(database, tmp_path / "copy", AT)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_password_stands_on_no_command_line(filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "pg_dump").write_text(
        f'#!/bin/sh\necho "$*" > {tmp_path}/line\necho "$PGPASSWORD" > {tmp_path}/password\nexit 1\n', encoding="utf-8"
    )
    (programs / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    database = maintained(filled.replace("postgres:@", "postgres:geheim@"))
    with pytest.raises(Refused, match="pg_dump says: no reason given"):
        backup(database, tmp_path / "copy", AT)
    database.close()
    assert (tmp_path / "password").read_text(encoding="utf-8") == "geheim\n"
    line = (tmp_path / "line").read_text(encoding="utf-8")
    assert "--dbname=postgresql://postgres@/lobby_" in line
    assert "geheim" not in line
