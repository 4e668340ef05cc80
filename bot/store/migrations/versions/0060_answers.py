"""Which question a turn ended with: what the next words are, an answer or something else, depends on it."""

import sqlalchemy as sa
from alembic import op

revision = "0060_answers"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain ALTER: copying the table, as batches do, would lose what refers to it.
    op.add_column("turns", sa.Column("asked", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("turns", "asked")
