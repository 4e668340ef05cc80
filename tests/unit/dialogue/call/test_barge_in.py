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
    reply.voice(0.4, "那")
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


@pytest.mark.parametrize("hum", ["嗯", "嗯嗯", "哦 嗯", "恩", "mm hm", "uh huh", "oh"])
def test_who_hums_while_listening_does_not_stop_us(hum: str) -> None:
    reply = BargeIn()
    assert not reply.voice(0.8, hum)
    assert not reply.stopped


@pytest.mark.parametrize("word", ["不对", "等一下", "对", "好", "嗯不是", "no", "uh wait"])
def test_who_says_something_does(word: str) -> None:
    assert BargeIn().voice(0.8, word)
