"""What is deleted when its time is over, no more than `most` rows at a time; each function tells how many."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, exists, func, inspect, select, tuple_, update

from bot.store.base import Base
from bot.store.bookings.tables import Booking, OfferedSession
from bot.store.cases import queries as case_queries
from bot.store.cases.tables import Case, CaseEvent
from bot.store.conversations.tables import Call, CallEvent, Conversation, Notice, Rating, Recording, Turn
from bot.store.handover.tables import Handover  # fmt: skip
from bot.store.kernel.tables import Commit, DueTask
from bot.store.store import Unit

DONE_WITH = ("answered", "settled", "closed")


def recordings_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, Recording, most, Recording.at < moment)


def turns_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, Turn, most, Turn.received < moment)


def notices_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, Notice, most, Notice.at < moment)


def conversations_before(unit: Unit, moment: datetime, most: int) -> int:
    """Those nobody has come back to."""
    return _delete(unit, Conversation, most, Conversation.last_seen < moment)


def oldest_conversation(unit: Unit) -> datetime | None:
    """When the first conversation that is still kept was opened."""
    return unit.session.scalars(select(func.min(Conversation.opened, type_=Conversation.opened.type))).first()


def comments_before(unit: Unit, moment: datetime, most: int) -> int:
    """The words of a rating; its score names nobody and stays."""
    some = select(Rating.id).where(Rating.at < moment, Rating.comment.is_not(None)).limit(most)
    return _do(unit, update(Rating).where(Rating.id.in_(some)).values(comment=None))


def calls_before(unit: Unit, moment: datetime, most: int) -> int:
    some = unit.session.scalars(select(Call.id).where(Call.started < moment).limit(most)).all()
    _do(unit, delete(CallEvent).where(CallEvent.call_id.in_(some)))
    return _do(unit, delete(Call).where(Call.id.in_(some)))


def bookings_before(unit: Unit, day: date, most: int) -> int:
    """By the day of the service, whatever came of it."""
    over = select(OfferedSession.id).where(OfferedSession.day < day)
    return _delete(unit, Booking, most, Booking.session_id.in_(over))


def handovers_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, Handover, most, Handover.asked < moment)


def commits_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, Commit, most, Commit.at < moment)


def tasks_before(unit: Unit, moment: datetime, most: int) -> int:
    return _delete(unit, DueTask, most, DueTask.finished < moment)


def empty_case(unit: Unit, moment: datetime, now: datetime) -> int:
    """One case that is answered or closed, with nothing done since: only number, category, state and dates stay.

    Nothing of it is read, so that a value which no key opens goes as well.
    """
    last = select(func.max(CaseEvent.at, type_=CaseEvent.at.type)).where(CaseEvent.case_id == Case.id)
    emptied = exists().where(CaseEvent.case_id == Case.id, CaseEvent.action == "erased")
    query = select(Case.id).where(Case.state.in_(DONE_WITH), last.scalar_subquery() < moment, ~emptied)
    case_id = unit.session.scalars(query.order_by(Case.id).limit(1)).first()
    if case_id is None:
        return 0
    gone = dict.fromkeys(("name", "phone", "phone_hash", "check_code", "answer"))
    _do(unit, update(Case).where(Case.id == case_id).values(place="", text="", conversation_id="", **gone))
    _do(unit, update(CaseEvent).where(CaseEvent.case_id == case_id).values(note=None))
    case_queries.delete_photos(unit, case_id)
    unit.add(CaseEvent(case_id=case_id, at=now, actor="system", action="erased", note=None))
    return 1


def _delete(unit: Unit, table: type[Base], most: int, old: ColumnElement[bool]) -> int:
    key = inspect(table).primary_key
    some = select(*key).where(old).limit(most)
    chosen = key[0].in_(some) if len(key) == 1 else tuple_(*key).in_(some)
    return _do(unit, delete(table).where(chosen))


def _do(unit: Unit, statement: Any) -> int:
    done = unit.session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(done, CursorResult)
    return done.rowcount
