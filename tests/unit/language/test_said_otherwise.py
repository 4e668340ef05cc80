"""Names, numbers and days as people put them right, told in a roundabout way or in one sign. It is Monday 23 November 2026."""

from datetime import date, datetime, time

import pytest

from bot.language.entities import find_entities

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("words", "awaiting", "name"),
    [
        ("写错了,我姓佟,叫佟雨荷", "confirmation", "佟雨荷"),
        ("姓瞿,小学的小,春天的春", "name", "瞿小春"),
        ("监护人 邱月华", "name", "邱月华"),
        ("叫我赵老七就好", "name", "赵老七"),
    ],
)
def test_a_name_is_found(words: str, awaiting: str, name: str, now: datetime) -> None:
    assert find_entities(words, now, awaiting=awaiting).name == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("use my name please, Nina Berg", "Nina Berg"),
        ("book it under my name, Paul Roth", "Paul Roth"),
        ("also the name is Jamal Aziz", "Jamal Aziz"),
        ("no thanks", None),
    ],
)
def test_an_english_name_is_found(words: str, name: str | None, now: datetime) -> None:
    assert find_entities(words, now, awaiting="name", language="en").name == name


@pytest.mark.parametrize(
    ("words", "awaiting", "day"),
    [
        ("周三我要上课,改周四", "confirmation", date(2026, 11, 26)),
        ("周三也不行,周四吧", "confirmation", date(2026, 11, 26)),
        ("没有三十号啊,那就十二月二号", "date", date(2026, 12, 2)),
        ("除了周二都可以,那就周五吧", "date", date(2026, 11, 27)),
        ("后", "date", date(2026, 11, 25)),
    ],
)
def test_the_day_that_is_meant_in_the_end(words: str, awaiting: str, day: date, now: datetime) -> None:
    assert find_entities(words, now, awaiting=awaiting).when.day == day


def test_a_part_of_the_day_in_one_sign(now: datetime) -> None:
    assert find_entities("晚", now, awaiting="time").when.part == "evening"


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("Wednesday next week", date(2026, 12, 2), None),
        ("tomorrow ten thirty in the morning", date(2026, 11, 24), time(10, 30)),
        ("make it 4 in the afternoon", None, time(16)),
    ],
)
def test_english_days_and_hours(words: str, day: date | None, at: time | None, now: datetime) -> None:
    when = find_entities(words, now, language="en").when
    assert (when.day, when.at, when.doubt) == (day, at, None)


@pytest.mark.parametrize(
    ("words", "count"),
    [("三个老人一人一份", 3), ("给爷爷奶奶订晚饭,一人一份", 2), ("送到爸妈家,一份", 1)],
)
def test_one_for_each_is_as_many_as_there_are(words: str, count: int, now: datetime) -> None:
    assert find_entities(words, now).count == count


def test_a_bare_number_that_is_put_is_one_of_people_and_never_an_hour(now: datetime) -> None:
    assert find_entities("can you put five?", now, language="en").count == 5
    assert find_entities("make it four", now, awaiting="time", language="en").count is None
