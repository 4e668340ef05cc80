"""Devices that agreed to be told news by Web Push; where somebody stands who reports something."""

import sqlalchemy as sa
from alembic import op

revision = "0120_fin13"
down_revision = "0120_city17"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "push_subscriptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("endpoint_digest", sa.String(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push_subscriptions")),
        sa.UniqueConstraint("conversation_id", "endpoint_digest", name="uq_push_subscriptions_device"),
    )
    for column in ("conversation_id", "endpoint_digest", "made"):
        op.create_index(op.f(f"ix_push_subscriptions_{column}"), "push_subscriptions", [column])
    op.create_table(
        "draft_positions",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_draft_positions")),
    )


def downgrade() -> None:
    op.drop_table("draft_positions")
    op.drop_table("push_subscriptions")
