"""Another window, place, number of people, name or phone of a booking that is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.errors import FullyBooked, NotBookable, WrongState
from bot.services.audit import behalf
from bot.services.bookings import reminders
from bot.services.bookings.bookings import (
    PHONE_LIMITS,
    Booking,
    PhoneLimits,
    already,
    booking_of,
    locked,
    open_session,
    refuse_hoarding,
    refuse_late,
)
from bot.services.bookings.offerings import offering_in
from bot.services.bookings.waiting_list import ends_at, move_up, starts_at
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import OFFER_HOURS
from bot.services.kernel.phones import plain_phone
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import BookingState
from bot.store.bookings.tables import Booking as BookingRow
from bot.store.store import Store, UnitOfWork


@dataclass(frozen=True)
class Change:
    """What shall be different; None stays as it is."""

    day: date | None = None
    starts: time | None = None
    offering_id: str | None = None
    """Another place is another offering."""
    address: str | None = None
    party: int | None = None
    name: str | None = None
    phone: str | None = None


def change_booking(
    store: Store,
    number: str,
    change: Change,
    *,
    client_message_id: str,
    now: datetime,
    conversation_id: str | None = None,
    offer_hours: float = OFFER_HOURS,
    limits: PhoneLimits = PHONE_LIMITS,
) -> Booking:
    """Another window, place, number of people, name or phone: seats taken and freed together, or nothing changes.

    Raises FullyBooked, NotBookable (not open then, or too late to change), TooManyBookings, WrongState, NotFound.
    """
    [booking] = change_bookings(
        store, [number], change, client_message_id=client_message_id, now=now, conversation_id=conversation_id,
        offer_hours=offer_hours, limits=limits,
    )  # fmt: skip
    return booking


def change_bookings(
    store: Store,
    numbers: Sequence[str],
    change: Change,
    *,
    client_message_id: str,
    now: datetime,
    conversation_id: str | None = None,
    offer_hours: float = OFFER_HOURS,
    limits: PhoneLimits = PHONE_LIMITS,
) -> list[Booking]:
    """The same change of each, or of none: of a series, whose days stay what they are. Raises as `change_booking`.

    Of several those that are over or begin too soon stay as they are, where others can be changed.
    """
    with store.unit() as unit:
        rows = [locked(unit, number) for number in sorted(numbers)]
        if len(rows) > 1:
            rows = [row for row in rows if _can_be_changed(row, now)] or rows[:1]
        for row in rows:
            if not already(
                unit, conversation_id or row.conversation_id, client_message_id, "change", row.number, now
            ):  # fmt: skip
                _change(unit, row, change, conversation_id or "", offer_hours, limits, now)
        changed = sorted((booking_of(unit, row) for row in rows), key=lambda one: (one.day, one.number))
        unit.commit()
        return changed


def _can_be_changed(row: BookingRow, now: datetime) -> bool:
    try:
        refuse_late(row, now)
    except NotBookable:
        return False
    return row.state == BookingState.CONFIRMED


def _change(
    unit: UnitOfWork,
    row: BookingRow,
    change: Change,
    conversation_id: str,
    offer_hours: float,
    limits: PhoneLimits,
    now: datetime,
) -> None:
    if row.state != BookingState.CONFIRMED:
        raise WrongState
    refuse_late(row, now)
    before = row.session
    _reseat(unit, row, change, offer_hours, now)
    behalf.note(unit, conversation_id, row, "changed", row.session.offering.service, now)
    row.name = change.name or row.name
    if row.session.offering.needs_address:
        row.address = change.address or row.address
    else:
        row.address = None
    if change.phone and (phone := plain_phone(change.phone)) != row.phone:
        refuse_hoarding(unit, phone, row.session_id, limits)
        row.phone, row.phone_hash = phone, unit.keys.keyed_hash(phone)
    booking_queries.note_event(unit, row, now, "resident", "changed")
    if row.session is not before:
        tasks.schedule(unit, "booking_done", ends_at(row.session, now), {"number": row.number})
        reminders.plan_reminder(unit, row.number, row.conversation_id, starts_at(row.session, now), now)


def _reseat(unit: UnitOfWork, row: BookingRow, change: Change, offer_hours: float, now: datetime) -> None:
    """Take the seats that are wished for and free those that are not needed any more."""
    old, party = row.session, change.party or row.party
    day, starts = change.day or old.day, change.starts or old.starts
    offering = offering_in(unit, change.offering_id or old.offering_id)
    stays = (old.offering_id, old.day, old.starts) == (offering.id, day, starts)
    if stays and party == row.party:
        return
    new = open_session(unit, offering, day, starts, party, now)
    booking_queries.lock_sessions(unit, [old.id, new.id])
    needed = party - row.party if stays else party
    if needed > 0 and not booking_queries.take_seats(unit, new.id, needed):
        raise FullyBooked
    freed = -needed if stays else row.party
    if freed > 0:
        booking_queries.free_seats(unit, old.id, freed)
    row.session, row.party = new, party
    unit.flush()
    if freed > 0:
        move_up(unit, old, offer_hours, now)
