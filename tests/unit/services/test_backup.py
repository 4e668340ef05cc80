"""A copy brings everything back."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.services import cases
from bot.services.backup import backup, restore
from bot.services.cases import ComplaintRequest
from bot.services.deadlines import Targets
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
