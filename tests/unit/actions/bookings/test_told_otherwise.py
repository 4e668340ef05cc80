"""Answers that come at another question, in another order, or in the place of what was said before."""

import pytest

from bot.store.store import Store
from tests.unit.actions.bookings.walk import Walk, all_actions

pytestmark = pytest.mark.store


@pytest.fixture
def walk(office: Store) -> Walk:
    return Walk(all_actions())


def to_the_summary(walk: Walk, words: str = "后天中午在东风社区助餐点订饭", service: str = "meal") -> None:
    walk.say(words, "book_service", service=service)
    walk.say("周桂兰")
    walk.say("13900100320")


@pytest.mark.parametrize("said", ["13900100320", "电话13900100320", "我的手机是13900100320"])
def test_a_phone_told_at_the_question_for_the_place_is_kept(walk: Walk, said: str) -> None:
    walk.say("后天中午订饭", "book_service", service="meal")
    assert walk.say(said, "out_of_scope", act="unsure") == ["utter_ask_which_place"]
    walk.say("东风社区助餐点")
    assert "utter_confirm_booking" in walk.say("周桂兰")
    assert walk.slots["phone"] == "13900100320"


@pytest.mark.parametrize(("said", "people"), [("俩", 2), ("4个", 4), ("我们是三个人", 3), ("两个孩子", 2), ("5", 5)])
def test_a_number_told_at_the_summary_is_the_number_of_people(walk: Walk, said: str, people: int) -> None:
    to_the_summary(walk)
    walk.say(said, "rate_service", act="yes")
    assert (walk.slots["party"], walk.slots["requested_slot"]) == (people, "confirmation")


def test_a_bare_one_at_the_summary_is_no_number_of_people(walk: Walk) -> None:
    to_the_summary(walk, "后天中午在东风社区助餐点订两份饭")
    walk.say("1", "affirm", act="yes")
    assert "utter_booked" in walk.told


@pytest.mark.parametrize(
    ("said", "service"),
    [("我手机会用,想换成技能培训", "job_training"), ("改成居民议事会吧", "council")],
)
def test_another_service_in_place_of_this_one_is_no_second_wish(walk: Walk, said: str, service: str) -> None:
    walk.say("报个手机班,东风社区", "book_service", service="digital_class")
    walk.say(said, "book_service", service=service)
    assert (walk.slots["service"], walk.slots.get("draft")) == (service, None)


def test_a_service_named_where_it_is_asked_for_is_no_question(walk: Walk) -> None:
    walk.language = "en"
    walk.say("I'd like to book something", "book_service")
    walk.say("residents' council", "ask_policy")
    assert walk.slots["service"] == "council"


def test_what_was_taken_back_may_be_named_with_the_reason(walk: Walk) -> None:
    walk.say("东风社区助餐点,周四中午,哦不对,周四我要走亲戚,周五", "book_service", service="meal")
    assert walk.slots["date"] == "2026-11-27"


@pytest.mark.parametrize("said", ["陈火旺火旺就是兴旺的旺", "罗细毛毛是毛巾的毛"])
def test_a_name_is_explained_in_one_breath(walk: Walk, said: str) -> None:
    walk.say("后天中午在东风社区助餐点订饭", "book_service", service="meal")
    walk.say(said)
    assert walk.slots["name"] == said[:3]


@pytest.mark.parametrize("said", ["那个那个", "就是呢", "哎呀这边有点", "the uh thing"])
def test_half_a_sentence_is_not_told_that_we_cannot_help(walk: Walk, said: str) -> None:
    walk.say("后天中午在东风社区助餐点订饭", "book_service", service="meal")
    assert walk.say(said, "out_of_scope", act="content")[0] == "utter_missed_answer"


def test_a_wish_that_is_none_of_ours_is_told_so(walk: Walk) -> None:
    walk.say("后天中午在东风社区助餐点订饭", "book_service", service="meal")
    assert walk.say("给我唱首歌", "out_of_scope", act="content")[0] == "utter_out_of_scope"


@pytest.mark.parametrize("said", ["the soonest you have", "as early as you can", "asap please", "first available"])
def test_the_soonest_is_the_first_free_day(walk: Walk, said: str) -> None:
    walk.language = "en"
    walk.say("a lunch at Dongfeng meal point", "book_service", service="meal")
    walk.say(said)
    assert walk.slots["date"] == "2026-11-23"


def test_two_children_are_two_seats(walk: Walk) -> None:
    walk.say("给我家两个娃报周末兴趣班", "book_service", service="after_school")
    assert (walk.slots["party"], walk.slots["offering"]) == (2, "weekend-club-dongfeng")


def test_parents_who_both_work_are_no_two_seats(walk: Walk) -> None:
    walk.say("我跟老公都要上班,给伢报新街的四点半课堂", "book_service", service="after_school")
    assert walk.slots["party"] is None
