"""Where a stream's events and sound go out: numbered, in order, and the newest kept for a client that comes back."""

import asyncio
from collections import deque
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from api.http.problems import Problem
from api.http.shared_streams import KEPT_EVENTS, SharedStream
from bot.dialogue.responses import Responses
from bot.errors import AssistantError
from bot.turns import Language

PIECE_BYTES = 32 * 1024
"""Sound goes out in pieces, so that a word of interruption never waits behind a long phrase."""
NOT_KEPT = ("ready", "partial", "error")
"""Events that mean nothing to a client that comes back later."""


class EventStream:
    """Outlives the socket: what happens while the client is away is told when it comes back."""

    def __init__(self, words: Responses, language: Language, shared: SharedStream) -> None:
        self._words, self._shared = words, shared
        self.language: Language = language
        """In which failures are told."""
        self._socket: WebSocket | None = None
        self._kept: deque[dict[str, Any]] = deque(maxlen=KEPT_EVENTS)
        self._seq = 0
        self._sending = asyncio.Lock()
        self._under_way: asyncio.Task[bool] | None = None

    def attach(self, socket: WebSocket, shared: SharedStream | None = None) -> None:
        """`shared` is how the socket is known to other applications, where it is not the first one's."""
        self._socket, self._shared = socket, shared or self._shared

    def detach(self, socket: WebSocket) -> None:
        """What is just being sent there is given up. Does nothing when another socket has taken over."""
        if self._socket is socket:
            self._socket = None
            if self._under_way is not None:
                self._under_way.cancel()

    @property
    def connected(self) -> bool:
        return self._socket is not None

    async def emit(self, kind: str, **content: Any) -> None:
        """One event; a client that has just gone misses nothing, it is kept."""
        async with self._sending:
            await self._emit(kind, content)

    async def tell_apart(self, socket: WebSocket, kind: str, **content: Any) -> None:
        """One event for a socket that has been detached; it is not kept."""
        await _sent(socket, {"type": kind, "seq": self._seq + 1, **content})

    async def fail(self, error: AssistantError | Problem) -> None:
        """Say politely what went wrong."""
        detail = self._words.reply(error.say, self.language).text
        await self.emit("error", code=error.code, detail=detail)

    async def phrase(self, about: dict[str, Any], audio: bytes) -> None:
        """The event of a phrase, then its sound. Who cancels this sends nothing more of it."""
        await self.emit("speech_phrase", **about)
        for start in range(0, len(audio), PIECE_BYTES):
            async with self._sending:
                if self._socket is None:
                    return
                await self._send(bytes_=audio[start : start + PIECE_BYTES])

    async def tell_again(self, after: int) -> list[dict[str, Any]]:
        """Send what was kept since that event, as it was. Returns it."""
        async with self._sending:
            missed = [event for event in self._kept if event["seq"] > after]
            for event in missed:
                await self._send(event=event)
            return missed

    async def tell_what_is_known(self, after: int) -> list[dict[str, Any]] | None:
        """The same of what another application has told; its numbers go on. None where this one knows as much."""
        async with self._sending:
            known = await self._shared.known()
            if not known or known[-1]["seq"] <= self._seq:
                return None
            self._seq = max(after, known[-1]["seq"])
            self._kept.extend(known)
            missed = [event for event in known if event["seq"] > after]
            for event in missed:
                await self._send(event=event)
            return missed

    async def _emit(self, kind: str, content: dict[str, Any]) -> None:
        if self._socket is None and kind not in NOT_KEPT and await self._shared.pass_on(kind, content):
            return  # another application has the client by now
        self._seq += 1
        event = {"type": kind, "seq": self._seq, **content}
        if kind not in NOT_KEPT:
            self._kept.append(event)
            await self._shared.remember(event)
        await self._send(event=event)

    async def _send(self, *, event: dict[str, Any] | None = None, bytes_: bytes = b"") -> None:
        socket = self._socket
        if socket is None:
            return
        self._under_way = sending = asyncio.create_task(_sent(socket, event or bytes_))
        try:
            await asyncio.wait([sending])
        finally:
            self._under_way = None
            if not sending.done():  # we ourselves are not wanted any more
                sending.cancel()
        if not sending.cancelled() and not sending.result():
            self.detach(socket)


async def _sent(socket: WebSocket, what: dict[str, Any] | bytes) -> bool:
    """False when the socket is gone; starlette raises either."""
    try:
        await (socket.send_bytes(what) if isinstance(what, bytes) else socket.send_json(what))
    except (WebSocketDisconnect, RuntimeError):
        return False
    return True
