"""Which conversations were held in elder mode: counted for the plan's target, never who."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A plain ALTER: copying the table, as batches do, would delete its turns.
    op.add_column("conversations", sa.Column("elder", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("conversations", "elder")
