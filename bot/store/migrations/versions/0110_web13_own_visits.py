"""Codes and visits of who looks at their own matters; and whether an answer was of use."""

import sqlalchemy as sa
from alembic import op

revision = "0110_web13_own_visits"
down_revision = "0110_console15"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "own_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("shown_in", sa.String(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_ends", MOMENT, nullable=True),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("ends", MOMENT, nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_visits")),
    )
    for column in ("phone_hash", "shown_in", "token", "made"):
        op.create_index(op.f(f"ix_own_visits_{column}"), "own_visits", [column])
    op.create_table(
        "turn_opinions",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_turn_opinions_turn_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_turn_opinions")),
    )
    op.create_index(op.f("ix_turn_opinions_conversation_id"), "turn_opinions", ["conversation_id"])


def downgrade() -> None:
    op.drop_table("turn_opinions")
    op.drop_table("own_visits")
