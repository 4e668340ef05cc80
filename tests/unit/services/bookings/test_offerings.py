"""What can be booked, as the file says it."""

from datetime import time
from pathlib import Path

import pytest

from bot.services.bookings.offerings import Window, find_offerings, load_demo, read_weekdays, read_windows
from bot.store.store import Store
from bot.turns import SERVICES

pytestmark = pytest.mark.store

DEMO = Path(__file__).resolve().parents[4] / "data" / "policy" / "offerings.csv"


def test_every_service_can_be_booked_in_the_demo(store: Store) -> None:
    load_demo(store, DEMO)
    for service in SERVICES:
        assert find_offerings(store, service), service


def test_demo_offerings_say_that_they_are_examples_and_name_only_places_of_the_plan(
    sqlite_store: Store,
) -> None:
    load_demo(sqlite_store, DEMO)
    places = ("东风社区", "新街社区", "老街社区", "从家里出发", "家里", "电话办理")
    for offering in find_offerings(sqlite_store):
        assert "示例" in offering.title
        assert "example" in offering.title_en
        assert offering.place.startswith(places)


def test_meals_are_in_two_communities_and_come_home_too(sqlite_store: Store) -> None:
    load_demo(sqlite_store, DEMO)
    meals = find_offerings(sqlite_store, "meal")
    assert {offering.place[:2] for offering in meals} == {"东风", "新街"}
    assert any(offering.needs_address for offering in meals)


def test_loading_twice_doubles_nothing(sqlite_store: Store) -> None:
    first = load_demo(sqlite_store, DEMO)
    assert load_demo(sqlite_store, DEMO) == first == len(find_offerings(sqlite_store))


def test_weekdays_and_windows_are_read() -> None:
    assert read_weekdays("1-3;7") == (1, 2, 3, 7)
    assert read_windows("17:00-18:30;11:00-12:30")[0] == Window(time(11), time(12, 30))


@pytest.mark.parametrize("weekdays", ["0", "8", "Mon", ""])
def test_weekdays_that_cannot_be_right_are_refused(weekdays: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_weekdays(weekdays)
