"""Parliament: what it publishes, what is derived from that, who follows it, and where the reading stands."""

import sqlalchemy as sa
from alembic import op

from storage.database import Utc

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _entities()
    op.create_table(
        "cursors",
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("read_at", Utc(timezone=True)),
        sa.Column("item_at", Utc(timezone=True)),
        sa.Column("tried_at", Utc(timezone=True)),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", "part", name="pk_cursors"),
    )
    _items()
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("member_id", sa.Integer()),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_follows_member_id_members"),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name="fk_follows_author_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follows_platform_place", "follows", ["platform", "place"])
    op.create_index("ix_follows_member_id", "follows", ["member_id"])
    op.add_column("places", sa.Column("form", sa.String(10)))
    op.add_column("places", sa.Column("muted_until", Utc(timezone=True)))
    op.add_column("tasks", sa.Column("item_id", sa.Integer()))
    op.add_column("tasks", sa.Column("unassigned", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_index("ix_tasks_item_id", "tasks", ["item_id"])


def _entities() -> None:
    op.create_table(
        "entities",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("updated", Utc(timezone=True), nullable=False),
        sa.Column("first_at", Utc(timezone=True), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_entities"),
    )
    op.create_index("ix_entities_change", "entities", ["change"], unique=True)
    gone = sa.text("deleted")
    op.create_index("ix_entities_id", "entities", ["id"], sqlite_where=gone, postgresql_where=gone)
    op.create_table(
        "entity_links",
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("name", sa.String(30), nullable=False),
        sa.PrimaryKeyConstraint("target", "kind", "id", "name", name="pk_entity_links"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unknown_values",
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("value", sa.String(200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "field", "value", name="pk_unknown_values"),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(20), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("at", Utc(timezone=True)),
        sa.Column("day", sa.Date()),
        sa.Column("committee", sa.String(60), nullable=False),
        sa.Column("bill", sa.String(30), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("began_at", Utc(timezone=True)),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_at", Utc(timezone=True), nullable=False),
        sa.Column("changed_at", Utc(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.UniqueConstraint("noun", "key", name="uq_items_noun_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_items_noun_day", "items", ["noun", "day"])
    op.create_index("ix_items_noun_number", "items", ["noun", "number"])
    op.create_index("ix_items_bill", "items", ["bill"])
