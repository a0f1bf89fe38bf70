"""Calendars have a link: whose it is, and by which mark it is known."""

import sqlalchemy as sa
from alembic import op

from storage.database import Utc

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(40), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("member_id", sa.Integer()),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_feeds_member_id_members"),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name="fk_feeds_author_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("mark", name="uq_feeds_mark"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_platform_place", "feeds", ["platform", "place"])
    op.create_index("ix_feeds_member_id", "feeds", ["member_id"])
