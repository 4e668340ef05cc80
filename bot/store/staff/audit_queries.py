"""The audit's rows: added one by one, read in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from bot.store.insert import insert_or_ignore
from bot.store.staff.tables import AuditEntry, AuditHead, AuditReason, StaffAccount
from bot.store.store import UnitOfWork

HEAD = 1
ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class AuditFilter:
    """Empty fields do not narrow."""

    actor: str = ""
    action: str = ""
    """The beginning of an action: "case" finds "case.read" too."""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


def lock_head(unit: UnitOfWork) -> AuditHead:
    """Whoever else wants to write waits here until this unit ends."""
    insert_or_ignore(unit, AuditHead, {"id": HEAD, "count": 0, "hash": "", "signature": ""})
    return unit.session.get_one(AuditHead, HEAD, with_for_update=True, populate_existing=True)


def head(unit: UnitOfWork) -> AuditHead | None:
    return unit.session.get(AuditHead, HEAD)


def entries(unit: UnitOfWork) -> Iterator[tuple[AuditEntry, AuditReason | None]]:
    """All of them in order, a few in memory at a time."""
    query = _with_reason().order_by(AuditEntry.seq).execution_options(yield_per=ROWS_AT_ONCE)
    for row in unit.session.execute(query):
        yield row[0], row[1]


def found(unit: UnitOfWork, wanted: AuditFilter) -> Iterator[tuple[AuditEntry, AuditReason | None]]:
    """In order, those that the filter lets through."""
    query = _narrowed(_with_reason(), wanted).order_by(AuditEntry.seq).execution_options(yield_per=ROWS_AT_ONCE)
    for row in unit.session.execute(query):
        yield row[0], row[1]


def page_of(
    unit: UnitOfWork, wanted: AuditFilter, *, offset: int, limit: int, newest_first: bool
) -> Sequence[tuple[AuditEntry, AuditReason | None]]:
    order = AuditEntry.seq.desc() if newest_first else AuditEntry.seq
    rows = unit.session.execute(_narrowed(_with_reason(), wanted).order_by(order).offset(offset).limit(limit))
    return [(row[0], row[1]) for row in rows]


def count(unit: UnitOfWork, wanted: AuditFilter) -> int:
    return unit.session.scalars(_narrowed(select(func.count(AuditEntry.seq)), wanted)).one()


def has_action(unit: UnitOfWork, action: str) -> bool:
    return unit.session.scalars(select(AuditEntry.seq).where(AuditEntry.action == action).limit(1)).first() is not None


def last_of(unit: UnitOfWork, action: str) -> datetime | None:
    """When this was done last."""
    return unit.session.scalars(
        select(func.max(AuditEntry.at, type_=AuditEntry.at.type)).where(AuditEntry.action == action)
    ).first()


def first_of(unit: UnitOfWork, action: str) -> datetime | None:
    """When this was done for the first time."""
    return unit.session.scalars(
        select(func.min(AuditEntry.at, type_=AuditEntry.at.type)).where(AuditEntry.action == action)
    ).first()


def oldest_account(unit: UnitOfWork) -> datetime | None:
    """When the first account of staff was made."""
    return unit.session.scalars(select(func.min(StaffAccount.created, type_=StaffAccount.created.type))).first()


def hash_of(unit: UnitOfWork, seq: int) -> str | None:
    return unit.session.scalars(select(AuditEntry.hash).where(AuditEntry.seq == seq)).first()


def has_hash(unit: UnitOfWork, digest: str) -> bool:
    return unit.session.scalars(select(AuditEntry.seq).where(AuditEntry.hash == digest)).first() is not None


def _with_reason() -> Select[AuditEntry, AuditReason]:
    return select(AuditEntry, AuditReason).outerjoin(AuditReason, AuditReason.seq == AuditEntry.seq)


def _narrowed[*Row](query: Select[*Row], wanted: AuditFilter) -> Select[*Row]:
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor)
    if wanted.action:
        query = query.where(AuditEntry.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        query = query.where(AuditEntry.subject_id == wanted.subject)
    if wanted.since:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        query = query.where(AuditEntry.at < wanted.until)
    return query
