"""The one statement that SQLite and PostgreSQL know under two names."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.base import Base
from bot.store.store import UnitOfWork


def insert_or_ignore(unit: UnitOfWork, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert a row; False when a row with the same unique values is there already.

    Two callers at once: the second waits for the first, so exactly one of them gets True.
    """
    key = next(iter(table.__table__.primary_key))
    if unit.session.get_bind().dialect.name == "postgresql":
        inserted = postgresql.insert(table).values(values).on_conflict_do_nothing().returning(key)
        return unit.session.execute(inserted).first() is not None
    ignored = sqlite.insert(table).values(values).on_conflict_do_nothing().returning(key)
    return unit.session.execute(ignored).first() is not None


def insert_missing(unit: UnitOfWork, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many; those whose unique values are there already are left as they are."""
    dialect = postgresql if unit.session.get_bind().dialect.name == "postgresql" else sqlite
    unit.session.execute(dialect.insert(table).on_conflict_do_nothing(), list(rows))
