"""When somebody is told of a booking, by a call and on a device that agreed: on the evening before it."""

import hashlib
from datetime import datetime, time, timedelta

from bot.services.kernel import tasks
from bot.store.store import UnitOfWork

EVENING = time(17)
"""From when on we remind people of tomorrow's bookings."""
EVENING_LASTS = timedelta(hours=3)
"""The calls of one evening are spread over it, so that they do not all ring at once."""


def plan_reminder(unit: UnitOfWork, number: str, conversation_id: str, starts: datetime, now: datetime) -> None:
    """Part of the caller's unit of work. A booking that is too near gets none."""
    evening = datetime.combine(starts.date() - timedelta(days=1), EVENING, starts.tzinfo)
    if evening > now:
        tasks.plan_call(unit, "reminder", number, evening + moment_of_evening(number))
        tasks.plan_news(unit, "reminder", number, conversation_id, evening)


def moment_of_evening(number: str) -> timedelta:
    """The same for a booking's number every time, and spread evenly over all numbers."""
    minutes = int(EVENING_LASTS.total_seconds() // 60)
    return timedelta(minutes=int(hashlib.sha256(number.encode()).hexdigest(), 16) % minutes)
