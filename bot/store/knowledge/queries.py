"""Versions of knowledge pages."""

from collections.abc import Sequence

from sqlalchemy import func, select

from bot.store.knowledge.tables import KnowledgeVersion
from bot.store.store import UnitOfWork


def version(unit: UnitOfWork, page_id: str, number: int) -> KnowledgeVersion | None:
    query = select(KnowledgeVersion).where(KnowledgeVersion.page_id == page_id, KnowledgeVersion.number == number)
    return unit.session.scalars(query.with_for_update()).first()


def versions(unit: UnitOfWork, page_id: str) -> Sequence[KnowledgeVersion]:
    """Newest first."""
    query = select(KnowledgeVersion).where(KnowledgeVersion.page_id == page_id)
    return unit.session.scalars(query.order_by(KnowledgeVersion.number.desc())).all()


def in_states(unit: UnitOfWork, *states: str) -> Sequence[KnowledgeVersion]:
    query = select(KnowledgeVersion).where(KnowledgeVersion.state.in_(states))
    return unit.session.scalars(query.order_by(KnowledgeVersion.page_id, KnowledgeVersion.number)).all()


def next_number(unit: UnitOfWork, page_id: str) -> int:
    query = select(func.coalesce(func.max(KnowledgeVersion.number), 0)).where(KnowledgeVersion.page_id == page_id)
    return unit.session.scalars(query).one() + 1


def edition(unit: UnitOfWork) -> tuple[int, str]:
    """Changes whenever another version goes live."""
    query = select(func.count(KnowledgeVersion.id), func.max(KnowledgeVersion.published))
    count, last = unit.session.execute(query.where(KnowledgeVersion.published.is_not(None))).one()
    return count, str(last)
