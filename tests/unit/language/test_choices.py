"""Choices: told to eye and ear, and pointed at in few words."""

import pytest

from bot.language.choices import (
    asks_for_more,
    compared,
    echoed,
    for_ear,
    for_eye,
    hinted,
    named,
    place_in_row,
    wants_no_more,
)

pytestmark = pytest.mark.unit
PLACES = ["东风社区助餐点（示例）", "新街社区助餐点（示例）", "老街社区停靠点（示例）"]
ENGLISH = ["Dongfeng community meal point (example)", "Xinjie community meal point (example)"]


def test_the_ear_hears_numbers_and_the_eye_a_list() -> None:
    assert for_eye(["甲", "乙", "丙"], "zh") == "甲、乙、丙"
    assert for_eye(["甲", "乙"], "zh", either=True) == "甲，还是乙"
    assert for_ear(["甲", "乙"], "zh") == "第一，甲；第二，乙"
    assert for_ear(["丁"], "zh", begin=4) == "第四，丁"
    assert for_ear(["a", "b"], "en") == "one, a; two, b"
    assert for_ear(["甲"], "zh") == "甲"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("第二个", 1), ("第二个吧", 1), ("那就第三个", 2), ("我要第一个", 0), ("头一个", 0), ("最后一个", 2), ("选第2个", 1),
        ("第二处。", 1), ("二", 1), ("2", 1), ("三号", 2), ("the second one", 1), ("The first, please.", 0), ("second", 1),
        ("number two", 1), ("I'll take the last one", 2), ("option 3", 2), ("three", 2),
    ],
)  # fmt: skip
def test_a_place_in_the_row_is_understood(said: str, at: int) -> None:
    assert place_in_row(said, 3) == at


@pytest.mark.parametrize(
    "said",
    [
        "第四个",
        "第二天",
        "两个人",
        "第二个孩子上小学",
        "一个人",
        "十二月二号",
        "the second of December",
        "two people",
        "13900001111",
        "",
    ],
)
def test_what_only_sounds_like_a_place_in_the_row_is_none(said: str) -> None:
    assert place_in_row(said, 3) is None


def test_a_bare_number_is_no_place_where_a_number_is_asked_for() -> None:
    assert place_in_row("三", 3, bare=False) is None
    assert place_in_row("第三个", 3, bare=False) == 2


@pytest.mark.parametrize(
    ("said", "titles", "at"),
    [
        ("新街", PLACES, 1), ("去新街社区吧", PLACES, 1), ("停靠点", PLACES, 2), ("东风社区助餐点（示例）", PLACES, 0),
        ("东风那里", PLACES, 0), ("Xinjie please", ENGLISH, 1), ("in Dongfeng", ENGLISH, 0),
        ("助餐点", PLACES, None), ("新街社区二栋", PLACES, None), ("街", PLACES, None), ("community", ENGLISH, None),
    ],
)  # fmt: skip
def test_part_of_a_name_is_enough_where_only_one_has_it(said: str, titles: list[str], at: int | None) -> None:
    assert named(said, titles) == at


@pytest.mark.parametrize(
    "said",
    ["还有别的吗", "还有吗", "还有呢", "别的", "听别的", "还有哪些", "What else is there?", "any others", "more"],
)
def test_the_next_ones_are_asked_for(said: str) -> None:
    assert asks_for_more(said)


@pytest.mark.parametrize("said", ["别的小区也有路灯坏了", "没有了", "还有一件事我要投诉", "more than one meal"])
def test_other_talk_does_not_ask_for_the_next_ones(said: str) -> None:
    assert not asks_for_more(said)


@pytest.mark.parametrize(
    ("said", "no"), [("不用了", True), ("不听了", True), ("no thanks", True), ("不用上门", False), ("不办了", False)]
)
def test_a_no_to_hearing_more_is_nothing_but_that(said: str, no: bool) -> None:
    assert wants_no_more(said) is no


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("第一个和第三个比一比", [0, 2]), ("第2个跟第3个哪个好", [1, 2]), ("帮我比较一下第一个和最后一个", [0, 2]),
        ("compare the first and the third", [0, 2]), ("which is better, the second or the last one", [1, 2]),
        ("第一个和第三个", []), ("比一比", []), ("第一个比较好", []), ("第一个和第九个比一比", []), ("the first one", []),
    ],
)  # fmt: skip
def test_places_that_shall_be_compared_are_known(said: str, places: list[int]) -> None:
    assert compared(said, 3) == places


@pytest.mark.parametrize(
    ("said", "titles", "place"),
    [
        ("搬回本地来", ["搬到本地", "搬去外省"], 0), ("我们是外省的", ["搬到本地", "搬去外省"], 1), ("搬", ["搬到本地", "搬去外省"], None),
        ("the child's school", ["a school", "a hospital bed"], None), ("a bed in hospital", ["a school place", "a hospital bed"], 1),
    ],
)  # fmt: skip
def test_a_part_that_no_other_choice_has_points_at_it(said: str, titles: list[str], place: int | None) -> None:
    assert hinted(said, titles) == place


@pytest.mark.parametrize(
    ("said", "asked", "meant"),
    [
        ("住", "您住在本地吗？", "yes"),
        ("不住了", "您住在本地吗？", "no"),
        ("没有", "您有医保卡吗？", "no"),
        ("明天", "您有医保卡吗？", None),
    ],
)
def test_the_verb_of_the_question_is_a_yes_or_no(said: str, asked: str, meant: str | None) -> None:
    assert echoed(said, asked) == meant


def test_a_name_after_a_yes_is_a_name() -> None:
    assert named("yes, not yet", ["I already did", "not yet"]) == 1
    assert named("有工作的", ["有工作", "没有工作"]) == 0
