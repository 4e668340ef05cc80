"""Wishes that could not be met, as counts: nothing here says who had them."""

from datetime import date

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base


class UnmetWish(Base):
    __tablename__ = "unmet_wishes"

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    """A keyed hash, so that one conversation counts a wish once, however often it is said."""
    month: Mapped[str] = mapped_column(index=True)
    """2026-11."""
    kind: Mapped[str]
    about: Mapped[str]
    """The service; of a question the topic of the nearest page, "other" where none is near."""
    community: Mapped[str]
    """Empty where none of ours was named."""
    age_group: Mapped[str]
    """ "senior" where the page was in elder mode; empty where we do not know: nobody's age is asked."""
    people: Mapped[int]
    wanted_day: Mapped[date | None]
    """The day that was full."""
    example: Mapped[bool] = mapped_column(server_default=false())
