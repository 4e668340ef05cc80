"""A service is over: whoever wrote to us reads one question, and a score belongs to that service."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.services.bookings import bookings, series, waiting_list
from bot.services.bookings.bookings import BookingRequest
from bot.services.conversations import conversations
from bot.services.figures import figures
from bot.services.figures.figures import Period
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.tasks import Task
from bot.store.conversations.tables import Notice, Rating
from bot.store.store import Store

OVER = timedelta(days=1, hours=5)


def close(store: Store, number: str, now: datetime) -> None:
    waiting_list.close_booking(store, Task(1, "booking_done", now, {"number": number}, 1), now)


def asked(store: Store) -> list[str]:
    with store.reading() as unit:
        return [row.reply for row in unit.session.query(Notice) if row.goal == "rate_service"]


def test_the_question_is_written_and_the_score_is_of_that_service(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    booking = bookings.book(store, booking_request(), now)
    conversations.rate(store, booking.conversation_id, 2, None, now)
    close(store, booking.number, now + OVER)
    (question,) = asked(store)
    assert "满意" in question
    assert "5分" in question
    conversations.rate(store, booking.conversation_id, 5, None, now + OVER)
    conversations.rate(store, booking.conversation_id, 4, None, now + OVER)
    with store.reading() as unit:
        assert [(row.score, row.number) for row in unit.session.query(Rating)] == [
            (2, None),
            (5, booking.number),
            (4, None),
        ]


def test_of_a_series_only_the_last_day_is_asked_about(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    weekly = series.Weekly((1, 2), 1)
    made = series.book_series(store, booking_request(), weekly, [date(2026, 11, 24), date(2026, 11, 25)], now)
    close(store, made[0].number, now + OVER)
    assert asked(store) == []
    close(store, made[1].number, now + OVER + timedelta(days=1))
    assert len(asked(store)) == 1


def test_who_was_not_served_is_not_asked(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer()
    booking = bookings.book(store, booking_request(), now)
    bookings.cancel_booking(store, booking.number, client_message_id="no", now=now)
    close(store, booking.number, now + OVER)
    assert asked(store) == []


def test_the_dashboard_tells_the_share_of_the_content_and_of_how_many(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    for at, score in enumerate((5, 4, 1)):
        offer(id=f"meal-{at}")
        request = replace(booking_request(), offering_id=f"meal-{at}", client_message_id=str(at), starts=time(11))
        conversations.rate(store, "c", score, None, now, served=bookings.book(store, request, now).number)
    conversations.rate(store, "another", 1, None, now)
    plots = figures.plots(store, Period(now.date(), now.date()), now, targets=Targets())
    row = next(plot for plot in plots if plot.name == "served")
    assert (round(row.whole or 0), row.base, row.reached) == (67, 3, False)
