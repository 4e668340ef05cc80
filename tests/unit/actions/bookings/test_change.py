"""What can be changed of a booking that is there. It is Monday 23 November 2026, eight in the morning."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.change import change_of, new_values, start_change
from actions.core.turn import Said
from bot.services.bookings.bookings import Booking, BookingRequest, book
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]
DRAFT = {"record": "", "service": "meal", "offering": "meal-dongfeng"}


@pytest.fixture
def booking(office: Store, now: datetime) -> Booking:
    request = BookingRequest(
        offering_id="meal-dongfeng", day=date(2026, 11, 25), starts=time(11), party=1, name="孙丽", phone="13900100799",
        address=None, beneficiary=None, note=None, conversation_id="conversation-a", client_message_id="m", language="zh",
        channel="web",
    )  # fmt: skip
    return book(office, request, now)


def wanted(said: Said, booking: Booking, **draft: Any) -> dict[str, Any]:
    return new_values(said, DRAFT | draft, booking, CollectingDispatcher())


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("人数改成两个人", "party", 2),
        ("人数改成两个", "party", 2),
        ("一份改三份", "party", 3),
        ("名字写错了,叫孙莉", "name", "孙莉"),
        ("电话换成13900100788", "phone", "13900100788"),
    ],
)
def test_one_value_is_changed_and_the_time_stays(
    booking: Booking, said: Says, words: str, name: str, value: object
) -> None:
    found = wanted(said(words, "change_booking", awaiting="confirmation"), booking)
    assert (found[name], found["date"], found["time"]) == (value, "2026-11-25", "11:00")
    change = change_of(DRAFT | found, booking)
    assert {key: told for key, told in vars(change).items() if told is not None} == {name: value}


def test_another_time_keeps_the_day(booking: Booking, said: Says) -> None:
    found = wanted(said("我的预约改到晚上", "change_booking", awaiting="confirmation"), booking)
    assert (found["date"], found["time"]) == ("2026-11-25", "17:00")


def test_another_place_keeps_day_and_time(booking: Booking, said: Says) -> None:
    found = wanted(said("地点改到新街社区五栋", "change_booking"), booking)
    assert (found["offering"], found["place"], found["date"]) == ("meal-home-xinjie", "新街社区五栋", "2026-11-25")


def test_several_values_in_one_breath(booking: Booking, said: Says) -> None:
    found = wanted(said("改到后天晚上,三个人", "change_booking"), booking)
    assert (found["date"], found["time"], found["party"]) == ("2026-11-25", "17:00", 3)


def test_more_people_than_one_booking_takes_are_asked_again(booking: Booking, said: Says) -> None:
    found = wanted(said("改成九个人", "change_booking"), booking)
    assert (found["party"], found["wanted"]) == (None, "party")


def test_the_day_may_stay_as_it_is(booking: Booking, said: Says) -> None:
    assert wanted(said("还是那天", awaiting="date"), booking) == {"date": "2026-11-25", "time": None}


@pytest.mark.parametrize(
    ("words", "day", "starts"),
    [
        ("Please move it from Wednesday to Thursday, the time is fine", "2026-11-26", "11:00"),
        ("Can you shift my lunch from eleven to five in the afternoon", "2026-11-25", "17:00"),
        ("十一点又太早了,五点吧", "2026-11-25", "17:00"),
        ("Eleven is too early, five pm would suit me", "2026-11-25", "17:00"),
    ],
)
def test_what_it_was_is_not_what_it_shall_be(booking: Booking, said: Says, words: str, day: str, starts: str) -> None:
    language = "en" if words.isascii() else "zh"
    found = wanted(said(words, "change_booking", awaiting="confirmation", language=language), booking)
    assert (found["date"], found["time"]) == (day, starts)


def test_a_wish_that_differs_in_nothing_is_asked_what_it_shall_be(booking: Booking, said: Says) -> None:
    events = start_change(
        [booking],
        said("我要改预约,星期三十一点那个", "change_booking"),
        CollectingDispatcher(),
        Tracker("x", {}, {}, [], False, None, {}, None),
    )
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert slots["changing"] is True
