"""A score has a fixed form: a number alone, or a number with its unit."""

import pytest

from bot.language.troubles import names_a_trouble
from bot.language.whole_numbers import score_in, whole_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "number"),
    [("4", 4), ("四", 4), ("四分。", 4), ("five", 5), ("3 stars", 3), ("9", 9), ("好", None), ("打了五次电话没人管", None), ("等了三分钟", None)],
)  # fmt: skip
def test_a_number_alone_is_read(said: str, number: int | None) -> None:
    assert whole_number(said) == number


@pytest.mark.parametrize(
    ("said", "score"),
    [("给五分", 5), ("打四星", 4), ("I give 3 stars", 3), ("打了五次电话没人管", None), ("等了三分钟就到了", None),
     ("给四楼修的", None), ("星期五星期六", None)],
)  # fmt: skip
def test_a_score_in_a_sentence_has_its_unit(said: str, score: int | None) -> None:
    assert score_in(said) == score


@pytest.mark.parametrize(
    ("said", "names"),
    [("我要投诉", False), ("我想反映一个问题", False), ("I want to report a problem", False),
     ("我们小区有个问题", False), ("there is a problem at our building", False), ("我要投诉东风社区的物业", False),
     ("I want to complain about my neighbour", False), ("我们小区停水了", True), ("there is a leak in our building", True),
     ("我要投诉楼下太吵", True), ("路灯不亮", True), ("the street lamp is broken", True)],
)  # fmt: skip
def test_a_trouble_is_more_than_the_wish_to_complain(said: str, names: bool) -> None:
    assert names_a_trouble(said) is names
