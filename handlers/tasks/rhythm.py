"""How a team is reminded: its ladder, its hours and its days off, as set for the place."""

from handlers.tasks.ladder import Rhythm
from storage.database import Connection


def of(db: Connection, platform: str, place: str) -> Rhythm:
    """The rhythm of the team of a place; the defaults where nothing was set."""
    return Rhythm()
