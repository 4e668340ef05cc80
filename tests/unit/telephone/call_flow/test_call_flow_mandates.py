"""A parent who is called says whether somebody may act for them, and hears at the next contact what was done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.mandates import mandates
from bot.services.mandates.mandates import Mandate, Powers, Request
from bot.store.store import Store
from tests.unit.telephone.conftest import CALLER, Calls

pytestmark = pytest.mark.telephone


@pytest.fixture
def asked(store: Store, now: datetime) -> Mandate:
    """The son wants to act for whoever has the caller's telephone."""
    request = Request(
        phone=CALLER, helper="王强", powers=Powers.BOOKINGS, ends=(now + timedelta(days=90)).date(),
        conversation_id="son", client_message_id="m", language="zh", channel="web", relation="我妈",
        helper_phone="13700005678",
    )  # fmt: skip
    return mandates.ask(store, request, now)


@pytest.mark.parametrize(("said", "state"), [("可以的,好", "active"), ("不可以", "refused")])
async def test_a_yes_gives_leave_and_a_no_gives_none(
    calls_us: Calls, store: Store, now: datetime, asked: Mandate, said: str, state: str
) -> None:
    called = await calls_us(news="outbound", task=f"mandate_asked {asked.number}")
    heard = await called.hears()
    assert "王强想替您办事" in str(heard)
    await called.says(said)
    await called.hears()
    assert mandates.get(store, asked.number, now).state == state


async def test_the_parent_hears_in_the_greeting_what_was_done(
    calls_us: Calls,
    store: Store,
    now: datetime,
    asked: Mandate,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
) -> None:
    mandates.answer(store, asked.number, agreed=True, conversation_id="the call", now=now)
    offer()
    bookings.book(store, replace(booking_request(), phone=CALLER, conversation_id="son"), now)
    called = await calls_us()
    assert "王强替您约了" in str(await called.hears())
    assert mandates.news(store, CALLER, "zh", now) is None
