"""Asterisk's AudioSocket: one TCP connection per call, frames of a kind byte, a length and a payload.

It knows sound, keys and the end of a call. Who calls is told over HTTP before (audiosocket_server.py), and the frame with
which a connection begins carries the ticket for it.
"""

import asyncio
import contextlib
import struct
import uuid
from collections.abc import AsyncGenerator
from enum import IntEnum

from api.telephone.expected_calls import ExpectedCalls, Next
from api.telephone.line import (
    FRAME_BYTES,
    BadMessage,
    CallAudio,
    CallCommand,
    CallEnded,
    CallEvent,
    KeyPressed,
    Leave,
    PlayAudio,
)
from api.telephone.providers.asterisk_websocket import KEYS

HEADER = struct.Struct(">BH")


class Kind(IntEnum):
    HANG_UP = 0x00
    TICKET = 0x01
    KEY = 0x03
    SOUND = 0x10
    FAILURE = 0xFF


OTHER_RATES = range(0x11, 0x19)
"""Sound at 12 kHz and more."""
LONGEST_PAYLOAD = 4096
"""Asterisk sends 320 bytes of sound at a time."""
GOODBYE_SECONDS = 5.0
"""So long whoever has our goodbye may take to close the connection too."""


def read(kind: int, payload: bytes) -> CallEvent | uuid.UUID | None:
    """A UUID is a ticket; None for what does not matter to us. Raises BadMessage."""
    match kind:
        case Kind.SOUND:
            return CallAudio(payload[: len(payload) // 2 * 2])
        case Kind.KEY:
            key = payload.decode("latin-1")
            return KeyPressed(key) if key in KEYS else None
        case Kind.TICKET:
            if len(payload) != 16:
                raise BadMessage("no ticket")
            return uuid.UUID(bytes=payload)
        case Kind.HANG_UP | Kind.FAILURE:
            return CallEnded()
    if kind in OTHER_RATES:
        raise BadMessage("wrong rate or codec")
    return None


def frame(kind: int, payload: bytes = b"") -> bytes:
    return HEADER.pack(kind, len(payload)) + payload


def write(command: CallCommand) -> bytes:
    """Nothing for what AudioSocket cannot do: Asterisk plays at once what it gets, and has nothing to throw away."""
    match command:
        case PlayAudio(pcm):
            return b"".join(frame(Kind.SOUND, pcm[at : at + FRAME_BYTES]) for at in range(0, len(pcm), FRAME_BYTES))
        case Leave():
            return frame(Kind.HANG_UP)
        case _:
            return b""


class AudioSocketLine:
    """One call. What becomes of it when we leave, Asterisk's dialplan asks over HTTP."""

    held = False
    """It does not tell."""
    lead_seconds = 0.06
    """Asterisk keeps no queue here: what we send early waits in the caller's telephone, and cannot be taken back."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, expected_calls: ExpectedCalls
    ) -> None:
        self._reader, self._writer, self._expected_calls = reader, writer, expected_calls
        self._call = ""
        self._left = False

    async def events(self) -> AsyncGenerator[CallEvent]:
        """Until the call ends. Raises BadMessage."""
        while (told := await self._next_frame()) is not None:
            event = read(*told)
            if isinstance(event, uuid.UUID):
                if self._call:
                    raise BadMessage("a second start")
                started = await self._expected_calls.admit(str(event))
                self._call = started.provider_call
                yield started
            elif event is not None:
                yield event

    async def do(self, command: CallCommand) -> None:
        """Does nothing any more once the call has ended. Leaving is the last frame: the clock brings sound even then."""
        if self._left or self._writer.is_closing():
            return
        self._left = isinstance(command, Leave)
        with contextlib.suppress(OSError):
            self._writer.write(write(command))
            await self._writer.drain()

    async def hang_up(self) -> None:
        await self._expected_calls.order(self._call, Next("goodbye"))
        await self.do(Leave())

    async def give_to_operator(self, handover: str) -> None:
        await self._expected_calls.order(self._call, Next("operator", handover))
        await self.do(Leave())

    async def close(self) -> None:
        """We say no more, and read what still comes until the other side closes.

        A connection that is closed while sound comes in is reset, and a reset may overtake our goodbye.
        """
        with contextlib.suppress(OSError, TimeoutError):
            self._writer.write_eof()
            async with asyncio.timeout(GOODBYE_SECONDS):
                while await self._reader.read(LONGEST_PAYLOAD):
                    pass
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _next_frame(self) -> tuple[int, bytes] | None:
        """None when the connection has ended, be it within a frame."""
        try:
            kind, length = HEADER.unpack(await self._reader.readexactly(HEADER.size))
            if length > LONGEST_PAYLOAD:
                raise BadMessage("too long")
            return kind, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            return None
