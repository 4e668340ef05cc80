"""How often which words were asked in a conversation, beyond the matter that they were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0110_talk4"
down_revision = "0110_web13_own_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("told", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_column("told")
