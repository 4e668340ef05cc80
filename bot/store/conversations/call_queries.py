"""Telephone calls, what happened in them, and what callers told us to remember."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from bot.store import records
from bot.store.conversations.tables import Call, CallerChoice, CallEvent, Turn
from bot.store.store import UnitOfWork


def call(unit: UnitOfWork, call_id: str) -> Call | None:
    return unit.session.get(Call, call_id)


def call_of_provider(unit: UnitOfWork, provider: str, provider_call: str) -> Call | None:
    query = select(Call).where(Call.provider == provider, Call.provider_call == provider_call)
    return unit.session.scalars(query).first()


def open_calls(unit: UnitOfWork) -> Sequence[Call]:
    return unit.session.scalars(select(Call).where(Call.ended.is_(None))).all()


def abandoned_calls(unit: UnitOfWork, server: str | None, long_ago: datetime) -> Sequence[Call]:
    """Open ones of this application, and whoever's that are open since `long_ago`. None is an application that is alone."""
    query = select(Call).where(Call.ended.is_(None))
    if server is not None:
        query = query.where(or_(Call.server == server, Call.server.is_(None), Call.started < long_ago))
    return unit.session.scalars(query).all()


def last_call_of_phone(unit: UnitOfWork, phone: str, since: datetime) -> Call | None:
    query = records.by_phone(unit, Call, phone).where(Call.started >= since)
    return unit.session.scalars(query.order_by(Call.started.desc()).limit(1)).first()


def causes(unit: UnitOfWork, task: str, since: datetime) -> set[str | None]:
    """Why the calls about this ended; None of one that goes on."""
    return set(unit.session.scalars(select(Call.cause).where(Call.task == task, Call.started >= since)))


def events(unit: UnitOfWork, call_id: str) -> Sequence[CallEvent]:
    return unit.session.scalars(select(CallEvent).where(CallEvent.call_id == call_id).order_by(CallEvent.id)).all()


def language_was_chosen(unit: UnitOfWork, conversation_id: str) -> bool:
    """By key 2 in one of its calls, or in words."""
    in_words = select(Turn.id).where(Turn.conversation_id == conversation_id, Turn.goal == "switch_language")
    if unit.session.scalars(in_words.limit(1)).first() is not None:
        return True
    keys = select(CallEvent).join(Call, CallEvent.call_id == Call.id)
    keys = keys.where(Call.conversation_id == conversation_id, CallEvent.kind == "key")
    return any(event.value == "2" for event in unit.session.scalars(keys))  # which key it was is encrypted


def choice(unit: UnitOfWork, phone: str) -> CallerChoice | None:
    return unit.session.scalars(records.by_phone(unit, CallerChoice, phone)).first()


def delete_of_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    ids = select(Call.id).where(Call.conversation_id == conversation_id)
    unit.session.execute(delete(CallEvent).where(CallEvent.call_id.in_(ids)))
    unit.session.execute(delete(Call).where(Call.conversation_id == conversation_id))
