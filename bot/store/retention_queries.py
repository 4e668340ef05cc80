"""What is deleted when its time is over; each function tells how many rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, delete, exists, func, select, update

from bot.store.store import Unit
from bot.store.tables import (
    Booking,
    Call,
    CallEvent,
    Case,
    CaseEvent,
    Conversation,
    Handover,
    Notice,
    OfferedSession,
    Rating,
    Recording,
    Turn,
)  # fmt: skip

DONE_WITH = ("answered", "settled", "closed")


def recordings_before(unit: Unit, moment: datetime) -> int:
    return _do(unit, delete(Recording).where(Recording.at < moment))


def turns_before(unit: Unit, moment: datetime) -> int:
    """With their recordings."""
    recordings_before(unit, moment)
    return _do(unit, delete(Turn).where(Turn.received < moment))


def notices_before(unit: Unit, moment: datetime) -> int:
    return _do(unit, delete(Notice).where(Notice.at < moment))


def conversations_before(unit: Unit, moment: datetime) -> int:
    """Those nobody has come back to."""
    return _do(unit, delete(Conversation).where(Conversation.last_seen < moment))


def oldest_conversation(unit: Unit) -> datetime | None:
    """When the first conversation that is still kept was opened."""
    return unit.session.scalars(select(func.min(Conversation.opened, type_=Conversation.opened.type))).first()


def comments_before(unit: Unit, moment: datetime) -> int:
    """The words of a rating; its score names nobody and stays."""
    old = Rating.at < moment, Rating.comment.is_not(None)
    return _do(unit, update(Rating).where(*old).values(comment=None).execution_options(synchronize_session=False))


def calls_before(unit: Unit, moment: datetime) -> int:
    unit.session.execute(delete(CallEvent).where(CallEvent.call_id.in_(select(Call.id).where(Call.started < moment))))
    return _do(unit, delete(Call).where(Call.started < moment))


def bookings_before(unit: Unit, day: date) -> int:
    """By the day of the service, whatever came of it."""
    over = select(OfferedSession.id).where(OfferedSession.day < day)
    return _do(unit, delete(Booking).where(Booking.session_id.in_(over)).execution_options(synchronize_session=False))


def handovers_before(unit: Unit, moment: datetime) -> int:
    return _do(unit, delete(Handover).where(Handover.asked < moment))


def cases_to_empty(unit: Unit, moment: datetime) -> Sequence[Case]:
    """Answered or closed, with nothing done since, and not empty yet."""
    last = select(func.max(CaseEvent.at, type_=CaseEvent.at.type)).where(CaseEvent.case_id == Case.id)
    emptied = exists().where(CaseEvent.case_id == Case.id, CaseEvent.action == "erased")
    query = select(Case).where(Case.state.in_(DONE_WITH), last.scalar_subquery() < moment, ~emptied)
    return unit.session.scalars(query.order_by(Case.id)).all()


def _do(unit: Unit, statement: Any) -> int:
    done = unit.session.execute(statement)
    assert isinstance(done, CursorResult)
    return done.rowcount
