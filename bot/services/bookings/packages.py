"""Several services booked together: all of them or none, each with a number of its own."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from bot.errors import NotBookable
from bot.services.bookings.bookings import PHONE_LIMITS, Booking, BookingRequest, PhoneLimits, add_in, booking_of
from bot.services.kernel.hoarding import refuse_burst
from bot.services.kernel.record_numbers import SECURE_RANDOM
from bot.store.bookings import queries as booking_queries
from bot.store.kernel import idempotency_queries
from bot.store.store import Store


def book_package(
    store: Store,
    requests: Sequence[BookingRequest],
    now: datetime,
    *,
    random: Random = SECURE_RANDOM,
    limits: PhoneLimits = PHONE_LIMITS,
) -> list[Booking]:
    """One booking for each request, in their order, in one unit of work; the same client message again gets the same ones.

    Raises FullyBooked, NotBookable, TooManyBookings, TooManyRecords, and then nothing is booked.
    """
    if not requests:
        raise NotBookable
    said = requests[0].conversation_id, requests[0].client_message_id
    with store.unit() as unit:
        done = [idempotency_queries.claim(unit, *said, f"book {at}", now) for at in range(len(requests))]
        known = [booking_queries.booking(unit, one.number) for one in done if one is not None and one.number]
        if known:
            return [booking_of(unit, row) for row in known if row is not None]
        refuse_burst(unit, said[0], now, limits.records_per_hour)
        rows = [add_in(unit, request, now, random, limits, may_wait=False) for request in requests]
        for at, row in enumerate(rows):
            idempotency_queries.record(unit, *said, f"book {at}", row.number)
        unit.flush()
        made = [booking_of(unit, row) for row in rows]
        unit.commit()
        return made
