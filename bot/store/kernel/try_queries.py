"""Wrong tries to open a record."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from bot.store.insert import insert_or_ignore
from bot.store.kernel.tables import Try
from bot.store.store import Unit


def lock_tries(unit: Unit, subjects: Sequence[str]) -> Sequence[Try]:
    """One row per subject, made when missing. Callers with the same subject wait for each other here."""
    hashes = sorted(unit.keys.keyed_hash(subject) for subject in subjects)
    for subject in hashes:
        insert_or_ignore(unit, Try, {"subject": subject, "wrong": 0, "last_wrong": None, "locked_until": None})
    query = select(Try).where(Try.subject.in_(hashes)).order_by(Try.subject).with_for_update()
    return unit.session.scalars(query).all()


def tries_of(unit: Unit, subject: str) -> Try | None:
    """To look at only."""
    return unit.session.scalars(select(Try).where(Try.subject.in_(unit.keys.keyed_hashes(subject)))).first()


def delete_before(unit: Unit, moment: datetime) -> None:
    unit.session.execute(delete(Try).where(Try.last_wrong < moment))
