"""Which finished service a rating is about."""

import sqlalchemy as sa
from alembic import op

revision = "0092_calls12"
down_revision = "0091_plan_proofs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ratings") as table:
        table.add_column(sa.Column("number", sa.String(), nullable=True))
        table.create_index(op.f("ix_ratings_number"), ["number"])


def downgrade() -> None:
    with op.batch_alter_table("ratings") as table:
        table.drop_index(op.f("ix_ratings_number"))
        table.drop_column("number")
