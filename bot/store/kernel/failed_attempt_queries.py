"""Wrong tries to open a record, and to sign in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from bot.store.insert import insert_or_ignore
from bot.store.kernel.tables import FailedAttempt
from bot.store.staff.tables import SignInPlace
from bot.store.statements import changed
from bot.store.store import UnitOfWork


def lock_attempts(unit: UnitOfWork, subjects: Sequence[str]) -> Sequence[FailedAttempt]:
    """One row per subject, made when missing. Callers with the same subject wait for each other here."""
    hashes = sorted(unit.keys.keyed_hash(subject) for subject in subjects)
    for subject in hashes:
        insert_or_ignore(
            unit, FailedAttempt, {"subject": subject, "wrong": 0, "last_wrong": None, "locked_until": None}
        )
    query = (
        select(FailedAttempt).where(FailedAttempt.subject.in_(hashes)).order_by(FailedAttempt.subject).with_for_update()
    )
    return unit.session.scalars(query).all()


def delete_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    return changed(unit, delete(FailedAttempt).where(FailedAttempt.last_wrong < moment))


def lock_places(unit: UnitOfWork, login: str, addresses: Sequence[str]) -> dict[str, SignInPlace]:
    """One row per client address, made when missing. Callers with the same ones wait for each other here."""
    login_hash = unit.keys.keyed_hash(login)
    hashes = {unit.keys.keyed_hash(address): address for address in addresses}
    for address in sorted(hashes):
        key = {"login_hash": login_hash, "address_hash": address}
        insert_or_ignore(unit, SignInPlace, {**key, "wrong": 0})
    query = select(SignInPlace).where(SignInPlace.login_hash == login_hash, SignInPlace.address_hash.in_(hashes))
    query = query.order_by(SignInPlace.address_hash).with_for_update().execution_options(populate_existing=True)
    return {hashes[row.address_hash]: row for row in unit.session.scalars(query)}


def places_of(unit: UnitOfWork, login: str) -> Sequence[SignInPlace]:
    query = select(SignInPlace).where(SignInPlace.login_hash.in_(unit.keys.keyed_hashes(login)))
    return unit.session.scalars(query.order_by(SignInPlace.address_hash).with_for_update()).all()


def delete_places_before(unit: UnitOfWork, wrong: datetime, entered: datetime) -> int:
    """Those without a wrong try and without a sign-in since then; how many."""
    return changed(
        unit,
        delete(SignInPlace).where(
            or_(SignInPlace.last_wrong.is_(None), SignInPlace.last_wrong < wrong),
            or_(SignInPlace.locked_until.is_(None), SignInPlace.locked_until < wrong),
            or_(SignInPlace.entered.is_(None), SignInPlace.entered < entered),
        ),
    )
