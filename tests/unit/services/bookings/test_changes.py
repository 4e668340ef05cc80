"""What is changed of a booking is changed together, or not at all."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from bot.errors import FullyBooked, NotBookable
from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest, availability, book, find_booking
from bot.services.bookings.changes import Change, change_booking
from bot.store.store import Store

pytestmark = pytest.mark.store
Make = Callable[..., BookingRequest]
TOMORROW = date(2026, 11, 24)


def change(store: Store, number: str, now: datetime, **wish: object) -> bookings.Booking:
    return change_booking(store, number, Change(**wish), client_message_id="change", now=now)  # type: ignore[arg-type]


def left(store: Store, offering: str, now: datetime) -> int:
    found = availability(store, offering, TOMORROW, at=time(11), part=None, party=1, now=now)
    return found.windows[0].left if found.outcome == "free" else 0


def test_name_phone_and_people_are_changed_at_once(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=4, max_party=3)
    booking = book(store, booking_request(), now)
    changed = change(store, booking.number, now, name="孙莉", phone="139 0000 7788", party=3)
    assert (changed.name, changed.phone_tail, changed.party, changed.day) == ("孙莉", "7788", 3, booking.day)
    assert left(store, "meal-test", now) == 1
    assert find_booking(store, booking.number, "7788", asker="owner", now=now).number == booking.number


def test_fewer_people_free_seats(store: Store, offer: Callable[..., str], booking_request: Make, now: datetime) -> None:
    offer(capacity=4, max_party=3)
    booking = book(store, booking_request(party=3), now)
    assert change(store, booking.number, now, party=1).party == 1
    assert left(store, "meal-test", now) == 3


def test_more_people_than_seats_change_nothing(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=2, max_party=5)
    booking = book(store, booking_request(), now)
    with pytest.raises(FullyBooked):
        change(store, booking.number, now, party=4, name="孙莉")
    assert bookings.get(store, booking.number) == booking
    with pytest.raises(NotBookable):
        change(store, booking.number, now, party=6)


def test_another_place_frees_the_seat_before(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=1)
    offer(id="meal-home", capacity=1, needs_address="yes")
    booking = book(store, booking_request(), now)
    moved = change(store, booking.number, now, offering_id="meal-home", address="五栋二单元")
    assert (moved.offering_id, moved.address) == ("meal-home", "五栋二单元")
    assert (left(store, "meal-test", now), left(store, "meal-home", now)) == (1, 0)
