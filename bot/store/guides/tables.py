"""How far residents have come in a guide."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import MadeInConversation


class GuideConfirmation(Base):
    """An editor stands behind a guide as it was then; another wording is an example again."""

    __tablename__ = "guide_confirmations"

    guide: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    """Of all that the guide said."""
    editor: Mapped[str]
    at: Mapped[datetime]


class GuideProgress(MadeInConversation, Base):
    __tablename__ = "guide_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide: Mapped[str]
    answers: Mapped[str] = mapped_column(EncryptedText)
    """What was answered to the guide's questions, as JSON: it tells something of a family."""
    step: Mapped[int]
    at: Mapped[datetime]
