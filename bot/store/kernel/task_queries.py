"""Due tasks: the table is the truth, whoever ticks."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, update

from bot.store.insert import insert_or_ignore
from bot.store.kernel.tables import DueTask
from bot.store.statements import delete_some
from bot.store.store import UnitOfWork


def add(unit: UnitOfWork, kind: str, due: datetime, payload: str, once: str | None) -> None:
    """A second task with the same `once` mark is ignored."""
    values = {
        "kind": kind,
        "once": once,
        "due": due,
        "payload": payload,
        "attempts": 0,
        "leased_by": None,
        "leased_until": None,
        "finished": None,
        "gave_up": False,
    }
    insert_or_ignore(unit, DueTask, values)


def claim_next(
    unit: UnitOfWork, worker: str, kinds: Collection[str] | None, now: datetime, until: datetime
) -> DueTask | None:
    """Lease the longest due task of these kinds (None is any) to this worker, in one atomic statement."""
    free = or_(DueTask.leased_until.is_(None), DueTask.leased_until <= now)
    due = select(DueTask.id).where(DueTask.finished.is_(None), DueTask.due <= now, free)
    if kinds is not None:
        due = due.where(DueTask.kind.in_(list(kinds)))
    oldest = due.order_by(DueTask.due, DueTask.id).limit(1).with_for_update(skip_locked=True).scalar_subquery()
    claimed = unit.session.scalars(
        update(DueTask)
        .where(DueTask.id == oldest, DueTask.finished.is_(None), free)
        .values(leased_by=worker, leased_until=until, attempts=DueTask.attempts + 1)
        .returning(DueTask)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return claimed.first()


def finish(unit: UnitOfWork, task_id: int, attempt: int, now: datetime) -> bool:
    """False when the lease ran out and another worker has taken the task since."""
    return _close(unit, task_id, attempt, finished=now)


def put_back(unit: UnitOfWork, task_id: int, attempt: int, due: datetime) -> bool:
    return _close(unit, task_id, attempt, due=due)


def give_up(unit: UnitOfWork, task_id: int, attempt: int, now: datetime) -> bool:
    return _close(unit, task_id, attempt, finished=now, gave_up=True)


def _close(unit: UnitOfWork, task_id: int, attempt: int, **values: datetime | bool) -> bool:
    changed = unit.session.scalars(
        update(DueTask)
        .where(DueTask.id == task_id, DueTask.attempts == attempt, DueTask.finished.is_(None))
        .values(leased_by=None, leased_until=None, **values)
        .returning(DueTask.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def tasks_before(unit: UnitOfWork, moment: datetime, most: int) -> int:
    return delete_some(unit, DueTask, most, DueTask.finished < moment)
