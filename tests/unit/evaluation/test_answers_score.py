"""The score of the reader of answers, on made lines."""

import pytest

from evaluation.answers.score import misses, score

pytestmark = pytest.mark.unit
ANSWERS = [
    {"asked": "cancel", "said": "a", "expected": "yes", "actual": "yes"},
    {"asked": "cancel", "said": "b", "expected": "no", "actual": "yes"},
]


def test_shares_are_told_by_question_and_act_beside_the_aim() -> None:
    told = score(ANSWERS)
    assert (told["cases"], told["met"]) == (2, False)
    assert told["shares"] == {"all": 0.5, "asked cancel": 0.5, "expected no": 0.0, "expected yes": 1.0}
    assert misses(ANSWERS) == [ANSWERS[1]]
