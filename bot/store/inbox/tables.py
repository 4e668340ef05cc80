"""Who of the office takes care of what in the inbox, and the views that staff keep."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.base import Base


class InboxClaim(Base):
    """Somebody takes care of this thing; what has an owner of its own, such as a wish for a person, has no row here."""

    __tablename__ = "inbox_claims"

    source: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]


class InboxView(Base):
    """A filter that somebody has kept under a name, as a tab."""

    __tablename__ = "inbox_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    """As it stands in the address; holds no words of residents."""
