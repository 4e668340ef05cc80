"""Versions of the edited knowledge pages."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText


class KnowledgeVersion(Base):
    """One version of one knowledge page: draft, reviewed, live, replaced or discarded."""

    __tablename__ = "knowledge_versions"
    __table_args__ = (UniqueConstraint("page_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[str]
    number: Mapped[int]
    state: Mapped[str] = mapped_column(index=True)
    withdrawn: Mapped[bool]
    """The page is no longer told."""
    content: Mapped[str] = mapped_column(EncryptedText)
    """As in a file of data/knowledge."""
    note: Mapped[str] = mapped_column(EncryptedText)
    author: Mapped[str]
    written: Mapped[datetime]
    reviewer: Mapped[str | None]
    reviewed: Mapped[datetime | None]
    publisher: Mapped[str | None]
    published: Mapped[datetime | None] = mapped_column(index=True)
