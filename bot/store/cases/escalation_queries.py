"""Escalations of cases: who is told, and who takes care of them."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from bot.store.cases.tables import Case, CaseEscalation
from bot.store.store import UnitOfWork


def listed(
    unit: UnitOfWork, roles: Collection[str], *, acknowledged: bool, limit: int
) -> Sequence[tuple[CaseEscalation, Case]]:
    """Those that nobody takes care of, the oldest first; or those that somebody does, the newest first."""
    query = select(CaseEscalation, Case).join(Case, Case.id == CaseEscalation.case_id)
    query = query.where(CaseEscalation.role.in_(roles)).limit(limit)
    if acknowledged:
        query = query.where(CaseEscalation.acknowledged.is_not(None)).order_by(CaseEscalation.acknowledged.desc())
    else:
        query = query.where(CaseEscalation.acknowledged.is_(None)).order_by(CaseEscalation.id)
    return [(row[0], row[1]) for row in unit.session.execute(query)]


def count_open(unit: UnitOfWork, roles: Collection[str]) -> int:
    query = select(func.count(CaseEscalation.id))
    return unit.session.scalars(
        query.where(CaseEscalation.role.in_(roles), CaseEscalation.acknowledged.is_(None))
    ).one()


def of_case(unit: UnitOfWork, case_id: int) -> Sequence[CaseEscalation]:
    query = select(CaseEscalation).where(CaseEscalation.case_id == case_id)
    return unit.session.scalars(query.order_by(CaseEscalation.id)).all()


def lock(unit: UnitOfWork, escalation_id: int) -> CaseEscalation | None:
    """As it is now; nobody else can change it before this unit ends."""
    return unit.session.get(CaseEscalation, escalation_id, with_for_update=True)
