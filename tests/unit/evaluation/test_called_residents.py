"""Residents who call: their success is counted beside that of the same residents in writing, and by what is around them."""

import pytest

from evaluation.residents.called.run import figures_of
from evaluation.residents.conversation import Held
from evaluation.residents.profiles import Profile

pytestmark = pytest.mark.unit


def held(number: int, *, success: bool) -> Held:
    profile = Profile(
        id=f"made-zh-{number}", language="zh", topic="bookings", style="terse", given={}, table="bookings", where={},
        opening="订饭", replies={}, refuses_at=None, dev_only=True,
    )  # fmt: skip
    return Held(profile, 0, success, (), 0, 0, 0, 5, False, [])


def test_the_figure_is_the_share_of_what_succeeds_in_writing() -> None:
    written = [held(number, success=number != 3) for number in range(6)]
    called = [held(number, success=number < 4) for number in range(6)]
    figures = {figure.name: figure for figure in figures_of(dict(enumerate(called)), written, "dev")}
    share = figures["dev: success by telephone, of that in writing"]
    assert (share.value, share.verdict, share.of) == (0.8, "**missed**", 6)
    assert figures["dev: the same residents in writing"].value == 0.8333
    assert figures["dev: success once"].value == 0.6667


def test_every_third_caller_has_the_same_around_them() -> None:
    called = [held(number, success=number % 3 == 1) for number in range(7)]
    figures = {figure.name: (figure.value, figure.of) for figure in figures_of(dict(enumerate(called)), called, "dev")}
    assert figures["dev: success, telephone"] == (0.0, 3)
    assert figures["dev: success, babble 20 dB"] == (1.0, 2)
    assert figures["dev: success, babble 10 dB"] == (0.0, 2)


def test_where_nobody_succeeds_in_writing_there_is_no_share() -> None:
    nobody = [held(0, success=False)]
    figures = {figure.name: figure.value for figure in figures_of({0: nobody[0]}, nobody, "dev")}
    assert figures["dev: success by telephone, of that in writing"] is None


def test_who_had_not_finished_is_left_out_and_changes_nobody_elses_line() -> None:
    called = {at: held(at, success=at % 3 == 1) for at in (0, 1, 4)}  # a clean line, then twice babble of 20 dB
    figures = {figure.name: (figure.value, figure.of) for figure in figures_of(called, list(called.values()), "dev")}
    assert figures["dev: success, telephone"] == (0.0, 1)
    assert figures["dev: success, babble 20 dB"] == (1.0, 2)
    assert figures["dev: success, babble 10 dB"] == (None, 0)
