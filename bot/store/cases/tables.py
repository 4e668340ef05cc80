"""Complaints, their history and photos."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedBytes, EncryptedText
from bot.store.mixins import Record


class Case(Record, Base):
    __tablename__ = "cases"
    kind = "case"
    first_digit = "6"
    personal = ("name", "phone", "place", "text")
    names = ("name", "phone", "place")

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str | None] = mapped_column(unique=True, index=True, default=lambda: secrets.token_hex(8))
    """What everybody may know it by: with the number, somebody could try to open it."""
    category: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(EncryptedText)
    text: Mapped[str] = mapped_column(EncryptedText)
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    anonymous: Mapped[bool]
    name: Mapped[str | None] = mapped_column(EncryptedText)
    check_code: Mapped[str | None] = mapped_column(EncryptedText)
    """Stands in for the last four digits where no phone was given."""
    channel: Mapped[str]
    language: Mapped[str]
    filed: Mapped[datetime]
    respond_by: Mapped[datetime]
    settle_by: Mapped[datetime]
    escalated: Mapped[bool]
    community: Mapped[str | None]
    grid: Mapped[str | None] = mapped_column(index=True)
    """Whose grid worker sees it; empty until it is dispatched."""
    department: Mapped[str | None]
    """Which office of the street works on it."""
    assignee: Mapped[str | None]
    """Account of the grid worker it was sent to."""
    merged_into: Mapped[str | None] = mapped_column(index=True)
    """Number of the case that tells of the same thing."""
    satisfaction: Mapped[int | None]
    """1 to 5, as the resident said."""
    targets_from: Mapped[datetime | None]
    """Since when the two targets run, where that is not the filing: a reopened case starts afresh."""
    events: Mapped[list["CaseEvent"]] = relationship(order_by="CaseEvent.id", passive_deletes=True)


class CaseEvent(Base):
    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    note: Mapped[str | None] = mapped_column(EncryptedText)
    department: Mapped[str | None]
    """Where it was sent."""
    assignee: Mapped[str | None]
    """Account of the grid worker whom it was sent to."""


class Photo(Base):
    """A picture for a case. While the case is only a draft, it hangs on the conversation."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    """JPEG without any metadata."""
    at: Mapped[datetime]


class DraftPosition(Base):
    """Where somebody stood when they agreed to tell it, until their case is filed."""

    __tablename__ = "draft_positions"

    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[str] = mapped_column(EncryptedText)
    """(latitude, longitude)"""
    at: Mapped[datetime]


class CaseEscalation(Base):
    """A case missed one of its targets, and a role was told."""

    __tablename__ = "case_escalations"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    target: Mapped[str]
    """response or settlement."""
    role: Mapped[str]
    """Who is told."""
    at: Mapped[datetime]
    acknowledged_by: Mapped[str | None]
    """Account of the person who takes care of it."""
    acknowledged: Mapped[datetime | None] = mapped_column(index=True)
