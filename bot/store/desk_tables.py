"""Tables of the desk: when people are there, who is on duty, who talks with whom, what is told to everybody, what is late."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.encryption import EncryptedText
from bot.store.tables import Base as Base


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
