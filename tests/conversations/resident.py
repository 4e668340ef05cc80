"""A resident at the web chat's API, for tests."""

import re
import uuid
from typing import Any

import httpx


class Resident:
    def __init__(self, url: str, language: str | None = None) -> None:
        self.http = httpx.Client(base_url=f"{url}/api/v1", timeout=60)
        opened = self.http.post("/conversations", json={"channel": "web", "language": language})
        assert opened.status_code == 201, opened.text
        self.id, self.token = opened.json()["conversation_id"], opened.json()["token"]
        self.welcome = opened.json()["replies"]
        self.http.headers["Authorization"] = f"Bearer {self.token}"
        self.turn: dict[str, Any] = {}

    def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        """The turn; it is also kept as `self.turn`."""
        body = {"text": text, "client_message_id": message_id or uuid.uuid4().hex}
        answer = self.http.post(f"/conversations/{self.id}/messages", json=body)
        assert answer.status_code == 200, f"{text}: {answer.status_code} {answer.text}"
        self.turn = answer.json()
        return self.turn

    @property
    def heard(self) -> str:
        """All replies of the last turn in one string."""
        return "\n".join(reply["text"] for reply in self.turn["replies"])

    @property
    def number(self) -> str:
        """The number on the last card, or in the last reply."""
        cards = [reply["card"]["number"] for reply in self.turn["replies"] if reply["card"]]
        return cards[-1] if cards else re.findall(r"\d{8}", self.heard)[-1]

    def close(self) -> None:
        self.http.close()
