"""Which supports of a proposal came from the telephone that they name; volunteers who are thanked by name; items that staff write."""

import sqlalchemy as sa
from alembic import op

revision = "0091_plan_proofs"
down_revision = "0090_follow_unmet"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal_supports") as table:
        table.add_column(sa.Column("proven", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("proposals") as table:
        table.add_column(sa.Column("proven_before", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("volunteers") as table:
        table.add_column(sa.Column("honour_name", sa.String(), nullable=True))
    op.create_table(
        "item_edits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("editor", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_edits")),
    )


def downgrade() -> None:
    op.drop_table("item_edits")
    with op.batch_alter_table("volunteers") as table:
        table.drop_column("honour_name")
    with op.batch_alter_table("proposals") as table:
        table.drop_column("proven_before")
    with op.batch_alter_table("proposal_supports") as table:
        table.drop_column("proven")
