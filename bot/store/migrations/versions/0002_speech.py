"""How to speak in a conversation, and recordings."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recordings",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_recordings_turn_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id", name="pk_recordings"),
    )
    op.create_index("ix_recordings_at", "recordings", ["at"], unique=False)
    op.create_index("ix_recordings_conversation_id", "recordings", ["conversation_id"], unique=False)

    # Plain ALTERs: copying the table, as batches do, would delete its turns.
    op.add_column("conversations", sa.Column("rate", sa.Double(), nullable=True))
    op.add_column("conversations", sa.Column("volume", sa.Double(), nullable=True))
    op.add_column("conversations", sa.Column("voice", sa.String(), nullable=True))
    op.add_column("conversations", sa.Column("slow_utterances", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    for name in ("slow_utterances", "voice", "volume", "rate"):
        op.drop_column("conversations", name)
    op.drop_index("ix_recordings_conversation_id", "recordings")
    op.drop_index("ix_recordings_at", "recordings")
    op.drop_table("recordings")
