"""Cases, their history, and photos."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import selectinload

from bot.store.store import Unit
from bot.store.tables import Case, CaseEvent, Photo


def case(unit: Unit, number: str) -> Case | None:
    return unit.session.scalars(select(Case).where(Case.number == number)).first()


def lock_case(unit: Unit, number: str) -> Case | None:
    """The case as it is now; nobody else can change it before this unit ends."""
    query = select(Case).where(Case.number == number).with_for_update(of=Case)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def cases_of_conversation(unit: Unit, conversation_id: str) -> Sequence[Case]:
    query = select(Case).where(Case.conversation_id == conversation_id).order_by(Case.id)
    return unit.session.scalars(query.options(selectinload(Case.events))).all()


def cases_of_phone(unit: Unit, phone: str) -> Sequence[Case]:
    query = select(Case).where(Case.phone_hash.in_(unit.keys.keyed_hashes(phone))).order_by(Case.id)
    return unit.session.scalars(query.options(selectinload(Case.events))).all()


def note_event(unit: Unit, case: Case, at: datetime, actor: str, action: str, note: str | None) -> None:
    case.events.append(CaseEvent(at=at, actor=actor, action=action, note=note))


def photos(unit: Unit, case_id: int) -> Sequence[Photo]:
    return unit.session.scalars(select(Photo).where(Photo.case_id == case_id).order_by(Photo.id)).all()


def count_photos(unit: Unit, *, case_id: int | None = None, conversation_id: str | None = None) -> int:
    """Of a case, or drafts of a conversation."""
    query = select(func.count(Photo.id))
    if case_id is not None:
        query = query.where(Photo.case_id == case_id)
    else:
        query = query.where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None))
    return unit.session.scalars(query).one()


def attach_drafts(unit: Unit, conversation_id: str, case_id: int) -> None:
    """Hang the draft photos of a conversation on its new case."""
    unit.session.execute(
        update(Photo)
        .where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None))
        .values(case_id=case_id, conversation_id=None)
    )


def delete_drafts(unit: Unit, conversation_id: str) -> None:
    unit.session.execute(delete(Photo).where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None)))


def delete_drafts_before(unit: Unit, moment: datetime) -> None:
    unit.session.execute(delete(Photo).where(Photo.case_id.is_(None), Photo.at < moment))


def delete_photos(unit: Unit, case_id: int) -> None:
    unit.session.execute(delete(Photo).where(Photo.case_id == case_id))
