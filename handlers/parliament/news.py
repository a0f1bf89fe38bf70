"""News: what is kept anew is told to whom it concerns, once."""

from datetime import datetime

from storage import items
from storage.database import Connection
from storage.items import Item


def keep(db: Connection, item: Item, now: datetime) -> None:
    """Keep an item as it is now."""
    items.put(db, item, now)
