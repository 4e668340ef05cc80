"""When a caller may interrupt us."""

import pytest

from bot.dialogue.call.barge_in import BargeIn

pytestmark = pytest.mark.unit


def test_speech_with_a_word_stops_us_once() -> None:
    reply = BargeIn()
    assert not reply.voice(0.2, "不")
    assert not reply.voice(0.5, "")
    assert reply.voice(0.3, "不")
    assert not reply.voice(0.6, "不对")


def test_a_false_alarm_resumes_after_two_seconds() -> None:
    reply = BargeIn()
    reply.voice(0.4, "嗯")
    assert reply.wait(1.9, still_speaking=False) is None
    assert reply.wait(0.2, still_speaking=False) == "resume"
    assert not reply.stopped


def test_whoever_keeps_speaking_is_no_false_alarm() -> None:
    reply = BargeIn()
    reply.voice(0.4, "我")
    for _ in range(10):
        assert reply.wait(1.0, still_speaking=True) is None


def test_nothing_interrupts_an_emergency_notice() -> None:
    notice = BargeIn(protected=True)
    assert not notice.voice(3.0, "等一下")
    assert not notice.key()
    assert BargeIn().key()
