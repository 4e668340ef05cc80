"""Which service does which due task, and the daily cleaning."""

from datetime import datetime, time, timedelta
from functools import partial

from bot.services.bookings import waiting_list
from bot.services.cases import escalation
from bot.services.kernel import tasks
from bot.services.residents import privacy, retention
from bot.services.residents.retention import Keep
from bot.store.store import Store, Unit

CLEANING_TIME = time(3, 30)
LONG = ("transcripts_expire", privacy.COUNT)
"""May take longer than others can wait."""


def due_handlers(keep: Keep, *, offer_hours: float) -> tasks.Handlers:
    """Handlers of every kind of due task there is."""
    return {
        "booking_done": waiting_list.close_booking,
        "waiting_offer_expires": partial(waiting_list.expire_offer, offer_hours=offer_hours),
        "case_response_due": escalation.escalate_if_not_answered,
        "case_settlement_due": escalation.escalate_if_not_settled,
        "transcripts_expire": partial(delete_expired, keep=keep),
        privacy.COUNT: privacy.count_values,
    }


def plan_cleaning(store: Store, now: datetime) -> None:
    """Called when a worker starts; planning the same day twice changes nothing."""
    with store.unit() as unit:
        _plan_next_cleaning(unit, now)
        unit.commit()


def delete_expired(store: Store, _task: tasks.Task, now: datetime, *, keep: Keep) -> None:
    """Plan tomorrow, whatever comes of today; then forget what is older than we promise to keep it.

    Raises PartlyDeleted when something could not be deleted, so that it is tried again today.
    """
    plan_cleaning(store, now)
    retention.delete_expired(store, keep, now)


def _plan_next_cleaning(unit: Unit, now: datetime) -> None:
    due = datetime.combine(now.date(), CLEANING_TIME, now.tzinfo)
    if due <= now:
        due += timedelta(days=1)
    tasks.schedule(unit, "transcripts_expire", due, {}, once=f"transcripts_expire {due.date()}")
