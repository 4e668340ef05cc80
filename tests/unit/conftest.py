"""A real store for every test that asks for one, on SQLite and on PostgreSQL."""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, text

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
    folder = Path(tempfile.mkdtemp(prefix="linyu-postgresql-"))
    port = _free_port()
    data = str(folder / "data")
    try:
        _postgresql(folder, "initdb", "-D", data, "-U", "linyu", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _postgresql(folder, "pg_ctl", "-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start")
        yield f"postgresql://linyu@127.0.0.1:{port}/postgres"
    finally:
        if Path(data, "postmaster.pid").exists():
            _postgresql(folder, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


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


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgresql(folder: Path, tool: str, *arguments: str) -> None:
    """Run a PostgreSQL server tool; it refuses to run as root, so root lends it the user nobody."""
    places = [os.environ.get("PATH", ""), *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]
    path = shutil.which(tool, path=os.pathsep.join([*places, "/usr/local/bin", "/usr/local/pgsql/bin"]))
    if path is None:
        pytest.fail(f"{tool} is missing; the remedy: apt-get install postgresql")
    user: str | None = None
    if os.geteuid() == 0:
        user = "nobody"
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    with (folder / "tool.log").open("w") as log:  # a pipe would stay open in the server
        finished = subprocess.run(
            [path, *arguments],
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            stdout=log,
            stderr=log,
            check=False,
        )
    if finished.returncode != 0:
        pytest.fail(f"{tool} failed:\n{(folder / 'tool.log').read_text()}")
