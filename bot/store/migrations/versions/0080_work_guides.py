"""How far a conversation has come in a guide."""

import sqlalchemy as sa
from alembic import op

revision = "0080_work_guides"
down_revision = "0070_readers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "guide_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("guide", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guide_progress")),
    )
    op.create_index("ix_guide_progress_conversation_id", "guide_progress", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("guide_progress")
