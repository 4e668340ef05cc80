"""Whole conversations with the actions, the understanding given. It is Monday 23 November 2026, eight in the morning."""

import pytest

from bot.services.bookings import bookings
from bot.store.bookings import queries
from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def meal(walk: Walk, words: str = "后天中午在东风社区助餐点订一份饭") -> None:
    walk.say(words, "book_service", service="meal")
    walk.say("周桂兰")
    walk.say("13900100320")


def test_a_series_is_read_back_once_and_one_weekday_of_it_cancelled(office: Store, walk: Walk) -> None:
    assert walk.say("每周二四中午在东风社区助餐点订一份饭", "book_service", service="meal") == ["utter_ask_repeat"]
    walk.say("两个星期")
    walk.say("周桂兰")
    assert walk.say("13900100320") == ["utter_confirm_series"]
    assert walk.say("对", "affirm", act="yes") == ["utter_booked_series"]
    made = bookings.of_conversation(office, "walk")
    assert [f"{one.day:%m%d}" for one in made] == ["1124", "1126", "1201", "1203"]
    assert walk.say("取消预约", "cancel_booking", act="content") == ["utter_ask_scope"]
    assert walk.say("只取消星期四的", "inform") == ["utter_confirm_cancel_series"]
    assert walk.say("对", "affirm", act="yes") == ["utter_cancelled_series"]
    left = [one for one in bookings.of_conversation(office, "walk") if one.state == "confirmed"]
    assert [f"{one.day:%m%d}" for one in left] == ["1124", "1201"]


def test_all_of_a_series_is_cancelled_only_when_that_was_said(office: Store, walk: Walk) -> None:
    walk.say("每周二中午在东风社区助餐点订一份饭,两个星期", "book_service", service="meal")
    walk.say("周桂兰")
    walk.say("13900100320")
    walk.say("对", "affirm", act="yes")
    number = bookings.of_conversation(office, "walk")[0].number
    walk.say(f"取消预约{number}", "cancel_booking", act="content")
    walk.say("对", "affirm", act="yes")
    assert [one.state for one in bookings.of_conversation(office, "walk")] == ["confirmed", "confirmed"]
    assert walk.say("全部取消") == ["utter_confirm_cancel_series"]
    walk.say("对", "affirm", act="yes")
    assert [one.state for one in bookings.of_conversation(office, "walk")] == ["cancelled", "cancelled"]


def test_name_and_number_are_changed_after_the_booking(office: Store, walk: Walk) -> None:
    meal(walk)
    walk.say("对", "affirm", act="yes")
    assert walk.say("人数改成三个人", "change_booking", act="content") == ["utter_confirm_change"]
    assert walk.say("名字也写错了,叫周玫", "inform", act="change") == ["utter_confirm_change"]
    assert walk.say("对", "affirm", act="yes") == ["utter_changed"]
    (changed,) = bookings.of_conversation(office, "walk")
    assert (changed.party, changed.name, f"{changed.day:%m%d}") == (3, "周玫", "1125")


def test_a_value_that_is_named_without_the_new_one_is_asked(office: Store, walk: Walk) -> None:
    meal(walk)
    walk.say("对", "affirm", act="yes")
    assert walk.say("电话要改一下", "change_booking", act="content") == ["utter_ask_book_service_form_phone"]
    assert walk.say("13900100321") == ["utter_confirm_change"]
    walk.say("对", "affirm", act="yes")
    assert bookings.of_conversation(office, "walk")[0].phone_tail == "0321"


def test_a_second_wish_is_kept_and_offered(office: Store, walk: Walk) -> None:
    assert walk.say("我要订饭,还有个事,我们楼下的路灯不亮", "book_service", service="meal")[0] == "utter_wish_kept"
    walk.say("东风社区助餐点")
    walk.say("后天中午")
    walk.say("周桂兰")
    walk.say("13900100320")
    assert walk.say("对", "affirm", act="yes")[-1] == "utter_ask_resume_form_resume_draft"
    walk.say("接着办", "affirm", act="keep")
    assert (walk.form, walk.slots["requested_slot"]) == ("file_complaint_form", "place")
    assert "路灯" in walk.slots["description"]


def test_another_service_in_the_middle_is_kept(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订一份饭", "book_service", service="meal")
    assert walk.say("我还要约一个助浴", "book_service", service="bathing")[0] == "utter_wish_kept"
    walk.say("周桂兰")
    walk.say("13900100320")
    walk.say("对", "affirm", act="yes")
    walk.say("接着办", "affirm", act="keep")
    assert (walk.form, walk.slots["service"]) == ("book_service_form", "bathing")
    assert [one.service for one in bookings.of_conversation(office, "walk")] == ["meal"]


def test_what_an_offering_asks_is_asked_and_kept(office: Store, walk: Walk) -> None:
    walk.say("我要约助医", "book_service", service="medical_escort")
    assert walk.say("东风社区三栋") == ["utter_ask_details"]
    walk.say("人民医院看骨科")
    walk.say("下周三上午")
    walk.say("周桂兰")
    walk.say("13900100320")
    assert "人民医院看骨科" in walk.values["utter_confirm_booking"]["offering_title"]
    walk.say("对", "affirm", act="yes")
    with office.reading() as unit:
        assert queries.bookings_of_conversation(unit, "walk")[0].note == "人民医院看骨科"


def test_a_surname_is_completed(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订一份饭", "book_service", service="meal")
    assert walk.say("周") == ["utter_ask_given_name"]
    walk.say("桂兰")
    assert walk.slots["name"] == "周桂兰"


def test_a_name_is_no_call_for_a_person(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订一份饭", "book_service", service="meal")
    walk.say("人叫周桂兰", "human_agent", act="content")
    assert walk.slots["name"] == "周桂兰"


def test_a_name_is_not_meant_for_others(office: Store, walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订一份饭", "book_service", service="meal")
    walk.say("殷红", act="not_for_us")
    assert walk.slots["name"] == "殷红"


def test_the_next_time_is_the_first_free_day(office: Store, walk: Walk) -> None:
    walk.say("议事会", "book_service", service="council")
    walk.say("下一次吧", "check_booking", act="content")
    assert walk.slots["date"] == "2026-11-25"


def test_two_where_one_is_served_at_a_time_are_booked_one_by_one(office: Store, walk: Walk) -> None:
    walk.say("给我妈和我爸都约个助浴,东风社区,大后天上午九点", "book_service", service="bathing")
    assert walk.slots["party"] == 1
    walk.say("周桂兰")
    walk.say("13900100320")
    assert walk.say("对", "affirm", act="yes")[-1] == "utter_ask_resume_form_resume_draft"
    walk.say("接着办", "affirm", act="keep")
    assert (walk.slots["service"], walk.slots["date"], walk.slots["requested_slot"]) == (
        "bathing",
        "2026-11-26",
        "time",
    )


def test_the_same_value_with_a_yes_is_a_yes(office: Store, walk: Walk) -> None:
    meal(walk)
    walk.say("对", "affirm", act="yes")
    walk.say("人数改成三个人", "change_booking", act="content")
    assert walk.say("三个人,对", act="yes") == ["utter_changed"]


def test_a_number_is_no_wish_to_stop(office: Store, walk: Walk) -> None:
    meal(walk)
    walk.say("对", "affirm", act="yes")
    number = bookings.of_conversation(office, "walk")[0].number
    walk.conversation = "another"
    walk.say("帮我查下预约", "check_booking")
    walk.say(f"{number}吧", "inform", act="stop")
    assert walk.slots["number"] == number
    walk.say("0320")
    assert "utter_booking_status" in walk.told
