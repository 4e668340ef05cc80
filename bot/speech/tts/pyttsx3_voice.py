"""The voice of replies: Kokoro through pyttsx3, phrase by phrase; eSpeak through pyttsx3 when that would be late."""

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Literal

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import Sound, levelled, spoken
from bot.speech.interface import Gender, Manner, SpokenPhrase
from bot.speech.tts import espeak
from bot.speech.tts.background import BackgroundRendering
from bot.speech.tts.kokoro_driver import KOKORO_HZ, NATURAL_RATE
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.phrases import cut, speakable
from bot.speech.tts.render_queue import Job, RenderQueue, Speed, lateness, seconds_of
from bot.speech.tts.voice_worker import WorkerSetup
from bot.speech.tts.workers import VoiceWorker
from bot.turns import Language

log = logging.getLogger(__name__)
ENGINE = "kokoro-1.0-fp32/1"
"""Part of the name of every kept phrase; count up when the sound of the voice changes."""
PATIENCE_SECONDS = 2.5
"""The longest silence before or within a reply. If it would be longer, the small voice speaks the whole reply: it starts
at once, but is hard to understand."""
GIVE_UP_SECONDS = 6.0
"""So much later than expected, the natural voice is not waited for any longer."""
LOOK_AHEAD = 4
"""Phrases that are rendered ahead of the one that is spoken."""
_VOICES: dict[tuple[Language, Gender], str] = {
    ("zh", "female"): "zf_xiaoxiao",
    ("zh", "male"): "zm_yunxi",
    ("en", "female"): "af_heart",
    ("en", "male"): "am_michael",
}


def natural_voice(language: Language, gender: Gender) -> str:
    return _VOICES[language, gender]


class Pyttsx3Voice:
    """One for the whole process, used from one event loop. Leave `speak` by contextlib.aclosing to cancel at once."""

    def __init__(
        self,
        *,
        engine: Literal["kokoro", "espeak"],
        models: Path,
        cache: PhraseCache,
        work: Path,
        espeak_data: Path | None = None,
        in_background: Sequence[tuple[str, str]] = (),
        patience_seconds: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`models` is Kokoro's folder, `work` a folder for files of the moment.

        `in_background` are texts with their voices, to be rendered once this has started and nobody waits.
        """
        self._wanted = engine
        self._models = models
        self._cache = cache
        self._clock = clock
        self._later = in_background
        self._patience = patience_seconds
        setup = WorkerSetup("kokoro", work, models, espeak_data, word_cache=work)
        self._natural = VoiceWorker(setup)
        self._small = VoiceWorker(
            WorkerSetup("espeak", work, espeak_data=espeak_data), start_seconds=20, limit_seconds=lambda text: 10.0
        )
        self._natural_thread = ThreadPoolExecutor(1, "natural-voice")
        self._small_thread = ThreadPoolExecutor(1, "small-voice")
        self.queue = RenderQueue(self._render, Speed(), clock)
        self._natural_up = False
        self._small_up = False
        self._starting: asyncio.Task[None] | None = None
        self.background = BackgroundRendering(
            VoiceWorker(replace(setup, in_background=True, threads=1)), cache, busy=lambda: len(self.queue) > 0
        )

    @property
    def natural_process_id(self) -> int | None:
        return self._natural.process_id

    async def start(self) -> None:
        """Load both voices, some seconds. Can be called again: it tries again what did not work."""
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start())
        await asyncio.shield(self._starting)

    async def ready(self) -> bool:
        """True when some voice can speak. The first call starts them and does not wait for it."""
        self._try_again()
        return self._natural_up or self._small_up

    def degraded(self) -> bool:
        return self._wanted == "kokoro" and not (self._natural_up and self._natural.answers)

    async def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncGenerator[SpokenPhrase]:
        """See interface.Voice. Nothing at all for an empty text, a short silence for one without words."""
        phrases = cut(text)
        if not any(speakable(phrase) for phrase in phrases):
            if text:
                yield SpokenPhrase(text, bytes(2 * (rate_hz // 5)))
            return
        voice = natural_voice(manner.language, manner.gender)
        spoken_so_far = 0
        if await self._can_speak_naturally(phrases, voice, manner):
            with contextlib.suppress(VoiceFailed):
                async with contextlib.aclosing(self._speak_naturally(phrases, voice, manner, rate_hz)) as natural:
                    async for phrase in natural:
                        spoken_so_far += 1
                        yield phrase
        if spoken_so_far < len(phrases):
            self.background.add_first([(phrase, voice) for phrase in phrases if self._cache.is_fixed(phrase)])
            for text_of_phrase in phrases[spoken_so_far:]:
                yield await self._speak_small(text_of_phrase, manner, rate_hz)

    async def render(self, text: str, voice: str) -> None:
        """One phrase for the cache, before anybody needs it. Raises VoiceFailed."""
        if not self._cache.has(text, voice):
            job = self.queue.want(text, voice)
            try:
                await asyncio.shield(job.done)
            finally:
                self.queue.release(job)

    async def close(self) -> None:
        """End all processes."""
        for worker in (self._natural, self._small):
            worker.close()
        await self.background.close()
        await self.queue.close()
        if self._starting:
            await asyncio.gather(self._starting, return_exceptions=True)
        for thread in (self._natural_thread, self._small_thread):
            await asyncio.to_thread(thread.shutdown)

    async def _start(self) -> None:
        await asyncio.gather(self._start_small(), self._start_natural())

    async def _start_small(self) -> None:
        if not self._small_up:
            with contextlib.suppress(VoiceFailed):
                await self._small_sound("好", Manner())
                self._small_up = True

    async def _start_natural(self) -> None:
        if self._wanted != "kokoro" or (self._natural_up and self._natural.answers):
            return
        try:
            if not (self._models / "kokoro.onnx").is_file():
                raise VoiceFailed("the model is missing")
            await self._in_natural_thread("好的。", natural_voice("zh", "female"))
            self._natural_up = True
            log.info("the natural voice speaks")
            later, self._later = self._later, ()
            self.background.add(later)
        except VoiceFailed as failure:
            self._natural_up = False
            log.warning("the natural voice does not speak (%s): the small one does", failure)

    def _try_again(self) -> None:
        """Start, in the background, what is not up and has rested."""
        needed = not self._small_up or (self.degraded() and self._natural.rested)
        if needed and (self._starting is None or self._starting.done()):
            self._starting = asyncio.create_task(self._start())

    async def _can_speak_naturally(self, phrases: list[str], voice: str, manner: Manner) -> bool:
        if self._wanted != "kokoro":
            return False
        known = await asyncio.to_thread(lambda: [self._cache.has(phrase, voice) for phrase in phrases])
        if all(known):
            return True
        if self.degraded():
            self._try_again()
            return False
        backlog = self.queue.backlog(self._clock())
        parts = [(phrase, not there) for phrase, there in zip(phrases, known, strict=True)]
        first, gap = lateness(parts, self.queue.speed, backlog=backlog, rate=manner.rate)
        if max(first, gap) <= self._patience:
            return True
        log.info("the small voice speaks: first sound in %.1f s, longest gap %.1f s", first, gap)
        return False

    async def _speak_naturally(
        self, phrases: list[str], voice: str, manner: Manner, rate_hz: int
    ) -> AsyncGenerator[SpokenPhrase]:
        jobs: dict[int, Job] = {}
        heard_until = self._clock()
        try:
            for index, text in enumerate(phrases):
                due = heard_until
                for ahead in range(index, min(index + LOOK_AHEAD, len(phrases))):
                    if ahead not in jobs and not self._cache.has(phrases[ahead], voice):
                        jobs[ahead] = self.queue.want(phrases[ahead], voice, due)
                    due += seconds_of(phrases[ahead]) / manner.rate
                sound = await self._sound(text, voice, jobs.get(index), max(0.0, heard_until - self._clock()))
                pcm = await asyncio.to_thread(spoken, sound, KOKORO_HZ, rate_hz, rate=manner.rate, volume=manner.volume)
                heard_until = max(heard_until, self._clock()) + len(pcm) / 2 / rate_hz
                yield SpokenPhrase(text, pcm)
        finally:
            for job in jobs.values():
                self.queue.release(job)

    async def _sound(self, text: str, voice: str, job: Job | None, spare_seconds: float) -> Sound:
        if job is None:
            found = await asyncio.to_thread(self._cache.find, text, voice)
            return found if found is not None else await self._render(text, voice)
        try:
            limit = spare_seconds + self._patience + GIVE_UP_SECONDS
            return await asyncio.wait_for(asyncio.shield(job.done), limit if math.isfinite(limit) else None)
        except TimeoutError:
            log.warning("the natural voice is late; the small one goes on")
            raise VoiceFailed("late") from None

    async def _render(self, text: str, voice: str) -> Sound:
        if (found := await asyncio.to_thread(self._cache.find, text, voice)) is not None:
            return found  # rendered by another process in the meantime
        sound = await self._in_natural_thread(text, voice)
        await asyncio.to_thread(self._cache.keep, text, voice, sound)
        return sound

    async def _in_natural_thread(self, text: str, voice: str) -> Sound:
        loop = asyncio.get_running_loop()
        sound, _ = await loop.run_in_executor(
            self._natural_thread, self._natural.render, text.strip(), voice, NATURAL_RATE
        )
        return sound

    async def _speak_small(self, text: str, manner: Manner, rate_hz: int) -> SpokenPhrase:
        sound = await self._small_sound(text.strip(), manner)
        pcm = await asyncio.to_thread(spoken, sound, espeak.ESPEAK_HZ, rate_hz, volume=manner.volume)
        return SpokenPhrase(text, pcm, natural=False)

    async def _small_sound(self, text: str, manner: Manner) -> Sound:
        loop = asyncio.get_running_loop()
        voice = espeak.voice_of(manner.language, manner.gender)
        rate = round(espeak.NATURAL_RATES[manner.language] * manner.rate)
        sound, _ = await loop.run_in_executor(self._small_thread, self._small.render, text, voice, rate)
        return levelled(sound)
