"""Conversations, turns, notices, ratings, handovers."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.store.conversations.tables import Conversation, Notice, RasaTracker, Rating, Recording, Turn
from bot.store.handover.tables import Handover
from bot.store.kernel.tables import IdempotencyKey
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def conversation(unit: UnitOfWork, conversation_id: str) -> Conversation | None:
    return unit.session.get(Conversation, conversation_id)


def lock_conversation(unit: UnitOfWork, conversation_id: str) -> Conversation | None:
    """Turns of one conversation are numbered one after the other."""
    query = select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    return unit.session.scalars(query).first()


def origin(unit: UnitOfWork, conversation_id: str) -> str | None:
    return unit.session.scalars(select(Conversation.origin).where(Conversation.id == conversation_id)).first()


def turn(unit: UnitOfWork, turn_id: str) -> Turn | None:
    return unit.session.get(Turn, turn_id)


def turn_of_message(unit: UnitOfWork, conversation_id: str, client_message_id: str) -> Turn | None:
    query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.client_message_id == client_message_id)
    return unit.session.scalars(query).first()


def next_seq(unit: UnitOfWork, conversation_id: str) -> int:
    query = select(func.coalesce(func.max(Turn.seq), 0)).where(Turn.conversation_id == conversation_id)
    return unit.session.scalars(query).one() + 1


def answered_turns(unit: UnitOfWork, conversation_id: str) -> Sequence[Turn]:
    query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.answered.is_not(None))
    return unit.session.scalars(query.order_by(Turn.seq)).all()


def last_answered_turn(unit: UnitOfWork, conversation_id: str) -> Turn | None:
    query = select(Turn).where(Turn.conversation_id == conversation_id, Turn.answered.is_not(None))
    return unit.session.scalars(query.order_by(Turn.seq.desc()).limit(1)).first()


def notices(unit: UnitOfWork, conversation_id: str) -> Sequence[Notice]:
    query = select(Notice).where(Notice.conversation_id == conversation_id).order_by(Notice.id)
    return unit.session.scalars(query).all()


def ratings(unit: UnitOfWork, conversation_id: str) -> Sequence[Rating]:
    query = select(Rating).where(Rating.conversation_id == conversation_id).order_by(Rating.id)
    return unit.session.scalars(query).all()


def is_rated(unit: UnitOfWork, number: str) -> bool:
    """Was the booking with this number rated after it was over?"""
    return unit.session.scalar(select(Rating.id).where(Rating.number == number).limit(1)) is not None


def handover(unit: UnitOfWork, number: str) -> Handover | None:
    return unit.session.scalars(select(Handover).where(Handover.number == number)).first()


def open_handovers(unit: UnitOfWork, conversation_id: str) -> Sequence[Handover]:
    """Newest first; locked, so that two numbers given at once do not both win."""
    query = select(Handover).where(Handover.conversation_id == conversation_id, Handover.state != "done")
    return unit.session.scalars(query.order_by(Handover.id.desc()).with_for_update()).all()


def forget_origins_before(unit: UnitOfWork, moment: datetime) -> int:
    """Of conversations in which nothing was said since then; how many."""
    old = update(Conversation).where(Conversation.origin.is_not(None), Conversation.last_seen < moment)
    return changed(unit, old.values(origin=None))


def delete_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    """The conversation and all that was said in it; bookings and cases stay."""
    for table in (Recording, Notice, Rating, RasaTracker, IdempotencyKey, Turn):
        unit.session.execute(delete(table).where(table.conversation_id == conversation_id))
    unit.session.execute(delete(Conversation).where(Conversation.id == conversation_id))


def recording(unit: UnitOfWork, turn_id: str) -> Recording | None:
    return unit.session.get(Recording, turn_id)
