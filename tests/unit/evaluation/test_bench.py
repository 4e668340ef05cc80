"""The arithmetic of the bench; its figures are measured, never tested."""

import pytest

from evaluation.bench.run import figures

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
