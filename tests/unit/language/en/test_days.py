"""Days as they are said in English, also by those who learnt it late."""

from datetime import date, datetime

import pytest

from bot.language.times import HERE, find_when

WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=HERE)
SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=HERE)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Sunday next week would suit", date(2026, 12, 6)),
        ("next week on Thursday", date(2026, 12, 3)),
        ("next week Tuesday please", date(2026, 12, 1)),
        ("the week after next, Friday", date(2026, 12, 11)),
        ("the Monday after next", date(2026, 12, 7)),
        ("next next Tuesday", date(2026, 12, 8)),
        ("Thursday week", date(2026, 12, 3)),
        ("a week on Sunday", date(2026, 12, 6)),
        ("two weeks from Monday", date(2026, 12, 14)),
        ("this coming Sunday", date(2026, 11, 29)),
        ("the following Saturday", date(2026, 11, 28)),
        ("a fortnight today", date(2026, 12, 9)),
        ("in a fortnight", date(2026, 12, 9)),
        ("in a couple of days", date(2026, 11, 27)),
        ("the second of December", date(2026, 12, 2)),
        ("December the fifth", date(2026, 12, 5)),
        ("the twenty-seventh", date(2026, 11, 27)),
        ("the 4th of next month", date(2026, 12, 4)),
        ("12/3", date(2026, 12, 3)),
        ("2026-12-03", date(2026, 12, 3)),
        ("can I come tommorow", date(2026, 11, 26)),
        ("tmr please", date(2026, 11, 26)),
        ("wensday", date(2026, 11, 25)),
        ("not tomorrow, the day after", date(2026, 11, 27)),
        ("this afternoon", date(2026, 11, 25)),
        ("sat", date(2026, 11, 28)),
        ("Wednesday 2 December", date(2026, 12, 2)),
        ("on Monday, the 30th of November please", date(2026, 11, 30)),
        ("Fri Dec 4", date(2026, 12, 4)),
        ("not Monday but Tuesday 1 December", date(2026, 12, 1)),
    ],
)
def test_a_day_is_known_however_it_is_said(said: str, day: date) -> None:
    found = find_when(said, WEDNESDAY, language="en")
    assert (found.day, found.doubt) == (day, None)


def test_this_friday_said_on_a_saturday_is_the_coming_one() -> None:
    assert find_when("this Friday", SATURDAY, language="en").day == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("said", "begin"),
    [
        ("any day next week", date(2026, 11, 30)),
        ("late next week", date(2026, 12, 3)),
        ("after the weekend", date(2026, 11, 30)),
        ("mid December", date(2026, 12, 10)),
    ],
)
def test_a_stretch_of_time_is_asked_about(said: str, begin: date) -> None:
    found = find_when(said, WEDNESDAY, language="en")
    assert (found.day, found.doubt) == (begin, "which_day")


@pytest.mark.parametrize("said", ["I sat down with my son", "open 24/7", "the first one", "the third floor"])
def test_other_words_are_no_day(said: str) -> None:
    assert find_when(said, WEDNESDAY, language="en").day is None
