"""After a service is over we call whoever telephoned for it, and ask one question."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services.bookings import bookings, waiting_list
from bot.services.bookings.bookings import BookingRequest
from bot.services.conversations import calls, outbound_calls
from bot.services.kernel.tasks import Task
from bot.store.bookings.states import BookingState
from bot.store.conversations.tables import Rating
from bot.store.kernel.tables import DueTask
from bot.store.store import Store
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, CallerAtTheTelephone, Calls

pytestmark = pytest.mark.telephone
OVER = timedelta(days=1, hours=5)
"""The afternoon after the meal that is booked here."""


def served(store: Store, request: BookingRequest, now: datetime) -> str:
    """The number of a booking whose time is over."""
    number = bookings.book(store, request, now).number
    over = now + OVER
    waiting_list.close_booking(store, Task(1, "booking_done", over, {"number": number}, 1), over)
    assert bookings.get(store, number).state == BookingState.DONE
    return number


@pytest.fixture
def number(
    store: Store, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> str:
    offer()
    return served(store, booking_request(phone=CALLER, channel="phone"), now)


def ratings(store: Store) -> list[tuple[int, str | None]]:
    with store.reading() as unit:
        return [(row.score, row.number) for row in unit.session.query(Rating)]


@pytest.fixture
def we_ask(calls_us: Calls, number: str) -> Callable[[], Any]:
    async def ring() -> CallerAtTheTelephone:
        called = await calls_us(news="outbound", task=f"served {number}")
        assert "满意" in await called.hears()
        return called

    return ring


async def test_a_key_is_the_answer(we_ask: Callable[[], Any], store: Store, number: str) -> None:
    resident = await we_ask()
    await resident.presses("5")
    assert (resident.ended, ratings(store)) == ("assistant", [(5, number)])


@pytest.mark.parametrize(("said", "stars"), [("四分", 4), ("给五分吧", 5)])
async def test_words_are_the_answer(
    we_ask: Callable[[], Any], store: Store, number: str, rasa: ScriptedRasa, said: str, stars: int
) -> None:
    resident = await we_ask()
    await resident.says(said)
    assert (resident.ended, ratings(store), rasa.asked) == ("assistant", [(stars, number)], [])


async def test_who_was_served_badly_is_listened_to(
    we_ask: Callable[[], Any], store: Store, number: str, rasa: ScriptedRasa
) -> None:
    resident = await we_ask()
    assert "对不起" in await resident.presses("1")
    assert (resident.ended, ratings(store)) == (None, [(1, number)])
    await resident.says("送来的饭是凉的")
    assert rasa.asked == ["送来的饭是凉的"]


async def test_who_wants_no_calls_gets_none(we_ask: Callable[[], Any], store: Store) -> None:
    resident = await we_ask()
    await resident.says("以后别打电话来了")
    assert (resident.ended, ratings(store)) == ("assistant", [])
    assert calls.choices(store, CALLER).no_calls


async def test_who_has_answered_is_not_called_again(
    we_ask: Callable[[], Any], store: Store, number: str, now: datetime
) -> None:
    assert outbound_calls.find_call(store, f"served {number}", now)
    await (await we_ask()).presses("4")
    assert outbound_calls.find_call(store, f"served {number}", now) is None


def test_after_days_nobody_is_asked_any_more(store: Store, number: str, now: datetime) -> None:
    assert outbound_calls.find_call(store, f"served {number}", now + OVER + timedelta(days=3)) is None


def test_a_call_is_planned_for_who_telephoned_once_a_day(
    store: Store, number: str, offer: Callable[..., str], booking_request: Callable[..., BookingRequest], now: datetime
) -> None:
    offer(id="meal-again")
    again = {"offering_id": "meal-again", "client_message_id": "again"}
    served(store, booking_request(phone=CALLER, channel="phone", **again), now)
    with store.reading() as unit:
        planned = [
            row.payload
            for row in unit.session.query(DueTask)
            if row.kind == "call_resident" and '"served"' in row.payload
        ]
    assert len(planned) == 1
    assert number in planned[0]
