"""A case that misses its target escalates by itself: a role is told, and a person says that they take care of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from bot.errors import NotFound, WrongState
from bot.services.audit import audit
from bot.services.kernel import tasks
from bot.services.kernel.permissions import SYSTEM, Actor, Role
from bot.store.cases import escalation_queries
from bot.store.cases import queries as case_queries
from bot.store.cases.states import AWAITS_OFFICE, AWAITS_RESPONSE
from bot.store.cases.tables import Case, CaseEscalation
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork

TOLD: Role = "dispatcher"
"""Sends cases on, so a case that stands still is theirs to move."""
INSTEAD: Role = "admin"
"""Is told where nobody of that role can sign in."""
MOST_SHOWN = 200

Target = Literal["response", "settlement"]


@dataclass(frozen=True)
class Escalation:
    id: int
    number: str
    target: Target
    """Which of the two was missed."""
    role: str
    """Who is told."""
    at: datetime
    state: str
    category: str
    community: str | None
    grid: str | None
    department: str | None
    assignee: str | None
    """Name of the grid worker."""
    acknowledged_by: str | None
    """Name of the person who takes care of it."""
    acknowledged: datetime | None


def listed(store: Store, actor: Actor, *, acknowledged: bool = False) -> list[Escalation]:
    """What the actor is told of: what nobody takes care of yet, the oldest first; or what somebody does, newest first."""
    actor.must("escalations.read")
    with store.reading() as unit:
        rows = escalation_queries.listed(unit, _roles(unit, actor), acknowledged=acknowledged, limit=MOST_SHOWN)
        names = _names(unit)
        return [_view(row, case, names) for row, case in rows]


def count_open(unit: UnitOfWork, actor: Actor) -> int:
    """How many wait for the actor; none for a role that is told nothing."""
    return escalation_queries.count_open(unit, _roles(unit, actor)) if actor.may("escalations.read") else 0


def of_case(unit: UnitOfWork, case: Case) -> list[Escalation]:
    """The oldest first."""
    names = _names(unit)
    return [_view(row, case, names) for row in escalation_queries.of_case(unit, case.id)]


def nobody_of_the_role(store: Store) -> bool:
    """Nobody can sign in who is told first."""
    with store.reading() as unit:
        return not staff_queries.can_sign_in(unit, TOLD)


def acknowledge(store: Store, actor: Actor, escalation_id: int, now: datetime) -> None:
    """The actor takes care of it. Raises WrongState when somebody does already; NotFound also for what others are told."""
    actor.must("escalations.read")
    with store.unit() as unit:
        row = escalation_queries.lock(unit, escalation_id)
        if row is None or row.role not in _roles(unit, actor):
            raise NotFound
        if row.acknowledged is not None:
            raise WrongState
        row.acknowledged_by, row.acknowledged = actor.id, now
        number = unit.session.get_one(Case, row.case_id).number
        audit.write(unit, actor, "case.acknowledge", "case", number, now, details={"target": row.target})
        unit.commit()


def escalate_if_not_answered(store: Store, task: tasks.Task, now: datetime) -> None:
    """First response is missing: nobody handles the case yet."""
    _escalate(store, task, now, deadline="respond_by", open_states=AWAITS_RESPONSE)


def escalate_if_not_settled(store: Store, task: tasks.Task, now: datetime) -> None:
    """An answered case has its answer; whether it is settled is the resident's to say."""
    _escalate(store, task, now, deadline="settle_by", open_states=AWAITS_OFFICE)


def _escalate(
    store: Store,
    task: tasks.Task,
    now: datetime,
    *,
    deadline: Literal["respond_by", "settle_by"],
    open_states: tuple[str, ...],
) -> None:
    with store.unit() as unit:
        row = case_queries.lock_case(unit, task.payload["number"])
        if row is None or row.state not in open_states or row.merged_into:
            return
        by = row.respond_by if deadline == "respond_by" else row.settle_by
        if by > now:  # reopened since: the target started afresh, with a task of its own
            return
        action = "escalated_response" if deadline == "respond_by" else "escalated_settlement"
        if any(event.action == action and event.at >= by for event in row.events):
            return
        row.escalated = True
        case_queries.note_event(unit, row, now, "system", action, None)
        target = "response" if deadline == "respond_by" else "settlement"
        unit.add(CaseEscalation(case_id=row.id, target=target, role=TOLD, at=now))
        audit.write(unit, SYSTEM, "case.escalate", "case", row.number, now, details={"target": target, "to": TOLD})
        unit.commit()


def _roles(unit: UnitOfWork, actor: Actor) -> tuple[str, ...]:
    """Whose escalations the actor is told of."""
    if actor.role == INSTEAD and not staff_queries.can_sign_in(unit, TOLD):
        return (INSTEAD, TOLD)
    return (actor.role,)


def _names(unit: UnitOfWork) -> dict[str, str]:
    return {row.id: row.name for row in staff_queries.accounts(unit)}


def _view(row: CaseEscalation, case: Case, names: dict[str, str]) -> Escalation:
    return Escalation(
        id=row.id,
        number=case.number,
        target=cast(Target, row.target),
        role=row.role,
        at=row.at,
        state=case.state,
        category=case.category,
        community=case.community,
        grid=case.grid,
        department=case.department,
        assignee=names.get(case.assignee or ""),
        acknowledged_by=names.get(row.acknowledged_by or ""),
        acknowledged=row.acknowledged,
    )
