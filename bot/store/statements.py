"""What a statement that changes many rows has done."""

from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, inspect, select, tuple_

from bot.store.base import Base
from bot.store.store import UnitOfWork


def changed(unit: UnitOfWork, statement: Any) -> int:
    """Execute it; how many rows it changed or deleted. Rows already read are not told of it."""
    done = unit.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    return done.rowcount


def delete_some(unit: UnitOfWork, table: type[Base], most: int, old: ColumnElement[bool]) -> int:
    """At most so many of the rows that are old; how many went."""
    key = inspect(table).primary_key
    some = select(*key).where(old).limit(most)
    chosen = key[0].in_(some) if len(key) == 1 else tuple_(*key).in_(some)
    return changed(unit, delete(table).where(chosen))
