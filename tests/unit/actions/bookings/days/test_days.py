"""A day that is left open: any, any but, one of several, a stretch of time. It is Monday 23 November 2026, eight o'clock."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.bookings.questions import BOOK
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
MEAL = {"service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）"}
BUS = {"service": "mobile_bus", "offering": "bus-dongfeng", "place": "东风社区停靠点（示例）"}
Says = Callable[..., Said]


def told(dispatcher: CollectingDispatcher) -> list[Any]:
    return [message.get("response") for message in dispatcher.messages]


def test_any_day_is_the_first_and_is_said(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("哪天都行", awaiting="date", act="any"), MEAL, dispatcher)
    assert (updates["date"], updates["time"]) == ("2026-11-23", "11:00")
    assert told(dispatcher) == ["utter_any_taken"]


def test_any_day_but_one_leaves_that_one_out(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("除了周三都行", awaiting="date"), BUS, dispatcher)
    assert updates["date"] == "2026-11-27"  # the bus comes on Wednesdays and Fridays


def test_of_two_days_the_first_that_fits_is_taken(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("明天或者后天,下午三点", awaiting="date")
    updates = booking_draft.take(words, BUS, dispatcher)
    assert (updates["date"], updates["time"]) == ("2026-11-25", "14:30")


@pytest.mark.parametrize(("words", "language"), [("下个月初", "zh"), ("beginning of next month", "en")])
def test_a_stretch_of_time_gets_its_days_to_choose_from(
    office: Store, said: Says, dispatcher: CollectingDispatcher, words: str, language: str
) -> None:
    updates = booking_draft.take(said(words, awaiting="date", language=language), MEAL, dispatcher)
    assert updates["date"] is None
    (message,) = dispatcher.messages
    assert message["response"] == "utter_days_then"
    assert "12月1号" in message["choices"] or "1 December" in message["choices"]


def test_a_day_that_does_not_exist_is_asked_about(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("2月30号", awaiting="date"), MEAL, dispatcher)
    assert updates["date"] is None
    assert told(dispatcher) == ["utter_no_such_day"]


def test_a_weekday_named_on_that_day_is_next_weeks_when_nothing_is_left(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    late = said("星期一", awaiting="date")
    late = replace(late, now=late.now + timedelta(hours=13))
    assert booking_draft.take(late, MEAL, dispatcher)["date"] == "2026-11-30"


def test_a_time_inside_a_window_is_that_window(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    hall = {"service": "hall_appointment", "offering": "hall-dongfeng", "place": "x", "date": "2026-11-24"}
    for words in ("三点一刻", "差一刻三点", "下午三四点"):
        assert booking_draft.take(said(words, awaiting="time"), hall, dispatcher)["time"] == "14:30"


def test_two_or_three_is_no_number_yet(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("订两三份饭", "book_service", details={"service": "meal"}), {}, dispatcher)
    assert (updates["party_between"], updates["party"]) == ([2, 3], None)
    assert booking_draft.take(said("三份", awaiting="party"), {**MEAL, **updates}, dispatcher)["party"] == 3


def test_two_who_come_together_are_two(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("明天中午订饭,我跟老伴去吃", "book_service", details={"service": "meal"})
    assert booking_draft.take(words, {}, dispatcher)["party"] == 2


def test_the_part_of_the_day_that_was_named_is_offered_alone(office: Store, said: Says) -> None:
    draft = {"service": "bathing", "offering": "bathing-dongfeng", "place": "x", "date": "2026-11-25"}
    times = BOOK["time"].choices
    assert times
    assert [one.payload for one in times(said("上午", awaiting="time"), draft)] == ["上午9点", "上午10点"]
    assert len(times(said("啊", awaiting="time"), draft)) == 4
