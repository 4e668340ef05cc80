"""The database's notes about itself."""

from sqlalchemy import select, type_coerce

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.kernel.tables import StoreState
from bot.store.store import UnitOfWork


def note(unit: UnitOfWork, key: str) -> str | None:
    row = unit.session.get(StoreState, key, populate_existing=True)
    return row.value if row else None


def set_note(unit: UnitOfWork, key: str, value: str) -> None:
    unit.session.merge(StoreState(key=key, value=value))


def encrypted_samples(unit: UnitOfWork) -> list[str]:
    """As they are stored: one value of each encrypted column of text that has any."""
    found: list[str] = []
    for mapper in Base.registry.mappers:
        for column in mapper.local_table.columns:
            if isinstance(column.type, EncryptedText):
                raw = type_coerce(column, column.type.impl_instance)
                found += unit.session.scalars(select(raw).where(raw.is_not(None)).limit(1)).all()
    return found
