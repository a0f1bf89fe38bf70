"""Weekly."""

from datetime import datetime

from handlers.tasks.woken import Woken
from storage.database import Connection
from storage.outbox import Notice


def weekly(notice: Notice, db: Connection, now: datetime) -> Woken:
    return Woken(why="none")


def plan(db: Connection, now: datetime) -> None:
    return None
