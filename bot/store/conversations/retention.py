"""What is deleted of conversations and calls when its time is over, no more than `most` rows at a time; each tells how many."""

from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.store.conversations.tables import Call, CallEvent, Conversation, Notice, RasaTracker, Rating, Recording, Turn
from bot.store.kernel.tables import IdempotencyKey
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork


def recordings_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, Recording, most, Recording.at < moment)


def turns_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, Turn, most, Turn.received < moment)


def trackers_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, RasaTracker, most, RasaTracker.saved < moment)


def notices_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, Notice, most, Notice.at < moment)


def conversations_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    """Those nobody has come back to."""
    return delete_some(unit, Conversation, most, Conversation.last_seen < moment)


def oldest_conversation(unit: UnitOfWork) -> datetime | None:
    """When the first conversation that is still kept was opened."""
    return unit.session.scalars(select(func.min(Conversation.opened, type_=Conversation.opened.type))).first()


def comments_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    """The words of a rating; its score names nobody and stays."""
    some = select(Rating.id).where(Rating.at < moment, Rating.comment.is_not(None)).limit(most)
    return changed(unit, update(Rating).where(Rating.id.in_(some)).values(comment=None))


def calls_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    some = unit.session.scalars(select(Call.id).where(Call.started < moment).limit(most)).all()
    changed(unit, delete(CallEvent).where(CallEvent.call_id.in_(some)))
    return changed(unit, delete(Call).where(Call.id.in_(some)))


def commits_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, IdempotencyKey, most, IdempotencyKey.at < moment)
