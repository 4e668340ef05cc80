"""Deadlines are arithmetic."""

from datetime import date, datetime, timedelta

import pytest

from bot.services.kernel.deadlines import Targets, after_working_days, deadlines, is_chinese_working_day

pytestmark = pytest.mark.unit

WORKING = Targets(1, 3, working_days=True)


def weekdays_only(day: date) -> bool:
    return day.isoweekday() < 6


def test_days_of_the_calendar(now: datetime) -> None:
    assert deadlines(now, Targets(0.5, 3)) == (now + timedelta(hours=12), now + timedelta(days=3))


def test_working_days_skip_the_weekend(now: datetime) -> None:
    friday = now + timedelta(days=4)
    respond_by, settle_by = deadlines(friday, WORKING, weekdays_only)
    assert respond_by == friday + timedelta(days=3)  # Monday, same hour
    assert settle_by == friday + timedelta(days=5)  # Wednesday


def test_what_comes_on_a_day_off_counts_from_the_next_morning(now: datetime) -> None:
    saturday = now + timedelta(days=5)
    monday_night = datetime(2026, 12, 1, tzinfo=now.tzinfo)
    assert after_working_days(saturday, 1, weekdays_only) == monday_night


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),  # 国庆节
        (date(2026, 10, 10), True),  # a Saturday worked for it
        (date(2026, 11, 28), False),
        (date(2026, 11, 27), True),
    ],
)
def test_the_chinese_calendar_is_known(day: date, works: bool) -> None:
    assert is_chinese_working_day(day) is works
