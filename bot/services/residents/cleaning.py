"""The daily deletion as a due task."""

from datetime import datetime, time, timedelta

from bot.services.kernel import tasks
from bot.services.kernel.topics import DueRules
from bot.services.residents import retention
from bot.store.store import Store, UnitOfWork

AT = time(3, 30)
KIND = "transcripts_expire"


def plan(store: Store, now: datetime) -> None:
    """Called when a worker starts; planning the same day twice changes nothing."""
    with store.unit() as unit:
        _plan_next(unit, now)
        unit.commit()


def run(store: Store, _task: tasks.Task, now: datetime, rules: DueRules) -> None:
    """Plan tomorrow, whatever comes of today; then forget what is older than we promise to keep it.

    Raises PartlyDeleted when something could not be deleted, so that it is tried again today.
    """
    plan(store, now)
    retention.delete_expired(store, rules.keep, now)


def _plan_next(unit: UnitOfWork, now: datetime) -> None:
    due = datetime.combine(now.date(), AT, now.tzinfo)
    if due <= now:
        due += timedelta(days=1)
    tasks.schedule(unit, KIND, due, {}, once=f"{KIND} {due.date()}")
