"""The promises that are looked at every five minutes: what they are, and which are broken."""

from collections import Counter
from datetime import datetime, timedelta

from handlers.digest.making import TOLD
from handlers.texts import say
from storage import outbox, tasks
from storage.database import Connection

SIGN = "promises"
FRESH = timedelta(minutes=15)  # a look of longer ago says nothing of now
PATIENCE = timedelta(minutes=10)  # what is due is under way within that, or its lease is stale
RECENT = timedelta(days=2)  # of which the digests are counted
ATTENDED = ("rung",)  # what keeps a task from being forgotten


def broken(db: Connection, now: datetime) -> list[str]:
    """Each promise that does not hold, as `unattended 2 T4, T7`; [] when all is well.

    unattended  every open task has a reminder ahead until it is due; from then on it stands in the weekly list
    unlisted    while something is overdue that list is on its way to somebody
    digests     nobody got two of one day
    late        nothing that is due lies there, whether nobody claimed it or a lease ended and nobody saw to it
    That nobody gets any other thing twice the database itself refuses: an occurrence has one row.
    """
    found: list[str] = []
    forgotten = tasks.unattended(db, now, ATTENDED)
    if forgotten:
        found.append(f"unattended {len(forgotten)} {', '.join(f'T{number}' for number in forgotten[:10])}")
    overdue = tasks.count_overdue(db, now)
    if overdue and not outbox.waits(db, "weekly"):
        found.append(f"unlisted {overdue} ")
    days = Counter(
        (one.member_id, one.platform, one.place, one.facts["day"]) for one in outbox.recent(db, TOLD, now - RECENT)
    )
    twice = sum(count > 1 for count in days.values())
    if twice:
        found.append(f"digests {twice} ")
    late = outbox.late(db, now - PATIENCE)
    if late:
        found.append(f"late {late} ")
    return found


def in_words(language: str, one: str) -> str:
    """A broken promise as a person reads it."""
    name, count, which = one.split(" ", 2)
    if name == "unattended":
        return say(language, "status.unattended", count=count, which=which)
    return say(language, f"status.{name}", count=count)
