"""Escalations that somebody takes care of, to whom a case was sent, and turns that were not the assistant's to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0070_desk"
down_revision = "0070_border"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_events", sa.Column("department", sa.String(), nullable=True))
    op.add_column("case_events", sa.Column("assignee", sa.String(), nullable=True))
    op.add_column("turns", sa.Column("left_to", sa.String(), nullable=True))
    op.create_table(
        "case_escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=True),
        sa.Column("acknowledged", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_escalations_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_escalations")),
    )
    op.create_index("ix_case_escalations_case_id", "case_escalations", ["case_id"])
    op.create_index("ix_case_escalations_acknowledged", "case_escalations", ["acknowledged"])
    op.create_index("ix_handovers_state", "handovers", ["state"])
    # Cases that are late already and that the office still owes something were told to nobody.
    op.execute(
        """
        INSERT INTO case_escalations (case_id, target, role, at)
        SELECT cases.id,
               CASE case_events.action WHEN 'escalated_response' THEN 'response' ELSE 'settlement' END,
               'dispatcher',
               MAX(case_events.at)
        FROM case_events JOIN cases ON cases.id = case_events.case_id
        WHERE case_events.action IN ('escalated_response', 'escalated_settlement')
          AND cases.state IN ('filed', 'dispatched', 'handling', 'reopened')
          AND cases.merged_into IS NULL
        GROUP BY cases.id, case_events.action
        """
    )


def downgrade() -> None:
    op.drop_index("ix_handovers_state", "handovers")
    op.drop_index("ix_case_escalations_acknowledged", "case_escalations")
    op.drop_index("ix_case_escalations_case_id", "case_escalations")
    op.drop_table("case_escalations")
    op.drop_column("turns", "left_to")
    op.drop_column("case_events", "assignee")
    op.drop_column("case_events", "department")
