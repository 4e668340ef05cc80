"""What was told for an earlier booking, so that it need not be told again."""

from dataclasses import dataclass
from datetime import time

from bot.store.bookings import queries as booking_queries
from bot.store.store import Store


@dataclass(frozen=True)
class Told:
    service: str
    offering_id: str
    starts: time
    party: int
    name: str
    phone: str
    address: str | None
    place: str


def told_before(store: Store, conversation_id: str) -> Told | None:
    """For the newest booking of this conversation, whose resident has told it here; else of whoever calls in it.

    None where there is none. What was booked with a phone that somebody typed is told only to who calls from it.
    """
    with store.reading() as unit:
        rows = booking_queries.bookings_of_conversation(unit, conversation_id)
        rows = rows or booking_queries.bookings_of_caller(unit, conversation_id)
        if not rows:
            return None
        row, offering = rows[-1], rows[-1].session.offering
        return Told(
            offering.service,
            offering.id,
            row.session.starts,
            row.party,
            row.name,
            row.phone,
            row.address,
            offering.place,
        )
