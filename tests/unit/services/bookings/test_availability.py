"""Comparing what is asked with what there is."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.services.bookings.availability import Availability, judge
from bot.services.bookings.offerings import Offering, Window

pytestmark = pytest.mark.unit

NOON, EVENING = Window(time(11), time(12, 30)), Window(time(17), time(18, 30))
MEAL = Offering(
    id="meal", service="meal", title="助餐", title_en="Meal", place="东风社区", place_en="Dongfeng",
    needs_address=False, weekdays=(1, 2, 3, 4, 5), windows=(NOON, EVENING), capacity=3, max_party=2,
    notice_hours=2, max_days_ahead=14, cancel_hours=2, valid_from=date(2026, 1, 1),
)  # fmt: skip
MONDAY, TUESDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 28)


def ask(now: datetime, day: date, taken: dict[tuple[date, time], int] | None = None, **asked: Any) -> Availability:
    wanted: dict[str, Any] = {"at": None, "part": None, "party": 1, **asked}
    return judge(MEAL, taken or {}, day, now=now, **wanted)


def test_a_part_of_the_day_with_one_window_is_free(now: datetime) -> None:
    found = ask(now, TUESDAY, part="noon")
    assert found.outcome == "free"
    assert [(one.starts, one.left) for one in found.windows] == [(time(11), 3)]


def test_no_time_at_all_means_choosing_one(now: datetime) -> None:
    found = ask(now, TUESDAY)
    assert found.outcome == "choose_time"
    assert [one.starts for one in found.windows] == [time(11), time(17)]


def test_a_time_inside_a_window_finds_it(now: datetime) -> None:
    found = ask(now, TUESDAY, at=time(11, 45))
    assert (found.outcome, found.windows[0].starts) == ("free", time(11))


def test_a_time_outside_every_window_shows_the_windows_of_the_day(now: datetime) -> None:
    found = ask(now, TUESDAY, at=time(15))
    assert found.outcome == "no_window"
    assert [one.starts for one in found.windows] == [time(11), time(17)]
    assert found.alternatives[0] == (TUESDAY, EVENING)


def test_a_full_window_offers_the_nearest_others(now: datetime) -> None:
    found = ask(now, TUESDAY, {(TUESDAY, time(11)): 3}, at=time(11))
    assert found.outcome == "full"
    assert [one.starts for one in found.windows] == [time(17)]
    assert found.alternatives[:2] == ((TUESDAY, EVENING), (TUESDAY + timedelta(days=1), NOON))


def test_two_seats_do_not_fit_where_one_is_left(now: datetime) -> None:
    taken = {(TUESDAY, time(11)): 2}
    assert ask(now, TUESDAY, taken, at=time(11), party=1).outcome == "free"
    assert ask(now, TUESDAY, taken, at=time(11), party=2).outcome == "full"


def test_a_party_larger_than_allowed_never_fits(now: datetime) -> None:
    found = ask(now, TUESDAY, at=time(11), party=3)
    assert (found.outcome, found.windows, found.alternatives) == ("full", (), ())


@pytest.mark.parametrize(
    ("day", "asked", "outcome"),
    [
        (SATURDAY, {}, "closed_day"),
        (MONDAY - timedelta(days=1), {}, "past"),
        (MONDAY + timedelta(days=15), {}, "too_far"),
        (MONDAY, {"at": time(11)}, "free"),
    ],
)
def test_days_that_cannot_be_booked(now: datetime, day: date, asked: dict[str, Any], outcome: str) -> None:
    assert ask(now, day, **asked).outcome == outcome


def test_notice_is_kept(now: datetime) -> None:
    half_past_nine = now.replace(hour=9, minute=30)
    assert ask(half_past_nine, MONDAY, at=time(11)).outcome == "too_soon"
    assert ask(half_past_nine, MONDAY).outcome == "free", "the evening is left"
    assert ask(now.replace(hour=11, minute=1), MONDAY, at=time(11)).outcome == "past"
    assert ask(now.replace(hour=16), MONDAY).outcome == "too_soon"
