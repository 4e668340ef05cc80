"""Wishes for a person; when people are there, who is on duty, who talks with whom, and what is told to everybody."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import Record


class Handover(Record, Base):
    __tablename__ = "handovers"
    kind = "handover"
    first_digit = "8"
    personal = ("phone",)
    names = ("phone",)

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(index=True)
    on_duty: Mapped[bool | None]
    channel: Mapped[str]
    language: Mapped[str]
    asked: Mapped[datetime]
    call_back_by: Mapped[datetime | None]
    """The latest moment at which they are called back, as they were told."""
    claimed_by: Mapped[str | None]
    """Account of who takes care of it."""
    claimed: Mapped[datetime | None]
    done: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """Code of what came of it."""
    passed_to: Mapped[str | None]
    """Account of the colleague, or the role, that somebody passed it on to."""
    passed_note: Mapped[str | None] = mapped_column(EncryptedText)
    """For that colleague."""


class OfficeSetting(Base):
    """What the office decides while the assistant runs: hours, the announcement, the off switch."""

    __tablename__ = "office_settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(EncryptedText)
    changed: Mapped[datetime]
    changed_by: Mapped[str]
    """Account id."""


class SpecialDay(Base):
    """A day on which other hours hold than on its weekday."""

    __tablename__ = "special_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    hours: Mapped[str]
    """Such as "09:00-12:00"; empty is closed."""


class StaffDuty(Base):
    """Who said that they are there."""

    __tablename__ = "staff_duty"

    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), primary_key=True)
    on_duty: Mapped[bool]
    since: Mapped[datetime]


class Takeover(Base):
    """A person writes in place of the assistant, from `since` to `ended`."""

    __tablename__ = "takeovers"
    __table_args__ = (
        # Two people who click at once: one of them gets the conversation.
        Index(
            "uq_takeovers_running",
            "conversation_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str]
    since: Mapped[datetime]
    last_active: Mapped[datetime]
    ended: Mapped[datetime | None]


class Onlooker(Base):
    """Who has a conversation open at this moment."""

    __tablename__ = "onlookers"

    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), primary_key=True)
    seen: Mapped[datetime]
