"""Fixed phrases rendered while nobody waits for them, by a process of the lowest priority (voice_process.py)."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable

from bot.errors import VoiceFailed
from bot.speech.tts.kokoro_driver import NATURAL_RATE
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.voice_client import VoiceProcesses

log = logging.getLogger(__name__)
FAILURES = 3
"""So many in a row, and the rest is left for the next start."""


class BackgroundRendering:
    def __init__(self, processes: VoiceProcesses, cache: PhraseCache, busy: Callable[[], bool]) -> None:
        """While `busy`, somebody waits for the live voice, and no new phrase is begun."""
        self._processes = processes
        self._cache = cache
        self._busy = busy
        self._todo: deque[tuple[str, str]] = deque()
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Phrases that are still to be rendered, or looked at."""
        return len(self._todo)

    def add(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Texts with their voices, in this order, after what waits already."""
        self._todo.extend(phrases)
        if self._todo:
            self._begin()

    def add_first(self, phrases: list[tuple[str, str]]) -> None:
        """Somebody has just missed these."""
        self._todo.extendleft(reversed(phrases))
        if phrases:
            self._begin()

    async def close(self) -> None:
        self._todo.clear()
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        failures = 0
        while self._todo and failures < FAILURES:
            text, voice = self._todo.popleft()
            if await asyncio.to_thread(self._cache.has, text, voice):
                continue
            while self._busy():  # noqa: ASYNC110  a poll is plainer than an event here
                await asyncio.sleep(0.2)
            try:
                await self._render(text, voice)
                failures = 0
            except VoiceFailed:
                failures += 1
                await asyncio.sleep(2.0**failures)
        self._todo.clear()

    async def _render(self, text: str, voice: str) -> None:
        sound, _ = await self._processes.render(text.strip(), voice, NATURAL_RATE)
        await asyncio.to_thread(self._cache.keep, text, voice, sound)
