"""The inbox: who takes care of what, kept views; opinions of reviewers; notes of hand-overs; arrivals."""

import sqlalchemy as sa
from alembic import op

revision = "0110_console15"
down_revision = "0111_open311"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "inbox_claims",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_inbox_claims_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("source", "number", name=op.f("pk_inbox_claims")),
    )
    op.create_index(op.f("ix_inbox_claims_account_id"), "inbox_claims", ["account_id"])
    op.create_table(
        "inbox_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_inbox_views_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_views")),
    )
    op.create_index(op.f("ix_inbox_views_account_id"), "inbox_views", ["account_id"])
    op.create_table(
        "turn_reviews",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=True),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["turn_id"], ["turns.id"], name=op.f("fk_turn_reviews_turn_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("turn_id", "by", name=op.f("pk_turn_reviews")),
    )
    op.create_index(op.f("ix_turn_reviews_conversation_id"), "turn_reviews", ["conversation_id"])
    op.add_column("handovers", sa.Column("passed_to", sa.String(), nullable=True))
    op.add_column("handovers", sa.Column("passed_note", sa.Text(), nullable=True))
    op.add_column("bookings", sa.Column("arrived", MOMENT, nullable=True))


def downgrade() -> None:
    op.drop_column("bookings", "arrived")
    op.drop_column("handovers", "passed_note")
    op.drop_column("handovers", "passed_to")
    for table in ("turn_reviews", "inbox_views", "inbox_claims"):
        op.drop_table(table)
