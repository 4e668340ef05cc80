"""The web application on an in-memory network, with a real database and a scripted Rasa."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.main import create_app
from bot.dialogue.rasa_client import RasaAnswer
from bot.errors import DialogueUnavailable
from bot.settings import Settings
from bot.store.encryption import DataKeys
from bot.store.store import Store


class ScriptedRasa:
    """Answers as it is told and records what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str, dict[str, Any]]] = []
        self.forgotten: list[str] = []
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

    async def is_ready(self) -> bool:
        return True

    async def close(self) -> None:
        pass


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path, token=SecretStr("test-token"), reply_timeout_seconds=2, encoder="none")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = Store(settings.database, DataKeys([Fernet.generate_key().decode()]))
    store.migrate()
    yield store
    store.close()


@pytest.fixture
def rasa() -> ScriptedRasa:
    return ScriptedRasa()


@pytest.fixture
def client(settings: Settings, store: Store, rasa: ScriptedRasa) -> Iterator[TestClient]:
    app = create_app(settings, store=store, rasa=rasa)  # type: ignore[arg-type]
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


class Conversation:
    """One opened conversation of a client."""

    def __init__(self, client: TestClient) -> None:
        opened = client.post("/api/v1/conversations", json={"channel": "web", "language": "zh"})
        assert opened.status_code == 201
        self.client, self.opened = client, opened.json()
        self.path = f"/api/v1/conversations/{self.opened['conversation_id']}"
        self.headers = {"Authorization": f"Bearer {self.opened['token']}"}

    def say(self, text: str, message_id: str = "m1") -> Any:
        body = {"text": text, "client_message_id": message_id}
        return self.client.post(f"{self.path}/messages", json=body, headers=self.headers)


@pytest.fixture
def conversation(client: TestClient) -> Conversation:
    return Conversation(client)
