"""Who sits in the Tweede Kamer, kept up with what its feed tells of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers import people
from handlers.parliament.mirror import Mirror
from parliament.item import Fractie, Kamerlid, SourceChanged
from parliament.tweedekamer import chamber
from parliament.tweedekamer.entity import THE_HAGUE
from storage import cursors, entities, fracties
from storage import people as stored
from storage.database import Connection

KEPT = ("derived", "chamber")  # no source: whether what was read of them is in our own lists
DUE = "due"


def is_due(db: Connection) -> None:
    """Something was read of who sits: it is looked at when all of it was."""
    cursors.move(db, replace(cursors.held(db, *KEPT), value=DUE))


def told(db: Connection) -> bool:
    """Whether the feed has told it: the list that comes with the program is then of before."""
    return cursors.held(db, *KEPT).read_at is not None


def refresh(db: Connection, now: datetime) -> None:
    """Take in who sits, if anything was read of it. What cannot be is left as it was, and looked at again later."""
    cursor = cursors.held(db, *KEPT)
    if cursor.value != DUE:
        return
    try:
        found = _sitting(db, now)
    except SourceChanged as trouble:
        cursors.move(db, replace(cursor, tried_at=now, trouble=str(trouble)))
        return
    people.load(db, found, now)
    cursors.move(db, replace(cursor, value="", read_at=now, tried_at=now, trouble=""))


def _sitting(db: Connection, now: datetime) -> tuple[Sequence[Fractie], Sequence[Kamerlid]]:
    mirror = Mirror(db)
    persons, groups, seats, holders = (
        {one.id: mirror.entity(one) for one in entities.all_of(db, kind)} for kind in chamber.KINDS
    )
    today = now.astimezone(THE_HAGUE).date()
    known = stored.by_source(db)
    found = chamber.Chamber(persons, groups, seats, list(holders.values())).sitting(today, known)
    return _as_called(db, found[0], now), found[1]


def _as_called(db: Connection, told: Sequence[Fractie], now: datetime) -> list[Fractie]:
    """The same, with the other names by which we know them; and those that sit no more."""
    known = {row["source_id"]: row for row in fracties.all_on(db)}
    named = {row["abbreviation"]: row for row in known.values()}
    ours = [
        replace(one, aliases=tuple((known.get(one.source_id) or named.get(one.abbreviation) or {}).get("aliases", ())))
        for one in told
    ]
    here = {one.source_id for one in told}
    gone = [row for id, row in known.items() if id not in here and row["until"] is None]
    return [*(_ended(row, now) for row in gone), *ours]


def _ended(row: Mapping[str, Any], now: datetime) -> Fractie:
    return Fractie(
        row["source_id"],
        row["abbreviation"],
        row["name"],
        row["seats"],
        tuple(row["aliases"]),
        row["since"],
        now.astimezone(THE_HAGUE).date(),
    )
