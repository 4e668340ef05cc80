"""One conversation over the public API, with the turns as they stand in the database."""

import time
import uuid
from types import TracebackType
from typing import Self

import httpx

from bot.services.conversations import conversations
from bot.store.store import Store
from bot.turns import Turn

PATIENCE_SECONDS = 60.0
TRIES = 20
"""How often a turn is sent again after "too many requests" or "please wait"."""


class NoAnswer(Exception):
    """It was said, and nothing came back."""


class Over(Exception):
    """The other side has ended it."""


class Talk:
    """Words in, turns out."""

    def __init__(self, url: str, store: Store, language: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/api/v1", timeout=PATIENCE_SECONDS)
        self.store = store
        opened = self._post("/conversations", {"channel": "web", "language": language})
        self.id = str(opened["conversation_id"])
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def say(self, text: str) -> Turn:
        """The turn as it is kept, with the question it put. Raises NoAnswer when Linyu keeps refusing."""
        message = uuid.uuid4().hex
        try:
            self._post(f"/conversations/{self.id}/messages", {"text": text, "client_message_id": message})
        except httpx.HTTPError as error:
            raise NoAnswer(type(error).__name__) from error
        turn = conversations.turn_of_message(self.store, self.id, message)
        assert turn is not None  # it was answered just now
        return turn

    def _post(self, path: str, body: dict[str, str]) -> dict[str, object]:
        for _ in range(TRIES):
            answer = self.http.post(path, json=body)
            if answer.status_code not in (429, 503):
                break
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        result: dict[str, object] = answer.raise_for_status().json()
        return result
