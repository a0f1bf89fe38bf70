"""An organisation has kinds of contact of its own, and its own words for kinds and stances."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """One new table; nothing that stands changes."""
    op.create_table(
        "own_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(20), nullable=False),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_words"),
        sa.UniqueConstraint("of", "name", name="uq_own_words_of_name"),
    )
