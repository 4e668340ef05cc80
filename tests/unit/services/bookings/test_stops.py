"""The next stops of the service bus are those that can be booked."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.services.bookings.offerings import load_demo
from bot.services.bookings.stops import next_stops
from bot.settings import ROOT
from bot.store.store import Store

pytestmark = pytest.mark.store


@pytest.fixture
def offered(sqlite_store: Store, tmp_path: Path) -> Store:
    """As the office has confirmed it."""
    file = tmp_path / "offerings.csv"
    table = (ROOT / "data" / "policy" / "offerings.csv").read_text("utf-8")
    file.write_text(re.sub(",yes$", ",no", table, flags=re.MULTILINE), "utf-8")
    load_demo(sqlite_store, file)
    return sqlite_store


def test_each_place_is_told_once_the_soonest_first(offered: Store, now: datetime) -> None:
    found = next_stops(offered, now)  # a Monday
    assert [(stop.community, stop.day) for stop in found] == [
        ("老街社区", date(2026, 11, 24)),
        ("东风社区", date(2026, 11, 25)),
    ]
    assert [stop.community for stop in next_stops(offered, now, community="东风社区")] == ["东风社区"]


def test_on_a_day_without_a_stop_there_is_none(offered: Store, now: datetime) -> None:
    assert next_stops(offered, now, day=date(2026, 11, 29)) == []
    assert [stop.community for stop in next_stops(offered, now, day=date(2026, 11, 26))] == ["老街社区"]
    assert next_stops(offered, now, day=date(2026, 11, 17)) == []


def test_what_is_over_is_not_told(offered: Store, now: datetime) -> None:
    noon = now.replace(day=24, hour=12)
    [today] = next_stops(offered, noon, community="老街社区")
    assert [window.starts.hour for window in today.windows] == [14]
    [later] = next_stops(offered, noon.replace(hour=18), community="老街社区")
    assert later.day == date(2026, 11, 26)
    assert next_stops(offered, now, community="新街社区") == []
