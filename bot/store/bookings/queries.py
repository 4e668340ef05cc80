"""Offerings, their sessions with seats, and bookings."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from sqlalchemy import delete, func, select, update

from bot.store.bookings.states import BookingState
from bot.store.bookings.tables import Booking, BookingEvent, BookingSeries, OfferedSession, Offering
from bot.store.conversations.tables import Call, Conversation, Rating
from bot.store.insert import insert_or_ignore
from bot.store.kernel import state_queries
from bot.store.kernel.tables import StoreState
from bot.store.statements import delete_some
from bot.store.store import UnitOfWork
from bot.store.webhooks import queries as webhooks

OFFERINGS = "offerings"
"""The database's note about their version."""


def offerings(unit: UnitOfWork, service: str | None) -> Sequence[Offering]:
    """Of one service, or all of them when none is named."""
    query = select(Offering).order_by(Offering.id)
    if service is not None:
        query = query.where(Offering.service == service)
    return unit.session.scalars(query).all()


def offering(unit: UnitOfWork, offering_id: str) -> Offering | None:
    return unit.session.get(Offering, offering_id)


def offerings_version(unit: UnitOfWork) -> str | None:
    """Another one after each change; None as long as nobody has noted any."""
    query = select(StoreState.__table__.c.value).where(StoreState.__table__.c.key == OFFERINGS)
    found = unit.session.connection().execute(query).scalar()
    return None if found is None else str(found)


def offerings_changed(unit: UnitOfWork) -> None:
    """Whoever keeps a copy of the offerings reads them again."""
    state_queries.set_note(unit, OFFERINGS, secrets.token_hex(8))


def save_offering(unit: UnitOfWork, row: Offering) -> None:
    """Add it, or overwrite the one with the same id; its sessions get the new number of seats.

    A capacity that staff chose stays.
    """
    before = unit.session.get(Offering, row.id)
    row.own_capacity = before is not None and before.own_capacity
    if before is not None and before.own_capacity:
        row.capacity = before.capacity
    unit.session.merge(row)
    offerings_changed(unit)
    spread_capacity(unit, row.id, row.capacity)


def spread_capacity(unit: UnitOfWork, offering_id: str, capacity: int) -> None:
    """To every session that has no capacity of its own."""
    unit.session.execute(
        update(OfferedSession)
        .where(OfferedSession.offering_id == offering_id, OfferedSession.own_capacity.is_(False))
        .values(capacity=capacity)
        .execution_options(synchronize_session=False)
    )


def taken_seats(unit: UnitOfWork, offering_id: str, days: Iterable[date]) -> dict[tuple[date, time], int]:
    """Seats taken per day and start, for the sessions that anyone has booked yet.

    Where a session has fewer or more seats than its offering, the difference counts as taken or as free.
    """
    query = select(OfferedSession).where(OfferedSession.offering_id == offering_id, OfferedSession.day.in_(list(days)))
    return {
        (row.day, row.starts): row.taken + row.offering.capacity - row.capacity for row in unit.session.scalars(query)
    }


def sessions_between(unit: UnitOfWork, since: date, until: date, offering_id: str = "") -> Sequence[OfferedSession]:
    """Of these days, the last one included; of one offering, or all."""
    query = select(OfferedSession).where(OfferedSession.day.between(since, until))
    if offering_id:
        query = query.where(OfferedSession.offering_id == offering_id)
    return unit.session.scalars(query.order_by(OfferedSession.day, OfferedSession.starts, OfferedSession.id)).all()


def bookings_of_sessions(unit: UnitOfWork, session_ids: Iterable[int]) -> Sequence[Booking]:
    query = select(Booking).where(Booking.session_id.in_(list(session_ids)))
    return unit.session.scalars(query.order_by(Booking.session_id, Booking.id)).all()


def count_from(unit: UnitOfWork, origin: str, since: datetime) -> int:
    """Made since then in conversations of this origin."""
    talks = select(Conversation.id).where(Conversation.origin == origin)
    query = select(func.count(Booking.id)).where(Booking.conversation_id.in_(talks), Booking.made >= since)
    return unit.session.scalars(query).one()


def session(unit: UnitOfWork, session_id: int) -> OfferedSession:
    """As it is now."""
    return unit.session.get_one(OfferedSession, session_id, populate_existing=True)


def session_for(
    unit: UnitOfWork, offering_id: str, day: date, starts: time, ends: time, capacity: int
) -> OfferedSession:
    """The session; made now when this is the first booking in it."""
    insert_or_ignore(
        unit,
        OfferedSession,
        {
            "offering_id": offering_id,
            "day": day,
            "starts": starts,
            "ends": ends,
            "capacity": capacity,
            "taken": 0,
        },
    )
    return unit.session.scalars(
        select(OfferedSession).where(
            OfferedSession.offering_id == offering_id,
            OfferedSession.day == day,
            OfferedSession.starts == starts,
        )
    ).one()


def lock_sessions(unit: UnitOfWork, session_ids: Iterable[int]) -> None:
    """Wait until nobody else changes these sessions; always in one order, so that two never wait for each other."""
    query = select(OfferedSession.id).where(OfferedSession.id.in_(sorted(set(session_ids))))
    unit.session.execute(query.order_by(OfferedSession.id).with_for_update())


def take_seats(unit: UnitOfWork, session_id: int, party: int) -> bool:
    """Take the seats in one atomic statement; False when fewer are left."""
    changed = unit.session.scalars(
        update(OfferedSession)
        .where(OfferedSession.id == session_id, OfferedSession.taken + party <= OfferedSession.capacity)
        .values(taken=OfferedSession.taken + party)
        .returning(OfferedSession.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def free_seats(unit: UnitOfWork, session_id: int, party: int) -> None:
    unit.session.execute(
        update(OfferedSession)
        .where(OfferedSession.id == session_id)
        .values(taken=OfferedSession.taken - party)
        .execution_options(synchronize_session=False)
    )


def booking(unit: UnitOfWork, number: str) -> Booking | None:
    return unit.session.scalars(select(Booking).where(Booking.number == number)).first()


def lock_booking(unit: UnitOfWork, number: str) -> Booking | None:
    """The booking as it is now; nobody else can change it before this unit ends."""
    query = select(Booking).where(Booking.number == number).with_for_update(of=Booking)
    return unit.session.scalars(query.execution_options(populate_existing=True)).first()


def bookings_of_conversation(unit: UnitOfWork, conversation_id: str) -> Sequence[Booking]:
    query = select(Booking).where(Booking.conversation_id == conversation_id).order_by(Booking.id)
    return unit.session.scalars(query).all()


def bookings_of_caller(unit: UnitOfWork, conversation_id: str) -> Sequence[Booking]:
    """Of whoever calls in this conversation, oldest first."""
    caller = select(Call.phone_hash).where(Call.conversation_id == conversation_id, Call.direction == "in")
    return unit.session.scalars(select(Booking).where(Booking.phone_hash.in_(caller)).order_by(Booking.id)).all()


def latest_over(unit: UnitOfWork, conversation_id: str) -> Booking | None:
    """The booking of this conversation that is done and was not rated yet."""
    rated = select(Rating.id).where(Rating.number == Booking.number).exists()
    query = select(Booking).where(
        Booking.conversation_id == conversation_id, Booking.state == BookingState.DONE, ~rated
    )
    return unit.session.scalars(query.order_by(Booking.id.desc()).limit(1)).first()


def series(unit: UnitOfWork, number: str) -> BookingSeries | None:
    return unit.session.get(BookingSeries, number)


def bookings_of_series(unit: UnitOfWork, number: str) -> Sequence[Booking]:
    """In the order of their days."""
    query = select(Booking).join(OfferedSession).where(Booking.series == number)
    return unit.session.scalars(query.order_by(OfferedSession.day, Booking.id)).all()


def forget_empty_series(unit: UnitOfWork) -> None:
    """A series of which no booking is left goes too."""
    left = select(Booking.series).where(Booking.series.is_not(None))
    unit.session.execute(delete(BookingSeries).where(BookingSeries.number.not_in(left)))


def lock_waiting(unit: UnitOfWork, session_id: int) -> Sequence[Booking]:
    """The waiting list in its order, without those that someone is changing at this moment."""
    query = select(Booking).where(Booking.session_id == session_id, Booking.state == BookingState.WAITING)
    query = query.order_by(Booking.id).with_for_update(of=Booking, skip_locked=True)
    return unit.session.scalars(query).all()


def position(unit: UnitOfWork, booking: Booking) -> int:
    """Place on the waiting list; 1 is next."""
    query = select(func.count()).where(
        Booking.session_id == booking.session_id, Booking.state == BookingState.WAITING, Booking.id <= booking.id
    )
    return unit.session.scalars(query).one()


def note_event(unit: UnitOfWork, booking: Booking, at: datetime, actor: str, action: str) -> None:
    unit.flush()
    unit.add(BookingEvent(booking_id=booking.id, at=at, actor=actor, action=action, note=None))
    webhooks.write(unit, booking, action, at, lambda: _facts(booking))


def _facts(booking: Booking) -> webhooks.Facts:
    """What may be told of it to other offices: nothing of a person."""
    session = booking.session
    return {
        "service": session.offering.service,
        "offering": session.offering.id,
        "state": booking.state,
        "day": session.day.isoformat(),
        "starts": session.starts.isoformat("minutes"),
        "ends": session.ends.isoformat("minutes"),
        "party": booking.party,
    }


def events(unit: UnitOfWork, booking_id: int) -> Sequence[BookingEvent]:
    query = select(BookingEvent).where(BookingEvent.booking_id == booking_id).order_by(BookingEvent.id)
    return unit.session.scalars(query).all()


def bookings_before(unit: UnitOfWork, day: date, most: int) -> int:
    """By the day of the service, whatever came of it."""
    over = select(OfferedSession.id).where(OfferedSession.day < day)
    deleted = delete_some(unit, Booking, most, Booking.session_id.in_(over))
    forget_empty_series(unit)
    return deleted
