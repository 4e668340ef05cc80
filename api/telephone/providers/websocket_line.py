"""A call that travels over a websocket, with Asterisk's or another provider's messages."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Container

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from api.telephone.line import BadMessage, CallCommand, CallEvent, CallStarted, Leave
from api.telephone.providers import asterisk_websocket
from bot.errors import TelephoneUnavailable
from bot.outbound.ari import Ari


class AsteriskLine:
    """One call over chan_websocket. Calls are ended through ARI; leaving one hands it to the operator."""

    lead_seconds = 0.3

    def __init__(self, socket: WebSocket, ari: Ari, on_hold: Container[str] = ()) -> None:
        """`on_hold`: the channels of those who have put us on hold."""
        self._socket, self._ari, self._channel = socket, ari, ""
        self._on_hold = on_hold
        self._sending = asyncio.Lock()

    async def events(self) -> AsyncGenerator[CallEvent]:
        """Until the call ends. Raises BadMessage."""
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            event = asterisk_websocket.read(message.get("text") or message.get("bytes") or b"")
            if isinstance(event, CallStarted):
                if self._channel:
                    raise BadMessage("a second start")
                self._channel = event.provider_call
                await self._send(asterisk_websocket.buffering(on=True))
            if event is not None:
                yield event

    @property
    def held(self) -> bool:
        return self._channel in self._on_hold

    async def do(self, command: CallCommand) -> None:
        """Does nothing any more once the call has ended."""
        await self._send(asterisk_websocket.write(command))

    async def hang_up(self) -> None:
        """End the caller's own channel. Raises TelephoneUnavailable."""
        await self._ari.hang_up(self._channel)

    async def give_to_operator(self, handover: str) -> None:
        """The dialplan rings the operator when we leave; staff see the number of the record on their telephone."""
        if handover:
            with contextlib.suppress(TelephoneUnavailable):
                await self._ari.set_variable(f"LINYU_HANDOVER_{self._channel}", handover)
        await self.do(Leave())

    async def _send(self, message: str | bytes) -> None:
        if self._socket.application_state is not WebSocketState.CONNECTED:
            return
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # gone meanwhile; starlette raises either
            async with self._sending:
                if isinstance(message, str):
                    await self._socket.send_text(message)
                else:
                    await self._socket.send_bytes(message)
