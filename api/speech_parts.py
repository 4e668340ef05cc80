"""Ears and voice as requests, streams and calls find them; what loads does so after the start, so that we answer at once."""

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from api.voice.places import Places
from bot.errors import EarsBusy, SpeechError, VoiceFailed
from bot.speech.interface import Utterance, Voice
from bot.speech.stt.hearing import Hearing
from bot.turns import Language

logger = logging.getLogger(__name__)
FILES_AT_ONCE = 2
"""Sound files are heard beside those who are speaking, and never keep them waiting."""
FILES_WAITING = 8
"""Of files that wait for their turn; who brings more is told when to try again."""


class SpeechParts:
    """Shared by all requests and streams."""

    def __init__(
        self, build_ears: Callable[[], Hearing], build_voice: Callable[[], Voice], places: Places | None = None
    ) -> None:
        self._build_ears, self._build_voice = build_ears, build_voice
        self.places = places or Places(12)
        self._ears: Hearing | None = None
        self._voice: Voice | None = None
        self._files = asyncio.Semaphore(FILES_AT_ONCE)
        self._files_here = 0
        # Work on sound blocks for long; in threads of its own it never keeps the database waiting.
        self._threads = ThreadPoolExecutor((os.cpu_count() or 2) + 2, thread_name_prefix="sound")

    async def warm_up(self) -> None:
        """Load both. What cannot be loaded is named in the log and by readyz; everything else works without it."""
        await asyncio.gather(self._warm_up_ears(), self._warm_up_voice())

    def ears(self) -> Hearing:
        """Raises SpeechError while there are none."""
        if self._ears is None:
            raise SpeechError
        return self._ears

    def voice(self) -> Voice:
        """Raises VoiceFailed while there is none."""
        if self._voice is None:
            raise VoiceFailed
        return self._voice

    async def hear_file(self, wav: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        """What is said in a WAV file, and its audio at 16 kHz.

        Raises EarsBusy when too many files wait, UnknownAudio, BadAudio, AudioTooLong, SpeechError.
        """
        if self._files_here >= FILES_AT_ONCE + FILES_WAITING:
            raise EarsBusy
        self._files_here += 1
        try:
            async with self._files:
                return await self.ears().hear(wav, language, awaiting)
        finally:
            self._files_here -= 1

    async def in_thread[**P, T](self, call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run what works on sound off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: call(*arguments, **named))

    async def can_hear(self) -> bool:
        """True when at least one of the processes that hear answers."""
        return self._ears is not None and (await self._ears.answering())[0] > 0

    async def can_speak(self) -> bool:
        return self._voice is not None and await self._voice.ready()

    async def ready_for_calls(self) -> bool:
        return self._voice is not None and await self._voice.ready_for_calls()

    async def degraded(self) -> list[str]:
        """What works less well than it should: some of the ears are gone, or only the small voice speaks."""
        answering, wanted = await self._ears.answering() if self._ears is not None else (0, 0)
        ears = ["recogniser"] if 0 < answering < wanted else []
        return ears + (["voice"] if self._voice is not None and self._voice.degraded() else [])

    async def close(self) -> None:
        """Stop the voice's own processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._voice is not None:
            await self._voice.close()

    async def _warm_up_ears(self) -> None:
        self._ears = await self._load("recogniser", self._build_ears)

    async def _warm_up_voice(self) -> None:
        self._voice = await self._load("voice", self._build_voice)
        if self._voice is not None:
            await self._voice.start()

    async def _load[T](self, name: str, build: Callable[[], T]) -> T | None:
        try:
            return await asyncio.to_thread(build)
        except Exception as error:  # whatever a library raises: the rest of the application works without sound
            logger.error("no %s: %s", name, type(error).__name__)
            return None
