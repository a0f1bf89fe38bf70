"""Whose turn it is: of the processes on one SQLite file one delivers, and the others stand by until it is gone."""

import fcntl
from pathlib import Path
from typing import IO

import structlog

from storage.database import Database

log = structlog.get_logger()


class Turn:
    """The turn of this process. On PostgreSQL all have it: they share the work.

    The operating system gives the turn back when a process ends, however it ends. A process that stands still keeps it.
    """

    def __init__(self, database: Database) -> None:
        name = database.url.database if database.is_sqlite else None
        self._file = Path(f"{name}.turn") if name and name != ":memory:" else None
        self._held: IO[bytes] | None = None
        self._said = False

    @property
    def why(self) -> str:
        """What is wrong: another process has the turn; "" when it is ours."""
        return "" if self.ours() else "another process on this database delivers; this one stands by"

    def ours(self) -> bool:
        """Whether it is ours to deliver now; taken as soon as it is free."""
        if self._file is None or self._held:
            return True
        file = self._file.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            if not self._said:
                log.warning("standing by: another process on this database delivers what is due")
                self._said = True
            return False
        self._held = file
        if self._said:
            log.warning("the other process is gone: delivering from here on")
        return True

    def give_back(self) -> None:
        """Let another have it at once."""
        if self._held:
            self._held.close()
            self._held = None
