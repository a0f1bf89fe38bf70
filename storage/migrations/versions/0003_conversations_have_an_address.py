"""The bot speaks first in a conversation by an address that is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """One new table; nothing that stands changes."""
    op.create_table(
        "conversations",
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("conversation", sa.String(300), nullable=False),
        sa.Column("user", sa.String(200), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "conversation", name="pk_conversations"),
    )
    op.create_index("ix_conversations_platform_user", "conversations", ["platform", "user"])
