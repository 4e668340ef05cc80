"""Whom we call, and when we do not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.conversations.outbound_calls import end_of_quiet, is_quiet, rules_of

pytestmark = pytest.mark.unit
RULES = rules_of("20:30-08:30", 3, 45)
DAY = datetime(2026, 11, 23, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(("at", "quiet"), [("20:29", False), ("20:30", True), ("03:00", True), ("08:30", False)])
def test_nobody_is_called_in_quiet_hours(at: str, quiet: bool) -> None:
    assert is_quiet(RULES, datetime.combine(DAY.date(), time.fromisoformat(at), DAY.tzinfo)) is quiet


def test_quiet_hours_within_a_day() -> None:
    noon = rules_of("12:00-14:00", 3, 45)
    assert is_quiet(noon, DAY + timedelta(hours=13))
    assert not is_quiet(noon, DAY + timedelta(hours=15))


def test_quiet_hours_end_in_the_morning() -> None:
    assert end_of_quiet(RULES, DAY + timedelta(hours=22)) == DAY + timedelta(hours=32, minutes=30)
    assert end_of_quiet(RULES, DAY + timedelta(hours=3)) == DAY + timedelta(hours=8, minutes=30)
