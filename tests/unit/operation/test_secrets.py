"""Secrets are written whole or not at all, never replaced by silence, and the database knows its key."""

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import state_folder, wiring
from bot.cli import app
from bot.services.cases import cases
from bot.services.cases.cases import ComplaintRequest
from bot.services.kernel.deadlines import Targets
from bot.services.residents import privacy
from bot.services.residents.data_key import WrongDataKey, check
from bot.settings import Settings
from bot.state_folder import BadSecret
from bot.store.encryption import DataKeys
from bot.store.store import Store

pytestmark = pytest.mark.unit
Make = Callable[[Settings], object]
SECRETS: dict[str, Make] = {
    "token": state_folder.token,
    "telephone": state_folder.telephone_secret,
    "data_key": state_folder.data_keys,
    "vapid_key": state_folder.vapid_key,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state")


@pytest.mark.parametrize("name", SECRETS)
def test_a_full_disk_leaves_no_secret_that_looks_like_one(
    name: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            SECRETS[name](settings)
    assert list((settings.state_dir / "secrets").iterdir()) == []
    assert SECRETS[name](settings) == SECRETS[name](settings)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("content", ["", "\n", "short"])
def test_a_secret_that_was_cut_short_is_refused_and_kept_as_it_is(name: str, content: str, settings: Settings) -> None:
    state_folder.prepare(settings.state_dir)
    file = settings.state_dir / "secrets" / name
    file.write_text(content)
    with pytest.raises(BadSecret, match=name):
        SECRETS[name](settings)
    assert file.read_text() == content


@pytest.mark.parametrize("name", SECRETS)
def test_processes_that_start_at_once_find_the_same_secret(name: str, settings: Settings) -> None:
    state_folder.prepare(settings.state_dir)
    with ThreadPoolExecutor(16) as pool:
        values = list(pool.map(SECRETS[name], [settings] * 64))
    assert all(value == values[0] for value in values)
    assert [file.name for file in (settings.state_dir / "secrets").iterdir()] == [name]


@pytest.mark.parametrize("name", ["token", "telephone_secret", "data_key"])
def test_a_secret_that_somebody_made_up_is_refused(name: str, settings: Settings) -> None:
    given = settings.model_copy(update={name: SecretStr("geheim")})
    with pytest.raises(BadSecret, match=f"LINYU_{name.upper()}"):
        state_folder.check_given(given)
    state_folder.check_given(settings)


def test_files_that_others_could_read_are_closed_at_the_start(settings: Settings) -> None:
    state_folder.prepare(settings.state_dir)
    files = [settings.state_dir / name for name in ("linyu.db", "linyu.db-wal", "trackers.db", "secrets/token")]
    for file in files:
        file.write_text("x")
        file.chmod(0o644)
    folders = (settings.state_dir, settings.state_dir / "secrets")
    for folder in folders:
        folder.chmod(0o755)
    state_folder.prepare(settings.state_dir)
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_lost_data_key_is_not_replaced_by_a_new_one(settings: Settings, migrated_sqlite: Path) -> None:
    state_folder.prepare(settings.state_dir)
    shutil.copy(migrated_sqlite, settings.state_dir / "linyu.db")
    with pytest.raises(BadSecret, match="put it back"):
        state_folder.data_keys(settings)
    assert not (settings.state_dir / "secrets" / "data_key").exists()


def test_another_key_is_refused_and_a_rotated_one_taken(
    store: Store, store_url: str, data_key: str, now: datetime
) -> None:
    check(store)
    check(store)
    new = DataKeys.generate()
    with closing(Store(store_url, DataKeys([new]))) as stranger, pytest.raises(WrongDataKey):
        check(stranger)
    with closing(Store(store_url, DataKeys([new, data_key]))) as both:
        check(both)
        privacy.rotate(both, now)
    with closing(Store(store_url, DataKeys([new]))) as rotated:
        check(rotated)
    with pytest.raises(WrongDataKey):
        check(store)


def test_a_database_from_before_names_no_key_and_is_tried(
    sqlite_store: Store, complaint: Callable[..., ComplaintRequest], now: datetime, tmp_path: Path
) -> None:
    cases.file_case(sqlite_store, complaint(), now, targets=Targets())
    url = f"sqlite:///{tmp_path / 'linyu.db'}"
    with closing(Store(url, DataKeys([DataKeys.generate()]))) as stranger, pytest.raises(WrongDataKey):
        check(stranger)
    check(sqlite_store)


def test_linyu_does_not_start_with_a_key_that_opens_nothing(
    settings: Settings,
    migrated_sqlite: Path,
    complaint: Callable[..., ComplaintRequest],
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = state_folder.data_keys(settings)
    with closing(Store(settings.database, DataKeys(keys))) as store:
        store.migrate()
        cases.file_case(store, complaint(), now, targets=Targets())
    (settings.state_dir / "secrets" / "data_key").write_text(DataKeys.generate())
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    wiring.store.cache_clear()
    answer = CliRunner().invoke(app, ["prepare"])
    wiring.store.cache_clear()
    assert answer.exit_code == 1
    assert "another data key" in answer.output
