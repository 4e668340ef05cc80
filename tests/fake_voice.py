"""Ears and voice of the fake office: enough sound is an utterance that a test has named, and speech is a tone."""

import asyncio
import json
import math
import re
import secrets
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import WebSocket, WebSocketDisconnect

if TYPE_CHECKING:
    from tests.fakes import Conversation, FakeOffice

Json = dict[str, Any]

SPEECH_HZ = 24_000
SECONDS_PER_CHARACTER = 0.15
BAD_TICKET = 4401
PHRASE = re.compile(r"[^，。！？：；]+[，。！？：；]*")


def tone(seconds: float, rate_hz: int = SPEECH_HZ) -> bytes:
    """A voice of one vowel."""
    count = int(seconds * rate_hz)
    return array("h", (int(9000 * math.sin(2 * math.pi * 330 * n / rate_hz)) for n in range(count))).tobytes()


@dataclass
class FakeVoice:
    """What the ears hear and what reached them; tests set the first part and read the second."""

    hears: list[tuple[str, float]] = field(default_factory=list)
    """The next utterances, with their confidence; after the last one the ears hear nothing more."""
    utterance_seconds: float = 0.8
    """So long it takes to say one."""
    is_busy: bool = False
    breaks: int = 0
    """So many times the line breaks just after something was heard; what follows is told to who comes back."""
    goes_away: bool = False
    """Whoever comes back finds no line at all."""
    gives_up: bool = False
    """The ears find it too quiet."""
    is_deaf: bool = False
    """Something was said, and the dialogue does not answer."""
    is_mute: bool = False
    """No file of a reply can be had."""

    tickets: dict[str, str] = field(default_factory=dict)
    starts: list[Json] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    sound: bytearray = field(default_factory=bytearray)
    files_fetched: list[str] = field(default_factory=list)
    manners: dict[str, Json] = field(default_factory=dict)

    def ticket(self, conversation_id: str) -> str:
        ticket = secrets.token_urlsafe(8)
        self.tickets[ticket] = conversation_id
        return ticket

    def manner(self, conversation_id: str) -> Json:
        return self.manners.setdefault(conversation_id, {"rate": 1.0, "volume": 1.0, "voice": "female"})

    def said(self, kind: str) -> int:
        """How often the page sent that kind of message."""
        return sum(message["type"] == kind for message in self.messages)


def phrases(turn: Json) -> list[str]:
    return [piece for reply in turn["replies"] for piece in PHRASE.findall(reply["spoken"])]


def speech_of(turn: Json) -> bytes:
    return b"".join(tone(len(phrase) * SECONDS_PER_CHARACTER) for phrase in phrases(turn))


@dataclass
class Told:
    """What a stream has said, so that it can be said again after a break."""

    events: list[tuple[Json, bytes]] = field(default_factory=list)

    def add(self, kind: str, pcm: bytes = b"", **parts: Any) -> None:
        self.events.append(({"type": kind, "seq": len(self.events) + 1, **parts}, pcm))


class Line:
    """One websocket of the page."""

    def __init__(self, office: "FakeOffice", conversation_id: str, socket: WebSocket, told: Told) -> None:
        self._office, self._voice = office, office.voice
        self._conversation: Conversation = office.conversations[conversation_id]
        self._id, self._socket, self._told = conversation_id, socket, told
        self._sent = 0
        self._rate = 0
        self._hands_free = False
        self._speaks = False
        self._heard_bytes = 0
        self._partial = ""

    async def run(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if message.get("bytes"):
                await self._listen(message["bytes"])
            else:
                await self._obey(json.loads(message["text"]))

    async def _obey(self, message: Json) -> None:
        self._voice.messages.append(message)
        if message["type"] == "start":
            await self._start(message)
        elif message["type"] == "stop" and not self._hands_free:
            if self._voice.hears:
                await self._heard()

    async def _start(self, message: Json) -> None:
        self._voice.starts.append(message)
        self._rate, self._hands_free, self._speaks = message["rate"], message["hands_free"], message["speak"]
        if "resume_after" in message:
            self._sent = message["resume_after"]
        else:
            self._told.events.clear()
        if self._voice.is_busy:
            await self._tell(
                "error", code="ears-busy", detail="现在说话的人很多，我听不过来。请稍等一会儿再说，也可以打字。"
            )
            return
        await self._tell("ready", rate=message["rate"], manner=self._voice.manner(self._id))
        if self._voice.gives_up:
            await self._tell("still_there", reply=self._reply("您还在吗？"))
            await self._tell("gave_up", reply=self._reply("没听到您说话，我先不听了。"))

    async def _listen(self, pcm: bytes) -> None:
        self._voice.sound += pcm
        self._heard_bytes += len(pcm)
        seconds = self._heard_bytes / 2 / max(1, self._rate)
        if not self._voice.hears:
            return
        words, _ = self._voice.hears[0]
        partial = words[: int(len(words) * seconds / self._voice.utterance_seconds)]
        if partial != self._partial:
            self._partial = partial
            await self._tell("partial", text=partial)
        if seconds > self._voice.utterance_seconds and self._hands_free:
            await self._heard()

    async def _heard(self) -> None:
        self._heard_bytes, self._partial = 0, ""
        words, confidence = self._voice.hears.pop(0)
        await self._tell("final", text=words, confidence=confidence)
        breaks, self._voice.breaks = self._voice.breaks > 0, max(0, self._voice.breaks - 1)
        if self._voice.is_deaf:
            await self._tell("error", code="dialogue-unavailable", detail="请稍等。")
            return
        turn = self._office.answer(self._conversation, words, secrets.token_hex(8), confidence)
        self._told.add("turn", turn=turn)
        if self._speaks:
            self._told.add("speech_start", turn_id=turn["turn_id"], rate=SPEECH_HZ)
            for index, phrase in enumerate(phrases(turn)):
                pcm = tone(len(phrase) * SECONDS_PER_CHARACTER)
                self._told.add("speech_phrase", pcm, turn_id=turn["turn_id"], index=index, text=phrase)
            self._told.add("speech_end", turn_id=turn["turn_id"], interrupted=False)
        if breaks:
            await self._socket.close(1011)
            return
        await asyncio.sleep(self._office.slow_seconds)
        await self._catch_up()

    async def _tell(self, kind: str, **parts: Any) -> None:
        self._told.add(kind, **parts)
        await self._catch_up()

    async def _catch_up(self) -> None:
        for event, pcm in self._told.events[self._sent :]:
            await self._socket.send_json(event)
            if pcm:
                await self._socket.send_bytes(pcm)
        self._sent = len(self._told.events)

    @staticmethod
    def _reply(text: str) -> Json:
        return {"text": text, "spoken": text, "buttons": [], "sources": [], "card": None}


async def serve_line(office: "FakeOffice", conversation_id: str, ticket: str, socket: WebSocket) -> None:
    await socket.accept()
    is_known = office.voice.tickets.pop(ticket, "") == conversation_id and conversation_id in office.conversations
    if not is_known:
        await socket.close(BAD_TICKET)
        return
    if office.voice.goes_away and office.voice.starts:
        await socket.close(1011)
        return
    told = office.lines.setdefault(conversation_id, Told())
    try:
        await Line(office, conversation_id, socket, told).run()
    except (WebSocketDisconnect, RuntimeError):
        return  # the page has gone
