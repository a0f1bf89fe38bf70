"""Consultations: what internetconsultatie.nl has open is kept, and what it no longer has is closed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from handlers.parliament import news
from parliament.item import Consultation
from storage import items
from storage.database import Connection
from storage.items import CLOSED, CONSULTATION, OPEN, Item

SOURCE = "internetconsultatie"


def take(db: Connection, found: Consultation, address: str, now: datetime) -> tuple[Item | None, Item]:
    """Keep a consultation as its page tells of it: (as it was, as it is). Whom it concerns has a deadline."""
    was = items.by_key(db, CONSULTATION, found.slug)
    opened = datetime.combine(found.opens, time(), ZoneInfo(items.ZONE)) if found.opens else None
    facts = {
        "ministry": found.ministry,
        "opens": found.opens.isoformat() if found.opens else "",
        "summary": found.summary,
        "chain": found.chain,
        "calendar": found.calendar,
    }
    item = Item(
        CONSULTATION,
        found.slug,
        title=found.title,
        kind=found.kind,
        state=OPEN if found.is_open else CLOSED,
        day=found.closes,
        words=f"{found.title} {found.summary} {found.ministry}",
        address=address,
        began_at=opened or (was.began_at if was else now),
        facts=facts,
    )
    return news.keep(db, item, now)


def not_found(db: Connection, open_ones: Collection[str]) -> list[str]:
    """The slugs of those that we have as open and the site does not list as such: their pages tell."""
    known = items.all_of(db, CONSULTATION, (OPEN,))
    return [one.key for one in known if not one.facts.get("own") and one.key not in open_ones]


def close(db: Connection, slug: str, now: datetime) -> None:
    """Its page is gone: that may pass, and a deadline that was dropped would be missed, so its day is waited for."""
    item = items.by_key(db, CONSULTATION, slug)
    if item and (item.due is None or item.is_over(now)):
        news.keep(db, replace(item, state=CLOSED), now)
