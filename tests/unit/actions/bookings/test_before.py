"""What was told for an earlier booking of the conversation is taken over when the words point back to it."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core.turn import Said
from bot.services.bookings.bookings import BookingRequest, book
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]


@pytest.fixture(autouse=True)
def _booked(office: Store, now: datetime) -> None:
    request = BookingRequest(
        offering_id="meal-dongfeng", day=date(2026, 11, 25), starts=time(11), party=2, name="孙丽", phone="13900100799",
        address=None, beneficiary=None, note=None, conversation_id="conversation-a", client_message_id="m", language="zh",
        channel="web",
    )  # fmt: skip
    book(office, request, now)


@pytest.mark.parametrize("words", ["还是刚才那个电话", "刚才留的号码", "the same number as before"])
def test_the_phone_of_before(said: Says, words: str) -> None:
    draft = {"service": "meal"}
    assert booking_draft.take(said(words, awaiting="phone"), draft, CollectingDispatcher())["phone"] == "13900100799"


def test_all_as_last_time_but_the_day(said: Says) -> None:
    words = said("大后天的饭,跟上次一样", "book_service", details={"service": "meal"})
    told = booking_draft.take(words, {}, CollectingDispatcher())
    assert (told["offering"], told["party"], told["name"], told["phone"]) == ("meal-dongfeng", 2, "孙丽", "13900100799")
    assert (told["date"], told["time"]) == ("2026-11-26", "11:00")


def test_another_conversation_has_no_before(said: Says) -> None:
    words = said("还是刚才那个电话", awaiting="phone", conversation_id="conversation-b")
    assert booking_draft.take(words, {"service": "meal"}, CollectingDispatcher()).get("phone") is None
