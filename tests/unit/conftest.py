"""A real store for every test that asks for one, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text

from bot.operation.local_servers import postgresql_server
from bot.services.bookings.bookings import BookingRequest
from bot.services.bookings.offerings import load_demo
from bot.services.cases.cases import ComplaintRequest
from bot.store.base import Base
from bot.store.encryption import DataKeys
from bot.store.store import Store

ROOT = Path(__file__).resolve().parents[2]
DATA_KEY = DataKeys.generate()
COLUMNS = (
    "id,service,title,title_en,place,place_en,needs_address,weekdays,windows,capacity,max_party,"
    "notice_hours,max_days_ahead,cancel_hours,source,valid_from,is_example"
)


@pytest.fixture
def now() -> datetime:
    """Monday, eight in the morning."""
    return datetime(2026, 11, 23, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """An empty PostgreSQL of our own, on the loopback address, gone afterwards."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated empty database; every test gets a copy."""
    file = tmp_path_factory.mktemp("migrated") / "linyu.db"
    with closing(Store(f"sqlite:///{file}", DataKeys([DATA_KEY]))) as store:
        store.migrate()
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_url: str) -> Iterator[Store]:
    with closing(Store(postgresql_url, DataKeys([DATA_KEY]))) as store:
        store.migrate()
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database."""
    if request.param == "sqlite":
        file = request.getfixturevalue("tmp_path") / "linyu.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        return f"sqlite:///{file}"
    with request.getfixturevalue("migrated_postgresql").unit() as unit:
        # The audit refuses deletions; for a superuser this setting passes over its triggers, until the commit.
        unit.session.execute(text("SET LOCAL session_replication_role = replica"))
        for table in reversed(Base.metadata.sorted_tables):
            unit.session.execute(delete(table))
        unit.commit()
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def data_key() -> str:
    return DATA_KEY


@pytest.fixture
def store(store_url: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    if store_url.startswith("postgresql"):  # connecting anew for every test takes its time
        yield request.getfixturevalue("migrated_postgresql")
        return
    with closing(Store(store_url, DataKeys([DATA_KEY]))) as store:
        yield store


@pytest.fixture
def sqlite_store(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Store]:
    """For tests that are not about the database."""
    shutil.copy(migrated_sqlite, tmp_path / "linyu.db")
    with closing(Store(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([DATA_KEY]))) as store:
        yield store


@pytest.fixture
def offer(store: Store, tmp_path: Path) -> Callable[..., str]:
    """Makes an offering with one seat at noon and one in the evening of every day, unless told otherwise."""

    def make(**changes: object) -> str:
        values: dict[str, object] = {
            "id": "meal-test", "service": "meal", "title": "助餐", "title_en": "Meal",
            "place": "东风社区", "place_en": "Dongfeng", "is_example": "yes", "needs_address": "no",
            "weekdays": "1-7", "windows": "11:00-12:30;17:00-18:30", "capacity": 1, "max_party": 4,
            "notice_hours": 2, "max_days_ahead": 14, "cancel_hours": 2, "source": "test",
            "valid_from": "2026-01-01", **changes,
        }  # fmt: skip
        file = tmp_path / "offerings.csv"
        file.write_text(COLUMNS + "\n" + ",".join(str(values[name]) for name in COLUMNS.split(",")) + "\n")
        load_demo(store, file)
        return str(values["id"])

    return make


@pytest.fixture
def booking_request() -> Callable[..., BookingRequest]:
    """Tomorrow noon, for one."""
    usual = BookingRequest(
        offering_id="meal-test", day=date(2026, 11, 24), starts=time(11), party=1, name="测试甲",
        phone="139-0000-1234", address="测试路一号", beneficiary="测试乙", note=None,
        conversation_id="conversation-a", client_message_id="message-1", language="zh", channel="web",
    )  # fmt: skip
    return lambda **changes: replace(usual, **changes)


@pytest.fixture
def complaint() -> Callable[..., ComplaintRequest]:
    """A dark street lamp."""
    usual = ComplaintRequest(
        category="public_facility", place="东风社区测试路", text="路灯不亮", anonymous=False, name="测试甲",
        phone="13900001234", conversation_id="conversation-a", client_message_id="message-1",
        language="zh", channel="web",
    )  # fmt: skip
    return lambda **changes: replace(usual, **changes)
