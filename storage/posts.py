"""Posts: which message on which platform shows which record, so that a card can be brought up to date."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Connection, metadata

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("noun", String(30), nullable=False),
    Column("row_id", Integer, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("place", String(300), nullable=False),
    Column("message", String(300), nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("platform", "place", "message"),
    Index(None, "noun", "row_id"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """One message that shows `version` of record (`noun`, `row_id`)."""

    noun: str
    row_id: int
    platform: str
    place: str
    message: str
    version: int


def remember(db: Connection, post: Post) -> None:
    """This message now shows this record; what it showed before no longer counts. Two processes may say so at once."""
    make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    here = {name: getattr(post, name) for name in ("platform", "place", "message")}
    shows = {name: getattr(post, name) for name in ("noun", "row_id", "version")}
    db.execute(make(posts).values(**here, **shows).on_conflict_do_update(index_elements=list(here), set_=shows))


def behind(db: Connection, noun: str, row_id: int, version: int) -> list[Post]:
    """The messages that show an older version of this record."""
    query = select(posts).where(posts.c.noun == noun, posts.c.row_id == row_id, posts.c.version < version)
    return [_post(row._mapping) for row in db.execute(query.order_by(posts.c.id))]


def first(db: Connection, noun: str, row_id: int, here: tuple[str, str]) -> str:
    """The first message that shows this record in a place (platform, place); "" when none does."""
    platform, place = here
    query = select(posts.c.message).where(
        posts.c.noun == noun, posts.c.row_id == row_id, posts.c.platform == platform, posts.c.place == place
    )
    return db.scalar(query.order_by(posts.c.id).limit(1)) or ""


def forget(db: Connection, gone: Iterable[Post]) -> None:
    """These messages are no longer there."""
    for post in gone:
        forget_one(db, post.platform, post.place, post.message)


def forget_one(db: Connection, platform: str, place: str, message: str) -> None:
    """This message is no longer there."""
    here = (posts.c.platform == platform, posts.c.place == place, posts.c.message == message)
    db.execute(delete(posts).where(*here))


def _post(row: object) -> Post:
    values = dict(row)  # type: ignore[call-overload]  # a RowMapping is a mapping, which mypy does not know
    values.pop("id")
    return Post(**values)
