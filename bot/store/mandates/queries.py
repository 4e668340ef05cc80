"""Mandates: by number, by phone, by the conversation in which they are used."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select, update

from bot.store import records
from bot.store.conversations.tables import Call
from bot.store.mandates.states import LIVE, WAITING, MandateState
from bot.store.mandates.tables import Mandate, MandateAct, MandateUse
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def mandate(unit: UnitOfWork, number: str) -> Mandate | None:
    return unit.session.scalars(select(Mandate).where(Mandate.number == number)).first()


def lock(unit: UnitOfWork, number: str) -> Mandate | None:
    """As it is now; nobody else can change it before this unit ends."""
    query = select(Mandate).where(Mandate.number == number).with_for_update(of=Mandate)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def every(unit: UnitOfWork) -> Sequence[Mandate]:
    """Newest first."""
    return unit.session.scalars(select(Mandate).order_by(Mandate.id.desc())).all()


def of_phone(unit: UnitOfWork, phone: str, states: Sequence[str] = LIVE) -> Sequence[Mandate]:
    """For whoever has this phone, oldest first."""
    query = records.by_phone(unit, Mandate, phone).where(Mandate.state.in_(states))
    return unit.session.scalars(query.order_by(Mandate.id)).all()


def given_in(unit: UnitOfWork, conversation_id: str) -> Sequence[Mandate]:
    """Given in this conversation, or given by whoever calls in it; oldest first."""
    caller = select(Call.phone_hash).where(Call.conversation_id == conversation_id, Call.direction == "in")
    here = (Mandate.conversation_id == conversation_id) & (Mandate.state != MandateState.ASKED)
    query = select(Mandate).where(here | Mandate.phone_hash.in_(caller))
    return unit.session.scalars(query.order_by(Mandate.id)).all()


def calls_from(unit: UnitOfWork, conversation_id: str, phone: str) -> bool:
    """Is this conversation a call that came from that telephone?"""
    query = select(Call.id).where(Call.conversation_id == conversation_id, Call.direction == "in")
    return bool(unit.session.scalar(select(query.where(records.is_of_phone(unit, Call, phone)).exists())))


def uses(unit: UnitOfWork, conversation_id: str) -> Sequence[MandateUse]:
    """Of this conversation, the one taken up last first."""
    query = select(MandateUse).where(MandateUse.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(MandateUse.since.desc(), MandateUse.id.desc())).all()


def untold(unit: UnitOfWork, phone: str) -> Sequence[MandateAct]:
    """What was done for whoever has this phone and they have not heard yet, oldest first."""
    mine = records.by_phone(unit, Mandate, phone).with_only_columns(Mandate.id)
    query = select(MandateAct).where(MandateAct.mandate_id.in_(mine), MandateAct.told.is_(None))
    return unit.session.scalars(query.order_by(MandateAct.id)).all()


def acted_on(unit: UnitOfWork, row: Mandate) -> set[str]:
    """Numbers of the records that were made or changed under it."""
    return set(unit.session.scalars(select(MandateAct.number).where(MandateAct.mandate_id == row.id)))


def count_in_conversation(unit: UnitOfWork, conversation_id: str, since: datetime) -> int:
    """Mandates that were given or asked for here since then."""
    query = select(func.count(Mandate.id)).where(Mandate.conversation_id == conversation_id, Mandate.made >= since)
    return unit.session.scalars(query).one()


def count_asked_of(unit: UnitOfWork, phone: str, since: datetime) -> int:
    """How often somebody has asked whoever has this phone since then."""
    query = records.by_phone(unit, Mandate, phone).with_only_columns(func.count(Mandate.id))
    return unit.session.scalars(query.where(Mandate.made >= since, Mandate.code.is_(None))).one()


def delete_before(unit: UnitOfWork, deadline: datetime, most: int, today: date) -> int:
    """At most so many that are over, or were never used, and last changed before the deadline."""
    over = (Mandate.state.in_((MandateState.ENDED, MandateState.REFUSED, *WAITING))) | (Mandate.ends < today)
    old = select(Mandate.id).where(over, Mandate.changed < deadline).limit(most)
    return changed(unit, delete(Mandate).where(Mandate.id.in_(old)))


def forget_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    """Who acted in it is forgotten with it; what was done stays with the mandate."""
    mine = select(MandateUse.id).where(MandateUse.conversation_id == conversation_id)
    unit.session.execute(update(MandateAct).where(MandateAct.use_id.in_(mine)).values(use_id=None))
    unit.session.execute(delete(MandateUse).where(MandateUse.conversation_id == conversation_id))
