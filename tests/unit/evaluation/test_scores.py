"""The scorer itself: known answers in, known figures out."""

from pathlib import Path
from typing import Any

import pytest

from evaluation.cases import Case, read_cases
from evaluation.goals import score as goals
from evaluation.policy import score as policy

pytestmark = pytest.mark.unit


def goal_answer(goal: str, form: str | None = None, **details: str) -> dict[str, Any]:
    return {"goal": goal, "confidence": 0.9, "form": form, **details}


def page_answer(text: str, *sections: str) -> dict[str, Any]:
    return {"goal": "ask_policy", "text": text, "sections": list(sections), "form": None}


PAIRS = [
    (Case("订饭", goal="book_service", service="meal"), goal_answer("book_service", "book_service", service="meal")),
    (Case("太吵", goal="file_complaint", category="noise"), goal_answer("file_complaint", None, category="other")),
    (Case("天气好", goal="out_of_scope"), goal_answer("book_service", "book_service")),
    (Case("谢了", goal="thanks"), goal_answer("thanks")),
]


def test_goal_figures() -> None:
    figures = goals.score(PAIRS)
    assert figures["goal accuracy"] == 0.75
    assert figures["service accuracy"] == 1.0
    assert figures["category accuracy"] == 0.0
    assert figures["out-of-scope recall"] == 0.0
    assert figures["false accepts"] == 0.5
    assert figures["form opened at once when wanted"] == 0.5
    assert figures["confusion"] == [{"expected": "out_of_scope", "actual": "book_service", "cases": 1}]


def test_macro_f1_counts_every_expected_goal_the_same() -> None:
    assert goals.macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]) == pytest.approx((6 / 7 + 0) / 2, abs=1e-4)


def test_figures_without_cases_are_missing() -> None:
    figures = goals.score([(Case("谢了", goal="thanks"), goal_answer("thanks"))])
    assert figures["service accuracy"] is None
    assert policy.score([])["policy answers right"] is None


def test_goal_misses_are_the_wrong_ones_only() -> None:
    assert [miss["said"] for miss in goals.misses(PAIRS)] == ["太吵", "天气好"]


@pytest.mark.parametrize(
    ("case", "answer", "failings"),
    [
        (Case("?", must=("450",), section=("3.2",)), page_answer("有 450 张", "3.2"), []),
        (Case("?", must=("450",), section=("3.2",)), page_answer("有 300 张", "3.2"), ["lacks 450"]),
        (Case("?", must=("1200",)), page_answer("共1,200人"), []),
        (Case("?", any=("三天", "3日")), page_answer("3 日内"), []),
        (Case("?", any=("三天", "3日")), page_answer("很快"), ["lacks all of 三天 / 3日"]),
        (Case("?", section=("3.2",)), page_answer("…", "3.1"), ["no source 3.2"]),
        (Case("?", section=("3.2", "7.1")), page_answer("…", "7.1"), []),
        (Case("?", none_of_plan=True), page_answer("不清楚"), []),
        (Case("?", none_of_plan=True), page_answer("十元", "3.2"), ["a source, though the plan does not say"]),
    ],
)
def test_a_policy_answer_is_judged(case: Case, answer: dict[str, Any], failings: list[str]) -> None:
    assert policy.failings(case, answer) == failings


def test_cases_are_read_with_one_or_many_sections(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(
        '{"said": "a", "section": "3.2"}\n\n{"said": "b", "section": ["1.1", "1.2"], "goal": "greet"}\n', "utf-8"
    )
    first, second = read_cases(file)
    assert (first.section, first.is_policy, first.goal) == (("3.2",), True, None)
    assert (second.section, second.goal) == (("1.1", "1.2"), "greet")


@pytest.mark.parametrize("line", ['{"goal": "greet"}', "said", '["said"]'])
def test_a_line_that_is_no_case_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text(f'{{"said": "a"}}\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match=r"mine\.jsonl line 2"):
        read_cases(file)
