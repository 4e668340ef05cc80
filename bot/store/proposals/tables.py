"""Residents' proposals, who supports them, and what was answered at each stage."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import FiledByPhone, MadeInConversation, MayBeExample, Record


class Proposal(MayBeExample, Record, Base):
    """What the resident said stays encrypted; what everybody reads was written or checked by staff."""

    __tablename__ = "proposals"
    kind = "proposal"
    first_digit = "7"
    personal = ("phone", "text")
    names = ("phone",)

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str | None]
    """Once it is answered."""
    text: Mapped[str] = mapped_column(EncryptedText)
    """In the resident's words."""
    check_code: Mapped[str | None] = mapped_column(EncryptedText)
    """Stands in for the last four digits where no phone was given."""
    bare_title: Mapped[str | None] = mapped_column("public_title")
    """Empty until staff have published it: nothing that nobody has read is shown to everybody."""
    public_text: Mapped[str | None]
    published: Mapped[datetime | None] = mapped_column(index=True)
    channel: Mapped[str]
    language: Mapped[str]
    submitted: Mapped[datetime]
    answered: Mapped[datetime | None]
    supports_before: Mapped[int] = mapped_column(server_default="0")
    """Of people whose phones we no longer keep."""
    proven_before: Mapped[int] = mapped_column(server_default="0")
    """How many of those had called from their phone."""
    events: Mapped[list["ProposalEvent"]] = relationship(order_by="ProposalEvent.id", passive_deletes=True)

    @property
    def public_title(self) -> str | None:
        """As everybody reads it."""
        return self.marked(self.bare_title) if self.bare_title else None


class ProposalEvent(Base):
    """A stage that was reached. The answer is public, so that it may hold nothing of a resident."""

    __tablename__ = "proposal_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    """A stage, "published", "withdrawn" or "erased"."""
    answer: Mapped[str | None]


class ProposalSupport(FiledByPhone, MadeInConversation, Base):
    """One phone stands behind one proposal, once."""

    __tablename__ = "proposal_supports"
    __table_args__ = (UniqueConstraint("proposal_id", "phone_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    proven: Mapped[bool] = mapped_column(server_default=false())
    """It was said in a call from this very phone; one that is typed in the chat is not proven to be one's own."""
