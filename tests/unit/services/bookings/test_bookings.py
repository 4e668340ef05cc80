"""A seat is taken once, found by its owner, moved, freed, and passed on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from random import Random
from threading import Barrier

import pytest

from bot.errors import FullyBooked, Locked, NotBookable, NotFound, TooManyBookings, WrongState
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking, BookingRequest, availability, book, find_booking, join_waiting_list
from bot.services.bookings.changes import Change, change_booking
from bot.services.conversations import conversations
from bot.store.store import Store

pytestmark = pytest.mark.store

Make = Callable[..., BookingRequest]
TOMORROW, LATER = date(2026, 11, 24), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _one_seat(offer: Callable[..., str]) -> None:
    offer()


def other(make: Make, number: int = 2) -> BookingRequest:
    return make(conversation_id=f"conversation-{number}", phone=f"1380000{number:04}")


def left(store: Store, day: date, now: datetime) -> int:
    found = availability(store, "meal-test", day, at=time(11), part=None, party=1, now=now)
    return found.windows[0].left if found.outcome == "free" else 0


def test_a_booking_has_a_number_and_takes_the_seat(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    assert booking.number.isdigit()
    assert (len(booking.number), booking.number[0]) == (8, "2")
    assert (booking.state, booking.phone_tail, booking.ends) == ("confirmed", "1234", time(12, 30))
    assert left(store, TOMORROW, now) == 0
    assert bookings.of_conversation(store, "conversation-a") == [booking]


def test_the_same_message_again_books_once(store: Store, booking_request: Make, now: datetime) -> None:
    first = book(store, booking_request(), now)
    assert book(store, booking_request(), now) == first
    assert len(bookings.of_conversation(store, "conversation-a")) == 1


def test_two_residents_may_use_the_same_message_id(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=2)
    assert book(store, booking_request(), now).number != book(store, other(booking_request), now).number


def test_the_same_message_from_many_threads_books_once(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=20)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: book(store, booking_request(), now), range(8)))
    assert len({booking.number for booking in made}) == 1


def test_fifty_callers_for_the_last_seat_give_one_booking(store: Store, booking_request: Make, now: datetime) -> None:
    barrier = Barrier(50)

    def call(number: int) -> Booking | None:
        barrier.wait()
        try:
            return book(store, other(booking_request, number), now)
        except FullyBooked:
            return None

    with ThreadPoolExecutor(50) as pool:
        made = [booking for booking in pool.map(call, range(50)) if booking is not None]
    assert len(made) == 1
    assert left(store, TOMORROW, now) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": time(15)},
        {"day": date(2026, 11, 22)},
        {"day": date(2026, 12, 31)},
        {"party": 5},
        {"party": 0},
    ],
)
def test_what_is_not_offered_cannot_be_booked(
    store: Store, booking_request: Make, now: datetime, wrong: dict[str, object]
) -> None:
    with pytest.raises(NotBookable):
        book(store, booking_request(**wrong), now)


def test_a_refused_message_can_be_used_again(store: Store, booking_request: Make, now: datetime) -> None:
    book(store, other(booking_request), now)
    with pytest.raises(FullyBooked):
        book(store, booking_request(), now)
    waiting = join_waiting_list(store, booking_request(), now)
    assert (waiting.state, waiting.position) == ("waiting", 1)


def test_numbers_are_never_given_twice(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=2)
    one = book(store, booking_request(), now, random=Random(1))
    two = book(store, other(booking_request), now, random=Random(1))
    assert one.number != two.number


def test_the_owner_finds_it_with_four_digits(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    assert find_booking(store, booking.number, "1234", asker="a", now=now) == booking


def test_a_wrong_number_and_wrong_digits_look_the_same(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    for number, tail in [(booking.number, "9999"), ("29999999", "1234"), (booking.number, "")]:
        with pytest.raises(NotFound):
            find_booking(store, number, tail, asker="a", now=now)


def test_five_wrong_tries_lock_a_number_for_an_hour(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    for guess in range(5):
        with pytest.raises(NotFound):
            find_booking(store, booking.number, "0000", asker=f"guesser {guess}", now=now)
    with pytest.raises(Locked):
        find_booking(store, booking.number, "1234", asker="owner", now=now + timedelta(minutes=59))
    assert find_booking(store, booking.number, "1234", asker="owner", now=now + timedelta(minutes=61))


def test_five_wrong_tries_lock_an_asker_for_every_number(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    for guess in range(5):
        with pytest.raises(NotFound):
            find_booking(store, f"2000000{guess}", "0000", asker="guesser", now=now)
    with pytest.raises(Locked):
        find_booking(store, booking.number, "1234", asker="guesser", now=now)
    assert find_booking(store, booking.number, "1234", asker="owner", now=now)


def test_guessing_from_many_threads_gets_five_tries(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)

    def guess(number: int) -> str:
        with pytest.raises((NotFound, Locked)) as caught:
            find_booking(store, booking.number, "0000", asker=f"guesser {number}", now=now)
        return caught.type.__name__

    with ThreadPoolExecutor(20) as pool:
        assert list(pool.map(guess, range(20))).count("NotFound") == 5


def change(store: Store, booking: Booking, day: date, now: datetime, message: str = "m-change") -> Booking:
    wish = Change(day=day, starts=time(11))
    return change_booking(store, booking.number, wish, client_message_id=message, now=now)


def cancel(store: Store, booking: Booking, now: datetime) -> Booking:
    return bookings.cancel_booking(store, booking.number, client_message_id="m-cancel", now=now)


def test_a_change_takes_the_new_seat_and_frees_the_old(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    changed = change(store, booking, LATER, now)
    assert (changed.number, changed.day) == (booking.number, LATER)
    assert (left(store, TOMORROW, now), left(store, LATER, now)) == (1, 0)


def test_a_change_to_a_full_window_changes_nothing(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    book(store, booking_request(conversation_id="b", day=LATER), now)
    with pytest.raises(FullyBooked):
        change(store, booking, LATER, now)
    assert bookings.of_conversation(store, "conversation-a") == [booking]
    assert left(store, TOMORROW, now) == 0


def test_an_old_change_sent_again_does_not_undo_a_newer_one(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    change(store, booking, LATER, now, "m2")
    change(store, booking, TOMORROW, now, "m3")
    assert change(store, booking, LATER, now, "m2").day == TOMORROW


def test_two_that_change_places_do_not_wait_for_each_other(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=9)
    phones = [f"1380000000{n}" for n in range(3)]
    here = [book(store, booking_request(conversation_id=f"a{one}", phone=one), now) for one in phones]
    there = [book(store, booking_request(conversation_id=f"b{one}", phone=one, day=LATER), now) for one in phones]

    def back_and_forth(start: tuple[Booking, date, date]) -> None:
        booking, first, second = start
        for step in range(10):
            change(store, booking, second if step % 2 else first, now, f"step {step}")

    starts = [(one, LATER, TOMORROW) for one in here] + [(one, TOMORROW, LATER) for one in there]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(back_and_forth, starts))
    assert (left(store, TOMORROW, now), left(store, LATER, now)) == (6, 6)


def test_one_phone_cannot_hoard_the_seats_of_a_time(
    store: Store, offer: Callable[..., str], booking_request: Make, now: datetime
) -> None:
    offer(capacity=9)
    for n in range(bookings.PHONE_LIMITS.per_window):
        book(store, booking_request(conversation_id=f"a{n}"), now)
    for add in (book, join_waiting_list):
        with pytest.raises(TooManyBookings):
            add(store, booking_request(conversation_id="one more"), now)
    assert left(store, TOMORROW, now) == 9 - bookings.PHONE_LIMITS.per_window
    assert book(store, booking_request(conversation_id="another day", day=LATER), now).state == "confirmed"
    assert book(store, other(booking_request), now).state == "confirmed"


def test_too_late_to_change_or_cancel(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    too_late = now + timedelta(days=1, hours=1, minutes=1)  # 9:01 for 11:00
    with pytest.raises(NotBookable):
        change(store, booking, LATER, too_late)
    with pytest.raises(NotBookable):
        cancel(store, booking, too_late)
    assert cancel(store, booking, too_late - timedelta(minutes=1)).state == "cancelled"


def test_a_cancelled_seat_is_free_again_once(store: Store, booking_request: Make, now: datetime) -> None:
    booking = book(store, booking_request(), now)
    assert cancel(store, booking, now).state == "cancelled"
    assert cancel(store, booking, now).state == "cancelled"
    assert left(store, TOMORROW, now) == 1
    with pytest.raises(WrongState):
        change(store, booking, LATER, now)


def test_cancelling_frees_a_seat_for_the_first_in_line(store: Store, booking_request: Make, now: datetime) -> None:
    held = book(store, booking_request(), now)
    first = join_waiting_list(store, other(booking_request, 2), now)
    second = join_waiting_list(store, other(booking_request, 3), now)
    assert (first.position, second.position) == (1, 2)
    cancel(store, held, now)
    offered = bookings.of_conversation(store, "conversation-2")[0]
    assert (offered.state, offered.offer_ends) == ("offered", now + timedelta(hours=12))
    assert bookings.of_conversation(store, "conversation-3")[0].position == 1
    assert left(store, TOMORROW, now) == 0, "the seat is held"
    told = conversations.history(store, "conversation-2")[0][1].replies[0]
    assert told.card is not None
    assert told.card["number"] == first.number
    assert not any(character.isdigit() for character in told.spoken)


def test_an_offered_seat_can_be_taken(store: Store, booking_request: Make, now: datetime) -> None:
    held = book(store, booking_request(), now)
    waiting = join_waiting_list(store, other(booking_request), now)
    cancel(store, held, now)
    for _ in range(2):
        taken = bookings.accept_offer(store, waiting.number, client_message_id="m-yes", now=now)
        assert taken.state == "confirmed"
    assert left(store, TOMORROW, now) == 0


def test_an_offer_that_ended_cannot_be_taken(store: Store, booking_request: Make, now: datetime) -> None:
    held = book(store, booking_request(), now)
    waiting = join_waiting_list(store, other(booking_request), now)
    cancel(store, held, now)
    with pytest.raises(WrongState):
        bookings.accept_offer(store, waiting.number, client_message_id="m-yes", now=now + timedelta(hours=12))


def test_a_change_moves_the_waiting_list_too(store: Store, booking_request: Make, now: datetime) -> None:
    held = book(store, booking_request(), now)
    join_waiting_list(store, other(booking_request), now)
    change(store, held, LATER, now)
    assert bookings.of_conversation(store, "conversation-2")[0].state == "offered"


def test_waiting_when_a_seat_is_free_is_a_booking(store: Store, booking_request: Make, now: datetime) -> None:
    assert join_waiting_list(store, booking_request(), now).state == "confirmed"


def test_a_number_that_does_not_exist_cannot_be_cancelled(store: Store, now: datetime) -> None:
    with pytest.raises(NotFound):
        bookings.cancel_booking(store, "20000000", client_message_id="m", now=now)
