"""Several services in one conversation: what is shared is asked once. It is Monday 23 November 2026, eight in the morning."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings.package import draft as package
from actions.bookings.package import summary
from actions.bookings.package.requests import requests_of
from actions.core.turn import Said
from bot.store.store import Store

pytestmark = pytest.mark.store
Says = Callable[..., Said]


class Talk:
    """The form, by its two steps: what an utterance fills, and what comes next."""

    def __init__(self, said: Says, dispatcher: CollectingDispatcher) -> None:
        self.said, self.dispatcher = said, dispatcher
        self.draft: dict[str, Any] = {}

    def says(self, text: str, awaiting: str | None = None, intent: str = "inform", **about: Any) -> dict[str, Any]:
        said = self.said(text, intent, awaiting, **about)
        fewer = package.without(said, self.draft, self.dispatcher)
        self.draft |= fewer or package.take(said, self.draft, self.dispatcher)
        self.draft |= package.advance(said, self.draft, self.dispatcher)
        return self.draft

    def begins(self, text: str, **about: Any) -> dict[str, Any]:
        return self.says(text, intent="book_service", details={"service": "meal", **about})

    @property
    def told(self) -> list[Any]:
        return [message.get("response") for message in self.dispatcher.messages]


@pytest.fixture
def talk(office: Store, said: Says, dispatcher: CollectingDispatcher) -> Talk:
    return Talk(said, dispatcher)


def complete(talk: Talk) -> None:
    talk.begins("我妈要助餐、助浴和助医")
    talk.says("东风社区助餐点", "place")
    talk.says("明天中午", "date")
    talk.says("后天上午九点", "date")
    talk.says("东风社区三栋二单元", "place")
    talk.says("人民医院眼科", "description")
    talk.says("后天上午", "date")
    talk.draft |= {"name": "王秀英", "phone": "13900001234"}


def test_one_after_the_other_is_made_complete_and_the_place_is_the_nearest(talk: Talk) -> None:
    assert talk.begins("我妈要助餐、助浴和助医")["service"] == "meal"
    assert talk.draft["beneficiary"] == "我妈"
    talk.says("东风社区助餐点", "place")
    talk.says("明天中午", "date")
    assert (talk.draft["service"], talk.draft["place"]) == ("bathing", "东风社区养老服务中心（示例）")
    assert talk.draft["date"] is None
    talk.says("后天上午九点", "date")
    assert (talk.draft["service"], talk.draft["offering"], talk.draft["place"]) == (
        "medical_escort", "medical-escort-home", None,
    )  # fmt: skip
    assert talk.told == ["utter_package_begun", "utter_package_next", "utter_package_next_where"]


def test_services_named_in_other_words_are_taken_as_the_classifier_reads_them(talk: Talk) -> None:
    talk.begins("送饭、洗澡,还要人陪着看病", services="meal,bathing,medical_escort")
    assert package.codes(talk.draft) == ["meal", "bathing", "medical_escort"]


def test_one_service_alone_is_no_package(talk: Talk) -> None:
    assert package.SLOT not in talk.begins("帮我订个助餐,跟我妈一起吃", services="meal")


def test_all_are_read_back_each_with_its_day_window_and_place(talk: Talk) -> None:
    complete(talk)
    told = summary.told(talk.said("", awaiting="confirmation"), talk.draft)
    assert told["count"] == 3
    for piece in (
        "助餐",
        "11月24号",
        "东风社区助餐点",
        "助浴",
        "11月25号",
        "助医",
        "人民医院眼科",
        "东风社区三栋二单元",
    ):
        assert piece in told["listed"]


def test_one_of_them_is_corrected_by_its_name_and_the_others_stay(talk: Talk) -> None:
    complete(talk)
    talk.says("助浴改到星期五上午十点", "confirmation", "change_booking", act="change", asked="read_back")
    every = {item["service"]: (item["date"], item["time"]) for item in package.items(talk.draft)}
    assert every["bathing"] == ("2026-11-27", "10:00")
    assert (every["meal"], every["medical_escort"]) == (("2026-11-24", "11:00"), ("2026-11-25", "08:00"))
    assert package.codes(talk.draft) == ["meal", "bathing", "medical_escort"]
    assert talk.draft.get("confirmation") is None


def test_a_correction_that_may_be_of_any_is_asked_about(talk: Talk) -> None:
    complete(talk)
    talk.says("改到星期五上午", "confirmation", "change_booking", act="change", asked="read_back")
    assert talk.draft["changing"] is True
    talk.says("助医", "confirmation", asked="what_to_change")
    every = {item["service"]: item["date"] for item in package.items(talk.draft)}
    assert every == {"meal": "2026-11-24", "bathing": "2026-11-25", "medical_escort": "2026-11-27"}


def test_the_one_that_was_talked_about_last_can_be_named_too(talk: Talk) -> None:
    complete(talk)
    talk.says("助医改到星期五上午", "confirmation", "change_booking", act="change", asked="read_back")
    assert {item["service"]: item["date"] for item in package.items(talk.draft)}["medical_escort"] == "2026-11-27"


def test_the_name_is_shared(talk: Talk) -> None:
    complete(talk)
    talk.says("名字是李建国", "confirmation", act="change", asked="read_back")
    assert {request.name for request in requests(talk)} == {"李建国"}


@pytest.mark.parametrize(
    ("words", "left"), [("不要助浴了", ["meal", "medical_escort"]), ("助餐就不用了", ["bathing", "medical_escort"])]
)
def test_one_of_them_is_not_wanted_any_more(talk: Talk, words: str, left: list[str]) -> None:
    complete(talk)
    talk.says(words, "confirmation", "stop", act="stop")
    assert package.codes(talk.draft) == left
    assert talk.told[-1] == "utter_package_without"


def test_what_need_not_be_changed_is_still_wanted(talk: Talk) -> None:
    complete(talk)
    talk.says("助浴不用改了", "confirmation", act="keep", asked="what_to_change")
    assert package.codes(talk.draft) == ["meal", "bathing", "medical_escort"]


def test_of_two_the_other_is_booked_as_any(talk: Talk) -> None:
    talk.begins("我要助餐和助浴")
    talk.says("东风社区助餐点", "place")
    talk.says("助浴不要了", "date", "cancel_booking")
    assert talk.draft[package.SLOT] is None
    assert (talk.draft["service"], talk.draft["place"]) == ("meal", "东风社区助餐点（示例）")


def test_one_more_that_is_wished_for_in_the_middle_is_taken_in(talk: Talk) -> None:
    talk.begins("我要助餐和助浴")
    said = talk.said("还要助医", "book_service", "place")
    talk.draft |= package.with_one_more(said, talk.draft, talk.dispatcher)
    assert package.codes(talk.draft) == ["meal", "bathing", "medical_escort"]
    assert talk.draft["place"] is None


def test_two_people_share_a_booking_or_have_one_each(talk: Talk) -> None:
    talk.begins("我爸和我妈要助餐和助浴")
    talk.says("东风社区助餐点", "place")
    talk.says("明天中午", "date")
    talk.says("后天上午九点", "date")
    talk.draft |= {"name": "王秀英", "phone": "13900001234"}
    assert [(request.offering_id, request.party) for request in requests(talk)] == [
        ("meal-dongfeng", 2), ("bathing-dongfeng", 1), ("bathing-dongfeng", 1),
    ]  # fmt: skip
    assert "2人" in summary.told(talk.said(""), talk.draft)["listed"]


def test_a_day_for_all_is_asked_once(talk: Talk) -> None:
    talk.begins("后天中午我要助餐和助浴")
    talk.says("东风社区助餐点", "place")
    assert (talk.draft["service"], talk.draft["date"], talk.draft["time"]) == ("bathing", "2026-11-25", None)


def requests(talk: Talk) -> list[Any]:
    said = replace(talk.said(""), channel="phone")
    return [one for item in package.items(talk.draft) for one in requests_of(said, {**talk.draft, **item})]


@pytest.mark.parametrize(
    "words",
    [
        "有个给老人的套餐吧,给我婆婆来一套",
        "我爹想要吃饭带洗澡带陪看病那一套",
        "I heard there is a package for old people, my father wants it",
    ],
)
def test_the_package_of_the_plan_is_three_services(talk: Talk, words: str) -> None:
    talk.begins(words)
    assert package.codes(talk.draft) == ["meal", "bathing", "medical_escort"]


def test_a_set_meal_is_one_meal(talk: Talk) -> None:
    talk.begins("中午订个套餐饭")
    assert package.codes(talk.draft) == ["meal"]
