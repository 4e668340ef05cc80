"""Asks a running Linyu: over the public API as a browser does, and past it, over Rasa's own channel."""

import time
import uuid
from datetime import datetime
from types import TracebackType
from typing import Any, Self

import httpx

from bot import wiring
from bot.dialogue.answers import AnswerReader
from bot.dialogue.asked import asked_in
from bot.dialogue.context import fits, reply_language

PATIENCE_SECONDS = 30.0
TRIES = 6
"""How often a case is asked again after "too many requests" or "please wait"."""


class LinyuClient:
    """Every question in a fresh conversation, no faster than `per_minute` conversations."""

    def __init__(self, base_url: str, per_minute: float) -> None:
        self.http = httpx.Client(base_url=base_url, timeout=PATIENCE_SECONDS)
        self.seconds_apart = 60.0 / per_minute
        self.next_start = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def ask(self, said: str) -> dict[str, Any]:
        """The Turn that answers `said`. Raises httpx.HTTPStatusError when Linyu keeps refusing."""
        time.sleep(max(0.0, self.next_start - time.monotonic()))
        self.next_start = time.monotonic() + self.seconds_apart
        opened = self._post("/api/v1/conversations", {"channel": "web"})
        path = f"/api/v1/conversations/{opened['conversation_id']}/messages"
        message = {"text": said, "client_message_id": uuid.uuid4().hex}
        return self._post(path, message, {"Authorization": f"Bearer {opened['token']}"})

    def _post(self, path: str, body: dict[str, Any], headers: dict[str, str] | None = None) -> dict[str, Any]:
        for _ in range(TRIES):
            answer = self.http.post(path, json=body, headers=headers)
            if answer.status_code not in (429, 503):
                break
            time.sleep(float(answer.headers.get("Retry-After", "1")))
        result: dict[str, Any] = answer.raise_for_status().json()
        return result


class RasaChannel:
    """How Rasa reads one sentence after a given question; it also tells service and category."""

    def __init__(self, url: str, token: str, now: datetime) -> None:
        self.http = httpx.Client(base_url=url, timeout=PATIENCE_SECONDS, headers={"Authorization": f"Bearer {token}"})
        self.now = now
        self.answers = AnswerReader(wiring.answer_model)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.http.close()

    def read(self, said: str, awaiting: str | None) -> dict[str, Any]:
        """`intent_ranking` and `entities`. The conversation is forgotten at once."""
        language = reply_language(said, None, awaiting)
        about = {
            "language": language,
            "channel": "web",
            "now": self.now.isoformat(),
            "awaiting": awaiting,
            "fits": fits(said, awaiting, language, self.now),
            **self._answered(said, awaiting),
        }
        sender = f"evaluation-{uuid.uuid4().hex}"
        body = {"sender": sender, "message_id": uuid.uuid4().hex, "text": said, "metadata": about}
        answer = self.http.post("/webhooks/linyu/turn", json=body).raise_for_status()
        self.http.delete(f"/webhooks/linyu/conversations/{sender}").raise_for_status()
        result: dict[str, Any] = answer.json()
        return result

    def _answered(self, said: str, awaiting: str | None) -> dict[str, Any]:
        """What our reader of answers makes of it, as the application sends it along."""
        asked = "read_back" if awaiting == "confirmation" else asked_in((), awaiting)
        answer = self.answers.read(said, asked)
        return {"asked": asked, "act": answer.act, "act_sure": answer.sure, "act_confidence": answer.confidence}
