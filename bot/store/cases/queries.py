"""Cases, their history, and photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import selectinload

from bot.store import records
from bot.store.cases.states import ABOUT_STAFF, HAS_ITS_ANSWER
from bot.store.cases.tables import Case, CaseEvent, DraftPosition, Photo
from bot.store.conversations.tables import Conversation
from bot.store.statements import changed
from bot.store.store import UnitOfWork
from bot.store.webhooks import queries as webhooks


def case(unit: UnitOfWork, number: str) -> Case | None:
    return unit.session.scalars(select(Case).where(Case.number == number)).first()


def lock_case(unit: UnitOfWork, number: str) -> Case | None:
    """The case as it is now; nobody else can change it before this unit ends."""
    query = select(Case).where(Case.number == number).with_for_update(of=Case)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def cases_of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[Case]:
    query = select(Case).where(Case.conversation_id == conversation_id).order_by(Case.id)
    return unit.session.scalars(query.options(selectinload(Case.events))).all()


def count_in_conversation(unit: UnitOfWork, conversation_id: str, states: Sequence[str]) -> int:
    query = select(func.count(Case.id)).where(Case.conversation_id == conversation_id, Case.state.in_(states))
    return unit.session.scalars(query).one()


def count_of_phone(unit: UnitOfWork, phone: str, states: Sequence[str]) -> int:
    query = select(func.count(Case.id)).where(records.is_of_phone(unit, Case, phone))
    return unit.session.scalars(query.where(Case.state.in_(states))).one()


def count_from(unit: UnitOfWork, origin: str, since: datetime) -> int:
    """Filed since then in conversations of this origin."""
    talks = select(Conversation.id).where(Conversation.origin == origin)
    query = select(func.count(Case.id)).where(Case.conversation_id.in_(talks), Case.filed >= since)
    return unit.session.scalars(query).one()


def lock_merged(unit: UnitOfWork, number: str) -> Sequence[Case]:
    """The cases that were merged into this one."""
    query = select(Case).where(Case.merged_into == number).order_by(Case.id).with_for_update(of=Case)
    return unit.session.scalars(query.execution_options(populate_existing=True)).all()


@dataclass(frozen=True)
class CaseFilter:
    """Empty is any."""

    states: tuple[str, ...] = ()
    category: str = ""
    community: str = ""
    grid: str = ""
    department: str = ""
    assignee: str = ""
    since: datetime | None = None
    until: datetime | None = None
    number: str = ""


def found(unit: UnitOfWork, wanted: CaseFilter, *, limit: int | None = None) -> Sequence[Case]:
    """Without those merged into others, unless one is asked for by number. Newest first."""
    query = select(Case).order_by(Case.id.desc()).limit(limit)
    query = query.where(Case.number == wanted.number) if wanted.number else query.where(Case.merged_into.is_(None))
    if wanted.states:
        query = query.where(Case.state.in_(wanted.states))
    for column, value in (
        (Case.category, wanted.category),
        (Case.community, wanted.community),
        (Case.grid, wanted.grid),
        (Case.department, wanted.department),
        (Case.assignee, wanted.assignee),
    ):
        if value:
            query = query.where(column == value)
    if wanted.since:
        query = query.where(Case.filed >= wanted.since)
    if wanted.until:
        query = query.where(Case.filed < wanted.until)
    return unit.session.scalars(query).all()


def of_numbers(unit: UnitOfWork, numbers: Sequence[str]) -> Sequence[Case]:
    return unit.session.scalars(select(Case).where(Case.number.in_(numbers))).all()


def public(
    unit: UnitOfWork,
    *,
    ids: Sequence[str] = (),
    categories: Sequence[str] = (),
    states: Sequence[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    most: int,
) -> Sequence[Case]:
    """Cases that may be listed for everybody, newest first, with their history: merged ones are told by the other one."""
    query = select(Case).where(Case.category != ABOUT_STAFF, Case.merged_into.is_(None), Case.public_id.is_not(None))
    for column, wanted in ((Case.public_id, ids), (Case.category, categories), (Case.state, states)):
        if wanted:
            query = query.where(column.in_(wanted))
    if since is not None:
        query = query.where(Case.filed >= since)
    if until is not None:
        query = query.where(Case.filed <= until)
    return unit.session.scalars(query.order_by(Case.id.desc()).limit(most).options(selectinload(Case.events))).all()


def conversations_about_staff(unit: UnitOfWork) -> frozenset[str]:
    """In which somebody complained about staff."""
    query = select(Case.conversation_id).where(Case.category == ABOUT_STAFF, Case.conversation_id != "")
    return frozenset(unit.session.scalars(query))


def merged_numbers(unit: UnitOfWork, number: str) -> Sequence[str]:
    return unit.session.scalars(select(Case.number).where(Case.merged_into == number).order_by(Case.id)).all()


def departments(unit: UnitOfWork) -> Sequence[str]:
    """Every department that a case was ever sent to."""
    query = select(Case.department).where(Case.department.is_not(None)).distinct().order_by(Case.department)
    return [name for name in unit.session.scalars(query) if name]


def counts(unit: UnitOfWork, since: datetime) -> Sequence[tuple[str | None, str | None, str, str, bool, int]]:
    """Community, grid, category, state, escalated, how many; filed since then, merged ones counted too."""
    columns = (Case.community, Case.grid, Case.category, Case.state, Case.escalated)
    query = select(*columns, func.count()).where(Case.filed >= since).group_by(*columns)
    return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in unit.session.execute(query)]


def latest_answered(unit: UnitOfWork, conversation_id: str) -> Case | None:
    """The case of this conversation that was answered and not rated yet."""
    query = select(Case).where(
        Case.conversation_id == conversation_id,
        Case.state.in_(HAS_ITS_ANSWER),
        Case.satisfaction.is_(None),
    )
    return unit.session.scalars(query.order_by(Case.id.desc()).limit(1)).first()


def note_event(unit: UnitOfWork, case: Case, at: datetime, actor: str, action: str, note: str | None) -> None:
    """In its history, and for whoever is told of cases: not of a note, nor of a complaint about staff."""
    case.events.append(CaseEvent(at=at, actor=actor, action=action, note=note))
    if action != "note" and case.category != ABOUT_STAFF:
        webhooks.write(unit, case, action, at, lambda: _facts(case))


def _facts(case: Case) -> webhooks.Facts:
    """What may be told of it to other offices: nothing of a person, and no place."""
    return {
        "category": case.category,
        "state": case.state,
        "community": case.community,
        "grid": case.grid,
        "department": case.department,
        "filed": case.filed.isoformat(),
        "respond_by": case.respond_by.isoformat(),
        "settle_by": case.settle_by.isoformat(),
        "merged_into": case.merged_into,
    }


def photos(unit: UnitOfWork, case_id: int) -> Sequence[Photo]:
    return unit.session.scalars(select(Photo).where(Photo.case_id == case_id).order_by(Photo.id)).all()


def count_photos(unit: UnitOfWork, *, case_id: int | None = None, conversation_id: str | None = None) -> int:
    """Of a case, or drafts of a conversation."""
    query = select(func.count(Photo.id))
    if case_id is not None:
        query = query.where(Photo.case_id == case_id)
    else:
        query = query.where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None))
    return unit.session.scalars(query).one()


def attach_drafts(unit: UnitOfWork, conversation_id: str, case_id: int) -> None:
    """Hang the draft photos of a conversation on its new case."""
    unit.session.execute(
        update(Photo)
        .where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None))
        .values(case_id=case_id, conversation_id=None)
    )


def take_position(unit: UnitOfWork, conversation_id: str) -> str | None:
    """Where the resident of this conversation said to be; once it is on a case, it is kept nowhere else."""
    row = unit.session.get(DraftPosition, conversation_id)
    if row is None:
        return None
    position = row.position
    unit.delete(row)
    return position


def draft_position(unit: UnitOfWork, conversation_id: str) -> DraftPosition | None:
    return unit.session.get(DraftPosition, conversation_id)


def delete_drafts(unit: UnitOfWork, conversation_id: str) -> None:
    unit.session.execute(delete(Photo).where(Photo.conversation_id == conversation_id, Photo.case_id.is_(None)))
    unit.session.execute(delete(DraftPosition).where(DraftPosition.conversation_id == conversation_id))


def delete_drafts_before(unit: UnitOfWork, moment: datetime) -> int:
    """How many went."""
    gone = changed(unit, delete(DraftPosition).where(DraftPosition.at < moment))
    return gone + changed(unit, delete(Photo).where(Photo.case_id.is_(None), Photo.at < moment))


def delete_photos(unit: UnitOfWork, case_id: int) -> None:
    unit.session.execute(delete(Photo).where(Photo.case_id == case_id))


def empty_case(unit: UnitOfWork, moment: datetime, now: datetime) -> int:
    """One case that is answered or closed, with nothing done since: only number, category, state and dates stay.

    Nothing of it is read, so that a value which no key opens goes as well.
    """
    last = select(func.max(CaseEvent.at, type_=CaseEvent.at.type)).where(CaseEvent.case_id == Case.id)
    emptied = exists().where(CaseEvent.case_id == Case.id, CaseEvent.action == "erased")
    query = select(Case.id).where(Case.state.in_(HAS_ITS_ANSWER), last.scalar_subquery() < moment, ~emptied)
    case_id = unit.session.scalars(query.order_by(Case.id).limit(1)).first()
    if case_id is None:
        return 0
    gone = dict.fromkeys(("name", "phone", "phone_hash", "check_code", "answer"))
    changed(unit, update(Case).where(Case.id == case_id).values(place="", text="", conversation_id="", **gone))
    changed(unit, update(CaseEvent).where(CaseEvent.case_id == case_id).values(note=None))
    delete_photos(unit, case_id)
    unit.add(CaseEvent(case_id=case_id, at=now, actor="system", action="erased", note=None))
    return 1


def pulse(unit: UnitOfWork) -> tuple[object, ...]:
    """Changes when one comes or something is done to one."""
    return tuple(unit.session.scalar(select(func.max(column))) for column in (Case.id, CaseEvent.id))
