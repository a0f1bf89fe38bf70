"""The README tells the truth: its transcript is typed, its commands exist, its links lead somewhere."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def bot(tmp_path: Path) -> dict[str, str]:
    """An environment with an empty database of its own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    return clean | {"LOBBY_DATABASE_URL": f"sqlite:///{tmp_path}/lobby.db", "LOBBY_SOURCES": "none"}


def _run(command: str, environment: dict[str, str], folder: Path) -> str:
    words = [sys.executable, *shlex.split(command, comments=True)[1:]]
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_it_fits_on_a_page() -> None:
    """At most 120 lines."""
    assert len(README.splitlines()) <= 120


def test_its_commands_run(bot: dict[str, str], tmp_path: Path) -> None:
    """Every `python -m bot` of the command blocks works, and then the transcript says what it says."""
    (tmp_path / "var").mkdir()
    bot |= {"PYTHONPATH": str(ROOT)}
    commands = [line for block in _blocks("sh") for line in block.splitlines() if line.startswith("python -m bot")]
    assert len(commands) >= 4
    for command in commands:
        assert "Traceback" not in _run(command, bot, tmp_path), command
    (transcript,) = _blocks("console")
    typed = re.split(r"^\$ ", transcript, flags=re.MULTILINE)[1:]
    assert len(typed) >= 4
    for each in typed:
        command, *expected = each.strip().splitlines()
        printed = _run(command, bot, tmp_path)
        for line in expected:
            assert line.split("…")[0].strip() in printed, f"{line!r} is not in what {command!r} prints:\n{printed}"


def test_its_make_targets_exist() -> None:
    """What it tells to make can be made; `make demo` itself is driven in tests/journeys/test_first_log.py."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wanted = set(
        re.findall(r"make ([a-z-]+)", "\n".join(_blocks("sh")) + "\n".join(re.findall(r"`(make .*?)`", README)))
    )
    assert wanted >= {"demo", "test", "test-all", "check", "bench", "lock"}
    for target in wanted:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_its_links_lead_somewhere() -> None:
    """Every relative link is a file of the project."""
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
