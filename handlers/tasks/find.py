"""One task by its number, for who may see it."""

import re

from handlers.command import Command
from handlers.problems import NotFound
from handlers.tasks import people
from storage import tasks
from storage.database import Connection
from storage.tasks import Task

_NUMBER = re.compile(r"[tT]\s?([0-9]{1,9})|([0-9]{1,9})")


def number_in(text: str) -> int | None:
    """`T12`, `t12` or `12` -> 12"""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1] or found[2]) if found else None


def number(typed: str) -> int:
    """A number that a button carried; a forged one finds nothing."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def one(command: Command, db: Connection, wanted: int) -> Task:
    """A task by number. One that is not there and one that is not for this person are NotFound alike."""
    found = tasks.get(db, wanted)
    if found is None or not people.may_see(command.member, found):
        raise NotFound("task.not_found", id=wanted)
    return found
