"""Conversations, their turns, recordings, notices and ratings, and the calls among them."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedBytes, EncryptedText
from bot.store.mixins import FiledByPhone, MadeInConversation


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
    told: Mapped[str | None] = mapped_column(EncryptedText)
    """JSON: how often each wording was used before Rasa's last fresh start."""
    rate: Mapped[float | None]
    """How fast to speak, 1 is usual; empty until somebody or something asked for another."""
    volume: Mapped[float | None]
    voice: Mapped[str | None]
    slow_utterances: Mapped[int] = mapped_column(server_default="0")
    """How many times in a row the resident spoke slowly."""
    elder: Mapped[bool] = mapped_column(server_default=false())
    """The page was in elder mode, when it was opened or when something was written."""
    origin: Mapped[str | None] = mapped_column(index=True)
    """Keyed hash of the client address that wrote last, so that one place cannot fill our queues; a day at most."""
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


class Recording(MadeInConversation, Base):
    """What a resident said, as sound; kept only where the office says so."""

    __tablename__ = "recordings"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    """FLAC."""
    at: Mapped[datetime] = mapped_column(index=True)


class Notice(MadeInConversation, Base):
    """Something we tell a resident without being asked, such as the answer to a case."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    after_seq: Mapped[int] = mapped_column(server_default="0")
    """The turn after which it was told; a clock that is set back tells nothing of the order."""
    goal: Mapped[str]
    reply: Mapped[str] = mapped_column(EncryptedText)
    """JSON."""
    at: Mapped[datetime] = mapped_column(index=True)


class RasaTracker(MadeInConversation, Base):
    """Rasa's memory of an unfinished conversation, where several Rasas share it: bot/nlu/remembered_rows.py writes it.

    Rasa forgets it after each finished service and when it is old; we erase, re-key and delete it with everything else.
    """

    __tablename__ = "rasa_trackers"

    sender: Mapped[str] = mapped_column(primary_key=True)
    """The conversation, and how often Rasa started afresh in it."""
    events: Mapped[bytes] = mapped_column(EncryptedBytes)
    """JSON."""
    saved: Mapped[datetime] = mapped_column(index=True)


class Rating(MadeInConversation, Base):
    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    score: Mapped[int]
    number: Mapped[str | None] = mapped_column(index=True)
    """Of the booking that is over and was asked about; None where a conversation was rated as a whole."""
    comment: Mapped[str | None] = mapped_column(EncryptedText)
    at: Mapped[datetime]


class Call(MadeInConversation, FiledByPhone, Base):
    """One telephone call; what was said in it is in its conversation."""

    __tablename__ = "calls"
    __table_args__ = (UniqueConstraint("provider", "provider_call"),)

    id: Mapped[str] = mapped_column(primary_key=True)
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
    server: Mapped[str | None]
    """Name of the application that has it, where several are beside each other."""
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


class CallerChoice(FiledByPhone, Base):
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
