"""Postings of work, the words they are found by, and who has applied."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import Record


class ApplicationState(StrEnum):
    OPEN = "open"
    """Staff have not told the employer yet."""
    PASSED_ON = "passed_on"
    CLOSED = "closed"


class JobPosting(Base):
    __tablename__ = "job_postings"
    __table_args__ = (
        # The newest that are still open, and the same among one trade: what nearly every search asks for.
        Index("ix_job_postings_open", "valid_until", "id"),
        Index("ix_job_postings_trade", "trade", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    trade: Mapped[str]
    """An id of data/jobs/trades.yml; empty for what none of them covers."""
    employer: Mapped[str]
    pay_from: Mapped[int | None]
    """Yuan a month."""
    pay_to: Mapped[int | None]
    shift: Mapped[str]
    """day, night, rotating, or empty where the posting does not say."""
    lodging: Mapped[bool | None]
    meals: Mapped[bool | None]
    place: Mapped[str]
    details: Mapped[str]
    contact: Mapped[str | None] = mapped_column(EncryptedText)
    """Phone of the employer, for staff alone."""
    valid_until: Mapped[date]
    digest: Mapped[str] = mapped_column(unique=True)
    """Of what makes a posting the same as another."""
    example: Mapped[bool]
    imported: Mapped[datetime]


class JobWord(Base):
    """One word of a posting's title, for the search by title."""

    __tablename__ = "job_words"

    word: Mapped[str] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(
        ForeignKey("job_postings.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class JobApplication(Record, Base):
    __tablename__ = "job_applications"
    kind = "application"
    first_digit = "3"
    personal = ("name", "phone")
    names = ("name", "phone")

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("job_postings.id", ondelete="SET NULL"), index=True)
    title: Mapped[str]
    """Of the posting, which may be gone by now."""
    employer: Mapped[str]
    name: Mapped[str] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str]
    filed: Mapped[datetime]
    done_by: Mapped[str | None]
    """Account of who passed it on or closed it."""
