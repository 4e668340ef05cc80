"""Proposals, their public list, and their supports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, case, delete, exists, func, or_, select, update
from sqlalchemy.orm import selectinload

from bot.store import records
from bot.store.conversations.tables import Call, Conversation
from bot.store.insert import insert_or_ignore
from bot.store.proposals.states import OPEN, ProposalState
from bot.store.proposals.tables import Proposal, ProposalEvent, ProposalSupport
from bot.store.statements import changed
from bot.store.store import UnitOfWork
from bot.store.webhooks import queries as webhooks


def proposal(unit: UnitOfWork, number: str) -> Proposal | None:
    return unit.session.scalars(select(Proposal).where(Proposal.number == number)).first()


def lock(unit: UnitOfWork, number: str) -> Proposal | None:
    """As it is now; nobody else can change it before this unit ends."""
    query = select(Proposal).where(Proposal.number == number).with_for_update(of=Proposal)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[Proposal]:
    query = select(Proposal).where(Proposal.conversation_id == conversation_id)
    return unit.session.scalars(query.order_by(Proposal.id)).all()


def every(unit: UnitOfWork, states: Sequence[str]) -> Sequence[Proposal]:
    """Newest first, published or not."""
    query = select(Proposal).order_by(Proposal.id.desc())
    return unit.session.scalars(query.where(Proposal.state.in_(states)) if states else query).all()


def public(
    unit: UnitOfWork, states: Sequence[str] = (), *, offset: int = 0, limit: int | None = None
) -> Sequence[tuple[Proposal, int, int]]:
    """Published ones with their supports and how many of them are proven, most supported first."""
    live = select(func.count()).where(ProposalSupport.proposal_id == Proposal.id)
    supports = (live.scalar_subquery() + Proposal.supports_before).label("supports")
    by_call = live.where(ProposalSupport.proven).scalar_subquery() + Proposal.proven_before
    query = select(Proposal, supports, by_call).options(selectinload(Proposal.events)).where(*_published(states))
    query = query.order_by(supports.desc(), Proposal.published, Proposal.id).offset(offset).limit(limit)
    return [(row[0], row[1], row[2]) for row in unit.session.execute(query)]


def count_public(unit: UnitOfWork, states: Sequence[str] = ()) -> int:
    return unit.session.scalars(select(func.count(Proposal.id)).where(*_published(states))).one()


def _published(states: Sequence[str]) -> list[ColumnElement[bool]]:
    return [Proposal.published.is_not(None), *([Proposal.state.in_(states)] if states else [])]


def supports(unit: UnitOfWork, row: Proposal) -> int:
    query = select(func.count()).where(ProposalSupport.proposal_id == row.id)
    return unit.session.scalars(query).one() + row.supports_before


def proven(unit: UnitOfWork, row: Proposal) -> int:
    """How many of the supports came from the telephone that they name."""
    query = select(func.count()).where(ProposalSupport.proposal_id == row.id, ProposalSupport.proven)
    return unit.session.scalars(query).one() + row.proven_before


def calls_from(unit: UnitOfWork, conversation_id: str, phone: str) -> bool:
    """Is this conversation a call that came from that telephone?"""
    query = select(Call.id).where(Call.conversation_id == conversation_id, Call.direction == "in")
    return bool(unit.session.scalar(select(query.where(records.is_of_phone(unit, Call, phone)).exists())))


def prove(unit: UnitOfWork, row: Proposal, phone: str) -> bool:
    """What this phone has typed in the chat before is proven now; False when it was proven already."""
    query = update(ProposalSupport).where(ProposalSupport.proposal_id == row.id, ~ProposalSupport.proven)
    return bool(changed(unit, query.where(records.is_of_phone(unit, ProposalSupport, phone)).values(proven=True)))


def supports_of_each(unit: UnitOfWork) -> dict[int, int]:
    """By the id of the proposal; without those before."""
    query = select(ProposalSupport.proposal_id, func.count()).group_by(ProposalSupport.proposal_id)
    return {row[0]: row[1] for row in unit.session.execute(query)}


def has_supported(unit: UnitOfWork, row: Proposal, phone: str) -> bool:
    query = records.by_phone(unit, ProposalSupport, phone).where(ProposalSupport.proposal_id == row.id)
    return bool(unit.session.scalar(select(query.exists())))


def add_support(
    unit: UnitOfWork, row: Proposal, phone: str, conversation_id: str, at: datetime, *, is_proven: bool
) -> bool:
    """False when this phone stands behind it already."""
    values = {
        "proposal_id": row.id, "phone": phone, "phone_hash": unit.keys.keyed_hash(phone),
        "conversation_id": conversation_id, "at": at, "proven": is_proven,
    }  # fmt: skip
    return insert_or_ignore(unit, ProposalSupport, values)


def written_in(unit: UnitOfWork, conversation_id: str, since: datetime) -> tuple[int, int]:
    """Proposals and supports of one conversation since then."""
    made = select(func.count(Proposal.id)).where(Proposal.conversation_id == conversation_id)
    backed = select(func.count(ProposalSupport.id)).where(ProposalSupport.conversation_id == conversation_id)
    return (
        unit.session.scalars(made.where(Proposal.submitted >= since)).one(),
        unit.session.scalars(backed.where(ProposalSupport.at >= since)).one(),
    )


def written_from(unit: UnitOfWork, origin: str, since: datetime) -> int:
    """Proposals and supports since then in conversations of this origin."""
    talks = select(Conversation.id).where(Conversation.origin == origin)
    made = select(func.count(Proposal.id)).where(Proposal.conversation_id.in_(talks), Proposal.submitted >= since)
    backed = select(func.count(ProposalSupport.id)).where(
        ProposalSupport.conversation_id.in_(talks), ProposalSupport.at >= since
    )
    return unit.session.scalars(made).one() + unit.session.scalars(backed).one()


def open_of_phone(unit: UnitOfWork, phone: str) -> int:
    query = select(func.count(Proposal.id)).where(records.is_of_phone(unit, Proposal, phone), Proposal.state.in_(OPEN))
    return unit.session.scalars(query).one()


def is_emptied(unit: UnitOfWork, row: Proposal) -> bool:
    """Has what the resident said been deleted?"""
    query = select(ProposalEvent.id).where(ProposalEvent.proposal_id == row.id, ProposalEvent.action == "erased")
    return bool(unit.session.scalar(select(query.exists())))


def note_event(
    unit: UnitOfWork, row: Proposal, at: datetime, actor: str, action: str, answer: str | None = None
) -> None:
    row.events.append(ProposalEvent(at=at, actor=actor, action=action, answer=answer))
    webhooks.write(unit, row, action, at, lambda: _facts(row, answer))


def _facts(row: Proposal, answer: str | None) -> webhooks.Facts:
    """What everybody may read of it."""
    return {
        "state": row.state,
        "outcome": row.outcome,
        "title": row.public_title if row.published else None,
        "answer": answer,
    }


def empty_one(unit: UnitOfWork, moment: datetime, now: datetime) -> int:
    """One that was answered before that moment, or submitted before it and never published: what is public stays, with
    how many supported it. One that is not public is over.

    Nothing of it is read, so that a value which no key opens goes as well.
    """
    emptied = exists().where(ProposalEvent.proposal_id == Proposal.id, ProposalEvent.action == "erased")
    over = or_(Proposal.state == ProposalState.ANSWERED, Proposal.published.is_(None))
    query = select(Proposal.id).where(over, ~emptied, func.coalesce(Proposal.answered, Proposal.submitted) < moment)
    found = unit.session.scalars(query.order_by(Proposal.id).limit(1)).first()
    if found is None:
        return 0
    count = select(func.count()).where(ProposalSupport.proposal_id == found)
    gone = dict.fromkeys(("phone", "phone_hash", "check_code"))
    values = {**gone, "text": "", "conversation_id": ""}
    values["supports_before"] = Proposal.supports_before + count.scalar_subquery()
    values["proven_before"] = Proposal.proven_before + count.where(ProposalSupport.proven).scalar_subquery()
    values["state"] = case((Proposal.published.is_(None), ProposalState.ANSWERED), else_=Proposal.state)
    changed(unit, update(Proposal).where(Proposal.id == found).values(values))
    delete_supports(unit, found)
    unit.add(ProposalEvent(proposal_id=found, at=now, actor="system", action="erased", answer=None))
    return 1


def delete_supports(unit: UnitOfWork, proposal_id: int) -> None:
    unit.session.execute(delete(ProposalSupport).where(ProposalSupport.proposal_id == proposal_id))


def outcomes(unit: UnitOfWork, since: datetime, until: datetime) -> Sequence[tuple[datetime, str | None]]:
    """When each was answered, and how."""
    answered = Proposal.answered
    query = select(answered, Proposal.outcome).where(answered.is_not(None), answered >= since, answered < until)
    return [(at, outcome) for at, outcome in unit.session.execute(query) if at]


def pulse(unit: UnitOfWork) -> tuple[object, ...]:
    """Changes when one comes or something is done to one."""
    return tuple(unit.session.scalar(select(func.max(column))) for column in (Proposal.id, ProposalEvent.id))
