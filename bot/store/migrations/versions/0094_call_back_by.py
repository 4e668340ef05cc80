"""By when somebody who wants a person is called back, as they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0094_call_back_by"
down_revision = "0093_profiles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("handovers") as table:
        table.add_column(sa.Column("call_back_by", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("handovers") as table:
        table.drop_column("call_back_by")
