"""What residents want to be known by, each part as far as they agreed to it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import Record


class Profile(Record, Base):
    __tablename__ = "profiles"
    kind = "profile"
    first_digit = "9"
    personal = ("name", "phone", "place", "needs")
    names = ("name", "phone", "place")

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    """"kept": what is not wanted any more is deleted."""
    name: Mapped[str] = mapped_column(EncryptedText)
    place: Mapped[str | None] = mapped_column(EncryptedText)
    needs: Mapped[str | None] = mapped_column(EncryptedText)
    """In the resident's words: walks with a stick, is hard of hearing, lives alone."""
    agreed: Mapped[datetime]
    """To name, address and phone."""
    needs_agreed: Mapped[datetime | None]
    """To the needs, which is asked by itself."""
    channel: Mapped[str]
    language: Mapped[str]
    changed: Mapped[datetime]
    last_used: Mapped[datetime]
