"""uvicorn's HTTP, with an end to what never ends: headers that drip in, bodies that stop, connections that say nothing."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS = 15.0
"""From the connection, or the first byte of a further request, to the end of its headers."""
BODY_SECONDS = 30.0
"""Without a byte of a body that is not whole."""


class PatientHttp(HttpToolsProtocol):
    """Closes a connection whose client does not finish what it began. Between requests uvicorn's keep-alive counts."""

    header_seconds, body_seconds = HEADER_SECONDS, BODY_SECONDS

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._limit: asyncio.TimerHandle | None = None
        self._in_headers = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._give(self.header_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        self._give(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        idle = self.cycle is None or self.cycle.response_complete
        if self._limit is None and (self._in_headers or (idle and not self._upgraded)):
            self._give(self.header_seconds)  # uvicorn waits for nothing more once bytes have come

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_headers = True

    def on_headers_complete(self) -> None:
        self._in_headers = False
        self._give(self.body_seconds)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._give(self.body_seconds)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._give(None)
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._give(None)
        super().handle_websocket_upgrade()

    @property
    def _upgraded(self) -> bool:
        return self.transport.get_protocol() is not self

    def _give(self, seconds: float | None) -> None:
        """So long for what must come next; None for nothing."""
        if self._limit is not None:
            self._limit.cancel()
        self._limit = None if seconds is None else self.loop.call_later(seconds, self._give_up)

    def _give_up(self) -> None:
        self._limit = None
        if self.flow.read_paused:  # it is we who do not read
            self._give(self.body_seconds)
        elif not self.transport.is_closing():
            self.transport.abort()
