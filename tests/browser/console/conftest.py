"""The console on a free loopback port, with a real database and a scripted Rasa."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from api.main import create_app
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.browser.conftest import Served


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(f"sqlite:///{tmp_path / 'linyu.db'}", DataKeys([DataKeys.generate()]))) as store:
        store.migrate()
        yield store


@pytest.fixture
def console(store: Store, tmp_path: Path) -> Iterator[str]:
    settings = Settings(state_dir=tmp_path, token=SecretStr("test-token"), encoder="none")
    served = Served(create_app(settings, store=store, rasa=ScriptedRasa()))  # type: ignore[arg-type]
    yield served.address
    served.stop()
