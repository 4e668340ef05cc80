"""Several services booked together: all or none."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.errors import FullyBooked
from bot.services.bookings import bookings, packages
from bot.services.bookings.bookings import BookingRequest
from bot.store.store import Store


@pytest.fixture
def three(offer: Callable[..., str], booking_request: Callable[..., BookingRequest]) -> list[BookingRequest]:
    offered = [offer(id=f"service-{at}") for at in range(3)]
    return [booking_request(offering_id=one) for one in offered]


def test_each_has_a_number_of_its_own(store: Store, three: list[BookingRequest], now: datetime) -> None:
    made = packages.book_package(store, three, now)
    assert len({booking.number for booking in made}) == 3
    assert [booking.offering_id for booking in made] == ["service-0", "service-1", "service-2"]


def test_the_same_message_again_books_nothing_twice(store: Store, three: list[BookingRequest], now: datetime) -> None:
    first = packages.book_package(store, three, now)
    again = packages.book_package(store, three, now)
    assert [one.number for one in again] == [one.number for one in first]
    assert len(bookings.of_conversation(store, "conversation-a")) == 3


def test_one_that_is_full_leaves_all_unbooked(
    store: Store, three: list[BookingRequest], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    bookings.book(store, booking_request(offering_id="service-2", conversation_id="another"), now)
    with pytest.raises(FullyBooked):
        packages.book_package(store, three, now)
    assert bookings.of_conversation(store, "conversation-a") == []
    seats = bookings.availability(
        store, "service-0", three[0].day, at=three[0].starts, part=None, party=1, now=now
    )  # fmt: skip
    assert seats.outcome == "free"
