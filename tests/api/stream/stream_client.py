"""A client of the voice stream, over a real connection, that keeps what it got."""

import json
from collections import Counter
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.api.conftest import Conversation

PATIENCE_SECONDS = 30


class StreamClient:
    def __init__(self, address: str, conversation: Conversation, *, ticket: str | None = None, **more: Any) -> None:
        ticket = conversation.ticket if ticket is None else ticket
        uri = f"ws://{address}{conversation.path}/stream?ticket={ticket}"
        self.socket = connect(
            uri, compression=None, max_size=None, open_timeout=PATIENCE_SECONDS, **{"max_queue": None, **more}
        )
        self.events: list[dict[str, Any]] = []
        self.sound: Counter[tuple[str, int]] = Counter()
        """Bytes of each phrase, by turn and index."""

    def start(self, **about: Any) -> "StreamClient":
        self.send("start", rate=16000, **about)
        self.until("ready")
        return self

    def send(self, kind: str, **about: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **about}))

    def speak(self, seconds: float = 0.1) -> None:
        self.socket.send(bytes(2 * int(16000 * seconds)))

    def until(self, kind: str) -> dict[str, Any]:
        """The next event of this kind; what comes before it stays in `events`."""
        while True:
            event = self.next()
            if event["type"] == kind:
                return event

    def next(self, patience_seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
        """The next event. Raises TimeoutError, and ConnectionClosed at the end."""
        while True:
            frame = self.socket.recv(timeout=patience_seconds)
            if isinstance(frame, str):
                event: dict[str, Any] = json.loads(frame)
                self.events.append(event)
                return event
            phrase = next(one for one in reversed(self.events) if one["type"] == "speech_phrase")
            self.sound[phrase["turn_id"], phrase["index"]] += len(frame)

    def quiet(self, seconds: float = 0.3) -> bool:
        """Does nothing arrive for so long?"""
        try:
            self.socket.recv(timeout=seconds)
        except TimeoutError:
            return True
        return False

    def until_closed(self) -> int:
        """The code that we were closed with."""
        try:
            while True:
                self.next()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]

    def __enter__(self) -> "StreamClient":
        return self

    def __exit__(self, *_error: object) -> None:
        self.socket.close()
