"""A database put back to an earlier state is found by the files outside it, and stays found whatever is written then."""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.services.audit import audit, audit_anchor, audit_check
from bot.services.audit.audit_anchor import Anchored
from bot.services.kernel.permissions import OPERATOR
from bot.services.staff import staff_accounts
from bot.services.staff.staff_accounts import Place
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.unit.services.audit.test_audit import fill, problems

pytestmark = pytest.mark.store


@pytest.fixture
def office(tmp_path: Path, migrated_sqlite: Path, data_key: str) -> Iterator[Callable[[], Store]]:
    """Opens the office's store, as each of its programs does."""
    shutil.copy(migrated_sqlite, tmp_path / "linyu.db")
    opened: list[Store] = []

    def open_it() -> Store:
        files = (tmp_path / "audit" / "anchor", tmp_path / "logs" / "audit-anchor.log")
        opened.append(Store(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([data_key]), *files))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


def copied(tmp_path: Path) -> Path:
    """Of the database as it is now, by somebody who may read the file and has no key."""
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(tmp_path / "linyu.db")) as stranger:
        stranger.execute(f"VACUUM INTO '{copy}'")
    return copy


def put_back(copy: Path, tmp_path: Path) -> None:
    for name in ("linyu.db", "linyu.db-wal", "linyu.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copy(copy, tmp_path / "linyu.db")


def assert_found_for_good(office: Callable[[], Store], now: datetime) -> None:
    assert not audit_check.verify(office()).whole
    assert not audit_check.is_sound(office())
    later = office()
    fill(later, now + timedelta(days=1), 12)
    found = audit_check.verify(later)
    assert not found.whole
    assert not audit_check.is_sound(later)
    entries = [*audit.found(later, audit.AuditFilter(action=audit.GAP))]
    assert len(entries) == 1
    assert entries[0].actor == "system"


@pytest.mark.parametrize("with_its_anchor", [False, True], ids=["database", "database and old anchor"])
def test_a_database_put_back_is_found_also_after_the_next_entries(
    with_its_anchor: bool, office: Callable[[], Store], now: datetime, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = office()
    fill(store, now, 3)
    copy = copied(tmp_path)
    assert store.audit_anchor
    anchor = store.audit_anchor.read_text()
    fill(store, now, 4)
    store.close()
    put_back(copy, tmp_path)
    if with_its_anchor:
        store.audit_anchor.write_text(anchor)
    assert {(seq, "truncated") for seq in (4, 5, 6, 7)} <= problems(office())
    assert_found_for_good(office, now)
    assert "audit has a gap" in caplog.text


def test_no_number_is_used_twice(office: Callable[[], Store], now: datetime, tmp_path: Path) -> None:
    store = office()
    fill(store, now, 2)
    copy = copied(tmp_path)
    fill(store, now, 3)
    store.close()
    put_back(copy, tmp_path)
    fill(office(), now, 1)
    assert [entry.seq for entry in audit.found(office(), audit.AuditFilter())] == [1, 2, 6, 7]
    assert {(3, "missing"), (4, "missing"), (5, "missing"), (6, "truncated")} <= problems(office())


def test_a_wiped_database_is_found(office: Callable[[], Store], now: datetime, tmp_path: Path, data_key: str) -> None:
    empty = copied(tmp_path)
    store = office()
    fill(store, now, 5)
    store.close()
    put_back(empty, tmp_path)
    assert store.audit_anchor
    store.audit_anchor.unlink()
    assert_found_for_good(office, now)


@pytest.mark.parametrize("place", [0, 1], ids=["anchor", "witness"])
def test_a_removed_file_is_found_for_good(place: int, office: Callable[[], Store], now: datetime) -> None:
    store = office()
    fill(store, now, 5)
    store.audit_anchors[place].unlink()
    assert_found_for_good(office, now)


def test_everything_wiped_is_found_by_the_accounts_that_are_left(
    office: Callable[[], Store], now: datetime, tmp_path: Path
) -> None:
    store = office()
    staff_accounts.invite(store, OPERATOR, login="zhangwei", name="测试员", place=Place("admin"), now=now)
    assert audit_check.verify(store).whole
    with store.unit() as unit:
        for name in ("no_update", "no_delete", "no_replace"):
            unit.session.execute(text(f"DROP TRIGGER audit_entries_{name}"))
        for table in ("audit_entries", "audit_reasons", "audit_head"):
            unit.session.execute(text(f"DELETE FROM {table}"))
        unit.commit()
    for file in store.audit_anchors:
        file.unlink()
    assert problems(office()) == {(0, "missing")}
    fill(office(), now + timedelta(days=1), 2)
    assert problems(office()) == {(0, "missing")}


def test_an_installation_from_before_the_witness_is_whole(
    tmp_path: Path, migrated_sqlite: Path, data_key: str, now: datetime, office: Callable[[], Store]
) -> None:
    store = office()
    fill(store, now, 3)
    assert store.audit_anchor
    last = store.audit_anchor.read_text().splitlines()[-1]
    store.audit_anchor.write_text(f"{last}\n")  # as it was kept then: the last line alone
    store.audit_anchors[1].unlink()
    assert problems(office()) == set()
    fill(office(), now, 2)
    assert problems(office()) == set()
    assert audit_check.is_sound(office())


def test_heads_of_many_threads_are_kept_in_order(office: Callable[[], Store], now: datetime) -> None:
    def write() -> None:
        for _ in range(5):
            fill(store, now, 1)

    store = office()
    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert audit_check.verify(store).whole
    for file in store.audit_anchors:
        counts = [line.count for line in audit_anchor.lines_of(file) if line]
        assert counts == sorted(set(counts))
        assert counts[-1] == 30


def test_a_line_that_comes_late_or_was_torn_by_a_power_cut_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "anchor"
    for count in (1, 3, 2):
        audit_anchor.append([file], Anchored(count, "a" * 64, "b" * 64))
    with file.open("a") as out:
        out.write("4 aaaa")
    audit_anchor.append([file], Anchored(5, "a" * 64, "b" * 64))
    assert [line.count for line in audit_anchor.lines_of(file) if line] == [1, 3, 5]
    assert file.stat().st_mode & 0o777 == 0o600


def test_after_a_key_rotation_the_files_are_signed_with_the_new_key(
    office: Callable[[], Store], now: datetime, data_key: str, tmp_path: Path
) -> None:
    store = office()
    fill(store, now, 3)
    new_key, url = DataKeys.generate(), f"sqlite:///{tmp_path / 'linyu.db'}"
    with closing(Store(url, DataKeys([new_key, data_key]), *store.audit_anchors)) as both:
        audit.sign_again(both)
    with closing(Store(url, DataKeys([new_key]), *store.audit_anchors)) as rotated:
        assert audit_check.is_sound(rotated)
