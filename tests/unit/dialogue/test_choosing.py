"""Choices that a reply offered are heard three at a time and answered in few words."""

import pytest

from bot.dialogue.choosing import more, offered_in, picked
from bot.dialogue.replies import to_reply
from bot.dialogue.responses import responses_of
from bot.services.kernel.turn_json import reply_from_dict, reply_to_dict, reply_to_row
from bot.settings import ROOT
from bot.turns import Reply, State, Turn

pytestmark = pytest.mark.unit
WORDS = responses_of(ROOT / "domain.yml")
TITLES = ["助餐", "助浴", "助医", "上门代办", "预约挂号", "大厅预约", "手机班"]
ASKED = State("book_service", "service")


def offered(titles: list[str] = TITLES) -> Reply:
    told = "、".join(titles[:3])
    choices = [{"title": title, "payload": f"我要{title}"} for title in titles]
    return to_reply({"text": f"您想预约哪一项？有{told}。还要听别的吗？", "custom": {"choices": choices}}, "zh")


def test_what_is_seen_as_a_list_is_heard_with_numbers() -> None:
    reply = offered()
    assert "有助餐、助浴、助医。" in reply.text
    assert "第一,助餐;第二,助浴;第三,助医" in reply.spoken
    assert reply.told == 3


def test_choices_are_kept_and_stay_out_of_the_public_contract() -> None:
    reply = offered()
    assert reply_from_dict(reply_to_row(reply)) == reply
    assert set(reply_to_dict(reply)) == {"text", "spoken", "buttons", "tiles", "sources", "card"}


def test_the_choices_of_the_last_turn_count_also_when_a_question_follows_them() -> None:
    question = Reply("您想约哪一天？", "您想约哪一天?")
    assert offered_in(Turn("t", "book_service", 1.0, (offered(), question))) == offered()
    assert offered_in(Turn("t", "book_service", 1.0, (question,))) is None
    assert offered_in(None) is None


@pytest.mark.parametrize(
    ("said", "payload"),
    [
        ("第二个", "我要助浴"),
        ("3", "我要助医"),
        ("上门", "我要上门代办"),
        ("助浴吧", "我要助浴"),
        ("第五个", "我要预约挂号"),
        ("明天", None),
    ],
)
def test_one_is_chosen_by_place_or_name(said: str, payload: str | None) -> None:
    assert picked(said, offered(), ASKED) == payload


def test_whoever_takes_any_gets_the_first() -> None:
    assert picked("随便", offered(), ASKED, act="any") == "我要助餐"


def test_a_yes_brings_the_next_three_with_their_numbers_and_buttons() -> None:
    reply = more("好的", offered(), "zh", WORDS, "yes")
    assert reply is not None
    assert "上门代办、预约挂号、大厅预约" in reply.text
    assert "第四,上门代办;第五,预约挂号;第六,大厅预约" in reply.spoken
    assert [button.title for button in reply.buttons] == ["上门代办", "预约挂号", "大厅预约", "听别的"]
    assert "还要听别的吗" in reply.text
    last = more("还有呢", reply, "zh", WORDS)
    assert last is not None
    assert "手机班" in last.text
    assert "还要听别的吗" not in last.text
    assert more("好的", last, "zh", WORDS, "yes") is None


def test_a_no_asks_which_of_those_heard() -> None:
    reply = more("不用了", offered(), "zh", WORDS)
    assert reply is not None
    assert reply.text == "您要哪一个？"
    assert picked("第二个", reply, ASKED) == "我要助浴"


def test_other_words_and_complete_lists_bring_nothing_more() -> None:
    assert more("我要投诉", offered(), "zh", WORDS) is None
    assert more("好的", offered(TITLES[:3]), "zh", WORDS, "yes") is None


def test_two_that_shall_be_compared_are_both_named() -> None:
    every = offered().choices
    assert picked("第一个和第二个比一比", offered(), ASKED) == f"{every[0].payload}, {every[1].payload}"


def test_of_services_none_is_taken_for_any() -> None:
    asked = State("book_service", "service", "service")
    assert picked("找个打球的地方,哪天都行", offered(), asked, act="any") is None
