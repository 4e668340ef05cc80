"""What a statement that changes many rows has done."""

from typing import Any

from sqlalchemy import CursorResult

from bot.store.store import Unit


def changed(unit: Unit, statement: Any) -> int:
    """Execute it; how many rows it changed or deleted. Rows already read are not told of it."""
    done = unit.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    return done.rowcount
