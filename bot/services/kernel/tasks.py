"""Things to do at a later time. A task is claimed by one worker, with a lease that runs out if the worker dies."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.kernel import task_queries
from bot.store.store import Store, UnitOfWork

__all__ = [
    "Handler",
    "Handlers",
    "Store",
    "Task",
    "claim",
    "fail",
    "finish",
    "give_up",
    "plan_call",
    "plan_news",
    "schedule",
]


@dataclass(frozen=True)
class Task:
    id: int
    kind: str
    due: datetime
    payload: dict[str, Any]
    attempts: int
    """Counts this attempt too."""


Handler = Callable[[Store, Task, datetime], None]
"""Does one task. It may be called again for the same task, so it looks at the record before it changes it."""

Handlers = Mapping[str, Handler]


def schedule(unit: UnitOfWork, kind: str, due: datetime, payload: dict[str, Any], *, once: str | None = None) -> None:
    """Part of the caller's unit of work. A second task with the same `once` mark is ignored."""
    task_queries.add(unit, kind, due, json.dumps(payload, ensure_ascii=False), once)


def plan_call(unit: UnitOfWork, kind: str, number: str, due: datetime) -> None:
    """Part of the caller's unit of work: a call to whom the record with this number belongs; `kind` is its occasion."""
    payload = {"kind": kind, "number": number, "tried": 0}
    schedule(unit, "call_resident", due, payload, once=f"call {kind} {number} {due.isoformat()}")


def plan_news(unit: UnitOfWork, news: str, number: str, conversation_id: str, due: datetime) -> None:
    """Part of the caller's unit of work: the devices that agreed in this conversation are told that there is news."""
    payload = {"news": news, "number": number, "conversation_id": conversation_id}
    schedule(unit, "push_news", due, payload, once=f"news {news} {number} {due.isoformat()}")


def claim(
    store: Store, worker: str, now: datetime, lease: timedelta, *, kinds: Collection[str] | None = None
) -> Task | None:
    """The longest due task of these kinds (None is any), leased to this worker; None when nothing is due."""
    with store.unit() as unit:
        row = task_queries.claim_next(unit, worker, kinds, now, now + lease)
        if row is None:
            return None
        task = Task(row.id, row.kind, row.due, json.loads(row.payload), row.attempts)
        unit.commit()
        return task


def finish(store: Store, task: Task, now: datetime) -> bool:
    """False when the lease ran out and the task is someone else's now."""
    with store.unit() as unit:
        mine = task_queries.finish(unit, task.id, task.attempts, now)
        unit.commit()
        return mine


def fail(store: Store, task: Task, retry_at: datetime) -> bool:
    """Put it back; False when the lease ran out."""
    with store.unit() as unit:
        mine = task_queries.put_back(unit, task.id, task.attempts, retry_at)
        unit.commit()
        return mine


def give_up(store: Store, task: Task, now: datetime) -> bool:
    """Close it as not done; False when the lease ran out."""
    with store.unit() as unit:
        mine = task_queries.give_up(unit, task.id, task.attempts, now)
        unit.commit()
        return mine
