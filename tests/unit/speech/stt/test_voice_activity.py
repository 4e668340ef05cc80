import numpy as np
import pytest

from bot.speech.stt.voice_activity import Gain, SpeechGate, amplify, level

pytestmark = pytest.mark.unit


def judge(gate: SpeechGate, probability: float, level_db: float, windows: int) -> int:
    """How many of so many equal windows count as our speaker's."""
    return sum(gate.add(probability, level_db) for _ in range(windows))


def test_a_click_is_no_speech() -> None:
    gate = SpeechGate()
    assert judge(gate, 0.9, -30, 2) == 0
    assert judge(gate, 0.1, -60, 5) == 0
    assert judge(gate, 0.9, -30, 10) == 8


def test_within_speech_a_doubtful_window_still_counts() -> None:
    gate = SpeechGate()
    assert judge(gate, 0.4, -30, 10) == 0
    judge(gate, 0.9, -30, 10)
    assert judge(gate, 0.4, -30, 10) == 10
    assert judge(gate, 0.2, -30, 10) == 0


def test_a_television_behind_the_speaker_does_not_keep_the_turn_open() -> None:
    gate = SpeechGate()
    judge(gate, 0.9, -25, 30)
    assert judge(gate, 0.9, -50, 300) == 0


def test_a_loud_television_ends_no_later_than_a_long_turn() -> None:
    """Ten decibels softer than the speaker: at first it may be the speaker, who turned away."""
    gate = SpeechGate()
    judge(gate, 0.9, -25, 60)
    assert judge(gate, 0.9, -35, 60) == 60
    judge(gate, 0.9, -35, 150)
    assert judge(gate, 0.9, -35, 60) == 0


def test_whoever_talks_for_long_with_soft_and_loud_syllables_is_heard_to_the_end() -> None:
    gate = SpeechGate()
    judge(gate, 0.9, -25, 30)
    assert sum(judge(gate, 0.9, level_db, 4) for _ in range(100) for level_db in (-27, -38)) == 800


def test_a_button_that_is_held_is_trusted() -> None:
    gate = SpeechGate(button=True)
    judge(gate, 0.9, -25, 60)
    assert judge(gate, 0.9, -35, 600) == 600


def test_a_television_does_not_begin_a_turn_once_we_know_the_speaker() -> None:
    gate = SpeechGate()
    judge(gate, 0.9, -25, 30)
    gate.turn_over(understood=True)
    assert judge(gate, 0.9, -50, 300) == 0
    assert judge(gate, 0.9, -35, 30) == 28


def test_noise_without_words_teaches_nothing_about_the_speaker() -> None:
    gate = SpeechGate()
    judge(gate, 0.9, -5, 30)
    gate.turn_over(understood=False)
    assert judge(gate, 0.9, -45, 30) == 28


def test_after_a_long_silence_the_speaker_may_be_farther_away() -> None:
    gate = SpeechGate()
    judge(gate, 0.9, -20, 30)
    gate.turn_over(understood=True)
    gate.forget_speaker()
    assert judge(gate, 0.9, -50, 30) == 28


def test_a_usual_microphone_is_left_alone() -> None:
    gain = Gain()
    for _ in range(3):
        gain.add(-28, speaking=False)
    assert gain.now == 0


def test_a_quiet_microphone_is_turned_up_to_the_usual_level() -> None:
    gain = Gain()
    for _ in range(3):
        gain.add(-55, speaking=False)
    assert gain.now == pytest.approx(25)


def test_the_gain_has_an_end() -> None:
    gain = Gain()
    for _ in range(1000):
        gain.add(-90, speaking=False)
    assert gain.now == Gain.most_db


def test_a_click_does_not_turn_the_microphone_down() -> None:
    gain = Gain()
    for loudness in (-60, -60, -60, -5, -5, -60, -60):
        gain.add(loudness, speaking=False)
    assert gain.now == pytest.approx(30, abs=1)


def test_the_gain_rises_slowly_and_never_while_somebody_speaks() -> None:
    gain = Gain()
    for _ in range(3):
        gain.add(-30, speaking=True)
    for _ in range(100):
        gain.add(-60, speaking=True)
    assert gain.now == 0
    for _ in range(125):  # four seconds
        gain.add(-60, speaking=False)
    assert gain.now == pytest.approx(12, abs=0.5)


def test_level_is_in_decibels_below_full_scale() -> None:
    assert level(np.full(512, 32767, np.int16)) == pytest.approx(0, abs=0.01)
    assert level(np.full(512, 3277, np.int16)) == pytest.approx(-20, abs=0.01)
    assert level(np.zeros(512, np.int16)) == -90


def test_amplifying_clips_and_never_wraps() -> None:
    loud = np.frombuffer(amplify(np.array([20000, -20000, 100], np.int16).tobytes(), 20), np.int16)
    assert loud.tolist() == [32767, -32768, 1000]
    assert amplify(b"\1\2", 0) == b"\1\2"
