"""What can be booked, when, and who has booked it."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import ExampleWithPlace, Record


class Offering(ExampleWithPlace, Base):
    __tablename__ = "offerings"

    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(index=True)
    needs_address: Mapped[bool]
    weekdays: Mapped[str]
    """As in the file: 1 is Monday, such as "1-5" or "2;4"."""
    windows: Mapped[str]
    """As in the file, such as "11:00-12:30;17:00-18:30"."""
    capacity: Mapped[int]
    max_party: Mapped[int]
    notice_hours: Mapped[float]
    max_days_ahead: Mapped[int]
    cancel_hours: Mapped[float]
    source: Mapped[str]
    valid_from: Mapped[date]
    own_capacity: Mapped[bool] = mapped_column(server_default=false())
    """Staff chose the capacity; reading the file again leaves it."""
    community: Mapped[str] = mapped_column(server_default="")
    """Whose staff see its bookings; empty is everybody's."""
    ask: Mapped[str] = mapped_column(server_default="")
    """What it needs to know beside the usual, as it is asked; empty for nothing."""
    ask_en: Mapped[str] = mapped_column(server_default="")


class OfferedSession(Base):
    """One window of one offering on one day, and how many of its seats are taken."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("offering_id", "day", "starts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offering_id: Mapped[str] = mapped_column(ForeignKey("offerings.id"))
    day: Mapped[date]
    starts: Mapped[time]
    ends: Mapped[time]
    capacity: Mapped[int]
    taken: Mapped[int]
    own_capacity: Mapped[bool] = mapped_column(server_default=false())
    """Staff chose the capacity of this one; that of the offering does not count."""
    offering: Mapped[Offering] = relationship()


class BookingSeries(Base):
    """Bookings that were made in one go and come again: 每周一三五."""

    __tablename__ = "booking_series"

    number: Mapped[str] = mapped_column(primary_key=True)
    """That of its first booking."""
    rule: Mapped[str]
    """As in RFC 5545: FREQ=WEEKLY;BYDAY=MO,WE,FR."""


class Booking(Record, Base):
    __tablename__ = "bookings"
    kind = "booking"
    first_digit = "2"
    personal = ("name", "phone", "address", "beneficiary", "note")
    names = ("name", "phone", "address", "beneficiary")

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    state: Mapped[str]
    party: Mapped[int]
    name: Mapped[str] = mapped_column(EncryptedText)
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_hash: Mapped[str] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(EncryptedText)
    beneficiary: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    channel: Mapped[str]
    language: Mapped[str]
    made: Mapped[datetime]
    offer_ends: Mapped[datetime | None]
    """Until when a free seat is held for someone from the waiting list."""
    arrived: Mapped[datetime | None]
    """When they were ticked off as having come."""
    series: Mapped[str | None] = mapped_column(index=True)
    """The number of its series; None for a booking of its own."""
    session: Mapped[OfferedSession] = relationship()

    @property
    def community(self) -> str:
        """Whose staff see it."""
        return self.session.offering.community


class BookingEvent(Base):
    __tablename__ = "booking_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    note: Mapped[str | None] = mapped_column(EncryptedText)
