"""What goes out on the line, as seconds and bytes."""

import pytest

from api.telephone.line import BYTES_PER_SECOND, FRAME_BYTES
from api.telephone.playout import SILENT_LEAD_SECONDS, Playout

pytestmark = pytest.mark.unit
SPEECH = b"\1\1" * 8000
"""One second."""


def run(playout: Playout, seconds: float) -> bytes:
    return b"".join(playout.advance(0.02) for _ in range(round(seconds / 0.02)))


def test_the_line_gets_silence_while_nobody_speaks() -> None:
    sent = run(Playout(0.2), 1.0)
    assert len(sent) == pytest.approx((1 + SILENT_LEAD_SECONDS) * BYTES_PER_SECOND, abs=FRAME_BYTES)
    assert not any(sent)


def test_speech_does_not_wait_behind_much_silence() -> None:
    playout = Playout(0.3)
    silence = run(playout, 1.0)
    playout.add(SPEECH)
    assert (len(silence) - BYTES_PER_SECOND) / BYTES_PER_SECOND <= SILENT_LEAD_SECONDS
    assert len(playout.advance(0.02).strip(b"\0")) >= 0.2 * BYTES_PER_SECOND


def test_speech_goes_out_in_real_time_and_whole() -> None:
    playout = Playout(0.2)
    run(playout, 0.5)
    playout.add(SPEECH)
    sent = run(playout, 2.0)
    assert sent.strip(b"\0") == SPEECH
    assert not playout.speaking


def test_stopping_returns_what_was_not_heard() -> None:
    playout = Playout(0.2)
    playout.add(SPEECH)
    run(playout, 0.5)
    unheard = playout.stop()
    assert len(unheard) == pytest.approx(0.5 * BYTES_PER_SECOND, abs=2 * FRAME_BYTES)
    assert not playout.speaking
    playout.add(unheard)
    assert run(playout, 1.0).strip(b"\0") == unheard


def test_after_a_stall_nothing_is_sent_twice_as_fast() -> None:
    playout = Playout(0.2)
    run(playout, 0.2)
    assert len(playout.advance(3.0)) <= 0.2 * BYTES_PER_SECOND + FRAME_BYTES


def test_a_full_buffer_is_waited_for() -> None:
    playout = Playout(0.2)
    playout.held_back = True
    assert playout.advance(1.0) == b""
