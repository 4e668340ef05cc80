"""The application without its processes, for what can be proved on an in-memory network."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa, rasa, settings

__all__ = ["client", "rasa", "settings", "store"]


@pytest.fixture(scope="session")
def data_key() -> str:
    return DataKeys.generate()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, data_key: str) -> Path:
    """An empty database; every test gets a copy."""
    file = tmp_path_factory.mktemp("migrated") / "linyu.db"
    with closing(Store(f"sqlite:///{file}", DataKeys([data_key]))) as store:
        store.migrate()
    return file


@pytest.fixture
def store(settings: Settings, migrated: Path, data_key: str) -> Iterator[Store]:
    shutil.copy(migrated, settings.state_dir / "linyu.db")
    with closing(Store(settings.database, DataKeys([data_key]))) as store:
        yield store


@pytest.fixture
def client(settings: Settings, store: Store, rasa: ScriptedRasa) -> Iterator[TestClient]:
    app = create_app(settings, store=store, rasa=rasa)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
