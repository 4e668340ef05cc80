"""How a soak is judged; what it finds is measured, never tested."""

import pytest

from evaluation.bench.soak import read_options
from evaluation.bench.soak_figures import Figure, Sample, crashes, doubled, growth, growth_figures
from evaluation.bench.soak_harm import kill_times
from evaluation.running import PROGRAMS

pytestmark = pytest.mark.unit
SUPERVISOR_LOG = """\
2026-01-31 12:00:00,000 WARN exited: rasa (terminated by SIGKILL; not expected)
2026-01-31 12:01:00,000 WARN exited: ears-0 (terminated by SIGKILL; not expected)
2026-01-31 12:02:00,000 WARN exited: ears-1 (terminated by SIGABRT; not expected)
2026-01-31 12:03:00,000 WARN exited: worker (exit status 1; not expected)
2026-01-31 12:04:00,000 INFO stopped: app (exit status 0)
2026-01-31 12:05:00,000 WARN exited: voices-natural-0 (terminated by SIGKILL; not expected)
2026-01-31 12:06:00,000 WARN exited: voices-small (terminated by SIGKILL; not expected)
"""
VOICES = {"natural voice": 1, "small voice": 1}


def life(program: str, pid: int, *, begins: float, ends: float, grows: float = 0.0) -> list[Sample]:
    """Looked at every five seconds; `grows` is megabytes and files in a minute."""
    seconds = [begins + 5 * step for step in range(int((ends - begins) / 5) + 1)]
    return [
        Sample(second, program, pid, int(100 + (second - begins) * grows / 60), 8, 50 + (second - begins) * grows / 60)
        for second in seconds
    ]


def test_a_crash_is_an_end_that_nobody_made() -> None:
    assert crashes(SUPERVISOR_LOG, {"rasa": 1, "ears": 1}) == {"ears": 1, "worker": 1, **VOICES}
    assert crashes(SUPERVISOR_LOG, {"rasa": 1, "ears": 2, "worker": 1, "app": 3, **VOICES}) == {}


def test_every_program_that_is_killed_is_known_to_the_supervisors_log_by_its_name() -> None:
    assert set(VOICES) <= set(PROGRAMS)


def test_one_of_a_kind_in_a_conversation_is_enough() -> None:
    items = [("a", "booking"), ("a", "case"), ("b", "booking"), ("b", "booking"), ("b", "booking")]
    assert doubled(items) == 2


def test_growth_begins_when_a_process_has_settled_and_the_worst_of_a_kind_counts() -> None:
    samples = (
        life("app", 1, begins=0, ends=720, grows=6)
        + life("app", 2, begins=605, ends=1800, grows=1)
        + life("rasa", 3, begins=0, ends=1800)
    )
    assert growth(samples, "memory_mb") == {"app": pytest.approx(40.0, abs=1), "rasa": 0}
    assert growth(samples, "threads") == {"app": 0, "rasa": 0}


def test_what_loads_at_first_is_no_growth_and_a_short_life_is_not_judged() -> None:
    loading = [Sample(second, "rasa", 1, 10, 1, min(500.0, second * 5)) for second in range(0, 900, 5)]
    assert growth(loading, "memory_mb") == {"rasa": 0}
    (figure, *_) = growth_figures(life("app", 2, begins=0, ends=270, grows=60))
    assert (figure.value, figure.verdict) == (None, "too short to judge")


def test_a_figure_is_met_up_to_its_aim() -> None:
    assert [Figure("x", value, 10).verdict for value in (0, 10, 10.5)] == ["met", "met", "missed"]


@pytest.mark.parametrize("minutes", [1, 4, 30, 120])
def test_every_program_is_killed_as_often_as_every_other_and_never_at_the_very_end(minutes: float) -> None:
    times = kill_times(minutes * 60)
    assert len(times) % len(PROGRAMS) == 0
    assert times == sorted(set(times))
    assert minutes < 4 or times[-1] < minutes * 60 - 30


def test_a_soak_is_bounded() -> None:
    assert (read_options([]).minutes, read_options([]).calls, read_options([]).chats) == (30, 8, 20)
    for wrong in (["--minutes", "0"], ["--minutes", "100000"], ["--calls", "500"]):
        with pytest.raises(SystemExit):
            read_options(wrong)
