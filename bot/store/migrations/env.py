"""Alembic runs this file; Store.migrate hands it the open connection."""

from typing import Any, Literal

from alembic import context

from bot.store.base import Base
from bot.store.encryption import EncryptedBytes, EncryptedText
from bot.store.utc_datetime import UtcDateTime

PLAIN = {EncryptedText: "sa.Text()", EncryptedBytes: "sa.LargeBinary()", UtcDateTime: "sa.DateTime(timezone=True)"}


def as_plain_type(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration names the database's own types, so that it still runs when our column types change."""
    return PLAIN.get(type(item), False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by copying it
    render_item=as_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
