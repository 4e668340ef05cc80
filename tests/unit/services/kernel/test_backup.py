"""A copy brings everything back."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import state_folder, wiring
from bot.cli import app
from bot.operation.only_one import state_folder_held
from bot.services.audit import audit, audit_check
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.backup import backup, restore
from bot.services.kernel.deadlines import Targets
from bot.services.kernel.permissions import OPERATOR
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store

pytestmark = pytest.mark.store


def test_a_restored_copy_holds_what_was_there(
    store: Store,
    store_url: str,
    data_key: str,
    complaint: Callable[..., ComplaintRequest],
    now: datetime,
    tmp_path: Path,
) -> None:
    kept = cases.file_case(store, complaint(), now, targets=Targets())
    copy = tmp_path / "copy"
    backup(store_url, copy)
    cases.file_case(store, complaint(conversation_id="after"), now, targets=Targets())
    store.close()
    restore(store_url, copy)
    with closing(Store(store_url, DataKeys([data_key]))) as restored:
        assert cases.of_conversation(restored, "conversation-a") == [kept]
        assert cases.of_conversation(restored, "after") == []


def test_the_copy_is_private_and_encrypted(
    sqlite_store: Store, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    cases.file_case(sqlite_store, complaint(), now, targets=Targets())
    copy = tmp_path / "copy"
    backup(f"sqlite:///{tmp_path / 'linyu.db'}", copy)
    assert copy.stat().st_mode & 0o077 == 0
    assert b"13900001234" not in copy.read_bytes()


def test_a_backup_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("precious")
    with pytest.raises(ValueError, match="exists"):
        backup("sqlite:///anything", tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "precious"


def test_a_backup_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such"):
        restore("sqlite:///anything", tmp_path / "copy")


def test_a_missing_tool_is_an_error_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _tool: None)
    with pytest.raises(RuntimeError, match="apt-get install"):
        backup("postgresql://linyu@127.0.0.1:1/linyu", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def page_overwritten(file: Path, table: str) -> None:
    """As a failing disk does: the first page of this table is rubbish."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [page] = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        [size] = database.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * size)
        raw.write(b"\xa5" * size)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A state folder of its own, which the command `linyu` works on."""
    settings = Settings(state_dir=tmp_path / "office")
    with closing(Store(settings.database, DataKeys(state_folder.data_keys(settings)), *settings.audit_files)) as store:
        store.migrate()
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    wiring.store.cache_clear()
    yield settings
    wiring.store().close()
    wiring.store.cache_clear()


def filed(office: Settings, request: ComplaintRequest, now: datetime) -> None:
    cases.file_case(wiring.store(), request, now, targets=Targets())
    with wiring.store().unit() as unit:
        audit.write(unit, OPERATOR, "case.read", "case", "1", now)
        unit.commit()


def run(*arguments: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, arguments)
    assert answer.exception is None or isinstance(answer.exception, SystemExit)
    return answer.exit_code, answer.output


@pytest.mark.parametrize("kind", ["empty", "text", "another program's", "damaged", "of another key"])
def test_what_is_no_sound_backup_of_ours_changes_nothing(
    kind: str,
    office: Settings,
    complaint: Callable[..., ComplaintRequest],
    now: datetime,
    tmp_path: Path,
    migrated_sqlite: Path,
) -> None:
    filed(office, complaint(), now)
    source = tmp_path / "source"
    if kind == "empty":
        source.touch()
    elif kind == "text":
        source.write_text("Dear diary")
    elif kind == "another program's":
        with closing(sqlite3.connect(source)) as other:
            other.execute("CREATE TABLE songs (title TEXT)")
    elif kind == "damaged":
        assert run("backup", str(source))[0] == 0
        page_overwritten(source, "turns")
    else:
        shutil.copy(migrated_sqlite, source)
        keys = DataKeys([DataKeys.generate()])
        with closing(Store(f"sqlite:///{source}", keys)) as stranger, stranger.unit() as unit:
            audit.write(unit, OPERATOR, "case.read", "case", "1", now)
            unit.commit()
        assert backup_of_foreign(source)
    code, output = run("restore", str(source))
    assert (code, "linyu:" in output) == (1, True)
    assert [case.text for case in cases.of_conversation(wiring.store(), "conversation-a")] == ["路灯不亮"]
    assert audit_check.verify(wiring.store()).whole
    assert list(office.state_dir.glob("linyu.db.*")) == []


def backup_of_foreign(source: Path) -> bool:
    """Sound in itself."""
    copy = source.with_name("sound")
    backup(f"sqlite:///{source}", copy)
    shutil.copy(copy, source)
    return True


def test_a_restore_is_refused_while_linyu_runs(
    office: Settings, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    assert run("backup", str(tmp_path / "copy"))[0] == 0
    filed(office, complaint(), now)
    with state_folder_held(office):
        code, output = run("restore", str(tmp_path / "copy"))
    assert (code, "runs already" in output) == (1, True)
    assert len(cases.of_conversation(wiring.store(), "conversation-a")) == 1


def test_what_was_there_before_a_restore_is_kept(
    office: Settings, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    filed(office, complaint(), now)
    assert run("backup", str(tmp_path / "copy"))[0] == 0
    filed(office, complaint(conversation_id="after"), now)
    wiring.store().close()
    assert run("restore", str(tmp_path / "copy"))[0] == 0
    assert cases.of_conversation(wiring.store(), "after") == []
    assert audit_check.verify(wiring.store()).whole
    [kept] = office.state_dir.glob("linyu.db.before-restore-*")
    assert kept.stat().st_mode & 0o077 == 0
    with closing(Store(f"sqlite:///{kept}", wiring.store().keys)) as before:
        assert len(cases.of_conversation(before, "after")) == 1


def test_a_damaged_database_is_kept_aside_too(
    office: Settings, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    filed(office, complaint(), now)
    assert run("backup", str(tmp_path / "copy"))[0] == 0
    wiring.store().close()
    page_overwritten(office.state_dir / "linyu.db", "cases")
    assert run("restore", str(tmp_path / "copy"))[0] == 0
    assert len(cases.of_conversation(wiring.store(), "conversation-a")) == 1
    assert len(list(office.state_dir.glob("linyu.db.before-restore-*"))) >= 1


def test_a_backup_of_a_damaged_database_fails_and_leaves_no_file(
    office: Settings, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    filed(office, complaint(), now)
    wiring.store().close()
    page_overwritten(office.state_dir / "linyu.db", "turns")
    code, output = run("backup", str(tmp_path / "copy"))
    assert (code, "damaged" in output) == (1, True)
    assert not (tmp_path / "copy").exists()


def test_a_dump_of_others_is_refused(store: Store, store_url: str, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"PGDMP no more than a beginning")
    with pytest.raises(ValueError, match=r"damaged|no backup"):
        restore(store_url, tmp_path / "dump")
    store.ping()
