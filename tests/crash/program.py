"""A program as a process of its own: started, killed, stopped, and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0  # seconds; generous, for a machine that is busy with other things


def answers(port: int) -> bool:
    """Whether the bot on that port says that it is ready."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


class Log:
    """Where programs write: a pipe, so that a full disk does not silence them, and behind it a file."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
        with file.open("wb") as written:
            self._writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=written)

    @property
    def pipe(self) -> int:
        """For standard output."""
        assert self._writer.stdin
        return self._writer.stdin.fileno()

    def last(self) -> str:
        """The end of it."""
        return self.file.read_text(encoding="utf-8", errors="replace")[-3000:]

    def close(self) -> None:
        """When all programs are gone."""
        self._writer.communicate()


class Program:
    """`python -m …`, with no settings of Lobby but these. `is_ready`: asked, with the pid, until it is true."""

    def __init__(
        self, module: Sequence[str], settings: Mapping[str, str], log: Log, is_ready: Callable[[int], bool]
    ) -> None:
        self._command = [sys.executable, "-m", *module]
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("LOBBY_", "PORT"))}
        self._settings = clean | {"LOBBY_SOURCES": "none"} | dict(settings)
        self._log = log
        self._is_ready = is_ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and do not wait."""
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=self._settings, stdout=self._log.pipe, stderr=self._log.pipe
        )

    @property
    def pid(self) -> int:
        """Of the present process."""
        assert self._process
        return self._process.pid

    def wait(self) -> None:
        """Until it is ready. AssertionError when it went away by itself."""
        until = time.monotonic() + STARTS_WITHIN
        while not self._is_ready(self.pid):
            self.check()
            assert time.monotonic() < until, f"it does not start:\n{self._log.last()}"
            time.sleep(0.02)

    def check(self) -> None:
        """AssertionError when it went away by itself."""
        assert self._process
        assert self._process.poll() is None, f"it went away:\n{self._log.last()}"

    def kill(self) -> None:
        """As if the power went."""
        assert self._process
        self._process.kill()
        self._process.wait(10)

    def stop(self) -> None:
        """It stands still, and does not know it."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """It goes on where it was."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """Ask it to end; who does not is killed."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
