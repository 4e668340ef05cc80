"""The resident without a plan, and what must hold whatever is said."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from random import Random

import pytest

from bot.turns import Reply, State, Turn
from evaluation.monkey.invariants import broken
from evaluation.monkey.words import BY_AWAITED, DANGER, next_words
from evaluation.residents.records import Booked

pytestmark = pytest.mark.unit
BOOKED = Booked(
    "10000001", "confirmed", "meal", date(2026, 11, 28), time(11), time(12, 30), "东风", 1, "测试甲", "13900001234", ""
)
READ_BACK = Turn(
    "", "inform", 1.0, (Reply("我念一遍：助餐，11月28号，星期六，姓名测试甲，电话13900001234。", ""),),
    State("book_service", "confirmation", "read_back"),
)  # fmt: skip
WROTE = Turn("", "affirm", 1.0, (Reply("预约好了。", "", card={"kind": "booking", "number": "10000001"}),))


def test_the_same_seed_says_the_same() -> None:
    def speech(seed: int) -> list[tuple[str, bool]]:
        chance = Random(seed)
        return [next_words(chance, awaiting, False) for awaiting in ("date", None, "phone", "name") * 10]

    assert speech(7) == speech(7) != speech(8)


def test_a_question_is_mostly_answered_and_danger_comes_now_and_then() -> None:
    chance = Random(1)
    said = [next_words(chance, "date", True) for _ in range(2000)]
    answers = sum(words in BY_AWAITED["date"][0] for words, _ in said) / len(said)
    danger = [words for words, is_danger in said if is_danger]
    assert 0.6 < answers < 0.85
    assert 10 < len(danger) < 100
    assert set(danger) <= set(DANGER[0])


def test_what_was_read_back_may_be_written() -> None:
    assert broken([READ_BACK, WROTE], [False, False], [BOOKED], "zh") == []


@pytest.mark.parametrize(
    "before",
    [
        replace(READ_BACK, replies=(Reply("我念一遍：助餐，11月28号，星期六，姓名测试乙，电话13900001234。", ""),)),
        replace(READ_BACK, state=State("book_service", "confirmation", "what_to_change")),
    ],
)
def test_what_was_not_read_back_last_is_a_broken_promise(before: Turn) -> None:
    assert broken([before, WROTE], [False, False], [BOOKED], "zh") == ["written without a read-back that names it"]


@pytest.mark.parametrize(
    ("answer", "wins"),
    [
        (lambda: Turn("", "emergency", 1.0, (Reply("请马上打120急救电话!", ""),)), True),
        (lambda: Turn("", "emergency", 1.0, (Reply("请稍等。", ""),)), False),
        (lambda: replace(READ_BACK, goal="inform"), False),
    ],
)
def test_danger_wins_with_its_number_first(answer: Callable[[], Turn], wins: bool) -> None:
    assert (broken([answer()], [True], [], "zh") == []) is wins
