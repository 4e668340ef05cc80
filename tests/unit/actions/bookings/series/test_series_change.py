"""One day of a series is changed, or all of them: what is meant is read back. It is Monday 23 November 2026."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import scope
from actions.bookings.change import start_change
from actions.core.turn import Said
from bot.errors import FullyBooked
from bot.services.bookings import bookings
from bot.services.bookings.bookings import Booking, BookingRequest
from bot.services.bookings.changes import Change, change_bookings
from bot.services.bookings.series import Weekly, book_series, of_series
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]
DAYS = (date(2026, 11, 25), date(2026, 11, 27), date(2026, 12, 2))
MEAL = BookingRequest(
    offering_id="meal-dongfeng", day=DAYS[0], starts=time(11), party=1, name="孙丽", phone="13900100799", address=None,
    beneficiary=None, note=None, conversation_id="conversation-a", client_message_id="m", language="zh", channel="web",
)  # fmt: skip


@pytest.fixture
def series(office: Store, now: datetime) -> list[Booking]:
    return book_series(office, MEAL, Weekly((2, 4), 2), DAYS, now)


def opened(said: Said, series: list[Booking]) -> dict[str, Any]:
    tracker = Tracker("conversation-a", {"language": said.language}, {}, [], False, None, {}, "action_listen")
    events = start_change([series[0]], said, CollectingDispatcher(), tracker)
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("把那几次饭都改到晚上", [0, 1, 2]),
        ("每次都改成两份", [0, 1, 2]),
        ("move all of them to the evening", [0, 1, 2]),
        ("星期五那次改到晚上", [1]),
        ("我的预约改到晚上", [0]),
    ],
)
def test_how_much_of_it_is_meant(series: list[Booking], said: Says, words: str, meant: list[int]) -> None:
    language = "en" if words.isascii() else "zh"
    slots = opened(said(words, "change_booking", language=language), series)
    assert slots["scope"] == [series[at].number for at in meant]
    assert slots["record"] == series[meant[0]].number


def test_another_day_is_for_one_of_them(series: list[Booking], said: Says) -> None:
    slots = opened(said("都改到星期四中午", "change_booking"), series)
    assert (slots["scope"], slots["date"]) == ([series[0].number], "2026-11-26")


def test_the_read_back_says_how_much_and_is_put_right_by_a_word(series: list[Booking], said: Says) -> None:
    one = {"scope": [series[0].number], "date": "2026-11-25"}
    told = scope.told("改到晚上", one, series[0], "zh")
    assert "只改" in told
    assert "都改" in told
    again = said("都改", "change_booking", awaiting="confirmation")
    wider = scope.corrected(again, one, series[0])
    assert wider["scope"] == [row.number for row in series]
    assert scope.told("改到晚上", wider, series[0], "zh") == "后面3次都改到晚上"
    narrow = scope.corrected(said("只改这一次", awaiting="confirmation"), wider, series[0])
    assert narrow["scope"] == [series[0].number]
    moved = one | {"date": "2026-11-26"}
    assert scope.corrected(again, moved, series[0]) == {}
    assert "都改" not in scope.told("改到11月26号", moved, series[0], "zh")


def test_all_of_it_is_changed_once_or_nothing(office: Store, series: list[Booking], now: datetime) -> None:
    numbers = [row.number for row in series]
    evening = Change(starts=time(17))
    again = [
        change_bookings(office, numbers, evening, client_message_id="m2", conversation_id="conversation-a", now=now)
        for _ in range(2)
    ]
    assert [(one.day, one.starts) for one in again[0]] == [(day, time(17)) for day in DAYS]
    assert again[0] == again[1]
    seats = bookings.availability(office, "meal-dongfeng", DAYS[2], at=time(11), part=None, party=1, now=now)
    assert seats.windows[0].starts == time(11), "the seats at noon are free again"


def test_a_full_day_leaves_all_as_they_are(office: Store, series: list[Booking], now: datetime) -> None:
    free = bookings.availability(office, "meal-dongfeng", DAYS[2], at=time(17), part=None, party=1, now=now)
    assert free.windows
    for at in range(60):
        one = BookingRequest(**{**vars(MEAL), "day": DAYS[2], "starts": time(17), "phone": f"138000{at:05}", "conversation_id": f"t{at}"})  # fmt: skip
        try:
            bookings.book(office, one, now)
        except FullyBooked:
            break
    with pytest.raises(FullyBooked):
        change_bookings(
            office, [row.number for row in series], Change(starts=time(17)), client_message_id="m2",
            conversation_id="conversation-a", now=now,
        )  # fmt: skip
    assert {one.starts for one in of_series(office, series[0].number)} == {time(11)}
