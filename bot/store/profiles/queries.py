"""Profiles: by number, by conversation, by whoever calls."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.store import records
from bot.store.conversations.tables import Call
from bot.store.profiles.tables import Profile
from bot.store.statements import delete_some
from bot.store.store import UnitOfWork


def profile(unit: UnitOfWork, number: str) -> Profile | None:
    return unit.session.scalars(select(Profile).where(Profile.number == number)).first()


def of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[Profile]:
    """Kept in this conversation, or of whoever calls in it; oldest first."""
    caller = select(Call.phone_hash).where(Call.conversation_id == conversation_id, Call.direction == "in")
    mine = (Profile.conversation_id == conversation_id) | Profile.phone_hash.in_(caller)
    return unit.session.scalars(select(Profile).where(mine).order_by(Profile.changed, Profile.id)).all()


def count_of_phone(unit: UnitOfWork, phone: str) -> int:
    return len(records.filed_by(unit, Profile, phone))


def delete_before(unit: UnitOfWork, deadline: datetime, most: int) -> int:
    """Those that nobody has used since."""
    return delete_some(unit, Profile, most, Profile.last_used < deadline)


def every(unit: UnitOfWork, most: int) -> Sequence[Profile]:
    """Those used last first."""
    return unit.session.scalars(select(Profile).order_by(Profile.last_used.desc(), Profile.id).limit(most)).all()
