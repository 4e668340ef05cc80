"""Bookings as staff see them: the calendar, the list of a day, capacity, who did not come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.errors import BadInput, NotFound, WrongState
from bot.services.audit import audit
from bot.services.bookings.bookings import release
from bot.services.bookings.offerings import Window, offering_of
from bot.services.bookings.waiting_list import move_up, starts_at
from bot.services.kernel import disclosure
from bot.services.kernel.deadlines import OFFER_HOURS
from bot.services.kernel.disclosure import Subject
from bot.services.kernel.notices import cancelled_by_office, notify_in
from bot.services.kernel.permissions import Actor
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import HELD_SEAT as HELD_SEAT
from bot.store.bookings.states import LIVE, BookingState
from bot.store.bookings.tables import Booking, OfferedSession, Offering
from bot.store.staff import queries as staff_queries
from bot.store.store import Store, UnitOfWork

MOST_SEATS = 10_000
LONGEST_REASON = 500
DAYS_IN_CALENDAR = 7


@dataclass(frozen=True)
class Slot:
    """One window of one offering on one day."""

    day: date
    starts: time
    ends: time
    capacity: int
    own_capacity: bool
    """Chosen for this one alone."""
    taken: int
    waiting: int


@dataclass(frozen=True)
class OfferingWeek:
    id: str
    service: str
    title: str
    place: str
    capacity: int
    """Of each window, where it has none of its own."""
    rows: tuple[tuple[Window, tuple[Slot | None, ...]], ...]
    """Each window with its days; None where it is not offered."""


@dataclass(frozen=True)
class BookingLine:
    """Masked for whoever reads it."""

    number: str
    offering: str
    title: str
    place: str
    """Where it is."""
    day: date
    starts: time
    ends: time
    state: str
    party: int
    name: str
    phone: str
    address: str
    beneficiary: str
    note: str
    channel: str
    position: int | None
    """On the waiting list."""


@dataclass(frozen=True)
class BookingView:
    line: BookingLine
    made: datetime
    offer_ends: datetime | None
    conversation_id: str
    history: tuple[tuple[datetime, str, str], ...]
    """When, who ("resident", "system" or a login), what."""
    started: bool


def calendar(
    store: Store, actor: Actor, since: date, *, days: int = DAYS_IN_CALENDAR, offering_id: str = "", english: bool
) -> list[OfferingWeek]:
    """What is offered on these days where the actor works, with seats taken and people waiting."""
    actor.must("bookings.read")
    dates = [since + timedelta(days=number) for number in range(days)]
    with store.reading() as unit:
        sessions = booking_queries.sessions_between(unit, dates[0], dates[-1], offering_id)
        there = {(row.offering_id, row.day, row.starts): row for row in sessions}
        waiting: dict[int, int] = defaultdict(int)
        for booking in booking_queries.bookings_of_sessions(unit, [row.id for row in sessions]):
            waiting[booking.session_id] += booking.state == BookingState.WAITING
        weeks = []
        for row in booking_queries.offerings(unit, None):
            if offering_id not in ("", row.id) or not disclosure.in_scope(actor, row):
                continue
            offering = offering_of(row)

            def slot(day: date, window: Window, row: Offering = row) -> Slot | None:
                session = there.get((row.id, day, window.starts))
                if session is not None:
                    return Slot(
                        day, session.starts, session.ends, session.capacity, session.own_capacity, session.taken,
                        waiting[session.id],
                    )  # fmt: skip
                if day.isoweekday() not in offering_of(row).weekdays or day < row.valid_from:
                    return None
                return Slot(day, window.starts, window.ends, row.capacity, False, 0, 0)

            rows = tuple((window, tuple(slot(day, window) for day in dates)) for window in offering.windows)
            title, place = (row.title_en, row.place_en) if english else (row.title, row.place)
            weeks.append(OfferingWeek(row.id, row.service, title, place, row.capacity, rows))
        return weeks


def day_list(
    store: Store, actor: Actor, day: date, *, offering_id: str = "", english: bool = False
) -> list[BookingLine]:
    """Everyone booked or waiting on this day, by place and time; those who wait after those who come."""
    actor.must("bookings.read")
    with store.reading() as unit:
        sessions = booking_queries.sessions_between(unit, day, day, offering_id)
        lines = [_line(unit, actor, row, english) for row in _of_sessions(unit, actor, sessions)]
    return sorted(lines, key=lambda line: (line.place, line.starts, line.position or 0, line.offering, line.number))


def reveal_day(
    store: Store, actor: Actor, day: date, reason: str, now: datetime, *, offering_id: str = ""
) -> dict[str, dict[str, str]]:
    """Names, phones and addresses of those who come, by booking number; each is an audit entry. Raises ReasonMissing."""
    with store.unit() as unit:
        sessions = booking_queries.sessions_between(unit, day, day, offering_id)
        coming = [row.number for row in _of_sessions(unit, actor, sessions) if row.state in HELD_SEAT]
        shown = {one: disclosure.reveal(unit, actor, Subject("booking", one), reason, now) for one in coming}
        unit.commit()
        return shown


def open_booking(store: Store, actor: Actor, number: str, now: datetime, *, english: bool = False) -> BookingView:
    """One booking, masked; that it was opened is in the audit. Raises NotFound."""
    actor.must("bookings.read")
    with store.unit() as unit:
        row = booking_queries.booking(unit, number)
        if row is None or not disclosure.in_scope(actor, row):
            raise NotFound
        logins = {one.id: one.login for one in staff_queries.accounts(unit)}
        history = tuple(
            (one.at, logins.get(one.actor, one.actor), one.action) for one in booking_queries.events(unit, row.id)
        )
        view = BookingView(
            _line(unit, actor, row, english),
            row.made,
            row.offer_ends,
            row.conversation_id,
            history,
            starts_at(row.session, now) <= now,
        )
        audit.write(unit, actor, "booking.read", "booking", number, now)
        unit.commit()
        return view


def mark(store: Store, actor: Actor, number: str, state: str, now: datetime) -> None:
    """ "no_show": they did not come; "done": they did after all. Raises WrongState before it begins, NotFound."""
    actor.must("bookings.work")
    before: dict[str, tuple[str, ...]] = {
        BookingState.NO_SHOW: (BookingState.CONFIRMED, BookingState.DONE),
        BookingState.DONE: (BookingState.NO_SHOW,),
    }
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state not in before.get(state, ()) or starts_at(row.session, now) > now:
            raise WrongState
        row.state = state
        booking_queries.note_event(unit, row, now, actor.id, state)
        audit.write(unit, actor, "booking.mark", "booking", number, now, details={"state": state})
        unit.commit()


def cancel(
    store: Store, actor: Actor, number: str, reason: str, now: datetime, *, offer_hours: float = OFFER_HOURS
) -> None:
    """The resident is told why; the seat goes to the next on the waiting list. Raises BadInput, WrongState, NotFound."""
    actor.must("bookings.work")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise BadInput("reason")
    with store.unit() as unit:
        row = _locked(unit, actor, number)
        if row.state not in LIVE:
            raise WrongState
        release(unit, row, offer_hours, now, actor=actor.id)
        notify_in(unit, row.conversation_id, "cancel_booking", cancelled_by_office(row, reason), now)
        audit.write(unit, actor, "booking.cancel", "booking", number, now, reason=reason)
        unit.commit()


def set_session_capacity(
    store: Store,
    actor: Actor,
    offering_id: str,
    day: date,
    starts: time,
    capacity: int,
    now: datetime,
    *,
    offer_hours: float = OFFER_HOURS,
) -> int:
    """Of one window on one day. With more seats the waiting list moves up; seats that are taken stay taken.

    Returns how many more are taken than there are now. Raises BadInput, NotFound.
    """
    _check(actor, capacity)
    with store.unit() as unit:
        row = _offering(unit, actor, offering_id)
        window = next((one for one in offering_of(row).windows if one.starts == starts), None)
        if window is None or day.isoweekday() not in offering_of(row).weekdays or day < now.date():
            raise BadInput("window")
        made = booking_queries.session_for(unit, offering_id, day, window.starts, window.ends, row.capacity)
        booking_queries.lock_sessions(unit, [made.id])
        session = booking_queries.session(unit, made.id)
        session.capacity, session.own_capacity = capacity, True
        unit.flush()
        move_up(unit, session, offer_hours, now)
        audit.write(unit, actor, "booking.capacity", "offering", offering_id, now, details={
            "day": day.isoformat(), "starts": starts.isoformat("minutes"), "capacity": capacity,
        })  # fmt: skip
        over = max(0, session.taken - capacity)
        unit.commit()
    return over


def set_offering_capacity(
    store: Store, actor: Actor, offering_id: str, capacity: int, now: datetime, *, offer_hours: float = OFFER_HOURS
) -> int:
    """Of every window that has none of its own. Returns how many more are taken somewhere. Raises BadInput, NotFound."""
    _check(actor, capacity)
    with store.unit() as unit:
        row = _offering(unit, actor, offering_id)
        row.capacity, row.own_capacity = capacity, True
        booking_queries.offerings_changed(unit)
        unit.flush()
        coming = booking_queries.sessions_between(unit, now.date(), date.max, offering_id)
        booking_queries.lock_sessions(unit, [session.id for session in coming])
        booking_queries.spread_capacity(unit, offering_id, capacity)
        for session in coming:
            move_up(unit, booking_queries.session(unit, session.id), offer_hours, now)
        audit.write(unit, actor, "booking.capacity", "offering", offering_id, now, details={"capacity": capacity})
        over = max((one.taken - one.capacity for one in coming), default=0)
        unit.commit()
    return max(0, over)


def note_export(store: Store, actor: Actor, how: str, day: date, now: datetime) -> None:
    actor.must("bookings.export")
    with store.unit() as unit:
        audit.write(unit, actor, "booking.export", "table", "bookings", now, details={
            "as": how, "day": day.isoformat()
        })  # fmt: skip
        unit.commit()


def _check(actor: Actor, capacity: int) -> None:
    actor.must("bookings.capacity")
    if not 0 <= capacity <= MOST_SEATS:
        raise BadInput("capacity")


def _locked(unit: UnitOfWork, actor: Actor, number: str) -> Booking:
    row = booking_queries.lock_booking(unit, number)
    if row is None or not disclosure.in_scope(actor, row):
        raise NotFound
    return row


def _offering(unit: UnitOfWork, actor: Actor, offering_id: str) -> Offering:
    row = booking_queries.offering(unit, offering_id)
    if row is None or not disclosure.in_scope(actor, row):
        raise NotFound
    return row


def _of_sessions(unit: UnitOfWork, actor: Actor, sessions: Iterable[OfferedSession]) -> list[Booking]:
    """What the actor may see of them."""
    rows = booking_queries.bookings_of_sessions(unit, [row.id for row in sessions])
    return [row for row in rows if disclosure.in_scope(actor, row)]


def _line(unit: UnitOfWork, actor: Actor, row: Booking, english: bool) -> BookingLine:
    session, offering = row.session, row.session.offering
    return BookingLine(
        number=row.number,
        offering=offering.id,
        title=offering.title_en if english else offering.title,
        place=offering.place_en if english else offering.place,
        day=session.day,
        starts=session.starts,
        ends=session.ends,
        state=row.state,
        party=row.party,
        name=disclosure.name(actor, row.name),
        phone=disclosure.phone(actor, row.phone),
        address=disclosure.address(actor, row.address),
        beneficiary=disclosure.name(actor, row.beneficiary),
        note=disclosure.words(actor, row.note, row.name, row.phone, row.address, row.beneficiary),
        channel=row.channel,
        position=booking_queries.position(unit, row) if row.state == BookingState.WAITING else None,
    )
