"""What every topic needs: ids of commits, failed tries, due tasks, what the store knows of itself."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText


class IdempotencyKey(Base):
    """What one client message has already done, so that the same message again does nothing twice."""

    __tablename__ = "commits"

    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    client_message_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    """Of the record that was written."""
    at: Mapped[datetime] = mapped_column(index=True)


class FailedAttempt(Base):
    """Wrong tries to open a record, per record number and per asker (both as keyed hashes)."""

    __tablename__ = "tries"

    subject: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    last_wrong: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]


class DueTask(Base):
    __tablename__ = "due_tasks"
    __table_args__ = (Index(None, "finished", "due"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    once: Mapped[str | None] = mapped_column(unique=True)
    """A task with the same mark is not scheduled twice; empty for all others."""
    due: Mapped[datetime]
    payload: Mapped[str] = mapped_column(EncryptedText)
    """JSON."""
    attempts: Mapped[int]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    gave_up: Mapped[bool]


class StoreState(Base):
    """What the database knows of itself, such as the name of the data key that it is encrypted with."""

    __tablename__ = "store_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
