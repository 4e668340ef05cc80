"""How a clerk takes a correction, a value named without its new one, the same wish twice, and a question about a service."""

import pytest

from bot.services.bookings import bookings
from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def hall(walk: Walk, words: str = "后天上午九点约东风社区大厅") -> None:
    walk.say(words, "book_service", service="hall_appointment")
    walk.say("周桂兰")
    walk.say("13900100320")


def confirm(walk: Walk) -> list[str]:
    return walk.say("对", "affirm", act="yes")


def test_another_time_within_the_same_window_is_told_and_read_back(office: Store, walk: Walk) -> None:
    hall(walk)
    assert walk.say("九点太早,换成九点四十", act="change") == ["utter_time_within", "utter_confirm_booking"]
    assert walk.slots["time"] == "09:00"
    assert confirm(walk) == ["utter_booked"]


def test_what_stands_so_already_is_told_and_read_back(office: Store, walk: Walk) -> None:
    hall(walk)
    assert walk.say("电话不对吧,是13900100320", act="change")[0] == "utter_stands_so"
    assert confirm(walk) == ["utter_booked"]


@pytest.mark.parametrize(
    ("named", "asked", "new", "slot", "value"),
    [
        ("人数", "utter_ask_new_count", "两个", "party", 2),
        ("名字", "utter_ask_book_service_form_name", "周玫", "name", "周玫"),
        ("电话", "utter_ask_book_service_form_phone", "13900100321", "phone", "13900100321"),
        ("日子", "utter_ask_book_service_form_date", "大后天", "date", "2026-11-26"),
        ("时间", "utter_ask_time", "下午三点", "time", "14:30"),
    ],
)
def test_a_value_named_at_what_to_change_is_asked_and_then_read_back(
    office: Store, walk: Walk, named: str, asked: str, new: str, slot: str, value: object
) -> None:
    hall(walk)
    assert walk.say("不对", "deny", act="no") == ["utter_what_to_change"]
    assert walk.say(named, act="content") == [asked]
    assert walk.say(new) == ["utter_confirm_booking"]
    assert walk.slots[slot] == value
    assert confirm(walk) == ["utter_booked"]


def test_a_value_named_and_then_left_as_it_is_is_read_back(office: Store, walk: Walk) -> None:
    hall(walk)
    walk.say("名字要改一下", act="change")
    assert walk.slots["requested_slot"] == "name"
    assert walk.say("算了不改", "deny", act="no")[-1].startswith("utter_confirm_booking")
    assert walk.slots["name"] == "周桂兰"


def test_the_number_of_people_is_asked_again_in_a_change(office: Store, walk: Walk) -> None:
    hall(walk)
    confirm(walk)
    assert walk.say("改成两个人", "change_booking", act="content") == ["utter_confirm_change"]
    walk.say("不对", "deny", act="change")
    assert walk.say("人数", act="content") == ["utter_ask_new_count"]
    assert walk.say("一个") == ["utter_confirm_change"]
    assert walk.slots["party"] == 1


def test_a_change_that_stays_unclear_comes_to_an_end(office: Store, walk: Walk) -> None:
    hall(walk)
    confirm(walk)
    walk.say("改成两个人", "change_booking", act="content")
    walk.say("不对", "deny", act="change")
    told = [walk.say("那个嘛", act="change")[-1] for _ in range(3)]
    assert told[:2] == ["utter_what_to_change_example", "utter_what_to_change_narrower"]
    assert told[2] == "utter_way_out"


def test_the_same_wish_again_is_told_to_be_there(office: Store, walk: Walk) -> None:
    hall(walk)
    confirm(walk)
    told = walk.say("后天上午九点约东风社区大厅", "book_service", service="hall_appointment")
    assert told == ["utter_ask_twice"]
    assert walk.say("不用", "deny", act="no") == ["utter_kept"]
    assert len(bookings.of_conversation(office, "walk")) == 1


def test_the_same_wish_again_is_booked_when_another_is_meant(office: Store, walk: Walk) -> None:
    hall(walk)
    confirm(walk)
    walk.say("后天上午九点约东风社区大厅", "book_service", service="hall_appointment")
    assert walk.say("再约一次", "book_service", act="yes") == ["utter_ask_book_service_form_name"]
    walk.say("周玫")
    walk.say("13900100321")
    confirm(walk)
    assert [one.name for one in bookings.of_conversation(office, "walk")] == ["周桂兰", "周玫"]


def test_what_turns_out_to_be_there_already_is_told_before_it_is_written(office: Store, walk: Walk) -> None:
    hall(walk)
    confirm(walk)
    hall(walk, "还要约东风社区大厅,后天上午九点")
    assert confirm(walk) == ["utter_ask_twice"]
    assert len(bookings.of_conversation(office, "walk")) == 1


@pytest.mark.parametrize("words", ["大后天上午九点也约东风社区大厅", "大后天上午九点约东风社区大厅"])
def test_another_day_or_one_more_is_no_second_time(office: Store, walk: Walk, words: str) -> None:
    hall(walk)
    confirm(walk)
    assert walk.say(words, "book_service", service="hall_appointment") == ["utter_ask_book_service_form_name"]


def test_of_two_services_in_one_breath_the_first_is_begun_and_the_second_kept(office: Store, walk: Walk) -> None:
    assert walk.say("约个助浴,另外订助餐", "book_service", service="meal")[0] == "utter_wish_kept"
    assert walk.slots["service"] == "bathing"
    assert walk.slots["draft"]["slots"]["service"] == "meal"


def test_a_question_about_a_service_that_may_be_a_wish_offers_to_book_it(office: Store, walk: Walk) -> None:
    told = walk.say("手机班我这个岁数还收不收", "ask_policy", also="book_service", service="digital_class")
    assert told[-1] == "utter_offer_matter"
    assert walk.say("好,帮我约", "affirm", act="yes") == ["utter_ask_which_place"]
    assert walk.slots["service"] == "digital_class"


def test_an_offer_that_is_declined_is_not_made_again(office: Store, walk: Walk) -> None:
    walk.say("手机班我这个岁数还收不收", "ask_policy", also="book_service", service="digital_class")
    assert walk.say("不用", "deny", act="no") == ["utter_nothing_more"]
    told = walk.say("手机班要不要钱", "ask_policy", also="book_service", service="digital_class")
    assert "utter_offer_matter" not in told


def test_a_plain_question_is_answered_and_nothing_offered(office: Store, walk: Walk) -> None:
    assert "utter_offer_matter" not in walk.say("助餐多少钱", "ask_policy", service="meal")
