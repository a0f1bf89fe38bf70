"""The promises that are looked at every five minutes: what they are, and which are broken."""

from datetime import datetime, timedelta

from storage import outbox, tasks
from storage.database import Connection

SIGN = "promises"
FRESH = timedelta(minutes=15)  # a look of longer ago says nothing of now
PATIENCE = timedelta(minutes=10)  # what is due is under way within that, or a lease is stale
ATTENDED = ("rung",)  # what keeps a task from being forgotten
LISTED = timedelta(days=15)  # so long overdue at most before a task stands in the weekly list instead


def broken(db: Connection, now: datetime) -> list[str]:
    """Each promise that does not hold, in plain words; [] when all is well.

    Every open task has a reminder ahead or stands in the weekly list; nothing that is due lies there, leased or not.
    That nobody gets the same thing twice the database itself refuses: an occurrence has one row.
    """
    found: list[str] = []
    forgotten = tasks.unattended(db, now - LISTED, ATTENDED)
    if forgotten:
        numbers = ", ".join(f"T{number}" for number in forgotten[:10])
        found.append(f"{len(forgotten)} open tasks have no reminder ahead: {numbers}")
    late = outbox.late(db, now - PATIENCE)
    if late:
        found.append(f"{late} notices that are due were not brought")
    return found
