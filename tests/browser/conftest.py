"""A real Chromium, and the page on a free loopback port before a fake office."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Playwright, sync_playwright
from pydantic import SecretStr

from api.main import create_app
from api.webchat.page import router
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store
from tests.api.conftest import ScriptedRasa
from tests.fakes import FakeOffice, create_fake_api
from tests.store_fakes import empty_database

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "test-output" / "screenshots"


@pytest.fixture(scope="module")  # not longer: while it lives, Playwright keeps an event loop running in this thread
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = launch(playwright)
    yield browser
    browser.close()


def launch(playwright: Playwright, *arguments: str) -> Browser:
    assert Path(CHROMIUM).exists(), "Chromium is missing: apt-get install chromium fonts-noto-cjk"
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*CHROMIUM_ARGUMENTS, *as_root, *arguments])


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


class Served:
    """An application on a free loopback port, run by uvicorn in a thread."""

    def __init__(self, app: FastAPI) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)
        self._socket.close()


@pytest.fixture
def fake_api() -> FastAPI:
    app = create_fake_api()
    app.include_router(router)
    return app


@pytest.fixture
def office(fake_api: FastAPI) -> FakeOffice:
    office: FakeOffice = fake_api.state.office
    return office


@pytest.fixture
def address(fake_api: FastAPI) -> Iterator[str]:
    served = Served(fake_api)
    yield served.address
    served.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(empty_database(tmp_path / "linyu.db"), DataKeys([DataKeys.generate()]))) as store:
        yield store


@pytest.fixture
def console(store: Store, tmp_path: Path) -> Iterator[str]:
    settings = Settings(state_dir=tmp_path, token=SecretStr("test-token"), encoder="none")
    served = Served(create_app(settings, store=store, rasa=ScriptedRasa()))  # type: ignore[arg-type]
    yield served.address
    served.stop()
