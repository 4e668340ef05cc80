"""What can be booked, as the file says it."""

from contextlib import closing
from datetime import datetime, time
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from bot.services.bookings import staff_bookings
from bot.services.bookings.offerings import Window, find_offerings, load_demo, read_weekdays, read_windows
from bot.services.kernel.permissions import Actor
from bot.store.bookings import queries
from bot.store.encryption import DataKeys
from bot.store.store import Store, _alembic
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


def test_what_is_no_example_is_told_without_the_mark(sqlite_store: Store, tmp_path: Path) -> None:
    real = tmp_path / "offerings.csv"
    real.write_text(DEMO.read_text("utf-8").replace(",yes\n", ",no\n"), "utf-8")
    load_demo(sqlite_store, real)
    told = find_offerings(sqlite_store)
    assert all((one.title, one.place) == (one.bare_title, one.bare_place) for one in told)
    assert not [one.id for one in told if "示例" in one.title + one.place or "example" in one.title_en + one.place_en]


def test_the_column_takes_the_place_of_the_mark_that_names_had_before(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'linyu.db'}"
    names = ("助餐（示例）", "Meal (example)", "东风社区助餐点（示例）", "Dongfeng (example)")
    with closing(Store(url, DataKeys([DataKeys.generate()]))) as before:
        with before._connection() as connection:
            command.upgrade(_alembic(connection), "0091_plan_proofs")
        with before.unit() as unit:
            for row_id, marked in (
                ("demo", names),
                ("real", tuple(name.split(" (")[0].split("（")[0] for name in names)),
            ):
                values = dict(zip(("title", "title_en", "place", "place_en"), marked, strict=True))
                columns = {
                    "id": row_id, **values, "service": "meal", "needs_address": False, "weekdays": "1-7",
                    "windows": "11:00-12:30", "capacity": 1, "max_party": 1, "notice_hours": 2, "max_days_ahead": 9,
                    "cancel_hours": 2, "source": "test", "valid_from": "2026-01-01",
                }  # fmt: skip
                places = ", ".join(f":{name}" for name in columns)
                unit.session.execute(text(f"INSERT INTO offerings ({', '.join(columns)}) VALUES ({places})"), columns)
            unit.commit()
        before.migrate()
        demo, real = find_offerings(before)
    assert (demo.title, demo.title_en, demo.place, demo.place_en) == names
    assert (demo.bare_title, demo.bare_place, real.title, real.place) == (
        "助餐",
        "东风社区助餐点",
        "助餐",
        "东风社区助餐点",
    )


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


def test_a_change_by_another_process_is_seen_at_once_and_the_table_is_read_only_then(
    store: Store, store_url: str, data_key: str, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str | None] = []
    whole = queries.offerings
    monkeypatch.setattr(queries, "offerings", lambda unit, service: read.append(service) or whole(unit, service))
    load_demo(store, DEMO)
    assert find_offerings(store, "meal") == find_offerings(store, "meal")
    assert {one.service for one in find_offerings(store)} == set(SERVICES)
    assert len(read) == 1
    meal = find_offerings(store, "meal")[0]
    with closing(Store(store_url, DataKeys([data_key]))) as elsewhere:
        staff_bookings.set_offering_capacity(elsewhere, Actor("d", "dispatcher"), meal.id, meal.capacity + 3, now)
    assert find_offerings(store, "meal")[0].capacity == meal.capacity + 3
    assert len(read) == 2
