"""Copies of the database as files: what one holds, and how one comes to stand there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class Refused(Exception):
    """No copy was written or put back; the message says why and what to do, and nothing was touched."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a copy holds: how many contacts, and the migration it stands at ("" when it names none)."""

    contacts: int
    revision: str


def counted(contacts: int) -> str:
    """`1 contact`, `12 contacts`"""
    return f"{contacts} contact{'' if contacts == 1 else 's'}"


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty file in the folder of `target`, for its owner alone; gone afterwards unless it was given a name."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise Refused(f"{target.parent} cannot be written in: {error.strerror}.") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
    except OSError as error:
        raise Refused(f"{target} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def name(part: Path, target: Path) -> None:
    """Let a finished file appear under its name at once; a file that stands there is never overwritten."""
    _on_disk(part)
    try:
        os.link(part, target)
    except FileExistsError as error:
        raise Refused(f"{target} exists already: name another file.") from error
    except OSError:  # a share that knows no links
        part.rename(target)
    _on_disk(target.parent)


def replace(part: Path, target: Path) -> None:
    """Let a finished file take the name of another at once."""
    _on_disk(part)
    part.replace(target)
    _on_disk(target.parent)


def _on_disk(path: Path) -> None:
    """Wait until what was written can survive a power cut; of a folder: the names in it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
