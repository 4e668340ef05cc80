"""A voice process: one engine of pyttsx3 behind a socket (process_server.py), which speaks one text after the other."""

import asyncio
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, get_args

from wyoming.event import Event
from wyoming.info import Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.tts import Synthesize

from bot.errors import VoiceFailed
from bot.speech import process_server
from bot.speech.process_server import ProcessHandler, language_of
from bot.speech.tts import espeak
from bot.speech.tts import voice_messages as messages
from bot.speech.tts.kokoro_driver import NATURAL_RATE
from bot.speech.tts.natural_voices import natural_voice
from bot.speech.tts.voice_engine import EngineName, VoiceEngine
from bot.turns import Language

WORKING_SECONDS = 1.0
FAILURES = 3
"""After so many in a row, of whatever text, the engine is not to be trusted: the process ends and another one comes."""
NOBODY_ASKS_SECONDS = 60.0
"""A process that loads its engine only when it is needed ends after so long, and comes again without it."""


def seconds_allowed(text: str) -> float:
    """An engine that takes longer never comes back."""
    return 20 + 0.5 * len(text)


class EngineOwner:
    """The engine, and the one thread that loads and uses it."""

    def __init__(
        self,
        load: Callable[[], VoiceEngine],
        *,
        allowed: Callable[[str], float] = seconds_allowed,
        end_process: Callable[[int], Any] = os._exit,
    ) -> None:
        self._load, self._allowed, self._end_process = load, allowed, end_process
        self._thread = ThreadPoolExecutor(1, "voice")
        self._engine: VoiceEngine | None = None
        self._failures = 0
        self.waiting = 0
        """Texts that are spoken, or wait for that."""
        self.last_asked: float | None = None

    async def load(self) -> None:
        """Before anybody asks. Raises VoiceFailed."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._loaded)

    async def speak(self, text: str, voice: str, rate: int) -> tuple[bytes, int]:
        """16-bit mono PCM and its rate. Raises VoiceFailed."""
        self.waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._speak, text, voice, rate)
        finally:
            self.waiting -= 1
            self.last_asked = time.monotonic()

    def _loaded(self) -> VoiceEngine:
        if self._engine is None:
            self._engine = self._load()
        return self._engine

    def _speak(self, text: str, voice: str, rate: int) -> tuple[bytes, int]:
        engine = self._loaded()
        watchdog = threading.Timer(self._allowed(text), self._end_process, [1])
        watchdog.daemon = True
        watchdog.start()
        try:
            spoken = engine.speak(text, voice, rate)
        except VoiceFailed:
            self._failures += 1
            if self._failures >= FAILURES:
                self._end_process(1)
            raise
        finally:
            watchdog.cancel()
        self._failures = 0
        return spoken


async def serve(owner: EngineOwner, engine: EngineName, path: Path, *, when_needed: bool = False) -> None:
    """Until told to stop. `when_needed`: the engine is loaded at the first request, and given back when nobody asks.

    Raises VoiceFailed when the engine cannot be loaded.
    """
    if not when_needed:
        await owner.load()
    watching = asyncio.create_task(_end_when_nobody_asks(owner)) if when_needed else None
    await process_server.serve(partial(VoiceHandler, owner, engine), path)
    if watching:
        watching.cancel()


async def _end_when_nobody_asks(owner: EngineOwner) -> None:
    while True:
        await asyncio.sleep(WORKING_SECONDS)
        since = owner.last_asked
        if since is not None and not owner.waiting and time.monotonic() - since > NOBODY_ASKS_SECONDS:
            os._exit(0)  # nothing gives back memory as well


class VoiceHandler(ProcessHandler):
    """One client."""

    def __init__(
        self, owner: EngineOwner, engine: EngineName, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        super().__init__(reader, writer)
        self._owner, self._engine = owner, engine

    async def take(self, event: Event) -> None:
        if Synthesize.is_type(event.type):
            await self._speak(Synthesize.from_event(event))
        elif Describe.is_type(event.type):
            await self.write_event(_about_us(self._engine).event())

    async def _speak(self, asked: Synthesize) -> None:
        rate = int((asked.context or {}).get("rate") or _usual_rate(self._engine))
        speaking = asyncio.create_task(self._owner.speak(asked.text, _voice(self._engine, asked), rate))
        try:
            while not (await asyncio.wait({speaking}, timeout=WORKING_SECONDS))[0]:
                if asked.context is not None:
                    await self.write_event(Event(messages.WORKING))
        finally:
            speaking.cancel()  # the client is gone: what its thread has not begun is not begun
        for told in messages.answer(*speaking.result()):
            await self.write_event(told)


def _voice(engine: EngineName, asked: Synthesize) -> str:
    if asked.voice and asked.voice.name:
        return asked.voice.name
    return _voice_in(engine, language_of(asked.voice.language if asked.voice else None))


def _voice_in(engine: EngineName, language: Language) -> str:
    return natural_voice(language, "female") if engine == "kokoro" else espeak.voice_of(language, "female")


def _usual_rate(engine: EngineName) -> int:
    return NATURAL_RATE if engine == "kokoro" else espeak.NATURAL_RATES["zh"]


def _about_us(engine: EngineName) -> Info:
    by = Attribution("hexgrad", "https://huggingface.co/hexgrad/Kokoro-82M")
    if engine == "espeak":
        by = Attribution("eSpeak NG", "https://github.com/espeak-ng/espeak-ng")
    about: dict[str, Any] = {"attribution": by, "installed": True, "version": None}
    voices = [
        TtsVoice(name=_voice_in(engine, one), description=engine, languages=[one], **about)
        for one in get_args(Language)
    ]
    return Info(tts=[TtsProgram(name="linyu-voices", description="Voices of Linyu", voices=voices, **about)])
