"""Postings of work, the words they are found by, and applications."""

import sqlalchemy as sa
from alembic import op

revision = "0080_work_jobs"
down_revision = "0080_work_guides"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_postings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("trade", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("pay_from", sa.Integer(), nullable=True),
        sa.Column("pay_to", sa.Integer(), nullable=True),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("lodging", sa.Boolean(), nullable=True),
        sa.Column("meals", sa.Boolean(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_postings")),
        sa.UniqueConstraint("digest", name=op.f("uq_job_postings_digest")),
    )
    op.create_index("ix_job_postings_open", "job_postings", ["valid_until", "id"])
    op.create_index("ix_job_postings_trade", "job_postings", ["trade", "id"])
    op.create_table(
        "job_words",
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["job_postings.id"], name=op.f("fk_job_words_posting_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("word", "posting_id", name=op.f("pk_job_words")),
    )
    op.create_index("ix_job_words_posting_id", "job_words", ["posting_id"])
    op.create_table(
        "job_applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_hash", sa.String(), nullable=True),
        sa.Column("posting_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("employer", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("filed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["posting_id"], ["job_postings.id"], name=op.f("fk_job_applications_posting_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_applications")),
        sa.UniqueConstraint("number", name=op.f("uq_job_applications_number")),
    )
    for column in ("conversation_id", "phone_hash", "posting_id", "state"):
        op.create_index(f"ix_job_applications_{column}", "job_applications", [column])


def downgrade() -> None:
    op.drop_table("job_applications")
    op.drop_table("job_words")
    op.drop_table("job_postings")
