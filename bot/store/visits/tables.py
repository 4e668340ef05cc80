"""Who looks at their own matters without telling each number: the code that opens them, and the visit it opened."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import FiledByPhone


class OwnVisit(FiledByPhone, Base):
    """Filed by the phone that was called, or that was told with a shown code; without one, of one device alone."""

    __tablename__ = "own_visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    shown_in: Mapped[str | None] = mapped_column(index=True)
    """The conversation whose matters alone it opens; None where it was told in a call to the phone: all of that phone."""
    code: Mapped[str | None] = mapped_column(EncryptedText)
    """Six digits until they are used; readable, since a call tells them."""
    code_ends: Mapped[datetime | None]
    token: Mapped[str | None] = mapped_column(index=True)
    """Keyed hash of what opens it from then on."""
    ends: Mapped[datetime | None]
    language: Mapped[str]
    made: Mapped[datetime] = mapped_column(index=True)
