"""Rasa's memory where several Rasas share it, and which application has a call."""

import sqlalchemy as sa
from alembic import op

revision = "0120_city17"
down_revision = "0110_talk4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rasa_trackers",
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("events", sa.LargeBinary(), nullable=False),
        sa.Column("saved", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sender", name=op.f("pk_rasa_trackers")),
    )
    op.create_index(op.f("ix_rasa_trackers_conversation_id"), "rasa_trackers", ["conversation_id"])
    op.create_index(op.f("ix_rasa_trackers_saved"), "rasa_trackers", ["saved"])
    op.add_column("calls", sa.Column("server", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("calls", "server")
    op.drop_table("rasa_trackers")
