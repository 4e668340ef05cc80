"""A series is made whole, holidays are left out, and one day or all of it is cancelled."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from bot.errors import FullyBooked
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest, book
from bot.services.bookings.series import Weekly, book_series, cancel_of_series, of_series, plan
from bot.services.kernel.topics import filed
from bot.store.bookings import queries
from bot.store.store import Store

pytestmark = pytest.mark.store
Make = Callable[..., BookingRequest]
MONDAY_WEDNESDAY = Weekly((0, 2), 2)
WEDNESDAY, MONDAY = date(2026, 11, 25), date(2026, 11, 30)


def days_of(made: list[bookings.Booking]) -> list[date]:
    return [one.day for one in made]


def test_the_days_of_a_series_begin_with_the_first_that_fits() -> None:
    assert MONDAY_WEDNESDAY.days_from(date(2026, 11, 24)) == [
        WEDNESDAY, MONDAY, date(2026, 12, 2), date(2026, 12, 7),
    ]  # fmt: skip
    assert MONDAY_WEDNESDAY.rule == "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4"


def test_holidays_and_full_and_far_days_are_told_apart(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(max_days_ahead=45)
    book(store, booking_request(day=date(2026, 12, 4)), now)
    found = plan(store, "meal-test", Weekly((4,), 8), date(2026, 11, 27), time(11), 1, now)
    assert found.full == (date(2026, 12, 4),)
    assert found.holidays == (date(2027, 1, 1),)
    assert found.too_far == (date(2027, 1, 8), date(2027, 1, 15))
    assert found.days == tuple(date(2026, *rest) for rest in ((11, 27), (12, 11), (12, 18), (12, 25)))


def test_a_series_is_booked_once_and_told_in_order(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer()
    days = (WEDNESDAY, MONDAY)
    made = book_series(store, booking_request(), MONDAY_WEDNESDAY, days, now)
    assert book_series(store, booking_request(), MONDAY_WEDNESDAY, days, now) == made
    assert days_of(of_series(store, made[0].number)) == list(days)
    assert {one.series for one in made} == {made[0].number}


def test_a_series_is_made_whole_or_not_at_all(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer()
    book(store, booking_request(conversation_id="other", day=MONDAY, phone="13800001111"), now)
    with pytest.raises(FullyBooked):
        book_series(store, booking_request(), MONDAY_WEDNESDAY, (WEDNESDAY, MONDAY), now)
    assert bookings.of_conversation(store, "conversation-a") == []


def test_one_day_or_all_of_it_is_cancelled(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer()
    made = book_series(store, booking_request(), MONDAY_WEDNESDAY, (WEDNESDAY, MONDAY), now)
    gone = cancel_of_series(store, [made[1].number], client_message_id="m2", conversation_id="conversation-a", now=now)
    assert days_of(gone) == [MONDAY]
    assert [one.state for one in of_series(store, made[0].number)] == ["confirmed", "cancelled"]
    rest = [one.number for one in made]
    assert len(cancel_of_series(store, rest, client_message_id="m3", conversation_id="conversation-a", now=now)) == 1


def test_a_series_leaves_with_the_data_of_its_resident(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer()
    made = book_series(store, booking_request(), MONDAY_WEDNESDAY, (WEDNESDAY, MONDAY), now)
    declared = next(one for one in filed() if one.name == "bookings")
    with store.unit() as unit:
        for row in queries.bookings_of_series(unit, made[0].number):
            assert declared.export(row)["series"] == made[0].number
            declared.erase(unit, row, now, 12.0)
        unit.commit()
    with store.reading() as unit:
        assert queries.series(unit, made[0].number) is None
