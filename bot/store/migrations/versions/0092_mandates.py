"""Who may act for whom, in which conversations they did, and what was done."""

import sqlalchemy as sa
from alembic import op

revision = "0092_mandates"
down_revision = "0092_calls12"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("powers", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("helper", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("code_ends", MOMENT, nullable=True),
        sa.Column("proven", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tell_by_call", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("made", MOMENT, nullable=False),
        sa.Column("changed", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sa.UniqueConstraint("number", name=op.f("uq_mandates_number")),
    )
    for column in ("conversation_id", "phone_hash", "state", "changed"):
        op.create_index(op.f(f"ix_mandates_{column}"), "mandates", [column])
    op.create_table(
        "mandate_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_uses_mandate_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_uses")),
        sa.UniqueConstraint("mandate_id", "conversation_id", name=op.f("uq_mandate_uses_mandate_id_conversation_id")),
    )
    for column in ("conversation_id", "phone_hash", "mandate_id"):
        op.create_index(op.f(f"ix_mandate_uses_{column}"), "mandate_uses", [column])
    op.create_table(
        "mandate_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.Column("use_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("told", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["mandate_id"], ["mandates.id"], name=op.f("fk_mandate_acts_mandate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["use_id"], ["mandate_uses.id"], name=op.f("fk_mandate_acts_use_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandate_acts")),
    )
    for column in ("mandate_id", "use_id", "number"):
        op.create_index(op.f(f"ix_mandate_acts_{column}"), "mandate_acts", [column])


def downgrade() -> None:
    for table in ("mandate_acts", "mandate_uses", "mandates"):
        op.drop_table(table)
