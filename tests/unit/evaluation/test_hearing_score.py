"""The scorer of the ears: known readings in, known figures out."""

from typing import Any

import pytest

from evaluation.hearing import score
from evaluation.hearing.collect import STAGES
from evaluation.hearing.sound import loudness, with_noise

pytestmark = pytest.mark.unit


def row(
    expected: dict[str, Any], read: Any, *, again: bool = False, sure: bool = True, plain: Any = None
) -> dict[str, Any]:
    key = expected.get("goal", expected.get("value"))
    stages = {"text": key, **dict.fromkeys(STAGES, read), "plain": plain}
    about = {"said": "下周三", "voice": "v", "condition": "clean", "language": "zh", "again": again}
    return {**about, "expected": expected, "read": stages, "sure": sure, "plain": "", "readings": "", "confidence": 0.5}


def test_goals_are_compared_with_what_text_gives() -> None:
    goal = {"goal": "book_service"}
    figures = score.goals(
        [row(goal, "book_service"), row(goal, "thanks", sure=False), row({"slot": "day", "value": 1}, 1)]
    )
    assert figures["zh, clean"]["cases"] == 2
    assert figures["zh, clean"]["readings"] == 0.5
    assert figures["zh, clean"]["plain"] == 0.0
    assert figures["zh, clean"]["share of text"] == 0.5
    assert figures["zh, clean"]["right when sure"] == 1.0


def test_a_slot_that_is_right_the_second_time_counts_after_the_read_back() -> None:
    slot = {"slot": "day", "value": "2026-12-02"}
    figures = score.slots([row(slot, "2026-12-03"), row(slot, "2026-12-02", again=True)])
    assert figures["zh, clean"]["readings"] == 0.0
    assert figures["zh, clean"]["after read-back"] == 1.0


def test_character_errors_read_numbers_alike() -> None:
    assert score.error_rate(["12月3号", "两个"], ["十二月三号", "二个"]) == 0.0
    assert score.error_rate(["大冶街道"], ["大爷街道"]) == 0.25
    assert score.error_rate(["half past three"], ["half past tree"]) == pytest.approx(0.3333)


def test_misses_are_what_text_would_have_got_right() -> None:
    wrong, right = row({"goal": "greet"}, "thanks"), row({"goal": "greet"}, "greet")
    assert [miss["actual"] for miss in score.misses([wrong, right])] == ["thanks"]


def test_noise_is_as_much_quieter_as_it_says() -> None:
    import numpy as np

    speech = (np.sin(np.arange(16000) / 5) * 8000).astype("<i2").tobytes()
    noisy = with_noise(speech, np.cos(np.arange(16000) / 3), 10.0)
    added = np.frombuffer(noisy, "<i2").astype(float) - np.frombuffer(speech, "<i2")
    assert 20 * np.log10(loudness(np.frombuffer(speech, "<i2").astype(float)) / loudness(added)) == pytest.approx(
        10, abs=0.3
    )
