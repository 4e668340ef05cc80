"""A case that misses its target escalates by itself."""

from datetime import datetime
from typing import Literal

from bot.services.kernel import tasks
from bot.store.cases import queries as case_queries
from bot.store.store import Store


def escalate_if_not_answered(store: Store, task: tasks.Task, now: datetime) -> None:
    """First response is missing: nobody handles the case yet."""
    _escalate(store, task, now, deadline="respond_by", open_states=("filed", "dispatched", "reopened"))


def escalate_if_not_settled(store: Store, task: tasks.Task, now: datetime) -> None:
    """An answered case has its answer; whether it is settled is the resident's to say."""
    open_states = ("filed", "dispatched", "handling", "reopened")
    _escalate(store, task, now, deadline="settle_by", open_states=open_states)


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
        unit.commit()
