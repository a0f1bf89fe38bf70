"""The schema as a whole: all tables together, and the migrations that make them."""

from pathlib import Path
from typing import Any

from storage import (
    aliases,
    changes,
    commands,
    contacts,
    conversations,
    cursors,
    digests,
    dossiers,
    drafts,
    elections,
    entities,
    feeds,
    follows,
    fracties,
    history,
    items,
    members,
    organisations,
    outbox,
    own_words,
    people,
    places,
    posts,
    recesses,
    signs,
    tasks,
    unknown_values,
)
from storage.database import Database, metadata

__all__ = ["expected", "metadata", "upgrade"]

# every module that brings a table; named here so that none is forgotten
NOUNS = (
    aliases,
    changes,
    commands,
    contacts,
    conversations,
    cursors,
    digests,
    dossiers,
    drafts,
    elections,
    entities,
    feeds,
    follows,
    fracties,
    history,
    items,
    members,
    organisations,
    outbox,
    own_words,
    people,
    places,
    posts,
    recesses,
    signs,
    tasks,
    unknown_values,
)

MIGRATIONS = Path(__file__).with_name("migrations")


def _alembic() -> Any:
    from alembic.config import Config  # alembic is heavy, and only migrating needs it

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def expected() -> str:
    """The migration this program is made for: the highest number in the folder."""
    return max(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring a database to this program's migration. Nothing happens when it stands there already."""
    from alembic import command

    config = _alembic()
    with database.writing() as db:
        config.attributes["connection"] = db
        command.upgrade(config, revision)


def differences(database: Database) -> list[Any]:
    """What the tables of the program and those of the database do not agree on; [] is as it should be."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.reading() as db:
        options = {
            "include_name": lambda name, kind, parents: kind != "table" or not str(name).startswith("contact_words")
        }
        found: list[Any] = compare_metadata(MigrationContext.configure(db, opts=options), metadata)
    return found
