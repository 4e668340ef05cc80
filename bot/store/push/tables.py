"""Devices that are told news although no page of ours is open (Web Push, RFC 8030)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import MadeInConversation


class PushSubscription(MadeInConversation, Base):
    """One browser that agreed, for what one conversation told."""

    __tablename__ = "push_subscriptions"
    __table_args__ = (UniqueConstraint("conversation_id", "endpoint_digest", name="uq_push_subscriptions_device"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    endpoint: Mapped[str] = mapped_column(EncryptedText)
    """Address at the browser's push service: it stands for a device."""
    endpoint_digest: Mapped[str] = mapped_column(index=True)
    p256dh: Mapped[str] = mapped_column(EncryptedText)
    auth: Mapped[str] = mapped_column(EncryptedText)
    language: Mapped[str]
    made: Mapped[datetime] = mapped_column(index=True)
    """When it was agreed to, or last renewed."""
