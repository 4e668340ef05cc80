"""Claims and kept views."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from bot.store.inbox.tables import InboxClaim, InboxView
from bot.store.insert import insert_or_ignore
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def claims(unit: UnitOfWork) -> dict[tuple[str, str], str]:
    """Account by source and number."""
    return {(row.source, row.number): row.account_id for row in unit.session.scalars(select(InboxClaim))}


def claim(unit: UnitOfWork, source: str, number: str, account_id: str, now: datetime) -> bool:
    """False where somebody has it already: of two who click at once, one gets it."""
    unit.flush()
    row = {"source": source, "number": number, "account_id": account_id, "since": now}
    return insert_or_ignore(unit, InboxClaim, row)


def release(unit: UnitOfWork, source: str, number: str, account_id: str) -> bool:
    """False where this person does not have it."""
    mine = (InboxClaim.source == source, InboxClaim.number == number, InboxClaim.account_id == account_id)
    return bool(changed(unit, delete(InboxClaim).where(*mine)))


def delete_claims_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    return changed(unit, delete(InboxClaim).where(InboxClaim.since < moment))


def pulse(unit: UnitOfWork) -> tuple[int, datetime | None]:
    """Changes when a claim does."""
    row = unit.session.execute(select(func.count(), func.max(InboxClaim.since, type_=InboxClaim.since.type))).one()
    return row[0], row[1]


def views(unit: UnitOfWork, account_id: str) -> Sequence[InboxView]:
    return unit.session.scalars(
        select(InboxView).where(InboxView.account_id == account_id).order_by(InboxView.id)
    ).all()


def keep_view(unit: UnitOfWork, account_id: str, name: str, query: str) -> None:
    unit.add(InboxView(account_id=account_id, name=name, query=query))


def forget_view(unit: UnitOfWork, account_id: str, view_id: int) -> bool:
    mine = (InboxView.id == view_id, InboxView.account_id == account_id)
    return bool(changed(unit, delete(InboxView).where(*mine)))
