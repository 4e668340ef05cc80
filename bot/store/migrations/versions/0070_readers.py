"""What staff say a turn was for the readers of danger and of answers, and the sentences that these learn from it."""

import sqlalchemy as sa
from alembic import op

revision = "0070_readers"
down_revision = "0070_desk"
branch_labels = None
depends_on = None

COLUMNS = (("turn_labels", "danger"), ("turn_labels", "act"), ("training_examples", "danger"),
           ("training_examples", "act"), ("training_examples", "asked"))  # fmt: skip


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(), nullable=True))


def downgrade() -> None:
    for table, column in COLUMNS:
        op.drop_column(table, column)
