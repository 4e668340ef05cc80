"""The arithmetic of the bench; its figures are measured, never tested."""

import numpy as np
import pytest

from evaluation.bench.line_sound import LINE_HZ, snr_db
from evaluation.bench.run import figures
from evaluation.bench.telephone import gaps, stops

pytestmark = pytest.mark.unit


def test_figures_are_in_milliseconds_and_turns_per_second() -> None:
    times = [n / 1000 for n in range(1, 101)]
    row = figures(times, 2, 10.0)
    assert row == {
        "turns": 100,
        "failures": 2,
        "p50_ms": 50.5,
        "p95_ms": pytest.approx(95.0, abs=0.2),
        "turns_per_second": 10.0,
    }


def test_a_gap_is_counted_from_the_end_of_the_callers_speech_to_our_first_sound() -> None:
    loud = np.zeros(500, bool)  # ten seconds
    loud[50:100] = loud[175:200] = True
    assert gaps(loud, [(0.5, 0.8), (2.0, 2.5), (5.0, 6.0)]) == pytest.approx([0.2, 1.0])


def test_a_stop_is_the_first_lasting_silence() -> None:
    loud = np.zeros(500, bool)
    loud[0:60] = loud[65:80] = True
    assert stops(loud, [1.0]) == pytest.approx([0.6])


def test_neither_delay_nor_volume_is_noise() -> None:
    generator = np.random.default_rng(1)
    speech = generator.normal(0, 3000, 3 * LINE_HZ)
    line = np.concatenate([np.zeros(1234), 0.5 * speech, np.zeros(500)])
    assert min(snr_db(speech, line)) > 100
    noisy = line + generator.normal(0, 15, line.size)  # a hundredth of the speech that arrives
    assert snr_db(speech, noisy) == pytest.approx([40.0] * 3, abs=0.3)
