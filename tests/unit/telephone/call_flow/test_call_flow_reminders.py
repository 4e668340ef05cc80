"""What a resident whom we call says is taken as it was meant: no cancelling by 没忘记, no silence for ever by 不用打饭了."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services.bookings import bookings
from bot.services.bookings.bookings import BookingRequest
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.conversations import calls
from bot.services.kernel.deadlines import Targets
from bot.store.store import Store
from tests.records import advance_case
from tests.telephone.rasa_script import ScriptedRasa
from tests.unit.telephone.conftest import CALLER, CallerAtTheTelephone, Calls

pytestmark = pytest.mark.telephone

Remind = Callable[[str], Any]


@pytest.fixture
def we_remind(
    calls_us: Calls,
    store: Store,
    offer: Callable[..., str],
    booking_request: Callable[..., BookingRequest],
    now: datetime,
) -> Remind:
    """We ring about a booking; what is heard first is over."""

    async def ring(language: str) -> CallerAtTheTelephone:
        offer()
        booking = bookings.book(store, booking_request(phone=CALLER, language=language), now)
        called = await calls_us(news="outbound", task=f"reminder {booking.number}")
        await called.hears()
        return called

    return ring


@pytest.fixture
def we_tell_of_an_answer(calls_us: Calls, store: Store, now: datetime) -> Remind:
    async def ring(language: str) -> CallerAtTheTelephone:
        request = ComplaintRequest(
            category="public_facility", place="东风社区3栋", text="路灯坏了", anonymous=False, name=None, phone=CALLER,
            conversation_id="talk", client_message_id="m", language=language, channel="phone",
        )  # fmt: skip
        number = cases.file_case(store, request, now - timedelta(hours=3), targets=Targets()).number
        for state, answer in (("dispatched", None), ("handling", None), ("answered", "路灯修好了。")):
            advance_case(store, number, state, actor="staff", note=None, answer=answer, now=now)
        called = await calls_us(news="outbound", task=f"case_answered {number}")
        await called.hears()
        return called

    return ring


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("没忘记", "zh"),
        ("不会忘的", "zh"),
        ("好的,我去", "zh"),
        ("I haven't forgotten", "en"),
        ("yes I will be there", "en"),
    ],
)
async def test_who_has_not_forgotten_keeps_the_booking(
    we_remind: Remind, rasa: ScriptedRasa, said: str, language: str
) -> None:
    resident = await we_remind(language)
    await resident.says(said)
    assert (resident.ended, rasa.asked) == ("assistant", [])


@pytest.mark.parametrize(
    ("said", "language"),
    [("不用打饭了", "zh"), ("我去不了", "zh"), ("please cancel it", "en"), ("I can't make it", "en")],
)
async def test_who_cannot_come_is_asked_about_cancelling_and_may_be_called_again(
    we_remind: Remind, store: Store, rasa: ScriptedRasa, said: str, language: str
) -> None:
    resident = await we_remind(language)
    await resident.says(said)
    assert resident.ended is None
    assert [words for words in rasa.asked if "取消" in words or "cancel" in words.lower()]
    assert not calls.choices(store, CALLER).no_calls


@pytest.mark.parametrize(("said", "language"), [("以后别打电话来了", "zh"), ("stop calling me", "en")])
async def test_who_wants_no_calls_gets_none(we_remind: Remind, store: Store, said: str, language: str) -> None:
    resident = await we_remind(language)
    await resident.says(said)
    assert calls.choices(store, CALLER).no_calls


@pytest.mark.parametrize(
    ("said", "language"), [("没事", "zh"), ("不错", "zh"), ("没问题了", "zh"), ("it is fine now", "en")]
)
async def test_who_is_content_reopens_nothing(
    we_tell_of_an_answer: Remind, rasa: ScriptedRasa, said: str, language: str
) -> None:
    resident = await we_tell_of_an_answer(language)
    await resident.says(said)
    assert (resident.ended, rasa.asked) == ("assistant", [])


@pytest.mark.parametrize(("said", "language"), [("没解决", "zh"), ("还是老样子", "zh"), ("it is still broken", "en")])
async def test_who_is_not_content_has_the_case_reopened(
    we_tell_of_an_answer: Remind, rasa: ScriptedRasa, said: str, language: str
) -> None:
    resident = await we_tell_of_an_answer(language)
    await resident.says(said)
    assert resident.ended is None
    assert [words for words in rasa.asked if CALLER[-4:] in words]
