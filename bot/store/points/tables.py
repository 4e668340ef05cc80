"""Volunteers, the ledger of their points, the rewards, and what was redeemed.

The ledger only grows: each transfer has two entries that sum to nothing, one of a volunteer and one of the office.
A balance is always a sum.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.store.base import Base
from bot.store.encryption import EncryptedText
from bot.store.mixins import ExampleWithPlace, Record


class Volunteer(Record, Base):
    __tablename__ = "volunteers"
    kind = "volunteer"
    first_digit = "4"
    personal = ("name", "phone", "wish", "free_time")
    names = ("name", "phone")

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    wish: Mapped[str] = mapped_column(EncryptedText)
    """What they would like to do, in their words."""
    free_time: Mapped[str] = mapped_column(EncryptedText)
    """When they can, in their words."""
    channel: Mapped[str]
    language: Mapped[str]
    joined: Mapped[datetime]
    last_moved: Mapped[datetime]
    """When the points last changed; the joining before that."""
    honour_name: Mapped[str | None]
    """As they agreed to be named in public; empty for all who did not."""
    entries: Mapped[list["PointEntry"]] = relationship(order_by="PointEntry.id", viewonly=True)


class PointTransfer(Base):
    __tablename__ = "point_transfers"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_key: Mapped[str] = mapped_column(unique=True)
    """What it is for, so that the same hours, redemption or undoing moves points once."""
    kind: Mapped[str]
    at: Mapped[datetime]
    actor: Mapped[str]
    day: Mapped[date | None]
    """Of the hours."""
    minutes: Mapped[int | None]
    activity: Mapped[str | None]
    """What staff call the activity, or the reward."""
    entries: Mapped[list["PointEntry"]] = relationship(order_by="PointEntry.id", back_populates="transfer")


class PointEntry(Base):
    __tablename__ = "point_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("point_transfers.id"), index=True)
    volunteer_id: Mapped[int | None] = mapped_column(ForeignKey("volunteers.id"), index=True)
    """Empty is the office."""
    amount: Mapped[int]
    transfer: Mapped[PointTransfer] = relationship(back_populates="entries")


class Reward(ExampleWithPlace, Base):
    __tablename__ = "rewards"

    id: Mapped[str] = mapped_column(primary_key=True)
    cost: Mapped[int]
    stock: Mapped[int]
    """Pieces that are left."""
    source: Mapped[str]


class Redemption(Base):
    __tablename__ = "redemptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    volunteer_id: Mapped[int] = mapped_column(ForeignKey("volunteers.id"), index=True)
    reward_id: Mapped[str] = mapped_column(ForeignKey("rewards.id"))
    transfer_id: Mapped[int] = mapped_column(ForeignKey("point_transfers.id"))
    code: Mapped[str] = mapped_column(unique=True)
    """Six digits, said when it is picked up."""
    state: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    changed: Mapped[datetime]
    reward: Mapped[Reward] = relationship()
    transfer: Mapped[PointTransfer] = relationship()
