"""An organisation comes from a list, or somebody typed it with a contact: the latter may be confidential."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Those that stand there count as listed, as they did."""
    op.add_column("organisations", sa.Column("listed", sa.Boolean(), server_default=sa.true(), nullable=False))
