"""Every table. Personal columns are EncryptedText; everything else may be read by whoever holds the file.

conversation_id is a plain column outside `turns`: bookings and cases outlive the conversation they were made in.
"""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, MetaData, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from bot.store.encryption import EncryptedBytes, EncryptedText
from bot.store.moment import Moment


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {datetime: Moment}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Conversation(Base):
    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str]
    channel: Mapped[str]
    language: Mapped[str | None]
    topic: Mapped[str | None]
    """The knowledge page last answered, so that a follow-up question keeps it."""
    episode: Mapped[int]
    """Counts Rasa's fresh starts inside one conversation."""
    rate: Mapped[float | None]
    """How fast to speak, 1 is usual; empty until somebody or something asked for another."""
    volume: Mapped[float | None]
    voice: Mapped[str | None]
    slow_utterances: Mapped[int] = mapped_column(server_default="0")
    """How many times in a row the resident spoke slowly."""
    elder: Mapped[bool] = mapped_column(server_default=false())
    """The page was in elder mode, when it was opened or when something was written."""
    opened: Mapped[datetime]
    last_seen: Mapped[datetime] = mapped_column(index=True)


class Turn(Base):
    __tablename__ = "turns"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_message_id"),
        UniqueConstraint("conversation_id", "seq"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    client_message_id: Mapped[str]
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(EncryptedText)
    masked_text: Mapped[str]
    """The words with personal parts blanked out; the only text that is searched."""
    goal: Mapped[str | None]
    confidence: Mapped[float | None]
    replies: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON."""
    heard: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON."""
    form: Mapped[str | None]
    awaiting: Mapped[str | None]
    asked: Mapped[str | None]
    left_to: Mapped[str | None]
    """person or nobody, where the assistant was silent and understood nothing: during a take-over, or switched off."""
    received: Mapped[datetime] = mapped_column(index=True)
    answered: Mapped[datetime | None]
    """Empty while the assistant still works on the turn."""
    milliseconds: Mapped[int | None]


class Recording(Base):
    """What a resident said, as sound; kept only where the office says so."""

    __tablename__ = "recordings"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    """FLAC."""
    at: Mapped[datetime] = mapped_column(index=True)


class Notice(Base):
    """Something we tell a resident without being asked, such as the answer to a case."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    goal: Mapped[str]
    reply: Mapped[str] = mapped_column(EncryptedText)
    """JSON."""
    at: Mapped[datetime] = mapped_column(index=True)


class Rating(Base):
    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    score: Mapped[int]
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]


class Offering(Base):
    __tablename__ = "offerings"

    id: Mapped[str] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    title_en: Mapped[str]
    place: Mapped[str]
    place_en: Mapped[str]
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


class Booking(Base):
    __tablename__ = "bookings"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    state: Mapped[str]
    party: Mapped[int]
    name: Mapped[str] = mapped_column(EncryptedText)
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_hash: Mapped[str] = mapped_column(index=True)
    address: Mapped[str | None] = mapped_column(EncryptedText)
    beneficiary: Mapped[str | None] = mapped_column(EncryptedText)
    note: Mapped[str | None] = mapped_column(EncryptedText)
    conversation_id: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str]
    made: Mapped[datetime]
    offer_ends: Mapped[datetime | None]
    """Until when a free seat is held for someone from the waiting list."""
    session: Mapped[OfferedSession] = relationship()


class BookingEvent(Base):
    __tablename__ = "booking_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    note: Mapped[str | None] = mapped_column(EncryptedText)


class Case(Base):
    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    place: Mapped[str] = mapped_column(EncryptedText)
    text: Mapped[str] = mapped_column(EncryptedText)
    answer: Mapped[str | None] = mapped_column(EncryptedText)
    anonymous: Mapped[bool]
    name: Mapped[str | None] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    phone_hash: Mapped[str | None] = mapped_column(index=True)
    check_code: Mapped[str | None] = mapped_column(EncryptedText)
    """Stands in for the last four digits where no phone was given."""
    conversation_id: Mapped[str] = mapped_column(index=True)
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


class Handover(Base):
    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    phone_hash: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    on_duty: Mapped[bool | None]
    channel: Mapped[str]
    language: Mapped[str]
    asked: Mapped[datetime]
    claimed_by: Mapped[str | None]
    """Account of who takes care of it."""
    claimed: Mapped[datetime | None]
    done: Mapped[datetime | None]
    outcome: Mapped[str | None]
    """Code of what came of it."""


class Commit(Base):
    """What one client message has already done, so that the same message again does nothing twice."""

    __tablename__ = "commits"

    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    client_message_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    """Of the record that was written."""
    at: Mapped[datetime] = mapped_column(index=True)


class Try(Base):
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


class Call(Base):
    """One telephone call; what was said in it is in its conversation."""

    __tablename__ = "calls"
    __table_args__ = (UniqueConstraint("provider", "provider_call"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    provider: Mapped[str]
    """asterisk, audiosocket or twilio."""
    provider_call: Mapped[str]
    """The provider's own name for the call."""
    direction: Mapped[str]
    """in or out."""
    task: Mapped[str | None] = mapped_column(index=True)
    """Why we called, such as "reminder 12345678"."""
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    """Only where the caller agreed to it."""
    phone_hash: Mapped[str | None] = mapped_column(index=True)
    """Finds the draft of a dropped call; empty for a withheld number."""
    started: Mapped[datetime] = mapped_column(index=True)
    ended: Mapped[datetime | None]
    cause: Mapped[str | None]
    """Who ended it: caller, assistant, silence, handed_over, lost, app_restarted."""
    handover_number: Mapped[str | None] = mapped_column(index=True)
    summary: Mapped[str | None] = mapped_column(EncryptedText)
    """What the person who takes over should know."""


class CallEvent(Base):
    """A key, an interruption, how long an answer took: what happened in a call beside words."""

    __tablename__ = "call_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    kind: Mapped[str]
    value: Mapped[str | None] = mapped_column(EncryptedText)
    """A key; digits may be a telephone number."""
    milliseconds: Mapped[int | None]


class CallerChoice(Base):
    """What somebody told us to remember for their number."""

    __tablename__ = "caller_choices"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_hash: Mapped[str] = mapped_column(unique=True)
    rate: Mapped[float | None]
    """How fast to speak."""
    no_calls: Mapped[bool]
    """They do not want to be called."""
    changed: Mapped[datetime]


class StoreState(Base):
    """What the database knows of itself, such as the name of the data key that it is encrypted with."""

    __tablename__ = "store_state"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
