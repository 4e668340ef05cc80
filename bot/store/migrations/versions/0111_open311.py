"""What everybody may know a case by, and the keys of systems that file cases with us."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0111_open311"
down_revision = "0110_outbox"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("public_id", sa.String(), nullable=True))
    cases = sa.table("cases", sa.column("id", sa.Integer()), sa.column("public_id", sa.String()))
    connection = op.get_bind()
    for (one,) in connection.execute(sa.select(cases.c.id)).all():
        connection.execute(cases.update().where(cases.c.id == one).values(public_id=secrets.token_hex(8)))
    op.create_index(op.f("ix_cases_public_id"), "cases", ["public_id"], unique=True)
    op.create_table(
        "office_partner_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_partner_keys")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_office_partner_keys_key_hash")),
    )


def downgrade() -> None:
    op.drop_table("office_partner_keys")
    op.drop_index(op.f("ix_cases_public_id"), "cases")
    op.drop_column("cases", "public_id")
