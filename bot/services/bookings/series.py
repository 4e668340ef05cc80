"""Bookings that come again every week, made, told and cancelled together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from random import Random

from dateutil.rrule import WEEKLY, rrule

from bot.errors import NotBookable
from bot.services.audit import behalf
from bot.services.bookings.availability import refusal
from bot.services.bookings.bookings import (
    PHONE_LIMITS,
    Booking,
    BookingRequest,
    PhoneLimits,
    add_in,
    already,
    booking_of,
    locked,
    refuse_late,
    release,
)
from bot.services.bookings.offerings import Offering, offering_in
from bot.services.kernel.deadlines import OFFER_HOURS, is_chinese_holiday
from bot.services.kernel.hoarding import refuse_burst
from bot.services.kernel.record_numbers import SECURE_RANDOM
from bot.store.bookings import queries as booking_queries
from bot.store.bookings.states import LIVE, BookingState
from bot.store.bookings.tables import BookingSeries
from bot.store.kernel import idempotency_queries
from bot.store.store import Store, UnitOfWork

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 20
"""Bookings in one series; as many as one phone may have open."""


@dataclass(frozen=True)
class Weekly:
    weekdays: tuple[int, ...]
    """0 is Monday."""
    weeks: int

    @property
    def rule(self) -> str:
        """As in RFC 5545."""
        return (
            f"FREQ=WEEKLY;BYDAY={','.join(DAYS[day] for day in self.weekdays)};COUNT={len(self.weekdays) * self.weeks}"
        )

    def days_from(self, first: date) -> list[date]:
        """Every day of it, on `first` or later."""
        start = datetime.combine(first, time())
        found = rrule(WEEKLY, dtstart=start, byweekday=self.weekdays, count=len(self.weekdays) * self.weeks)
        return [one.date() for one in found]


@dataclass(frozen=True)
class Plan:
    """Which days of a series can be booked."""

    days: tuple[date, ...]
    holidays: tuple[date, ...] = ()
    full: tuple[date, ...] = ()
    closed: tuple[date, ...] = ()
    """Not offered on these, or too soon."""
    too_far: tuple[date, ...] = field(default=())
    """Cannot be booked yet."""


def plan(store: Store, offering_id: str, weekly: Weekly, first: date, starts: time, party: int, now: datetime) -> Plan:
    """Public holidays and days that are full or not offered are left out. Raises NotFound."""
    with store.reading() as unit:
        offering = offering_in(unit, offering_id)
        days = weekly.days_from(first)
        taken = booking_queries.taken_seats(unit, offering_id, days)
    why = {day: _why_not(offering, taken.get((day, starts), 0), day, starts, party, now) for day in days}
    free = [day for day in days if why[day] is None]
    return Plan(
        days=tuple(free[:MOST]),
        holidays=_of(why, "holiday"),
        full=_of(why, "full"),
        closed=_of(why, "closed"),
        too_far=(*_of(why, "too_far"), *free[MOST:]),
    )


def _of(why: dict[date, str | None], reason: str) -> tuple[date, ...]:
    return tuple(day for day, because in why.items() if because == reason)


def _why_not(offering: Offering, taken: int, day: date, starts: time, party: int, now: datetime) -> str | None:
    window = next((one for one in offering.windows if one.starts == starts), None)
    refused = refusal(offering, window, day, now) if window else "closed_day"
    if refused == "too_far":
        return "too_far"
    if is_chinese_holiday(day):
        return "holiday"
    if refused:
        return "closed"
    return "full" if offering.capacity - taken < party else None


def book_series(
    store: Store,
    request: BookingRequest,
    weekly: Weekly,
    days: Sequence[date],
    now: datetime,
    *,
    random: Random = SECURE_RANDOM,
    limits: PhoneLimits = PHONE_LIMITS,
) -> list[Booking]:
    """One booking for each day, all of them or none; the same client message again gets the same ones.

    Raises FullyBooked, NotBookable, TooManyBookings, TooManyRecords.
    """
    if not days:
        raise NotBookable
    with store.unit() as unit:
        scope = request.conversation_id, request.client_message_id, "book"
        done = idempotency_queries.claim(unit, *scope, now)
        if done is not None:
            return _all_in(unit, done.number or "")
        refuse_burst(unit, request.conversation_id, now, limits.records_per_hour)
        rows = [add_in(unit, replace(request, day=day), now, random, limits, may_wait=False) for day in days]
        for row in rows:
            row.series = rows[0].number
        unit.add(BookingSeries(number=rows[0].number, rule=weekly.rule))
        idempotency_queries.record(unit, *scope, rows[0].number)
        unit.flush()
        made = [booking_of(unit, row) for row in rows]
        behalf.note(unit, request.conversation_id, rows[0], "booked_series", made[0].service, now)
        unit.commit()
        return made


def of_series(store: Store, number: str) -> list[Booking]:
    """In the order of their days, also those that are cancelled."""
    with store.reading() as unit:
        return _all_in(unit, number)


def cancel_of_series(
    store: Store,
    numbers: Iterable[str],
    *,
    client_message_id: str,
    conversation_id: str,
    now: datetime,
    offer_hours: float = OFFER_HOURS,
) -> list[Booking]:
    """Those that could be cancelled: what is over, or begins too soon, stays as it is. Raises NotFound."""
    with store.unit() as unit:
        cancelled = []
        for number in sorted(numbers):
            row = locked(unit, number)
            if already(unit, conversation_id, client_message_id, "cancel", number, now) or row.state not in LIVE:
                continue
            try:
                if row.state == BookingState.CONFIRMED:
                    refuse_late(row, now)
            except NotBookable:
                continue
            release(unit, row, offer_hours, now, actor="resident")
            cancelled.append(booking_of(unit, row))
            behalf.note(unit, conversation_id, row, "cancelled", cancelled[-1].service, now)
        unit.commit()
        return cancelled


def _all_in(unit: UnitOfWork, number: str) -> list[Booking]:
    return [booking_of(unit, row) for row in booking_queries.bookings_of_series(unit, number)]
