"""Times of the clock as they are said in English."""

from datetime import datetime, time

import pytest

from bot.language.times import HERE, find_when

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("half past three", time(15, 30)),
        ("half nine in the morning", time(9, 30)),
        ("twenty past ten", time(10, 20)),
        ("five past ten", time(10, 5)),
        ("quarter to four", time(15, 45)),
        ("ten to three", time(14, 50)),
        ("10 30", time(10, 30)),
        ("nine oh five", time(9, 5)),
        ("2:45pm", time(14, 45)),
        ("4ish", time(16, 0)),
        ("3 clock", time(15, 0)),
        ("14h30", time(14, 30)),
    ],
)
def test_a_time_is_known_however_it_is_said(said: str, at: time) -> None:
    assert find_when(said, NOW, language="en", awaiting_time=True).at == at


@pytest.mark.parametrize(
    ("said", "begins", "ends"),
    [
        ("ten to twelve", time(10, 0), time(12, 0)),
        ("between 9 and 11", time(9, 0), time(11, 0)),
        ("9-11", time(9, 0), time(11, 0)),
        ("from two to four", time(14, 0), time(16, 0)),
    ],
)
def test_a_stretch_has_an_end(said: str, begins: time, ends: time) -> None:
    found = find_when(said, NOW, language="en", awaiting_time=True)
    assert (found.at, found.ends) == (begins, ends)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("after lunch", "afternoon"),
        ("before lunch", "morning"),
        ("after dinner", "evening"),
        ("first thing", "morning"),
        ("good morning, around noon", "noon"),
    ],
)
def test_a_part_of_the_day_is_known_by_its_meals(said: str, part: str) -> None:
    assert find_when(said, NOW, language="en", awaiting_time=True).part == part
