"""What an offering asks beside the usual, and bookings that belong to one series."""

import sqlalchemy as sa
from alembic import op

revision = "0090_bookings_series"
down_revision = "0081_civic_points"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("offerings", sa.Column("ask", sa.String(), nullable=False, server_default=""))
    op.add_column("offerings", sa.Column("ask_en", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "booking_series",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_booking_series")),
    )
    op.add_column("bookings", sa.Column("series", sa.String(), nullable=True))
    op.create_index(op.f("ix_bookings_series"), "bookings", ["series"])


def downgrade() -> None:
    op.drop_index(op.f("ix_bookings_series"), table_name="bookings")
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("series")
    op.drop_table("booking_series")
    with op.batch_alter_table("offerings") as offerings:
        offerings.drop_column("ask_en")
        offerings.drop_column("ask")
