"""The logs: what went wrong and where; never what somebody typed, whatever breaks."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TYPED = "gesprek met Podt (D66) over nareis en het geheimeplan"


def _python(code: str, **environment: str) -> str:
    """What a process of its own writes on standard error."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr


@pytest.fixture
def crashing(tmp_path: Path, template: tuple[str, Path]) -> str:
    """A database that refuses every contact, with an error of SQLAlchemy that holds all values."""
    file = tmp_path / "lobby.db"
    file.write_bytes(template[1].read_bytes())
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TRIGGER boom BEFORE INSERT ON contacts BEGIN SELECT RAISE(ABORT, 'boom geheimeplan'); END")
    return f"sqlite:///{file}"


FORM = {"kind": "gesprek", "people": "Podt", "day": "2026-11-20", "discussed": TYPED, "asked": "geheimevraag"}


@pytest.mark.parametrize("env", ["prod", "dev"])
@pytest.mark.parametrize("asked", [["log " + TYPED], ["log", "--values", json.dumps(FORM)]], ids=["line", "form"])
def test_a_command_that_crashes_leaves_its_id_and_nothing_that_was_typed(
    crashing: str, env: str, asked: list[str]
) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "bot", "say", *asked],
        env=os.environ | {"LOBBY_DATABASE_URL": crashing, "LOBBY_ENV": env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    (line,) = said.stderr.splitlines()
    assert "IntegrityError" in line
    assert "storage/contacts.py" in line, "where it went wrong is of use only when it is in code of ours"
    number = json.loads(line)["id"] if env == "prod" else line.split("id=")[1].split()[0]
    assert len(number) == 32
    assert number in said.stdout, "the person gets the number that finds it in the log"
    for word in ("geheim", "Podt", "nareis", "gesprek", "noor", "Noor", "boom"):
        assert word not in said.stderr


def test_an_event_is_one_line_of_json_with_its_level_and_moment() -> None:
    code = "import structlog; from config import logs; logs.start(); structlog.get_logger().info('command', id='c1')"
    (line,) = _python(code).splitlines()
    event = json.loads(line)
    assert (event["event"], event["id"], event["level"]) == ("command", "c1", "info")
    assert event["timestamp"].endswith("Z")


def test_with_warnings_only_an_ordinary_event_is_not_written() -> None:
    code = (
        "import structlog; from config import logs; logs.start(level='warning'); log = structlog.get_logger();"
        "log.info('ordinary'); log.warning('odd')"
    )
    (line,) = _python(code).splitlines()
    assert json.loads(line)["event"] == "odd"


CRASH = "raise ValueError('geheimeplan')"


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    {crash}\nexcept ValueError:\n    logging.getLogger('some.library').exception('Job failed')",
        "try:\n    {crash}\nexcept ValueError:\n    structlog.get_logger().exception('Job failed')",
        "try:\n    {crash}\nexcept ValueError as error:\n"
        "    structlog.get_logger().error('Job failed', exc_info=error)",
        "try:\n    {crash}\nexcept ValueError as error:\n"
        "    structlog.get_logger().error('Job failed', exc_info=(type(error), error, error.__traceback__))",
        "import asyncio\nasync def job():\n    {crash}\n"
        "async def main():\n    task = asyncio.create_task(job())\n    await asyncio.sleep(0.01)\nasyncio.run(main())",
    ],
    ids=["library", "ours", "an exception", "a triple", "asyncio"],
)
def test_no_message_of_an_exception_is_written(code: str) -> None:
    said = _python(
        "import logging, structlog\nfrom config import logs\nlogs.start()\n" + code.replace("{crash}", CRASH)
    )
    (line,) = said.splitlines()
    event = json.loads(line)
    assert event["error"] == "ValueError"
    assert event["event"] in {"Job failed", "Task exception was never retrieved"}
    assert event["at"]
    assert "geheim" not in said


def test_what_a_library_says_in_passing_is_not_written() -> None:
    code = "import logging; from config import logs; logs.start(); logging.getLogger('some.library').info('started')"
    assert _python(code) == ""


def test_an_error_without_an_exception_is_written_too() -> None:
    code = "import structlog; from config import logs; logs.start(); structlog.get_logger().exception('nothing raised')"
    event = json.loads(_python(code))
    assert event["event"] == "nothing raised"
    assert "error" not in event
