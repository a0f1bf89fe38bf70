"""Who was once said to be meant by a spelling is found by it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One new table; nothing that stands changes."""
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_aliases_contact_id_contacts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_aliases_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_aliases"),
    )
    for column in ("contact_id", "person_id", "spelling"):
        op.create_index(f"ix_aliases_{column}", "aliases", [column])
