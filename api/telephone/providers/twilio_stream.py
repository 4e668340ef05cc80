"""Twilio's media streams, which other providers speak too: JSON over a websocket, sound as base64 of 8 kHz mu-law."""

import base64
import binascii
import contextlib
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from api.telephone.expected_calls import ExpectedCalls, Next
from api.telephone.line import (
    BadMessage,
    CallAudio,
    CallCommand,
    CallEnded,
    CallEvent,
    KeyPressed,
    Leave,
    MarkPlayed,
    PlayAudio,
    PlayMark,
    StopPlaying,
)
from api.telephone.providers.asterisk_websocket import KEYS, LONGEST_MESSAGE
from bot.speech.audio.resample import decode_mulaw, encode_mulaw

FORMAT = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1}


@dataclass(frozen=True)
class StreamStarted:
    stream: str
    """What every message of ours has to name."""
    call: str
    ticket: str


def read(message: str | bytes) -> CallEvent | StreamStarted | None:
    """None for what does not matter to us. Raises BadMessage."""
    if isinstance(message, bytes) or len(message) > LONGEST_MESSAGE:
        raise BadMessage("no text, or too long")
    try:
        data = json.loads(message)
    except (ValueError, RecursionError):
        raise BadMessage("no JSON") from None
    match data:
        case {"event": "start", "start": {"streamSid": str(stream), "callSid": str(call)} as start}:
            return _started(stream, call, start)
        case {"event": "media", "media": {"payload": str(payload)} as media}:
            # Of a stream in both directions only what the caller says comes to us.
            return _sound(payload) if media.get("track", "inbound") == "inbound" else None
        case {"event": "dtmf", "dtmf": {"digit": str(key)}}:
            return KeyPressed(key) if key in KEYS else None
        case {"event": "mark", "mark": {"name": str(name)}}:
            return MarkPlayed(name)
        case {"event": "stop"}:
            return CallEnded()
        case {"event": "start" | "media"}:
            raise BadMessage("parts are missing")
        case {"event": _}:
            return None
    raise BadMessage("no event")


def write(command: CallCommand, stream: str) -> str | None:
    """None for Leave: it is the end of the connection."""
    match command:
        case PlayAudio(pcm):
            payload = base64.b64encode(encode_mulaw(pcm)).decode()
            return json.dumps({"event": "media", "streamSid": stream, "media": {"payload": payload}})
        case PlayMark(name):
            return json.dumps({"event": "mark", "streamSid": stream, "mark": {"name": name}})
        case StopPlaying():
            return json.dumps({"event": "clear", "streamSid": stream})
        case Leave():
            return None


def _started(stream: str, call: str, start: dict[str, Any]) -> StreamStarted:
    if start.get("mediaFormat") != FORMAT:
        raise BadMessage("wrong rate or codec")
    given = start.get("customParameters")
    ticket = given.get("ticket") if isinstance(given, dict) else None
    return StreamStarted(stream, call, ticket if isinstance(ticket, str) else "")


def _sound(payload: str) -> CallAudio:
    try:
        return CallAudio(decode_mulaw(base64.b64decode(payload, validate=True)))
    except (binascii.Error, ValueError):
        raise BadMessage("no base64") from None


class TwilioLine:
    """One call. What becomes of it when we leave, Twilio asks over HTTP (twilio_webhook.py)."""

    held = False
    """It does not tell."""
    lead_seconds = 0.4
    """It comes over the internet; what waits at Twilio can be thrown away."""

    def __init__(self, socket: WebSocket, expected_calls: ExpectedCalls) -> None:
        self._socket, self._expected_calls = socket, expected_calls
        self._stream, self._call = "", ""
        self._marks: set[str] = set()
        """Sent, and neither played nor thrown away."""

    async def events(self) -> AsyncGenerator[CallEvent]:
        """Until the call ends. Raises BadMessage."""
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            event = read(message.get("text") or message.get("bytes") or b"")
            if isinstance(event, StreamStarted):
                if self._call:
                    raise BadMessage("a second start")
                started = await self._expected_calls.admit(event.ticket)
                if started.provider_call != event.call:
                    raise BadMessage("another call's ticket")
                self._stream, self._call = event.stream, event.call
                yield started
            elif isinstance(event, MarkPlayed):
                if event.name in self._marks:
                    self._marks.remove(event.name)
                    yield event
            elif event is not None:
                yield event

    async def do(self, command: CallCommand) -> None:
        """Does nothing any more once the call has ended."""
        if isinstance(command, PlayMark):
            self._marks.add(command.name)
        elif isinstance(command, StopPlaying):
            self._marks.clear()  # Twilio sends them back at once, as if they had been played
        if self._socket.application_state is not WebSocketState.CONNECTED:
            return
        message = write(command, self._stream)
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):  # gone meanwhile; starlette raises either
            if message is None:
                await self._socket.close()
            else:
                await self._socket.send_text(message)

    async def hang_up(self) -> None:
        await self._expected_calls.order(self._call, Next("goodbye"))
        await self.do(Leave())

    async def give_to_operator(self, handover: str) -> None:
        """The operator's telephone shows the caller's number; the summary is in the queue."""
        await self._expected_calls.order(self._call, Next("operator", handover))
        await self.do(Leave())
