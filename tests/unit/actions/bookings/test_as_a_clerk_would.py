"""What a careful clerk does: the nearest hour, the trouble told before a booking, a yes that says the value again, the spot."""

import pytest

from bot.services.bookings import bookings
from bot.services.cases import cases
from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def test_who_insists_on_an_hour_that_is_not_offered_gets_the_nearest(office: Store, walk: Walk) -> None:
    walk.say("后天去东风社区服务大厅办事", "book_service", service="hall_appointment")
    for _ in range(3):
        replies = walk.say("下午两点")
    assert "utter_as_said" in replies
    assert walk.slots["time"] == "14:30"


def test_the_nearest_hour_is_named_and_comes_first(office: Store, walk: Walk) -> None:
    walk.say("后天去东风社区服务大厅办事", "book_service", service="hall_appointment")
    assert walk.say("下午两点") == ["utter_nearest_time", "utter_ask_time_example"]
    assert "2点半" in walk.values["utter_nearest_time"]["nearest"]
    assert walk.values["utter_ask_time_example"]["choices"].startswith("下午2点半")


def test_a_trouble_told_first_is_kept_with_its_place_and_the_booking_takes_none_of_it(
    office: Store, walk: Walk
) -> None:
    words = "头一个事,新街八栋楼下的井盖翘起来了,第二个事,我想订后天中午一份饭"
    assert walk.say(words, "book_service", service="meal")[0] == "utter_wish_kept"
    assert not walk.slots.get("place")
    walk.say("东风社区助餐点")
    walk.say("周桂兰")
    walk.say("13900100320")
    walk.say("对", "affirm", act="yes")
    walk.say("接着办", "affirm", act="keep")
    assert (walk.form, walk.slots["place"]) == ("file_complaint_form", "新街八栋楼下")
    assert "订" not in walk.slots["description"]


def test_the_value_said_again_with_a_yes_is_a_yes(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订三份饭", "book_service", service="meal")
    walk.say("周桂兰")
    walk.say("13900100320")
    walk.say("嗯,三份", "affirm", act="content")
    assert [one.party for one in bookings.of_conversation(office, "walk")] == [3]


def test_the_value_said_twice_is_a_yes(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订三份饭", "book_service", service="meal")
    walk.say("周桂兰")
    walk.say("13900100320")
    assert walk.say("三份", act="content")[0] == "utter_stands_so"
    walk.say("三份", act="content")
    assert [one.party for one in bookings.of_conversation(office, "walk")] == [3]


def test_in_which_corner_of_a_community_is_asked_once(office: Store, walk: Walk) -> None:
    walk.say("新街的垃圾堆了三天没人收", "file_complaint", category="sanitation")
    assert walk.told[-1] == "utter_ask_case_where_there"
    assert walk.say("不晓得", act="unsure") == ["utter_ask_file_complaint_form_phone"]
    walk.say("13900100321")
    walk.say("对", "affirm", act="yes")
    (filed,) = cases.of_conversation(office, "walk")
    assert filed.place == "新街"


def test_the_corner_is_put_behind_the_community(office: Store, walk: Walk) -> None:
    walk.say("新街的垃圾堆了三天没人收", "file_complaint", category="sanitation")
    walk.say("老井边上")
    assert walk.slots["place"] == "新街社区老井边上"
