"""Figures beside their aims: met or missed, and the page that the programs write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation import aims
from evaluation.aims import Figure
from evaluation.cases import Case
from evaluation.frozen import goal_figures, policy_figures
from evaluation.goals import score as goals
from evaluation.policy import score as policy
from evaluation.policy.figures import figures_in, stands_in

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (Figure("a", 0.97, ">=", 0.97), "met"),
        (Figure("a", 0.969, ">=", 0.97), "**missed**"),
        (Figure("a", 0, "<=", 0), "met"),
        (Figure("a", 0.004, "<=", 0.003), "**missed**"),
        (Figure("a", None, ">=", 0.5), "–"),
        (Figure("a", 12.5), "–"),
    ],
)
def test_a_figure_is_met_or_missed(figure: Figure, verdict: str) -> None:
    assert figure.verdict == verdict


def test_each_part_replaces_its_own_figures_and_the_page_shows_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aims, "FIGURES", tmp_path / "figures.json")
    monkeypatch.setattr(aims, "RESULTS", tmp_path / "RESULTS.md")
    now = datetime(2026, 11, 27, tzinfo=UTC)
    for value in (0.5, 0.98):
        aims.keep("Goals", [Figure("zh", value, ">=", 0.97, 400)], command="c", now=now, settings={"encoder": "m3e"})
    aims.keep("Monkey", [Figure("lost", 2, "<=", 0, 100)], command="c", now=now, settings={})
    page = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert "| zh | 0.98 | ≥ 0.97 | met | 400 |" in page
    assert "| lost | 2 | ≤ 0 | **missed** | 100 |" in page
    assert "0.5" not in page


def test_the_page_in_the_repository_is_the_one_that_the_program_writes() -> None:
    kept = aims.json.loads(aims.FIGURES.read_text("utf-8"))
    assert aims.RESULTS.read_text("utf-8") == aims.page(kept)


def test_asked_back_about_is_not_recognised() -> None:
    case = Case("天气好", goal="out_of_scope")
    sure = {"goal": "out_of_scope", "confidence": 0.9, "form": None, "unsure": False}
    assert goals.score([(case, sure), (case, {**sure, "unsure": True})])["out-of-scope recall"] == 0.5
    assert len(goals.misses([(case, {**sure, "unsure": True})])) == 1


def test_only_frozen_files_stand_beside_aims() -> None:
    pair = Case("谢了", goal="thanks"), {"goal": "thanks", "confidence": 0.9, "form": None}
    figures = {one.name: one.value for one in goal_figures({"test.zh": [pair], "cases.zh": [pair, pair]})}
    assert figures["goals recognised, zh"] == 1.0
    assert figures["false accepts"] == 0.0
    assert goal_figures({"test.zh": [pair]}, {"谢了"})[-2].value is None


@pytest.mark.parametrize(
    ("piece", "text", "stands"),
    [
        ("3", "共33个", False),
        ("3", "有三个", True),
        ("12", "十二个部门", True),
        ("90%", "百分之九十", True),
        ("90%", "90 per cent of them", True),
        ("23.8%", "百分之二十三点八", True),
        ("1200", "共1,200人", True),
        ("4", "4.5万", False),
        ("App", "the app", True),
        ("12", "twelve departments", True),
    ],
)
def test_figures_are_compared_whole_however_they_are_written(piece: str, text: str, stands: bool) -> None:
    assert stands_in(piece, text) is stands


def test_a_figure_that_stands_nowhere_is_invented() -> None:
    case = Case("一顿饭10块吗", none_of_plan=True)
    answer = {"goal": "ask_policy", "text": "一份12元，不是10元，每周3次", "sections": [], "form": None}
    assert policy.invented(case, answer, {"3次"}) == {"12元"}
    assert figures_in("百分之四十二点六和3次") == {"42.6%", "3"}
    told = policy_figures({"beyond.zh": [(case, answer)]})
    assert told[-1] == Figure("beyond the plan, a figure invented", 1, "<=", 0, 1)


def test_beyond_the_plan_it_must_be_taken_for_a_question() -> None:
    answer = {"goal": "out_of_scope", "text": "不清楚", "sections": [], "form": None}
    assert policy.failings(Case("?", none_of_plan=True), answer) == ["not taken for a question"]
