"""The application without its processes, for what can be proved on an in-memory network."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa, rasa, settings
from tests.store_fakes import empty_database

__all__ = ["client", "rasa", "settings", "store"]


@pytest.fixture(scope="session")
def data_key() -> str:
    return DataKeys.generate()


@pytest.fixture
def store(settings: Settings, data_key: str) -> Iterator[Store]:
    with closing(Store(empty_database(settings.state_dir / "linyu.db"), DataKeys([data_key]))) as store:
        yield store


@pytest.fixture
def client(settings: Settings, store: Store, rasa: ScriptedRasa) -> Iterator[TestClient]:
    app = create_app(settings, store=store, rasa=rasa)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
