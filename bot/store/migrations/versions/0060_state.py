"""What the database knows of itself: the name of its data key, and a row whose writing shows that it can be written."""

import sqlalchemy as sa
from alembic import op

revision = "0060_state"
down_revision = "0060_security"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "store_state",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_store_state")),
    )


def downgrade() -> None:
    op.drop_table("store_state")
