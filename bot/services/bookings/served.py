"""Somebody was served: ask once how it was, where they talked to us. Whoever telephoned is called, others read it."""

from datetime import datetime

from bot.services.kernel import tasks
from bot.services.kernel.notices import how_was_it, notify_in
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import HOLDS_SEAT
from bot.store.bookings.tables import Booking
from bot.store.store import UnitOfWork


def ask_how_it_was(unit: UnitOfWork, booking: Booking, now: datetime) -> None:
    """Part of the caller's unit of work. Of a series only the last one is asked about, and a phone once a day."""
    if booking.series and _goes_on(unit, booking):
        return
    if booking.channel == "phone" and booking.phone:
        payload = {"kind": "served", "number": booking.number, "tried": 0}
        tasks.schedule(unit, "call_resident", now, payload, once=f"call served {booking.phone_hash} {now.date()}")
    else:
        notify_in(unit, booking.conversation_id, "rate_service", how_was_it(booking), now)


def _goes_on(unit: UnitOfWork, booking: Booking) -> bool:
    """Does another day of the series come?"""
    others = booking_queries.bookings_of_series(unit, str(booking.series))
    return any(one.state in HOLDS_SEAT and one.id != booking.id for one in others)
