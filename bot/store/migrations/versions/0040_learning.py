"""Labels, training examples, trained models, groups of questions, versions of knowledge pages."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0030"
branch_labels = None
depends_on = None


def moment(name: str, *, needed: bool = True) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def upgrade() -> None:
    op.create_table(
        "turn_labels",
        sa.Column("turn_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        moment("at"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name=op.f("fk_turn_labels_turn_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_turn_labels")),
    )
    op.create_table(
        "conversation_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        moment("at"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_conversation_notes_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_notes")),
    )
    op.create_table(
        "training_examples",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.String(), nullable=True),
        sa.Column("conversation_id", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("page", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        moment("made"),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        moment("reviewed", needed=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_examples")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_training_examples_turn_id")),
    )
    op.create_table(
        "trained_models",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("checksum", sa.String(), nullable=True),
        sa.Column("made_for", sa.String(), nullable=True),
        sa.Column("examples", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        moment("asked"),
        moment("trained", needed=False),
        sa.Column("comparison", sa.String(), nullable=True),
        sa.Column("activated_by", sa.String(), nullable=True),
        moment("activated", needed=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trained_models")),
    )
    op.create_table(
        "question_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        moment("found"),
        sa.Column("turn_ids", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_groups")),
    )
    op.create_table(
        "knowledge_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        moment("written"),
        sa.Column("reviewer", sa.String(), nullable=True),
        moment("reviewed", needed=False),
        sa.Column("publisher", sa.String(), nullable=True),
        moment("published", needed=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_versions")),
        sa.UniqueConstraint("page_id", "number", name=op.f("uq_knowledge_versions_page_id_number")),
    )
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table in (
        "knowledge_versions",
        "question_groups",
        "trained_models",
        "training_examples",
        "conversation_notes",
        "turn_labels",
    ):
        op.drop_table(table)


INDEXES = (
    ("turn_labels", "conversation_id"),
    ("conversation_notes", "conversation_id"),
    ("training_examples", "conversation_id"),
    ("training_examples", "state"),
    ("trained_models", "state"),
    ("trained_models", "asked"),
    ("knowledge_versions", "state"),
    ("knowledge_versions", "published"),
)
