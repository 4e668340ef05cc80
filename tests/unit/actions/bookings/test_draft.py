"""What a sentence changes in the draft of a booking. It is Monday 23 November 2026, eight in the morning."""

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import draft as booking_draft
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
MEAL = {"service": "meal", "offering": "meal-dongfeng", "place": "东风社区助餐点（示例）"}
Says = Callable[..., Said]


def told(dispatcher: CollectingDispatcher) -> list[Any]:
    return [message.get("response") for message in dispatcher.messages]


def test_one_sentence_fills_many_slots(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    words = said("后天中午给我妈订两份饭送到东风社区三栋", "book_service", details={"service": "meal"})
    updates = booking_draft.take(words, {}, dispatcher)
    assert updates["offering"] == "meal-home-dongfeng"
    assert (updates["date"], updates["time"], updates["party"]) == ("2026-11-25", "11:00", 2)
    assert updates["beneficiary"] == "我妈"
    assert "东风社区三栋" in updates["place"]


@pytest.mark.parametrize(
    ("words", "offering"),
    [
        ("东风社区", "meal-dongfeng"),
        ("新街社区助餐点（示例）", "meal-xinjie"),
        ("新街社区", "meal-xinjie"),
        ("送到新街社区5栋", "meal-home-xinjie"),
        ("送餐上门,东风社区", "meal-home-dongfeng"),
        ("Dongfeng community", "meal-dongfeng"),
        ("building 3, Xinjie community", "meal-home-xinjie"),
    ],
)
def test_the_place_chooses_the_offering(office: Store, words: str, offering: str) -> None:
    chosen = booking_draft.choose(booking_draft.find_offerings(office, "meal"), words)
    assert chosen is not None
    assert chosen.id == offering


def test_a_new_place_is_no_name(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("改成新街社区", awaiting="name"), MEAL, dispatcher)
    assert updates["offering"] == "meal-xinjie"
    assert "name" not in updates


def test_five_can_only_be_the_evening(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    assert booking_draft.take(said("明天五点"), MEAL, dispatcher)["time"] == "17:00"


def test_a_doubtful_time_said_before_the_place_is_still_doubtful(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    first = booking_draft.take(said("明天五点订饭", "book_service", details={"service": "meal"}), {}, dispatcher)
    then = booking_draft.take(said("新街社区", awaiting="place"), first, dispatcher)
    assert then["time"] == "17:00"


@pytest.mark.parametrize(
    ("words", "response"),
    [
        ("三十天后中午", "utter_day_too_far"),
        ("昨天中午", "utter_time_past"),
        ("明天上午八点", "utter_nearest_time"),
        ("周末", "utter_days_then"),
    ],
)
def test_what_stands_in_the_way_is_said(
    office: Store, said: Says, dispatcher: CollectingDispatcher, words: str, response: str
) -> None:
    booking_draft.take(said(words, awaiting="date"), MEAL, dispatcher)
    assert response in told(dispatcher)


def test_too_many_are_refused(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("明天中午二十份"), MEAL, dispatcher)
    assert updates["party"] is None
    assert "utter_too_many" in told(dispatcher)


@pytest.mark.parametrize(("words", "response"), [("12345", "utter_bad_phone"), ("我没有电话", "utter_phone_needed")])
def test_a_phone_is_needed(
    office: Store, said: Says, dispatcher: CollectingDispatcher, words: str, response: str
) -> None:
    draft = {**MEAL, "date": "2026-11-24", "time": "11:00"}
    act = "anonymous" if "没有" in words else "content"
    assert booking_draft.take(said(words, awaiting="phone", act=act), draft, dispatcher) == {"phone": None}
    assert told(dispatcher) == [response]


def test_yes_with_a_change_is_no_yes(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    draft = {**MEAL, "date": "2026-11-24", "time": "11:00", "party": 1}
    updates = booking_draft.take(said("好的,要两份", "affirm", "confirmation"), draft, dispatcher)
    assert updates["party"] == 2
    assert updates["confirmation"] is None
    assert booking_draft.take(said("确认", "affirm", "confirmation"), draft, dispatcher) == {"confirmation": "yes"}


def test_a_day_on_which_there_is_none_is_refused_as_soon_as_the_place_is_known(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    draft = {"service": "bathing", "date": "2026-11-29"}  # a Sunday
    updates = booking_draft.take(said("东风社区", awaiting="place"), draft, dispatcher)
    assert updates["date"] is None
    assert told(dispatcher) == ["utter_day_closed"]


def test_a_wish_inside_a_window_is_told_as_the_window(office: Store) -> None:
    draft = {"service": "hall_appointment", "offering": "hall-dongfeng", "time": "14:30"}
    assert booking_draft.window_words_of(draft, "zh") == "下午2点半到3点半之间"
    assert booking_draft.window_words_of(draft, "en") == "between 2:30 pm and 3:30 pm"


@pytest.mark.parametrize(
    ("words", "changes", "name"),
    [
        ("名字写错了,是陈德贵", {"act": "change"}, "陈德贵"),
        ("名字错了,叫孙莉", {"act": "change"}, "孙莉"),
        ("不是张伟,是章伟", {"act": "change"}, "章伟"),
        ("陈德贵", {"asked": "what_to_change"}, "陈德贵"),
        ("no, the name is Chen Degui", {"act": "change", "language": "en"}, "Chen Degui"),
        ("有问题", {"act": "change"}, None),
    ],
)
def test_a_name_is_put_right_at_the_summary(
    office: Store, said: Says, dispatcher: CollectingDispatcher, words: str, changes: dict[str, str], name: str | None
) -> None:
    draft = {**MEAL, "date": "2026-11-24", "time": "11:00", "name": "孙丽", "phone": "13900100799"}
    updates = booking_draft.take(said(words, awaiting="confirmation", **changes), draft, dispatcher)
    assert updates.get("name") == name


def test_another_service_is_taken_in_place_of_this_one(
    office: Store, said: Says, dispatcher: CollectingDispatcher
) -> None:
    updates = booking_draft.take(said("不是助餐,是助浴", awaiting="place"), {"service": "meal"}, dispatcher)
    assert updates["service"] == "bathing"


def test_any_place_and_any_day_will_do(office: Store, said: Says, dispatcher: CollectingDispatcher) -> None:
    updates = booking_draft.take(said("随便", awaiting="place", act="any"), {"service": "meal"}, dispatcher)
    assert updates["offering"] == "meal-dongfeng"
    updates = booking_draft.take(said("哪天都行", awaiting="date", act="any"), MEAL, dispatcher)
    assert updates["date"] == "2026-11-23"


@pytest.mark.parametrize(
    ("words", "language", "offering"),
    [
        ("约东风大厅", "zh", "hall-dongfeng"),
        ("去老街大厅", "zh", "hall-laojie"),
        ("the hall in Laojie", "en", "hall-laojie"),
    ],
)
def test_a_community_in_short_chooses_the_place(
    office: Store, said: Says, dispatcher: CollectingDispatcher, words: str, language: str, offering: str
) -> None:
    told = said(words, "book_service", details={"service": "hall_appointment"}, language=language)
    assert booking_draft.take(told, {}, dispatcher)["offering"] == offering
