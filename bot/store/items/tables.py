"""What staff have written of the items that this street handles: in place of the files, or beside them."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base


class ItemEdit(Base):
    __tablename__ = "item_edits"

    id: Mapped[str] = mapped_column(primary_key=True)
    """Of the item."""
    body: Mapped[str]
    """All of it, as JSON; nothing of a resident is in it."""
    editor: Mapped[str]
    at: Mapped[datetime]
