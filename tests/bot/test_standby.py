"""Whose turn it is: one process on one SQLite file; all of them on PostgreSQL."""

import subprocess
import sys
from pathlib import Path

from bot.standby import Turn
from storage.database import Database

HOLD = """
import sys
from bot.standby import Turn
from storage.database import Database
turn = Turn(Database(sys.argv[1]))
print("ours:", turn.ours(), flush=True)
sys.stdin.read()
"""


def _another(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLD, url]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _answer(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return next(line.split()[1] for line in process.stdout if line.startswith("ours:"))


def test_the_second_process_on_a_sqlite_file_stands_by_until_the_first_is_killed(sqlite: Database) -> None:
    url = sqlite.url.render_as_string()
    with _another(url) as first:
        assert _answer(first) == "True"
        turn = Turn(sqlite)
        assert not turn.ours()
        assert "stands by" in turn.why
        first.kill()
        first.wait(10)
        assert turn.ours()
        assert turn.why == ""
        with _another(url) as second:
            assert _answer(second) == "False"
        turn.give_back()


def test_the_turn_that_is_given_back_is_free(sqlite: Database) -> None:
    one, other = Turn(sqlite), Turn(sqlite)
    assert one.ours()
    assert not other.ours()
    one.give_back()
    assert other.ours()
    other.give_back()


def test_on_postgresql_all_deliver(database: Database) -> None:
    if database.is_sqlite:
        return
    assert Turn(database).ours()
    assert Turn(database).ours()


def test_a_database_in_memory_has_no_file_to_hold(tmp_path: Path) -> None:
    assert Turn(Database("sqlite:///:memory:")).ours()
