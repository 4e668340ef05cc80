"""The topic of bookings."""

from datetime import datetime
from typing import Any

from bot.services.bookings import waiting_list
from bot.services.bookings.bookings import release
from bot.services.bookings.offerings import places_a_week
from bot.services.kernel.topics import Draft, Due, Expiry, Filed, Topic
from bot.store.bookings import queries
from bot.store.bookings.states import LIVE
from bot.store.bookings.tables import Booking
from bot.store.store import UnitOfWork


def exported(row: Booking) -> dict[str, Any]:
    return {
        "number": row.number,
        "offering": row.session.offering_id,
        "day": row.session.day.isoformat(),
        "starts": row.session.starts.isoformat("minutes"),
        "state": row.state,
        "party": row.party,
        "name": row.name,
        "phone": row.phone,
        "address": row.address,
        "beneficiary": row.beneficiary,
        "note": row.note,
        "series": row.series,
        "made": row.made.isoformat(),
    }


def erase(unit: UnitOfWork, row: Booking, now: datetime, offer_hours: float) -> None:
    """A seat that is still held goes to whoever waits for it."""
    locked = queries.lock_booking(unit, row.number)
    if locked is not None and locked.state in LIVE:
        release(unit, locked, offer_hours, now, actor="system")
        unit.flush()
    unit.delete(row)
    unit.flush()
    queries.forget_empty_series(unit)


TOPIC = Topic(
    filed=(Filed("bookings", Booking, exported, erase),),
    expiries=(
        Expiry(
            "bookings",
            lambda keep: keep.booking_days,
            lambda unit, deadline, most, now: queries.bookings_before(unit, deadline.date(), most),
            "LINYU_BOOKING_DAYS",
        ),
    ),
    due={
        "booking_done": Due(lambda store, task, now, rules: waiting_list.close_booking(store, task, now)),
        "waiting_offer_expires": Due(
            lambda store, task, now, rules: waiting_list.expire_offer(store, task, now, offer_hours=rules.offer_hours)
        ),
    },
    drafts={
        "book_service": Draft(worth_keeping=True, impersonal=frozenset({"service", "place", "date", "time", "name"})),
        "change_booking": Draft(),
    },
    offered=places_a_week,
)
