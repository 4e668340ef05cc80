"""Short wishes that only mean something after a certain question."""

import pytest

from bot.language.wishes import (
    asks_for_another_time,
    asks_for_changes,
    asks_to_wait,
    keeps,
    names_a_trouble,
    refuses_to_cancel,
    score_in,
    wants_to_be_anonymous,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("留着", True), ("接着办", True), ("先留着吧", True), ("yes, keep it", True), ("yes, go on", True),
        ("不要了", False), ("不办了", False), ("算了", False), ("不留了", False), ("no, drop it", False),
        ("嗯", None), ("三点", None),
    ],
)  # fmt: skip
def test_a_draft_is_kept_or_dropped(said: str, kept: bool | None) -> None:
    assert keeps(said) is kept


@pytest.mark.parametrize("said", ["不取消了", "别取消", "不要取消", "留着吧", "no, keep it", "don't cancel"])
def test_not_cancelling_is_heard(said: str) -> None:
    assert refuses_to_cancel(said)


@pytest.mark.parametrize("said", ["取消", "取消预约", "确认取消", "cancel it"])
def test_cancelling_is_not_taken_for_keeping(said: str) -> None:
    assert not refuses_to_cancel(said)


@pytest.mark.parametrize("said", ["要改一下", "不对,要改一下", "名字错了", "no, I want to change something"])
def test_wish_for_a_change_is_heard(said: str) -> None:
    assert asks_for_changes(said)


@pytest.mark.parametrize("said", ["确认", "对的", "yes", "好的没问题"])
def test_a_plain_yes_is_no_wish_for_a_change(said: str) -> None:
    assert not asks_for_changes(said)


@pytest.mark.parametrize(
    ("said", "names"),
    [("我要投诉", False), ("我想反映一个问题", False), ("I want to report a problem", False),
     ("我要投诉楼下太吵", True), ("路灯不亮", True), ("the street lamp is broken", True)],
)  # fmt: skip
def test_a_trouble_is_more_than_the_wish_to_complain(said: str, names: bool) -> None:
    assert names_a_trouble(said) is names


def test_waiting_another_time_and_staying_unnamed() -> None:
    assert asks_to_wait("我排队等候")
    assert asks_to_wait("put me on the waiting list")
    assert asks_for_another_time("换个时间")
    assert not asks_for_another_time("换到下午三点")
    assert wants_to_be_anonymous("我没有电话")
    assert not wants_to_be_anonymous("我的电话是13900001234")


@pytest.mark.parametrize(
    ("said", "awaited", "score"),
    [
        ("5分", False, 5),
        ("给五分", False, 5),
        ("3 stars", False, 3),
        ("4", True, 4),
        ("4", False, None),
        ("好", True, None),
    ],
)
def test_a_score_is_read(said: str, awaited: bool, score: int | None) -> None:
    assert score_in(said, awaited=awaited) == score
