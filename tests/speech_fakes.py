"""Ears that hear what the test says, and a voice that counts what it spoke."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.errors import EarsBusy, VoiceFailed
from bot.speech.audio.wav import read_wav, write_wav
from bot.speech.interface import Manner, SpokenPhrase, Utterance
from bot.speech.stt.ears import EarEvent, Final
from bot.turns import Language

SILENCE = Utterance()
ONE_SECOND = bytes(32000)


def utterance(text: str, confidence: float = 0.95, *, seconds: float = 1.0, other: tuple[str, ...] = ()) -> Utterance:
    return Utterance(text, confidence, alternatives=other, speech_seconds=seconds)


def wav(seconds: float = 0.5, rate_hz: int = 16000) -> bytes:
    """Silence, which scripted ears do not mind."""
    return write_wav(bytes(2 * int(seconds * rate_hz)), rate_hz)


@dataclass
class ScriptedEars:
    """Hears `says` one after the other, whatever the sound."""

    says: deque[Utterance] = field(default_factory=deque)
    events: deque[list[EarEvent]] = field(default_factory=deque)
    """What the next pieces of sound bring about."""
    busy: bool = False
    slow_seconds: float = 0.0
    """How long each piece of sound takes."""
    sessions: list["ScriptedEarSession"] = field(default_factory=list)
    heard_files: int = 0

    def listen(
        self, rate_hz: int, language: Language, awaiting: str | None, *, hands_free: bool
    ) -> "ScriptedEarSession":
        if self.busy:
            raise EarsBusy
        session = ScriptedEarSession(self, rate_hz, language, [awaiting], hands_free)
        self.sessions.append(session)
        return session

    def hear(self, file: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        if self.busy:
            raise EarsBusy
        read_wav(file)
        self.heard_files += 1
        return self.says.popleft() if self.says else SILENCE, ONE_SECOND

    @property
    def open(self) -> int:
        return sum(not session.closed for session in self.sessions)


@dataclass
class ScriptedEarSession:
    ears: ScriptedEars
    rate_hz: int
    language: Language
    awaited: list[str | None]
    hands_free: bool
    pcm: bytearray = field(default_factory=bytearray)
    spoke_meanwhile: list[bool] = field(default_factory=list)
    closed: bool = False
    at_work: bool = False

    def accept(self, pcm: bytes) -> list[EarEvent]:
        assert not self.closed
        assert not self.at_work, "one thread at a time"
        self.at_work = True
        time.sleep(self.ears.slow_seconds)
        self.pcm += pcm
        self.at_work = False
        return self.ears.events.popleft() if self.ears.events else []

    def awaiting(self, awaiting: str | None, language: Language) -> None:
        self.awaited.append(awaiting)

    def we_speak(self, now: bool) -> None:
        self.spoke_meanwhile.append(now)

    def finish(self) -> Final | None:
        return Final(self.ears.says.popleft(), bytes(self.pcm)) if self.ears.says else None

    def close(self) -> None:
        assert not self.at_work, "closed while a thread is inside"
        self.closed = True


@dataclass
class ScriptedVoice:
    """A phrase for every sentence, a fortieth of a second for every character."""

    seconds_for_a_phrase: float = 0.0
    """How long rendering takes."""
    fails: bool = False
    small: bool = False
    spoken: list[tuple[str, Manner, int]] = field(default_factory=list)
    cancelled: int = 0
    started: bool = False
    closed: bool = False

    async def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncIterator[SpokenPhrase]:
        if self.fails:
            raise VoiceFailed
        self.spoken.append((text, manner, rate_hz))
        complete = False
        try:
            for phrase in phrases(text):
                await asyncio.sleep(self.seconds_for_a_phrase)
                yield SpokenPhrase(phrase, bytes(2 * (rate_hz // 40) * len(phrase)))
            complete = True
        finally:
            self.cancelled += not complete

    def degraded(self) -> bool:
        return self.small

    async def ready_for_calls(self) -> bool:
        return not self.small

    async def ready(self) -> bool:
        return not self.fails

    async def start(self) -> None:
        self.started = True

    async def close(self) -> None:
        self.closed = True


def phrases(text: str) -> list[str]:
    found, rest = [], ""
    for character in text:
        rest += character
        if character in ",。.!?":
            found.append(rest)
            rest = ""
    return [*found, rest] if rest else found
