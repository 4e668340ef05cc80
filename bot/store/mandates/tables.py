"""Who may act for whom, in which conversations they did, and what was done."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import FiledByPhone, MadeInConversation, Record


class Mandate(Record, Base):
    """Filed by the phone of the one it acts for."""

    __tablename__ = "mandates"
    kind = "mandate"
    first_digit = "5"
    personal = ("phone", "name", "helper", "relation")
    names = ("phone", "name")

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    powers: Mapped[str]
    name: Mapped[str | None] = mapped_column(EncryptedText)
    """Of the one it acts for, once it was told."""
    helper: Mapped[str] = mapped_column(EncryptedText)
    """Who may act, as the parent says it: 我儿子."""
    relation: Mapped[str | None] = mapped_column(EncryptedText)
    """Whom it acts for, as the helper says it: 我妈."""
    code: Mapped[str | None]
    """Keyed hash of the six digits, until they are used."""
    code_ends: Mapped[datetime | None]
    proven: Mapped[bool] = mapped_column(server_default=false())
    """It was given in a call from that very phone, or by a yes in our call to it."""
    tell_by_call: Mapped[bool] = mapped_column(server_default=false())
    """Each act is told by a call; else at the next contact."""
    ends: Mapped[date]
    """Its last day."""
    channel: Mapped[str]
    language: Mapped[str]
    made: Mapped[datetime]
    changed: Mapped[datetime] = mapped_column(index=True)
    uses: Mapped[list["MandateUse"]] = relationship(order_by="MandateUse.id", passive_deletes=True)
    acts: Mapped[list["MandateAct"]] = relationship(order_by="MandateAct.id", passive_deletes=True)


class MandateUse(FiledByPhone, MadeInConversation, Base):
    """Somebody acts under it in this conversation. Filed by the phone of that helper."""

    __tablename__ = "mandate_uses"
    __table_args__ = (UniqueConstraint("mandate_id", "conversation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    """Of the helper."""
    since: Mapped[datetime]
    """When it was last taken up here: the newest of a conversation is the one meant."""
    mandate: Mapped[Mandate] = relationship(back_populates="uses")


class MandateAct(Base):
    """Something that was done under it."""

    __tablename__ = "mandate_acts"

    id: Mapped[int] = mapped_column(primary_key=True)
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id", ondelete="CASCADE"), index=True)
    use_id: Mapped[int | None] = mapped_column(ForeignKey("mandate_uses.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]
    verb: Mapped[str]
    """booked, waiting, changed, cancelled, filed or reopened."""
    kind: Mapped[str]
    """Of the record."""
    number: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str]
    """The service or the category."""
    told: Mapped[datetime | None]
    """When the one it was done for heard of it."""
