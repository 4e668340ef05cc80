"""Codes for one's own matters, and visits that are open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.store import records
from bot.store.statements import changed
from bot.store.store import UnitOfWork
from bot.store.visits.tables import OwnVisit


def visit(unit: UnitOfWork, visit_id: int) -> OwnVisit | None:
    return unit.session.get(OwnVisit, visit_id)


def by_token(unit: UnitOfWork, token: str, now: datetime) -> OwnVisit | None:
    """Only while it is open."""
    query = select(OwnVisit).where(OwnVisit.token.in_(unit.keys.keyed_hashes(token)), OwnVisit.ends > now)
    return unit.session.scalars(query).first()


def waiting(unit: UnitOfWork, phone: str, now: datetime) -> Sequence[OwnVisit]:
    """Those whose code was told to this phone, or shown on a device, and is good now. Locked until the unit ends."""
    query = select(OwnVisit).where(OwnVisit.code.is_not(None), OwnVisit.code_ends > now)
    told = records.is_of_phone(unit, OwnVisit, phone)
    return unit.session.scalars(query.where(told | OwnVisit.phone_hash.is_(None)).with_for_update()).all()


def count_told(unit: UnitOfWork, phone: str, since: datetime) -> int:
    """Calls to this phone since then that tell a code."""
    query = select(func.count()).select_from(OwnVisit).where(OwnVisit.shown_in.is_(None), OwnVisit.made >= since)
    return unit.session.scalars(query.where(records.is_of_phone(unit, OwnVisit, phone))).one()


def forget_shown(unit: UnitOfWork, conversation_id: str) -> None:
    """Codes that were shown in this conversation and not used."""
    unit.session.execute(delete(OwnVisit).where(OwnVisit.shown_in == conversation_id, OwnVisit.code.is_not(None)))


def delete_of_conversation(unit: UnitOfWork, conversation_id: str) -> None:
    unit.session.execute(delete(OwnVisit).where(OwnVisit.shown_in == conversation_id))


def delete_before(unit: UnitOfWork, deadline: datetime) -> int:
    return changed(unit, delete(OwnVisit).where(OwnVisit.made < deadline))
