"""What residents want to be known by."""

import sqlalchemy as sa
from alembic import op

revision = "0093_profiles"
down_revision = "0092_mandates"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("agreed", MOMENT, nullable=False),
        sa.Column("needs_agreed", MOMENT, nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.Column("last_used", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("number", name=op.f("uq_profiles_number")),
    )
    for column in ("conversation_id", "phone_hash"):
        op.create_index(op.f(f"ix_profiles_{column}"), "profiles", [column])


def downgrade() -> None:
    op.drop_table("profiles")
