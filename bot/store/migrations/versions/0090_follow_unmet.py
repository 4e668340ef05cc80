"""Wishes that could not be met, counted without persons."""

import sqlalchemy as sa
from alembic import op

revision = "0090_follow_unmet"
down_revision = "0090_bookings_series"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unmet_wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("age_group", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("wanted_day", sa.Date(), nullable=True),
        sa.Column("example", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_wishes")),
        sa.UniqueConstraint("once", name=op.f("uq_unmet_wishes_once")),
    )
    op.create_index(op.f("ix_unmet_wishes_month"), "unmet_wishes", ["month"])


def downgrade() -> None:
    op.drop_table("unmet_wishes")
