"""Tasks, the outbox from which what is to be said is sent, and the hours and ladder of a team."""

import sqlalchemy as sa
from alembic import op

from storage.database import Utc

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer()),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("clock", sa.Time()),
        sa.Column("zone", sa.String(40), nullable=False),
        sa.Column("due", Utc(timezone=True), nullable=False),
        sa.Column("bill", sa.String(20), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("contact_id", sa.Integer()),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("accepted_at", Utc(timezone=True)),
        sa.Column("alive_at", Utc(timezone=True)),
        sa.Column("reminded_at", Utc(timezone=True)),
        sa.Column("rests_until", Utc(timezone=True)),
        sa.Column("created_at", Utc(timezone=True), nullable=False),
        sa.Column("done_at", Utc(timezone=True)),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name="fk_tasks_owner_id_members"),
        sa.ForeignKeyConstraint(["author_id"], ["members.id"], name="fk_tasks_author_id_members"),
        sa.ForeignKeyConstraint(["reader_id"], ["members.id"], name="fk_tasks_reader_id_members"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_tasks_contact_id_contacts"),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tasks_state_due", "tasks", ["state", "due"])
    op.create_index("ix_tasks_owner_id_state_due", "tasks", ["owner_id", "state", "due"])
    op.create_index("ix_tasks_contact_id", "tasks", ["contact_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("what", sa.String(30), nullable=False),
        sa.Column("noun", sa.String(30), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("member_id", sa.Integer()),
        sa.Column("platform", sa.String(20), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("due", Utc(timezone=True), nullable=False),
        sa.Column("next_at", Utc(timezone=True), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("token", sa.String(32)),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("first_at", Utc(timezone=True)),
        sa.Column("message", sa.String(300), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("done_at", Utc(timezone=True)),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_outbox_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_state_next_at", "outbox", ["state", "next_at"])
    op.create_index("ix_outbox_noun_row_id", "outbox", ["noun", "row_id"])
    op.create_index(
        "ix_outbox_token",
        "outbox",
        ["token"],
        sqlite_where=sa.text("token IS NOT NULL"),
        postgresql_where=sa.text("token IS NOT NULL"),
    )
    op.add_column("places", sa.Column("ladder", sa.String(60)))
    op.add_column("places", sa.Column("hours", sa.String(20)))
    op.add_column("places", sa.Column("recess", sa.Boolean()))
