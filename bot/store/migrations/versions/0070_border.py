"""Wrong sign-ins by place, whose offering it is, from where a conversation comes, and when a notice was told."""

import sqlalchemy as sa
from alembic import op

revision = "0070_border"
down_revision = "0060_state"
branch_labels = None
depends_on = None

# What came before a notice could only be told by the clock until now.
AFTER = """
UPDATE notices SET after_seq = COALESCE((
    SELECT MAX(turns.seq) FROM turns
    WHERE turns.conversation_id = notices.conversation_id AND turns.received <= notices.at
), 0)
"""


def upgrade() -> None:
    op.create_table(
        "sign_in_places",
        sa.Column("login_hash", sa.String(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_wrong", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("login_hash", "address_hash", name=op.f("pk_sign_in_places")),
    )
    # Plain ALTERs: copying a table, as batches do, would lose what refers to it.
    op.add_column("offerings", sa.Column("community", sa.String(), server_default="", nullable=False))
    op.add_column("conversations", sa.Column("origin", sa.String(), nullable=True))
    op.create_index(op.f("ix_conversations_origin"), "conversations", ["origin"])
    op.add_column("notices", sa.Column("after_seq", sa.Integer(), server_default="0", nullable=False))
    op.execute(AFTER)


def downgrade() -> None:
    op.drop_column("notices", "after_seq")
    op.drop_index(op.f("ix_conversations_origin"), "conversations")
    op.drop_column("conversations", "origin")
    op.drop_column("offerings", "community")
    op.drop_table("sign_in_places")
