"""Ingest: what a source tells is kept, together with how far it was read, or not at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from parliament.item import SourceChanged
from parliament.tweedekamer.entity import Entity
from parliament.tweedekamer.kinds import KINDS
from parliament.tweedekamer.known import unknown
from storage import cursors, entities, unknown_values
from storage.cursors import Cursor
from storage.database import Connection
from storage.entities import Seen

TWEEDE_KAMER = "tweedekamer"  # the source; its parts are the kinds
ODATA = "tweedekamer-odata"  # the same, through its second reader
TURN = "turn"  # no source: whose turn it is to read
WORD = 300  # characters of a trouble that are kept

Part = tuple[str, str]  # (source, part)


def turn(db: Connection, every: timedelta, now: datetime) -> bool:
    """Whether it is ours to read now: of several processes on one database one does, once each time."""
    cursor = cursors.held(db, TURN, "")
    ago = now - cursor.tried_at if cursor.tried_at else every
    if timedelta(0) <= ago < every * 0.9:  # less than nothing: the clock went back, which holds up nobody
        return False
    cursors.move(db, replace(cursor, tried_at=now))
    return True


def take(db: Connection, part: Part, told: Sequence[Entity], reached: str, now: datetime) -> int:
    """Keep a page of one kind, and that it was read up to there; gives how many were new or different."""
    cursor = cursors.held(db, *part)
    count = entities.store(db, cursor.part, [_seen(entity) for entity in told], now, tuple(KINDS))
    if count:
        unknown_values.count(db, unknown(told), now)
    cursors.move(db, replace(cursor, value=reached, tried_at=now, item_at=now if count else cursor.item_at))
    return count


def _seen(entity: Entity) -> Seen:
    links = tuple((name, id) for name, ids in entity.links.items() for id in ids)
    return Seen(entity.id, entity.body, entity.updated, entity.deleted, links)


def read_to_the_end(db: Connection, part: Part, now: datetime, brought: bool = False) -> None:
    """There is nothing more for now: it went well. `brought`: there was something."""
    cursor = cursors.held(db, *part)
    item_at = now if brought else cursor.item_at
    cursors.move(db, replace(cursor, read_at=now, tried_at=now, item_at=item_at, trouble="", changed=False))


def went_wrong(db: Connection, part: Part, trouble: Exception, now: datetime) -> Cursor:
    """It did not answer, or is no longer what it was; gives how it stood before."""
    cursor = cursors.held(db, *part)
    said = (str(trouble).splitlines() or [""])[0][:WORD]
    changed = isinstance(trouble, SourceChanged)
    cursors.move(db, replace(cursor, tried_at=now, trouble=said or type(trouble).__name__, changed=changed))
    return cursor
