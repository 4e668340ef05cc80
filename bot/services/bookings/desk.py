"""Bookings at the desk: the sheet of who prepares, drives or cares; arrivals; booking for a caller; days with other seats."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.bookings import bookings, staff_bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.bookings.offerings import offering_of
from bot.services.bookings.staff_bookings import BookingLine, day_list
from bot.services.kernel import disclosure
from bot.services.kernel.deadlines import OFFER_HOURS
from bot.services.kernel.disclosure import Subject
from bot.services.kernel.lockout import open_record
from bot.services.kernel.permissions import SYSTEM, Actor
from bot.store import records
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import HELD_SEAT, HOLDS_SEAT, BookingState
from bot.store.profiles.tables import Profile
from bot.store.store import Store, UnitOfWork

FOR: dict[str, tuple[str, ...]] = {
    "kitchen": ("meal",),
    "driver": ("meal", "mobile_bus"),
    "carer": ("bathing", "medical_escort", "home_errand"),
    "everybody": (),
}
"""Services on the sheet of each; none is all. The driver's has only what is brought to somebody's home."""
LONGEST = 60


@dataclass(frozen=True)
class Stop:
    """One booking on the sheet."""

    line: BookingLine
    arrived: datetime | None
    full: dict[str, str]
    """Personal values, after a reason; the needs that the resident agreed to have known are among them."""


@dataclass(frozen=True)
class Round:
    """One place at one time."""

    place: str
    starts: time
    people: int
    """Of all who hold a seat."""
    stops: tuple[Stop, ...]


def sheet(
    store: Store, actor: Actor, day: date, whose: str, *, english: bool = False, reason: str = "", now: datetime
) -> list[Round]:
    """By time, then by place. With a reason names, phones, addresses and needs stand in full, each one in the audit.

    Raises ReasonMissing where the reason is too short.
    """
    wanted = FOR.get(whose, ())
    lines = [line for line in day_list(store, actor, day, english=english) if line.state in HELD_SEAT]
    full: dict[str, dict[str, str]] = {}
    with store.unit() as unit:
        rows = {line.number: booking_queries.booking(unit, line.number) for line in lines}
        kept = []
        for line in lines:
            row = rows[line.number]
            offering = row.session.offering if row else None
            if row is None or offering is None or (wanted and offering.service not in wanted):
                continue
            if whose == "driver" and not offering.needs_address and offering.service == "meal":
                continue
            if reason:
                full[line.number] = disclosure.reveal(unit, actor, Subject("booking", line.number), reason, now)
                profiles = records.filed_by(unit, Profile, row.phone)
                served = row.beneficiary or row.name
                needs = next(
                    (one.needs for one in profiles if one.needs and one.needs_agreed and one.name == served), ""
                )
                if needs:
                    full[line.number]["needs"] = needs
            kept.append(Stop(line, row.arrived, full.get(line.number, {})))
        if reason:
            unit.commit()
    rounds: dict[tuple[time, str], list[Stop]] = {}
    for stop in kept:
        rounds.setdefault((stop.line.starts, stop.line.place), []).append(stop)
    return [
        Round(place, starts, sum(one.line.party for one in stops), tuple(stops))
        for (starts, place), stops in sorted(rounds.items())
    ]


def arrive(store: Store, actor: Actor, number: str, there: bool, now: datetime) -> None:
    """They have come; or that was a slip. On the day itself only. Raises WrongState, NotFound."""
    actor.must("bookings.work")
    with store.unit() as unit:
        row = booking_queries.lock_booking(unit, number)
        if row is None or not disclosure.in_scope(actor, row):
            raise NotFound
        held = (*HOLDS_SEAT, BookingState.DONE)
        if row.state not in held or row.session.day != now.date() or (row.arrived is not None) == there:
            raise WrongState
        row.arrived = now if there else None
        audit.write(unit, actor, "booking.arrived", "booking", number, now, details={"there": there})
        unit.commit()


@dataclass(frozen=True)
class Arrival:
    """What the hall's screen may know of a booking by its number alone: nothing of whose it is."""

    outcome: Literal["today", "already", "other_day", "over", "cancelled", "waiting", "at_home"]
    """"today": they may be checked in."""
    title: str
    place: str
    day: date
    starts: time
    ends: time


def arrival(store: Store, number: str, asker: str, now: datetime, *, english: bool = False) -> Arrival:
    """Of a booking whose number was read in the hall. Raises NotFound; Locked after five wrong ones of the same asker."""
    return open_record(
        store, lambda unit: _arrival_of(unit, number, now, english), number=f"arrival {number}", asker=asker, now=now
    )


def check_in(store: Store, number: str, asker: str, now: datetime, *, english: bool = False) -> Arrival:
    """They have come, and say so at the hall's screen; what is not of today is told and changes nothing.

    Raises as `arrival` does.
    """
    found = arrival(store, number, asker, now, english=english)
    if found.outcome != "today":
        return found
    with store.unit() as unit:
        row = booking_queries.lock_booking(unit, number)
        if row is None:
            raise NotFound
        if row.arrived is None:
            row.arrived = now
            audit.write(
                unit, SYSTEM, "booking.arrived", "booking", number, now, details={"there": True, "where": "hall"}
            )
            unit.commit()
    return found


def _arrival_of(unit: UnitOfWork, number: str, now: datetime, english: bool) -> Arrival | None:
    row = booking_queries.booking(unit, number)
    if row is None:
        return None
    session, offering = row.session, row.session.offering
    today = now.date()
    outcome: Literal["today", "already", "other_day", "over", "cancelled", "waiting", "at_home"] = "today"
    if row.state in (BookingState.CANCELLED, BookingState.EXPIRED):
        outcome = "cancelled"
    elif session.day < today or row.state == BookingState.NO_SHOW:
        outcome = "over"
    elif row.state not in (*HOLDS_SEAT, BookingState.DONE):
        outcome = "waiting"
    elif session.day > today:
        outcome = "other_day"
    elif offering.needs_address:
        outcome = "at_home"
    elif row.arrived is not None:
        outcome = "already"
    title, place = (offering.title_en, offering.place_en) if english else (offering.title, offering.place)
    return Arrival(outcome, title, place, session.day, session.starts, session.ends)


def book_for_caller(
    store: Store,
    actor: Actor,
    *,
    offering_id: str,
    day: date,
    starts: time,
    party: int,
    name: str,
    phone: str,
    address: str,
    note: str,
    channel: str,
    message_id: str,
    now: datetime,
) -> str:
    """Booked by a person for somebody who calls or comes; the number, to be told.

    Raises BadInput, FullyBooked, NotBookable, TooManyBookings.
    """
    actor.must("bookings.file")
    digits = "".join(one for one in phone if one.isdigit())
    name, address, note = name.strip(), address.strip(), note.strip()
    with store.reading() as unit:
        offering = booking_queries.offering(unit, offering_id)
        if offering is None or not disclosure.in_scope(actor, offering):
            raise BadInput("offering")
        needs_address = offering.needs_address
        if starts not in {one.starts for one in offering_of(offering).windows}:
            raise BadInput("window")
    if not 7 <= len(digits) <= 15:
        raise BadInput("phone")
    if not name or max(len(name), len(address), len(note)) > LONGEST:
        raise BadInput("name")
    if needs_address and not address:
        raise BadInput("address")
    if channel not in ("phone", "desk") or party < 1:
        raise BadInput("channel")
    request = BookingRequest(
        offering_id, day, starts, party, name, digits, address or None, None, note or None, f"desk-{actor.id}",
        message_id, "zh", channel,
    )  # fmt: skip
    made = bookings.book(store, request, now)
    with store.unit() as unit:
        row = booking_queries.lock_booking(unit, made.number)
        assert row is not None
        row.conversation_id = ""
        audit.write(unit, actor, "booking.file_for", "booking", made.number, now, details={"channel": channel})
        unit.commit()
    return made.number


def set_day_capacity(
    store: Store,
    actor: Actor,
    day: date,
    seats: int,
    now: datetime,
    *,
    offering_id: str = "",
    offer_hours: float = OFFER_HOURS,
) -> int:
    """Every window of that day, of one offering or of all that the actor sees: 0 on a holiday. Who is booked stays booked.

    Returns how many more are booked than there are seats now. Raises BadInput where nothing is offered on that day.
    """
    actor.must("bookings.capacity")
    with store.reading() as unit:
        rows = [row for row in booking_queries.offerings(unit, None) if disclosure.in_scope(actor, row)]
        windows = [
            (row.id, window.starts)
            for row in rows
            if offering_id in ("", row.id) and day.isoweekday() in offering_of(row).weekdays and day >= row.valid_from
            for window in offering_of(row).windows
        ]
    if not windows:
        raise BadInput("window")
    return sum(
        staff_bookings.set_session_capacity(store, actor, one, day, starts, seats, now, offer_hours=offer_hours)
        for one, starts in windows
    )
