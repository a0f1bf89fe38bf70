"""A deadline before or after a recess can be read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """One new table; nothing that stands changes."""
    op.create_table(
        "recesses",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("name", "first", name="pk_recesses"),
    )
