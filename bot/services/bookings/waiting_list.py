"""A seat that became free goes to the next in line, who has some hours to take it."""

from datetime import datetime, timedelta

from bot.services.bookings.served import ask_how_it_was
from bot.services.kernel import tasks
from bot.services.kernel.notices import notify_in, offer_expired, seat_offered
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import LIVE, BookingState
from bot.store.bookings.tables import OfferedSession
from bot.store.store import Store, UnitOfWork


def starts_at(session: OfferedSession, now: datetime) -> datetime:
    return datetime.combine(session.day, session.starts, now.tzinfo)


def ends_at(session: OfferedSession, now: datetime) -> datetime:
    return datetime.combine(session.day, session.ends, now.tzinfo)


def move_up(unit: UnitOfWork, session: OfferedSession, offer_hours: float, now: datetime) -> None:
    """Offer free seats of the session in the order of the list; a party that is too large waits on.

    Part of the caller's unit of work, which has locked the session.
    """
    notice = timedelta(hours=session.offering.notice_hours)
    until = min(now + timedelta(hours=offer_hours), starts_at(session, now) - notice)
    if until <= now:  # nobody could get ready in time
        return
    for booking in booking_queries.lock_waiting(unit, session.id):
        if not booking_queries.take_seats(unit, session.id, booking.party):
            continue
        booking.state = BookingState.OFFERED
        booking.offer_ends = until
        booking_queries.note_event(unit, booking, now, "system", "offered")
        notify_in(unit, booking.conversation_id, "book_service", seat_offered(booking, until), now)
        tasks.plan_news(unit, "seat_offered", booking.number, booking.conversation_id, now)
        tasks.schedule(unit, "waiting_offer_expires", until, {"number": booking.number})


def expire_offer(store: Store, task: tasks.Task, now: datetime, *, offer_hours: float) -> None:
    """The resident did not take the seat in time: pass it on."""
    with store.unit() as unit:
        booking = booking_queries.lock_booking(unit, task.payload["number"])
        if booking is None or booking.state != BookingState.OFFERED:
            return
        if booking.offer_ends is not None and booking.offer_ends > now:
            return
        booking_queries.lock_sessions(unit, [booking.session_id])
        booking.state = BookingState.EXPIRED
        booking_queries.free_seats(unit, booking.session_id, booking.party)
        booking_queries.note_event(unit, booking, now, "system", "expired")
        notify_in(unit, booking.conversation_id, "book_service", offer_expired(booking), now)
        move_up(unit, booking.session, offer_hours, now)
        unit.commit()


def close_booking(store: Store, task: tasks.Task, now: datetime) -> None:
    """Its time is over: what was confirmed is done, what was waiting has expired."""
    with store.unit() as unit:
        booking = booking_queries.lock_booking(unit, task.payload["number"])
        if booking is None or ends_at(booking.session, now) > now:
            return
        if booking.state not in LIVE:
            return
        booking.state = BookingState.DONE if booking.state == BookingState.CONFIRMED else BookingState.EXPIRED
        booking_queries.note_event(unit, booking, now, "system", booking.state)
        if booking.state == BookingState.DONE:
            ask_how_it_was(unit, booking, now)
        unit.commit()
