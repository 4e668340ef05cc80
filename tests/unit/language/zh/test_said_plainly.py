"""Days, times and numbers of people as they are said at the kitchen table."""

from datetime import date, datetime

import pytest

from bot.language.entities import find_entities
from bot.language.times import HERE, find_when

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("下周的星期四", date(2026, 12, 3)),
        ("下个星期的星期一", date(2026, 11, 30)),
        ("再下个星期五", date(2026, 12, 11)),
        ("周四要接伢,哦不对,周四要接伢,周五", date(2026, 11, 27)),
    ],
)
def test_a_day(said: str, day: date) -> None:
    assert find_when(said, WEDNESDAY).day == day


def test_all_days_but_one() -> None:
    found = find_when("除了星期二", WEDNESDAY)
    assert (found.doubt, found.not_on) == ("any_but", (1,))


@pytest.mark.parametrize("said", ["傍黑的时候", "我下班以后"])
def test_an_evening(said: str) -> None:
    assert find_when(said, WEDNESDAY).part == "evening"


@pytest.mark.parametrize(
    ("said", "people"),
    [("两大两小", 4), ("我带个孙子", 2), ("我还带着两个娃", 3), ("我妈和我", 2), ("只有我", 1)],
)
def test_people(said: str, people: int) -> None:
    assert find_entities(said, WEDNESDAY, awaiting="party").count == people


@pytest.mark.parametrize(
    ("said", "day"),
    [("下周吧,周三", date(2026, 12, 2)), ("周末来,星期天", date(2026, 11, 29)), ("下个月,5号", date(2026, 12, 5))],
)
def test_of_a_stretch_and_a_day_in_it_the_day_counts(said: str, day: date) -> None:
    found = find_when(said, WEDNESDAY)
    assert (found.day, found.doubt) == (day, None)
