"""What staff say about conversations, and what the assistant learns from it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText


class TurnLabel(Base):
    """Whether a turn went right, and if not, what would have been right. It goes with the turn."""

    __tablename__ = "turn_labels"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    goal: Mapped[str | None]
    detail: Mapped[str | None]
    """Service or category inside the goal."""
    page: Mapped[str | None]
    danger: Mapped[str | None]
    """A class of danger, "possible" or "none"."""
    act: Mapped[str | None]
    """What the words were as an answer to our question."""
    note: Mapped[str | None] = mapped_column(EncryptedText)
    by: Mapped[str]
    at: Mapped[datetime]


class TurnReview(Base):
    """What each reviewer said of a turn; the label is the last of them."""

    __tablename__ = "turn_reviews"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str]
    goal: Mapped[str | None]
    page: Mapped[str | None]
    at: Mapped[datetime]


class TurnOpinion(Base):
    """Whether the resident found an answer of use. It goes with the turn."""

    __tablename__ = "turn_opinions"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    helped: Mapped[bool]
    at: Mapped[datetime]


class ConversationNote(Base):
    __tablename__ = "conversation_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    by: Mapped[str]
    at: Mapped[datetime]


class TrainingExample(Base):
    """A labelled sentence, masked. It outlives the transcript; erasing a resident takes it along."""

    __tablename__ = "training_examples"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[str | None] = mapped_column(unique=True)
    conversation_id: Mapped[str | None] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str]
    goal: Mapped[str]
    """Empty when it teaches a reader only."""
    detail: Mapped[str | None]
    page: Mapped[str | None]
    danger: Mapped[str | None]
    act: Mapped[str | None]
    asked: Mapped[str | None]
    """The question that the act answers."""
    state: Mapped[str] = mapped_column(index=True)
    """proposed, approved or rejected."""
    made_by: Mapped[str]
    made: Mapped[datetime]
    reviewed_by: Mapped[str | None]
    reviewed: Mapped[datetime | None]


class TrainedModel(Base):
    """A model trained here from the files and the approved examples."""

    __tablename__ = "trained_models"

    id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    """waiting, training, candidate, active, retired or failed."""
    checksum: Mapped[str | None]
    """SHA-256 of the file."""
    made_for: Mapped[str | None]
    """Fingerprint of the files that it was trained from beside the examples."""
    examples: Mapped[int]
    asked_by: Mapped[str]
    asked: Mapped[datetime] = mapped_column(index=True)
    trained: Mapped[datetime | None]
    comparison: Mapped[str | None]
    """JSON: scores on the fixed cases beside the model that was active, and the sentences that differ."""
    activated_by: Mapped[str | None]
    activated: Mapped[datetime | None]


class QuestionGroup(Base):
    """Unanswered questions that mean the same, as found the last time."""

    __tablename__ = "question_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    found: Mapped[datetime]
    turn_ids: Mapped[str]
    """JSON; the most typical question first."""
