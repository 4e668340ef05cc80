"""A new second factor belongs to the session that proved the password, and only for some minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0060_security"
down_revision = "0060_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_accounts", sa.Column("totp_pending_session", sa.String(), nullable=True))
    op.add_column("staff_accounts", sa.Column("totp_pending_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("staff_accounts", "totp_pending_at")
    op.drop_column("staff_accounts", "totp_pending_session")
