"""The bench's turns stand beside their aims, also against what bare Rasa took in the same run."""

import pytest

from evaluation.bench.run import beside_aims

pytestmark = pytest.mark.unit


def test_what_rasa_alone_takes_sets_one_of_the_aims() -> None:
    alone = {"turns": 50, "failures": 0, "p95_ms": 90.0}
    told = {
        figure.name: figure.verdict
        for figure in beside_aims(
            {
                "one resident": alone,
                "50 residents": {**alone, "p95_ms": 160.0, "failures": 1},
                "50 residents, bare Rasa": {**alone, "p95_ms": 100.0},
            }
        )
    }
    assert told == {
        "one resident, p95, ms": "met",
        "50 residents, p95, ms": "met",
        "50 residents, p95 against 1.3 × bare Rasa + 20 ms": "**missed**",
        "turns that failed": "**missed**",
        "50 residents, bare Rasa, p95, ms": "–",
    }
