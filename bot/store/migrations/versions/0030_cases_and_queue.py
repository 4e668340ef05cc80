"""Cases on the board, bookings with a capacity of their own, the queue, and takeovers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0020"
branch_labels = None
depends_on = None

CASE_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "community": sa.String(),
    "grid": sa.String(),
    "department": sa.String(),
    "assignee": sa.String(),
    "merged_into": sa.String(),
    "satisfaction": sa.Integer(),
    "targets_from": sa.DateTime(timezone=True),
}
HANDOVER_COLUMNS: dict[str, sa.types.TypeEngine[Any]] = {
    "claimed_by": sa.String(),
    "claimed": sa.DateTime(timezone=True),
    "done": sa.DateTime(timezone=True),
    "outcome": sa.String(),
}


def upgrade() -> None:
    for name, kind in CASE_COLUMNS.items():
        op.add_column("cases", sa.Column(name, kind, nullable=True))
    op.create_index("ix_cases_grid", "cases", ["grid"])
    op.create_index("ix_cases_merged_into", "cases", ["merged_into"])
    for name, kind in HANDOVER_COLUMNS.items():
        op.add_column("handovers", sa.Column(name, kind, nullable=True))
    for table in ("offerings", "sessions"):
        op.add_column(table, sa.Column("own_capacity", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "office_settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_office_settings")),
    )
    op.create_table(
        "special_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_special_days")),
    )
    op.create_table(
        "staff_duty",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("on_duty", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_staff_duty_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_staff_duty")),
    )
    op.create_table(
        "takeovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_active", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeovers")),
    )
    op.create_index("ix_takeovers_conversation_id", "takeovers", ["conversation_id"])
    op.create_index(
        "uq_takeovers_running",
        "takeovers",
        ["conversation_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "onlookers",
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["staff_accounts.id"], name=op.f("fk_onlookers_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", "account_id", name=op.f("pk_onlookers")),
    )


def downgrade() -> None:
    for table in ("onlookers", "takeovers", "staff_duty", "special_days", "office_settings"):
        op.drop_table(table)
    for table in ("offerings", "sessions"):
        op.drop_column(table, "own_capacity")
    for column in HANDOVER_COLUMNS:
        op.drop_column("handovers", column)
    op.drop_index("ix_cases_merged_into", "cases")
    op.drop_index("ix_cases_grid", "cases")
    for column in CASE_COLUMNS:
        op.drop_column("cases", column)
