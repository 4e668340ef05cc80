"""Ears and voice: they load in the background after the start, so that the application answers at once."""

import asyncio
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.errors import SpeechError, VoiceFailed
from bot.speech.ears import Ears
from bot.speech.interface import Voice

logger = logging.getLogger(__name__)


class SpeechParts:
    """Shared by all requests and streams."""

    def __init__(self, build_ears: Callable[[], Ears], build_voice: Callable[[], Voice]) -> None:
        self._build_ears, self._build_voice = build_ears, build_voice
        self._ears: Ears | None = None
        self._voice: Voice | None = None
        # Listening blocks for long; in threads of its own it never keeps the database waiting.
        self._threads = ThreadPoolExecutor((os.cpu_count() or 2) + 2, thread_name_prefix="ears")

    async def warm_up(self) -> None:
        """Load both. What cannot be loaded is named in the log and by readyz; everything else works without it."""
        await asyncio.gather(self._warm_up_ears(), self._warm_up_voice())

    def ears(self) -> Ears:
        """Raises SpeechError while there are none."""
        if self._ears is None:
            raise SpeechError
        return self._ears

    def voice(self) -> Voice:
        """Raises VoiceFailed while there is none."""
        if self._voice is None:
            raise VoiceFailed
        return self._voice

    async def in_ears[**P, T](self, call: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """Run what listens off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, lambda: call(*arguments, **named))

    async def can_hear(self) -> bool:
        return self._ears is not None

    async def can_speak(self) -> bool:
        return self._voice is not None and await self._voice.ready()

    def degraded(self) -> bool:
        """True when only the small voice speaks."""
        return self._voice is not None and self._voice.degraded()

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
