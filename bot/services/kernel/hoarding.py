"""Nobody fills our queues: so many open cases of one phone and one conversation, so many records of one client address."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import TooManyCases, TooManyRecords
from bot.store.bookings import queries as booking_queries
from bot.store.cases import queries as case_queries
from bot.store.cases.states import AWAITS_OFFICE
from bot.store.conversations import queries as conversation_queries
from bot.store.store import UnitOfWork

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class CaseLimits:
    per_phone: int = 10
    """Open cases."""
    per_conversation: int = 5
    """Open cases: what is anonymous has no phone."""
    records_per_hour: int = 60
    """Cases and bookings of one client address."""


CASE_LIMITS = CaseLimits()


def refuse_many_cases(
    unit: UnitOfWork, conversation_id: str, phone: str | None, now: datetime, limits: CaseLimits
) -> None:
    """Before another case is filed. Raises TooManyCases, TooManyRecords."""
    here = case_queries.count_in_conversation(unit, conversation_id, AWAITS_OFFICE)
    of_phone = case_queries.count_of_phone(unit, phone, AWAITS_OFFICE) if phone else 0
    if here >= limits.per_conversation or of_phone >= limits.per_phone:
        raise TooManyCases
    refuse_burst(unit, conversation_id, now, limits.records_per_hour)


def refuse_burst(unit: UnitOfWork, conversation_id: str, now: datetime, most: int) -> None:
    """Raises TooManyRecords when so many were written in an hour from the client address of this conversation."""
    origin = conversation_queries.origin(unit, conversation_id)
    if origin is None:
        return  # a call, or a conversation of ours
    written = case_queries.count_from(unit, origin, now - HOUR) + booking_queries.count_from(unit, origin, now - HOUR)
    if written >= most:
        raise TooManyRecords
