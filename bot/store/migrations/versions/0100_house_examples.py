"""That something is an example stands in a column, and its names are kept without the mark."""

import sqlalchemy as sa
from alembic import op

revision = "0100_house_examples"
down_revision = "0094_call_back_by"
branch_labels = None
depends_on = None

MARKS = {"title": "（示例）", "title_en": " (example)", "place": "（示例）", "place_en": " (example)", "public_title": "（示例）"}
NAMES = {
    "offerings": ("title", "title_en", "place", "place_en"),
    "rewards": ("title", "title_en", "place", "place_en"),
    "proposals": ("public_title",),
}


def upgrade() -> None:
    for table_name, names in NAMES.items():
        with op.batch_alter_table(table_name) as batch:
            batch.add_column(sa.Column("is_example", sa.Boolean(), nullable=False, server_default=sa.false()))
        table = _table(table_name, names)
        first = names[0]
        op.execute(table.update().where(table.c[first].endswith(MARKS[first])).values(is_example=True))
        for name in names:
            column, mark = table.c[name], MARKS[name]
            bare = sa.func.substr(column, 1, sa.func.length(column) - len(mark))
            op.execute(table.update().where(table.c.is_example, column.endswith(mark)).values({name: bare}))


def downgrade() -> None:
    for table_name, names in NAMES.items():
        table = _table(table_name, names)
        for name in names:
            op.execute(table.update().where(table.c.is_example).values({name: table.c[name] + MARKS[name]}))
        with op.batch_alter_table(table_name) as batch:
            batch.drop_column("is_example")


def _table(table_name: str, names: tuple[str, ...]) -> sa.TableClause:
    return sa.table(table_name, sa.column("is_example", sa.Boolean()), *(sa.column(name, sa.String()) for name in names))
