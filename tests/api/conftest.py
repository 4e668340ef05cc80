"""The web application on an in-memory network, with a real database and a scripted Rasa."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from api.server import OPTIONS
from bot.dialogue.rasa_client import RasaAnswer
from bot.errors import DialogueUnavailable
from bot.settings import Settings
from bot.store.encryption import DataKeys
from tests.speech_fakes import ScriptedEars, ScriptedVoice
from tests.store_fakes import FragileStore, empty_database


class ScriptedRasa:
    """Answers as it is told and records what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, dict[str, Any]]] = []
        self.forgotten: list[str] = []
        self.restarts = 0
        self.failures = 0
        """How many turns fail before one is answered."""
        self.answer = RasaAnswer([{"text": "您好!"}], "greet", 0.9, None, None, {})

    async def turn(self, sender: str, message_id: str, text: str, about: dict[str, Any]) -> RasaAnswer:
        self.asked.append((sender, message_id, text, about))
        if self.failures:
            self.failures -= 1
            raise DialogueUnavailable("scripted")
        return self.answer

    async def forget(self, sender: str) -> None:
        self.forgotten.append(sender)

    async def restart(self) -> None:
        self.restarts += 1

    async def is_ready(self) -> bool:
        return True

    async def close(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path, token=SecretStr("test-token"), reply_timeout_seconds=2, encoder="none")


@pytest.fixture
def store(settings: Settings) -> Iterator[FragileStore]:
    address = empty_database(settings.state_dir / "linyu.db")
    with closing(FragileStore(address, DataKeys([DataKeys.generate()]))) as store:
        yield store


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa()


@pytest.fixture
def ears() -> ScriptedEars:
    return ScriptedEars()


@pytest.fixture
def voice() -> ScriptedVoice:
    return ScriptedVoice()


@pytest.fixture
def make_app(
    store: FragileStore, rasa: ScriptedRasa, ears: ScriptedEars, voice: ScriptedVoice
) -> Callable[..., FastAPI]:
    """The application with these settings."""
    return lambda settings: create_app(settings, store=store, rasa=rasa, ears=ears, voice=voice)  # type: ignore[arg-type]


@pytest.fixture
def client(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[TestClient]:
    with TestClient(make_app(settings), raise_server_exceptions=False) as client:
        yield client


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The application behind its real server; gives host and port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, **OPTIONS))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield f"127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture
def address(settings: Settings, make_app: Callable[..., FastAPI]) -> Iterator[str]:
    with served(make_app(settings)) as address:
        yield address


@pytest.fixture
def online(address: str) -> Iterator["Conversation"]:
    """A conversation with the application behind its real server."""
    with httpx.Client(base_url=f"http://{address}") as client:
        yield Conversation(client)


class Conversation:
    """One opened conversation of a client."""

    def __init__(self, client: httpx.Client) -> None:
        opened = client.post("/api/v1/conversations", json={"channel": "web", "language": "zh"})
        assert opened.status_code == 201
        self.client, self.opened = client, opened.json()
        self.path = f"/api/v1/conversations/{self.opened['conversation_id']}"
        self.headers = {"Authorization": f"Bearer {self.opened['token']}"}

    @property
    def ticket(self) -> str:
        return str(self.client.post(f"{self.path}/ticket", headers=self.headers).json()["ticket"])

    def say(self, text: str, message_id: str = "m1") -> Any:
        body = {"text": text, "client_message_id": message_id}
        return self.client.post(f"{self.path}/messages", json=body, headers=self.headers)


@pytest.fixture
def conversation(client: TestClient) -> Conversation:
    return Conversation(client)
