"""Bookings: look, book, wait, find, change, cancel."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from bot.errors import FullyBooked, NotBookable, NotFound, TooManyBookings, WrongState
from bot.services.audit import behalf
from bot.services.bookings import reminders
from bot.services.bookings.availability import Availability, FreeWindow, days_to_read, free_of_days, judge, refusal
from bot.services.bookings.offerings import Offering, offering_in
from bot.services.bookings.waiting_list import ends_at, move_up, starts_at
from bot.services.kernel import tasks
from bot.services.kernel.deadlines import OFFER_HOURS
from bot.services.kernel.hoarding import refuse_burst
from bot.services.kernel.lockout import open_record, same_digits
from bot.services.kernel.phones import phone_last4, plain_phone
from bot.services.kernel.record_numbers import SECURE_RANDOM, new_number
from bot.store import records
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import HOLDS_SEAT, LIVE, BookingState
from bot.store.bookings.tables import Booking as BookingRow
from bot.store.bookings.tables import OfferedSession
from bot.store.kernel import idempotency_queries
from bot.store.store import Store, UnitOfWork

__all__ = [
    "LIVE",
    "Availability",
    "Booking",
    "BookingRequest",
    "BookingState",
    "FreeWindow",
    "accept_offer",
    "add_in",
    "already",
    "availability",
    "book",
    "booking_of",
    "cancel_booking",
    "find_booking",
    "get",
    "join_waiting_list",
    "locked",
    "of_conversation",
    "of_mandate",
    "open_session",
    "refuse_hoarding",
    "refuse_late",
    "release",
]


@dataclass(frozen=True)
class PhoneLimits:
    """How many open bookings one phone may have; more would hoard seats."""

    per_window: int = 2
    in_all: int = 20
    records_per_hour: int = 60
    """Cases and bookings of one client address."""


PHONE_LIMITS = PhoneLimits()


@dataclass(frozen=True)
class BookingRequest:
    offering_id: str
    day: date
    starts: time
    party: int
    name: str
    phone: str
    address: str | None
    beneficiary: str | None
    """Who is served, where that is not the one who books."""
    note: str | None
    conversation_id: str
    client_message_id: str
    language: str
    channel: str


@dataclass(frozen=True)
class Booking:
    number: str
    service: str
    title: str
    title_en: str
    day: date
    starts: time
    ends: time
    place: str
    place_en: str
    party: int
    name: str
    phone_tail: str
    address: str | None
    beneficiary: str | None
    state: BookingState
    position: int | None
    """Place on the waiting list, 1 is next; None when not waiting."""
    offer_ends: datetime | None
    """Until when an offered seat is held."""
    offering_id: str
    conversation_id: str
    series: str | None = None
    """The number of the series it belongs to."""


def availability(
    store: Store, offering_id: str, day: date, *, at: time | None, part: str | None, party: int, now: datetime
) -> Availability:
    """Whether `party` seats can be had; `part` is morning, noon, afternoon, evening. Raises NotFound."""
    with store.reading() as unit:
        offering = offering_in(unit, offering_id)
        taken = booking_queries.taken_seats(unit, offering_id, days_to_read(offering, now))
    return judge(offering, taken, day, at=at, part=part, party=party, now=now)


def free_days(store: Store, offering_id: str, party: int, now: datetime) -> list[tuple[date, tuple[FreeWindow, ...]]]:
    """Every day with windows that `party` can have. Raises NotFound."""
    with store.reading() as unit:
        offering = offering_in(unit, offering_id)
        taken = booking_queries.taken_seats(unit, offering_id, days_to_read(offering, now))
    return free_of_days(offering, taken, party, now)


def book(
    store: Store,
    request: BookingRequest,
    now: datetime,
    *,
    random: Random = SECURE_RANDOM,
    limits: PhoneLimits = PHONE_LIMITS,
) -> Booking:
    """Take the seats. The same client message again gets the same booking.

    Raises FullyBooked, NotBookable when the offering is not open then, TooManyBookings, TooManyRecords.
    """
    return _add(store, request, now, random, limits, may_wait=False)


def join_waiting_list(
    store: Store,
    request: BookingRequest,
    now: datetime,
    *,
    random: Random = SECURE_RANDOM,
    limits: PhoneLimits = PHONE_LIMITS,
) -> Booking:
    """A place on the waiting list; the seats themselves when they became free in the meantime. Raises NotBookable."""
    return _add(store, request, now, random, limits, may_wait=True)


def find_booking(store: Store, number: str, tail: str, *, asker: str, now: datetime) -> Booking:
    """By its number and the last four digits of the phone. Raises NotFound, or Locked after five wrong tries."""

    def find(unit: UnitOfWork) -> Booking | None:
        row = booking_queries.booking(unit, number)
        expected = row.phone[-4:] if row is not None else ""
        return booking_of(unit, row) if row is not None and same_digits(tail, expected) else None

    return open_record(store, find, number=number, asker=asker, now=now)


def of_conversation(store: Store, conversation_id: str) -> list[Booking]:
    """Every booking made in this conversation, oldest first."""
    with store.reading() as unit:
        rows = booking_queries.bookings_of_conversation(unit, conversation_id)
        return [booking_of(unit, row) for row in rows]


def of_mandate(store: Store, conversation_id: str, now: datetime) -> list[Booking]:
    """Of whoever this conversation acts for, oldest first."""
    with store.reading() as unit:
        return [booking_of(unit, row) for row in behalf.reached(unit, conversation_id, BookingRow, now)]


def get(store: Store, number: str) -> Booking:
    """By its number alone, for one who has shown already that it is theirs. Raises NotFound."""
    with store.reading() as unit:
        row = booking_queries.booking(unit, number)
        if row is None:
            raise NotFound
        return booking_of(unit, row)


def cancel_booking(
    store: Store,
    number: str,
    *,
    client_message_id: str,
    now: datetime,
    conversation_id: str | None = None,
    offer_hours: float = OFFER_HOURS,
) -> Booking:
    """Free the seats and offer them to the next on the waiting list; cancelling twice changes nothing.

    Raises NotBookable when it is too late to cancel, WrongState when the booking is over, NotFound.
    """
    with store.unit() as unit:
        row = locked(unit, number)
        done_before = already(unit, conversation_id or row.conversation_id, client_message_id, "cancel", number, now)
        if done_before or row.state == BookingState.CANCELLED:
            return booking_of(unit, row)
        if row.state not in LIVE:
            raise WrongState
        if row.state == BookingState.CONFIRMED:
            refuse_late(row, now)
        release(unit, row, offer_hours, now, actor="resident")
        booking = booking_of(unit, row)
        behalf.note(unit, conversation_id or "", row, "cancelled", booking.service, now)
        unit.commit()
        return booking


def accept_offer(
    store: Store, number: str, *, client_message_id: str, now: datetime, conversation_id: str | None = None
) -> Booking:
    """Take the seat held from the waiting list. Raises WrongState when none is held any more, NotFound."""
    with store.unit() as unit:
        row = locked(unit, number)
        if already(unit, conversation_id or row.conversation_id, client_message_id, "accept", number, now):
            return booking_of(unit, row)
        if row.state != BookingState.OFFERED or row.offer_ends is None or row.offer_ends <= now:
            raise WrongState
        row.state, row.offer_ends = BookingState.CONFIRMED, None
        booking_queries.note_event(unit, row, now, "resident", "confirmed")
        booking = booking_of(unit, row)
        behalf.note(unit, conversation_id or "", row, "booked", booking.service, now)
        unit.commit()
        return booking


def release(unit: UnitOfWork, row: BookingRow, offer_hours: float, now: datetime, *, actor: str) -> None:
    """Cancel inside the caller's unit of work; the booking is locked by it."""
    held_seats = row.state in HOLDS_SEAT
    row.state, row.offer_ends = BookingState.CANCELLED, None
    booking_queries.note_event(unit, row, now, actor, "cancelled")
    if held_seats:
        booking_queries.lock_sessions(unit, [row.session_id])
        booking_queries.free_seats(unit, row.session_id, row.party)
        move_up(unit, row.session, offer_hours, now)


def _add(
    store: Store, request: BookingRequest, now: datetime, random: Random, limits: PhoneLimits, *, may_wait: bool
) -> Booking:
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "book"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return booking_of(unit, locked(unit, done.number or ""))
        refuse_burst(unit, request.conversation_id, now, limits.records_per_hour)
        row = add_in(unit, request, now, random, limits, may_wait=may_wait)
        idempotency_queries.record(unit, *scope, row.number)
        booking = booking_of(unit, row)
        verb = "booked" if row.state == BookingState.CONFIRMED else "waiting"
        behalf.note(unit, request.conversation_id, row, verb, booking.service, now)
        unit.commit()
        return booking


def add_in(
    unit: UnitOfWork, request: BookingRequest, now: datetime, random: Random, limits: PhoneLimits, *, may_wait: bool
) -> BookingRow:
    """The new booking, inside the caller's unit of work. Raises FullyBooked, NotBookable, TooManyBookings."""
    offering = offering_in(unit, request.offering_id)
    session = open_session(unit, offering, request.day, request.starts, request.party, now)
    seated = booking_queries.take_seats(unit, session.id, request.party)
    if not seated and not may_wait:
        raise FullyBooked
    phone = plain_phone(request.phone)
    refuse_hoarding(unit, phone, session.id, limits)
    row = BookingRow(
        number=new_number(unit, BookingRow, random),
        session=session,
        state=BookingState.CONFIRMED if seated else BookingState.WAITING,
        party=request.party,
        name=request.name,
        phone=phone,
        phone_hash=unit.keys.keyed_hash(phone),
        address=request.address,
        beneficiary=request.beneficiary,
        note=request.note,
        conversation_id=request.conversation_id,
        channel=request.channel,
        language=request.language,
        made=now,
        offer_ends=None,
    )
    unit.add(row)
    booking_queries.note_event(unit, row, now, "resident", row.state)
    tasks.schedule(unit, "booking_done", ends_at(session, now), {"number": row.number})
    if seated:
        reminders.plan_reminder(unit, row.number, row.conversation_id, starts_at(session, now), now)
    return row


def refuse_hoarding(unit: UnitOfWork, phone: str, session_id: int, limits: PhoneLimits) -> None:
    rows = [row for row in records.filed_by(unit, BookingRow, phone) if row.state in LIVE]
    same = sum(row.session_id == session_id for row in rows)
    if same >= limits.per_window or len(rows) >= limits.in_all:
        raise TooManyBookings


def open_session(
    unit: UnitOfWork, offering: Offering, day: date, starts: time, party: int, now: datetime
) -> OfferedSession:
    """The session of that window. Raises NotBookable when it does not exist or is not open to this party now."""
    window = next((one for one in offering.windows if one.starts == starts), None)
    if window is None or refusal(offering, window, day, now) is not None:
        raise NotBookable
    if not 1 <= party <= offering.max_party:
        raise NotBookable
    return booking_queries.session_for(unit, offering.id, day, window.starts, window.ends, offering.capacity)


def locked(unit: UnitOfWork, number: str) -> BookingRow:
    row = booking_queries.lock_booking(unit, number)
    if row is None:
        raise NotFound
    return row


def already(
    unit: UnitOfWork, conversation_id: str, client_message_id: str, verb: str, number: str, now: datetime
) -> bool:
    """Has this message done this to this booking before? If not, it counts as doing it now."""
    action = f"{verb} {number}"
    return idempotency_queries.claim(unit, conversation_id, client_message_id, action, now) is not None


def refuse_late(row: BookingRow, now: datetime) -> None:
    latest = starts_at(row.session, now) - timedelta(hours=row.session.offering.cancel_hours)
    if now > latest:
        raise NotBookable


def booking_of(unit: UnitOfWork, row: BookingRow) -> Booking:
    session, offering = row.session, row.session.offering
    return Booking(
        number=row.number,
        service=offering.service,
        title=offering.title,
        title_en=offering.title_en,
        day=session.day,
        starts=session.starts,
        ends=session.ends,
        place=offering.place,
        place_en=offering.place_en,
        party=row.party,
        name=row.name,
        phone_tail=phone_last4(row.phone),
        address=row.address,
        beneficiary=row.beneficiary,
        state=BookingState(row.state),
        position=booking_queries.position(unit, row) if row.state == BookingState.WAITING else None,
        offer_ends=row.offer_ends,
        offering_id=offering.id,
        conversation_id=row.conversation_id,
        series=row.series,
    )
