"""The outbox: what happened to records, who is told of it, and how far the telling has come.

Nothing personal stands here. Who may have personal data gets it from the record itself when the event is sent, so that
nothing has to be erased in a second place.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedText


class WebhookReceiver(Base):
    """A system of others that is told; its address may hold a key, so it is encrypted."""

    __tablename__ = "office_webhooks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str] = mapped_column(EncryptedText)
    secret: Mapped[str] = mapped_column(EncryptedText)
    """As Standard Webhooks writes it, "whsec_…"."""
    kinds: Mapped[str]
    """Kinds of record, parted by blanks."""
    personal: Mapped[bool]
    """It may have the personal values of a record."""
    active: Mapped[bool] = mapped_column(server_default=true())
    made: Mapped[datetime]
    paused_until: Mapped[datetime | None]
    """It could not be reached: it is left alone until then."""


class OutboxEvent(Base):
    __tablename__ = "outbox_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(unique=True)
    """The receiver knows by it what it has got already."""
    kind: Mapped[str]
    number: Mapped[str]
    action: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    facts: Mapped[str]
    """JSON, as they were at that moment; nothing personal."""


class WebhookDelivery(Base):
    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "receiver_id", "record", "id"), Index(None, "state", "due"))

    id: Mapped[int] = mapped_column(primary_key=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("office_webhooks.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("outbox_events.id", ondelete="CASCADE"), index=True)
    record: Mapped[str]
    """Kind and number: in this line nothing overtakes."""
    state: Mapped[str]
    due: Mapped[datetime]
    attempts: Mapped[int]
    leased_until: Mapped[datetime | None]
    done: Mapped[datetime | None]
    failure: Mapped[str | None]
    """Of the last attempt: an HTTP status, or the kind of error."""
    event: Mapped[OutboxEvent] = relationship()
    receiver: Mapped[WebhookReceiver] = relationship()


class PartnerKey(Base):
    """A key with which a system of others files cases with us; only its hash is kept."""

    __tablename__ = "office_partner_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool] = mapped_column(server_default=true())
    made: Mapped[datetime]
