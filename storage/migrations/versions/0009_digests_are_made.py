"""Digests: who gets one and what stood in it, what changed about the items of parliament, and elections."""

import sqlalchemy as sa
from alembic import op

from storage.database import Utc

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", Utc(timezone=True), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name="fk_changes_item_id_items"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_index("ix_changes_at", "changes", ["at"])
    op.create_table(
        "elections",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("day", "name", name="pk_elections"),
    )
    op.create_index("ix_items_first_at", "items", ["first_at"])
    _digests()
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", Utc(timezone=True), nullable=False),
        sa.Column("until", Utc(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name="fk_editions_digest_id_digests"),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("digest_id", "day", name="uq_editions_digest_id_day"),
        sqlite_autoincrement=True,
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("member_id", sa.Integer()),
        sa.Column("at", sa.String(5), nullable=False),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("days", sa.String(20), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("form", sa.String(10), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("next_at", Utc(timezone=True), nullable=False),
        sa.Column("since", Utc(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_digests_member_id_members"),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name="fk_digests_author_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_digests_platform_place", "digests", ["platform", "place"])
    op.create_index("ix_digests_member_id", "digests", ["member_id"])
    op.create_index("ix_digests_active_next_at", "digests", ["active", "next_at"])
