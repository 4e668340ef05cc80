"""Items that staff have written."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.store.items.tables import ItemEdit
from bot.store.store import UnitOfWork


def every(unit: UnitOfWork) -> Sequence[ItemEdit]:
    return unit.session.scalars(select(ItemEdit).order_by(ItemEdit.id)).all()


def edition(unit: UnitOfWork) -> tuple[int, datetime | None]:
    """Changes whenever an item is written."""
    count, last = unit.session.execute(select(func.count(ItemEdit.id), func.max(ItemEdit.at))).one()
    return count, last


def save(unit: UnitOfWork, item_id: str, body: str, editor: str, at: datetime) -> None:
    row = unit.session.get(ItemEdit, item_id)
    if row is None:
        unit.add(ItemEdit(id=item_id, body=body, editor=editor, at=at))
    else:
        row.body, row.editor, row.at = body, editor, at
