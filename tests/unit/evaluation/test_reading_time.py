"""The time to read one sentence is told by its middle and its slow end, beside the aim."""

import pytest

from evaluation.bench import reading

pytestmark = pytest.mark.unit


def test_the_middle_and_the_slow_end_stand_beside_the_aim() -> None:
    middle, slow = reading.figures("zh", [float(taken) for taken in range(1, 102)])
    assert (middle.value, middle.verdict) == (51.0, "**missed**")
    assert slow.value == 96.0
    assert middle.name == "danger in one sentence, p50, ms, zh"
    assert [one.verdict for one in reading.figures("en", [3.0, 4.0])] == ["met", "met"]


@pytest.mark.parametrize("language", reading.LANGUAGES)
def test_each_sentence_is_timed_once_since_a_text_read_before_is_remembered(language: str) -> None:
    said = reading.sentences(language, 50)
    assert 25 < len(said) <= 50
    assert len(set(said)) == len(said)
