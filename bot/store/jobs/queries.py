"""Search among postings, their import, and applications."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update

from bot.store.conversations.tables import Conversation
from bot.store.insert import insert_missing
from bot.store.jobs.tables import ApplicationState, JobApplication, JobPosting, JobWord
from bot.store.records import is_of_phone
from bot.store.statements import changed, delete_some
from bot.store.store import UnitOfWork

AT_ONCE = 500
"""Rows of one statement."""


@dataclass(frozen=True)
class Filters:
    """What a posting must have; None or empty is no matter."""

    trade: str = ""
    words: tuple[str, ...] = ()
    """Of its title; all of them."""
    pay_from: int | None = None
    """It pays at least so much, as far as it says."""
    shift: str = ""
    no_nights: bool = False
    lodging: bool = False
    meals: bool = False
    place: str = ""


def search(unit: UnitOfWork, filters: Filters, today: date, *, most: int, skip: int = 0) -> Sequence[JobPosting]:
    """Those that are open, the newest first."""
    query = _matching(select(JobPosting), filters, today).order_by(JobPosting.id.desc()).limit(most).offset(skip)
    return unit.session.scalars(query).all()


def count(unit: UnitOfWork, filters: Filters, today: date) -> int:
    found: int = unit.session.scalars(_matching(select(func.count(JobPosting.id)), filters, today)).one()
    return found


def _matching(query: Select[Any], filters: Filters, today: date) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [JobPosting.valid_until >= today]
    if filters.trade:
        conditions.append(JobPosting.trade == filters.trade)
    for word in filters.words:
        conditions.append(JobPosting.id.in_(select(JobWord.posting_id).where(JobWord.word == word)))
    if filters.pay_from is not None:
        conditions.append(func.coalesce(JobPosting.pay_to, JobPosting.pay_from) >= filters.pay_from)
    if filters.shift:
        conditions.append(JobPosting.shift == filters.shift)
    if filters.no_nights:
        conditions.append(JobPosting.shift == "day")
    if filters.lodging:
        conditions.append(JobPosting.lodging.is_(True))
    if filters.meals:
        conditions.append(JobPosting.meals.is_(True))
    if filters.place:
        conditions.append(JobPosting.place.contains(filters.place, autoescape=True))
    return query.where(*conditions)


def trades_open(unit: UnitOfWork, today: date) -> list[str]:
    """Trades with open postings, the one with the most first."""
    query = select(JobPosting.trade).where(JobPosting.valid_until >= today, JobPosting.trade != "")
    return list(unit.session.scalars(query.group_by(JobPosting.trade).order_by(func.count().desc(), JobPosting.trade)))


def posting(unit: UnitOfWork, posting_id: int) -> JobPosting | None:
    return unit.session.get(JobPosting, posting_id)


def by_digest(unit: UnitOfWork, digests: Sequence[str]) -> dict[str, int]:
    """Ids of the postings that are there already."""
    found: dict[str, int] = {}
    for at in range(0, len(digests), AT_ONCE):
        some = digests[at : at + AT_ONCE]
        rows = unit.session.execute(select(JobPosting.digest, JobPosting.id).where(JobPosting.digest.in_(some)))
        found.update({row[0]: row[1] for row in rows})
    return found


def renew(unit: UnitOfWork, posting_id: int, values: dict[str, Any]) -> None:
    unit.session.execute(update(JobPosting).where(JobPosting.id == posting_id).values(values))


def add_postings(unit: UnitOfWork, values: Sequence[dict[str, Any]], words: Mapping[str, Collection[str]]) -> None:
    """`words` of each title by the posting's digest. What another import has just added stays as that one wrote it."""
    for at in range(0, len(values), AT_ONCE):
        insert_missing(unit, JobPosting, values[at : at + AT_ONCE])
    ids = by_digest(unit, list(words))
    pairs = [{"word": word, "posting_id": ids[digest]} for digest, own in words.items() for word in own]
    for at in range(0, len(pairs), AT_ONCE):
        insert_missing(unit, JobWord, pairs[at : at + AT_ONCE])


def delete_postings_before(unit: UnitOfWork, day: date, most: int) -> int:
    """Those that have been over since before that day."""
    some = select(JobPosting.id).where(JobPosting.valid_until < day).limit(most)
    gone = unit.session.scalars(some).all()
    changed(unit, update(JobApplication).where(JobApplication.posting_id.in_(gone)).values(posting_id=None))
    changed(unit, delete(JobWord).where(JobWord.posting_id.in_(gone)))
    return changed(unit, delete(JobPosting).where(JobPosting.id.in_(gone)))


def application(unit: UnitOfWork, number: str) -> JobApplication | None:
    return unit.session.scalars(select(JobApplication).where(JobApplication.number == number)).first()


def open_application(unit: UnitOfWork, phone: str, posting_id: int, conversation_id: str) -> JobApplication | None:
    """What somebody has applied for already in this conversation."""
    query = select(JobApplication).where(
        JobApplication.posting_id == posting_id,
        JobApplication.conversation_id == conversation_id,
        JobApplication.state == ApplicationState.OPEN,
        is_of_phone(unit, JobApplication, phone),
    )
    return unit.session.scalars(query).first()


def count_of_phone(unit: UnitOfWork, phone: str) -> int:
    query = select(func.count(JobApplication.id)).where(
        JobApplication.state == ApplicationState.OPEN, is_of_phone(unit, JobApplication, phone)
    )
    return unit.session.scalars(query).one()


def count_in_conversation(unit: UnitOfWork, conversation_id: str, since: datetime) -> int:
    query = select(func.count(JobApplication.id)).where(
        JobApplication.conversation_id == conversation_id, JobApplication.filed >= since
    )
    return unit.session.scalars(query).one()


def count_from(unit: UnitOfWork, origin: str, since: datetime) -> int:
    """Since then, in conversations of this origin."""
    talks = select(Conversation.id).where(Conversation.origin == origin)
    query = select(func.count(JobApplication.id)).where(
        JobApplication.conversation_id.in_(talks), JobApplication.filed >= since
    )
    return unit.session.scalars(query).one()


def applications(unit: UnitOfWork) -> Sequence[tuple[JobApplication, JobPosting | None]]:
    """Those that nobody has closed, the oldest first, with their postings where these are still there."""
    query = (
        select(JobApplication, JobPosting)
        .outerjoin(JobPosting, JobPosting.id == JobApplication.posting_id)
        .where(or_(JobApplication.state == ApplicationState.OPEN, JobApplication.state == ApplicationState.PASSED_ON))
        .order_by(JobApplication.id)
    )
    return [(row[0], row[1]) for row in unit.session.execute(query)]


def lock_application(unit: UnitOfWork, number: str) -> JobApplication | None:
    return unit.session.scalars(select(JobApplication).where(JobApplication.number == number).with_for_update()).first()


def applications_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, JobApplication, most, JobApplication.filed < moment)


def pulse(unit: UnitOfWork) -> tuple[object, ...]:
    """Changes when an application comes, is passed on or closed."""
    counted = select(JobApplication.state, func.count(), func.max(JobApplication.id)).group_by(JobApplication.state)
    return tuple(tuple(row) for row in unit.session.execute(counted.order_by(JobApplication.state)))
