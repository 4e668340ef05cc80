"""Accounts, invitations and sessions of staff."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.store.staff.tables import StaffAccount, StaffInvite, StaffRecoveryCode, StaffSession
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def account(unit: UnitOfWork, account_id: str) -> StaffAccount | None:
    return unit.session.get(StaffAccount, account_id)


def lock_account(unit: UnitOfWork, account_id: str) -> StaffAccount | None:
    query = select(StaffAccount).where(StaffAccount.id == account_id)
    return unit.session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()


def account_of_login(unit: UnitOfWork, login: str) -> StaffAccount | None:
    return unit.session.scalars(select(StaffAccount).where(StaffAccount.login == login)).first()


def accounts(unit: UnitOfWork) -> Sequence[StaffAccount]:
    return unit.session.scalars(select(StaffAccount).order_by(StaffAccount.login)).all()


def can_sign_in(unit: UnitOfWork, role: str) -> bool:
    """Somebody with this role can."""
    query = select(StaffAccount.id).where(
        StaffAccount.role == role, StaffAccount.disabled.is_(False), StaffAccount.password_hash.is_not(None)
    )
    return unit.session.scalars(query.limit(1)).first() is not None


def other_admins(unit: UnitOfWork, account_id: str) -> int:
    """How many other admins can sign in. Locks them, so that two admins cannot remove each other at once."""
    query = select(StaffAccount).where(StaffAccount.role == "admin", StaffAccount.disabled.is_(False))
    admins = unit.session.scalars(query.order_by(StaffAccount.id).with_for_update()).all()
    return sum(one.id != account_id and one.password_hash is not None for one in admins)


def recovery_code(unit: UnitOfWork, account_id: str, place: int) -> StaffRecoveryCode | None:
    return unit.session.get(StaffRecoveryCode, (account_id, place), with_for_update=True)


def unused_recovery_codes(unit: UnitOfWork, account_id: str) -> int:
    query = select(func.count()).where(StaffRecoveryCode.account_id == account_id, StaffRecoveryCode.used.is_(None))
    return unit.session.scalars(query).one()


def delete_recovery_codes(unit: UnitOfWork, account_id: str) -> None:
    unit.session.execute(delete(StaffRecoveryCode).where(StaffRecoveryCode.account_id == account_id))


def invite(unit: UnitOfWork, token_hash: str) -> StaffInvite | None:
    return unit.session.get(StaffInvite, token_hash, with_for_update=True)


def delete_invites(unit: UnitOfWork, account_id: str) -> None:
    unit.session.execute(delete(StaffInvite).where(StaffInvite.account_id == account_id))


def session(unit: UnitOfWork, token_hash: str) -> tuple[StaffSession, StaffAccount] | None:
    query = select(StaffSession, StaffAccount).join(StaffAccount, StaffAccount.id == StaffSession.account_id)
    row = unit.session.execute(query.where(StaffSession.token_hash == token_hash)).first()
    return (row[0], row[1]) if row else None


def seen_since(unit: UnitOfWork, since: datetime) -> set[str]:
    """Accounts that have a page open, or did something, since then."""
    query = select(StaffSession.account_id).where(StaffSession.last_seen >= since).distinct()
    return set(unit.session.scalars(query))


def touch_session(unit: UnitOfWork, token_hash: str, now: datetime) -> None:
    query = update(StaffSession).where(StaffSession.token_hash == token_hash, StaffSession.last_seen < now)
    unit.session.execute(query.values(last_seen=now))


def delete_session(unit: UnitOfWork, token_hash: str) -> None:
    unit.session.execute(delete(StaffSession).where(StaffSession.token_hash == token_hash))


def delete_sessions(unit: UnitOfWork, account_id: str) -> None:
    unit.session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))


def delete_sessions_but(unit: UnitOfWork, account_id: str, token_hash: str) -> None:
    others = StaffSession.account_id == account_id, StaffSession.token_hash != token_hash
    unit.session.execute(delete(StaffSession).where(*others))


def delete_sessions_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    return changed(unit, delete(StaffSession).where(StaffSession.last_seen < moment))
