"""Places: the channels and conversations the bot was spoken to in, with their settings."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    update,
)

from storage.database import Connection, Utc, metadata

places = Table(
    "places",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("language", String(2)),
    Column("ladder", String(60)),
    Column("hours", String(20)),
    Column("recess", Boolean),
    Column("form", String(10)),
    Column("muted_until", Utc),
    UniqueConstraint("platform", "place"),
)


_HERE = (places.c.platform == bindparam("on"), places.c.place == bindparam("there"))
_RHYTHM = select(places.c.ladder, places.c.hours, places.c.recess).where(*_HERE)
_LANGUAGE = select(places.c.language).where(*_HERE)
_NAME = select(places.c.name).where(*_HERE)


class Rhythm(NamedTuple):
    """How a team is reminded, as it was set; None where it never was.

    ladder  working days before the due day, such as "10 5 2 1 0"
    hours   when something may be sent, such as "08:00-18:00"
    recess  whether the weeks of recess are days off
    """

    ladder: str | None = None
    hours: str | None = None
    recess: bool | None = None


def rhythm(db: Connection, platform: str, place: str) -> Rhythm:
    """How the team of a place is reminded."""
    row = db.execute(_RHYTHM, {"on": platform, "there": place}).one_or_none()
    return Rhythm(*row) if row else Rhythm()


def set_rhythm(db: Connection, place_id: int, rhythm: Rhythm) -> None:
    """How the team of a place is reminded from now on."""
    db.execute(update(places).where(places.c.id == place_id).values(rhythm._asdict()))


def form(db: Connection, platform: str, place: str) -> str:
    """How much a place reads of what is announced: "kort", or "" for all of it."""
    query = select(places.c.form).where(places.c.platform == platform, places.c.place == place)
    return str(db.scalar(query) or "")


def set_form(db: Connection, place_id: int, value: str | None) -> None:
    """How much a place reads of what is announced from now on; None for all of it."""
    db.execute(update(places).where(places.c.id == place_id).values(form=value))


def mute(db: Connection, place_id: int, until: datetime | None) -> None:
    """Nothing is announced in a place until that moment; None: it is again."""
    db.execute(update(places).where(places.c.id == place_id).values(muted_until=until))


def muted_until(db: Connection, platform: str, place: str) -> datetime | None:
    """Until when nothing is announced in a place; None where it never was muted."""
    found: datetime | None = db.scalar(
        select(places.c.muted_until).where(places.c.platform == platform, places.c.place == place)
    )
    return found


def language(db: Connection, platform: str, place: str) -> str | None:
    """The language set for a place; None when it was never set."""
    found: str | None = db.scalar(_LANGUAGE, {"on": platform, "there": place})
    return found


def name(db: Connection, platform: str, place: str) -> str:
    """What a place is called; "" when that was never told."""
    return str(db.scalar(_NAME, {"on": platform, "there": place}) or "")


def remember(db: Connection, platform: str, place: str, name: str, kind: str) -> int:
    """The number of a place; its name is brought up to date, where it is told ("": it is not)."""
    here = (places.c.platform == platform, places.c.place == place)
    new_name = {"name": name} if name else {}
    known = db.execute(update(places).where(*here).values(kind=kind, **new_name).returning(places.c.id))
    number = known.scalar_one_or_none()
    if number is not None:
        return int(number)
    new = insert(places).values(platform=platform, place=place, name=name, kind=kind).returning(places.c.id)
    return int(db.execute(new).scalar_one())


def set_language(db: Connection, place_id: int, value: str | None) -> None:
    """The language spoken in a place; None gives the choice back to each person."""
    db.execute(update(places).where(places.c.id == place_id).values(language=value))
