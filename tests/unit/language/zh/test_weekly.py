"""What comes again every week, and for how long."""

import pytest

from bot.language.text import normalise
from bot.language.zh.weekly import find_weekdays, find_weeks

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("每周一三五中午", (0, 2, 4)), ("每个星期二帮我妈洗澡", (1,)), ("每周二、四", (1, 3)), ("每逢礼拜六", (5,)), ("周一三五都送", (0, 2, 4)),
        ("二四六给我爸送饭", (1, 3, 5)), ("每天中午送一份", (0, 1, 2, 3, 4, 5, 6)), ("每个工作日", (0, 1, 2, 3, 4)), ("每周末", (5, 6)),
        ("every Monday and Thursday", (0, 3)), ("a meal on Tuesdays", (1,)), ("every day at noon", (0, 1, 2, 3, 4, 5, 6)),
        ("下周一", ()), ("星期三中午", ()), ("东风社区三五栋", ()), ("十三四个人", ()), ("on Tuesday", ()), ("二零一五年", ()), ("两三份", ()),
    ],
)  # fmt: skip
def test_the_days_that_come_again(said: str, days: tuple[int, ...]) -> None:
    assert find_weekdays(normalise(said)) == days


def test_asked_for_them_the_days_alone_are_enough() -> None:
    assert find_weekdays("一三五", asked=True) == (0, 2, 4)
    assert find_weekdays("星期二吧", asked=True) == (1,)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("先送两个礼拜", 2),
        ("三周", 3),
        ("一个月", 4),
        ("for three weeks", 3),
        ("two months", 8),
        ("下个星期", None),
        ("星期三", None),
        ("一星期", 1),
    ],
)
def test_how_many_weeks(said: str, weeks: int | None) -> None:
    assert find_weeks(normalise(said)) == weeks
