"""The voice of replies: Kokoro through pyttsx3, phrase by phrase; eSpeak through pyttsx3 when that would be late.

The engines live in processes of their own; here it is decided who speaks, and what is rendered first.
"""

import asyncio
import contextlib
import logging
import math
import re
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace

from bot.errors import VoiceFailed
from bot.speech.audio.loudness import Sound, levelled, spoken
from bot.speech.interface import Manner, SpokenPhrase
from bot.speech.tts import espeak
from bot.speech.tts.background import BackgroundRendering
from bot.speech.tts.kokoro_driver import KOKORO_HZ, NATURAL_RATE
from bot.speech.tts.natural_voices import natural_voice
from bot.speech.tts.phrase_cache import PhraseCache
from bot.speech.tts.phrases import cut, sentence_begin, speakable
from bot.speech.tts.render_queue import Job, RenderQueue, Speed, lateness, seconds_of
from bot.speech.tts.voice_client import VoiceProcesses

log = logging.getLogger(__name__)
ASKS = re.compile(r"[?？]\s*$")
ENGINE = "kokoro-1.0-fp32/2"
"""Part of the name of every kept phrase; count up when the sound of the voice changes."""
PATIENCE_SECONDS = 2.5
"""The longest silence before or within a reply. If it would be longer, the small voice speaks the whole reply: it starts
at once, but is hard to understand."""
WEIGHTY = 4
"""So many times as long the natural voice is waited for where the words are agreed to: a yes to what was not understood
does more harm than a silence."""
GIVE_UP_SECONDS = 6.0
"""So much later than expected, the natural voice is not waited for any longer, if it has not begun."""
BEFORE_AGREEING_SECONDS = 0.5
"""Of silence before the question that ends a read-back, beside the pause of every sentence: time to think about what was heard."""
LOOK_AHEAD = 4
"""Phrases that are rendered ahead of the one that is spoken."""


class Pyttsx3Voice:
    """One for the whole process, used from one event loop. Leave `speak` by contextlib.aclosing to cancel at once."""

    def __init__(
        self,
        *,
        natural: VoiceProcesses | None,
        small: VoiceProcesses,
        cache: PhraseCache,
        background: VoiceProcesses | None = None,
        in_background: Sequence[tuple[str, str]] = (),
        for_calls: Sequence[tuple[str, str]] = (),
        patience_seconds: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`natural` is None where the small voice alone is wanted.

        `in_background` are texts with their voices, to be rendered by `background` from the start, when nobody waits;
        `for_calls` those of them without which a call would begin with a silence or with the small voice.
        """
        self._natural, self._small = natural, small
        self._cache = cache
        self._clock = clock
        self._later = in_background
        self._for_calls = list(for_calls)
        """Those that were not kept when we looked last."""
        self._patience = patience_seconds
        self.queue = RenderQueue(self._render, Speed(), clock, at_once=natural.count if natural else 1)
        self._natural_up = False
        self._background = BackgroundRendering(background, cache, lambda: len(self.queue) > 0) if background else None

    async def start(self) -> None:
        """Begin what is done in the background."""
        later, self._later = self._later, ()
        if self._background:
            self._background.add(later)

    async def ready(self) -> bool:
        """True when some voice process answers."""
        natural, small = await asyncio.gather(self._natural_answers(), self._small.one_answers())
        return natural or small

    async def ready_for_calls(self) -> bool:
        """True when the greeting, and all that is said in every call, is rendered."""
        self._for_calls = await asyncio.to_thread(
            lambda: [(text, voice) for text, voice in self._for_calls if not self._cache.has(text, voice)]
        )
        return not self._for_calls

    def degraded(self) -> bool:
        return self._natural is not None and not self._natural_up

    async def speak(self, text: str, manner: Manner, rate_hz: int) -> AsyncGenerator[SpokenPhrase]:
        """See interface.Voice. Nothing at all for an empty text, a short silence for one without words."""
        phrases = cut(text, self._cache.is_fixed)
        if not any(speakable(phrase) for phrase in phrases):
            if text:
                yield SpokenPhrase(text, bytes(2 * (rate_hz // 5)))
            return
        voice = natural_voice(manner.language, manner.gender)
        question = len(phrases) - 1 if manner.weighty and len(phrases) > 1 and ASKS.search(text) else -1
        spoken_so_far = 0
        if await self._can_speak_naturally(phrases, voice, manner):
            with contextlib.suppress(VoiceFailed):
                async with contextlib.aclosing(self._speak_naturally(phrases, voice, manner, rate_hz)) as natural:
                    async for phrase in natural:
                        yield _after_silence(phrase, rate_hz) if spoken_so_far == question else phrase
                        spoken_so_far += 1
        if spoken_so_far < len(phrases):
            self._render_later([phrase for phrase in phrases if self._cache.is_fixed(phrase)], voice)
            for index in range(sentence_begin(phrases, spoken_so_far), len(phrases)):
                phrase = await self._speak_small(phrases[index], manner, rate_hz)
                yield _after_silence(phrase, rate_hz) if index == question else phrase

    async def render(self, text: str, voice: str) -> None:
        """One phrase for the cache, before anybody needs it. Raises VoiceFailed."""
        if not self._cache.has(text, voice):
            job = self.queue.want(text, voice)
            try:
                await asyncio.shield(job.done)
            finally:
                self.queue.release(job)

    async def close(self) -> None:
        """Forget all work; the processes live on."""
        if self._background:
            await self._background.close()
        await self.queue.close()

    async def _natural_answers(self) -> bool:
        up = self._natural is not None and await self._natural.one_answers()
        if self._natural_up and not up:
            log.warning("the natural voice does not answer: the small one speaks")
        self._natural_up = up
        return up

    def _render_later(self, phrases: Sequence[str], voice: str) -> None:
        if self._background:
            self._background.add_first([(phrase, voice) for phrase in phrases])

    async def _can_speak_naturally(self, phrases: list[str], voice: str, manner: Manner) -> bool:
        if self._natural is None:
            return False
        known = await asyncio.to_thread(lambda: [self._cache.has(phrase, voice) for phrase in phrases])
        if all(known):
            return True
        if not await self._natural_answers():
            return False
        backlog = self.queue.backlog(self._clock())
        parts = [(phrase, not there) for phrase, there in zip(phrases, known, strict=True)]
        first, gap = lateness(parts, self.queue.speed, backlog=backlog, rate=manner.rate)
        if max(first, gap) <= self._patience_for(manner):
            return True
        log.info("the small voice speaks: first sound in %.1f s, longest gap %.1f s", first, gap)
        return False

    def _patience_for(self, manner: Manner) -> float:
        return self._patience * (WEIGHTY if manner.weighty else 1)

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
                sound = await self._sound(text, voice, jobs.get(index), manner, is_first=index == 0)
                pcm = await asyncio.to_thread(spoken, sound, KOKORO_HZ, rate_hz, rate=manner.rate, volume=manner.volume)
                heard_until = max(heard_until, self._clock()) + len(pcm) / 2 / rate_hz
                yield SpokenPhrase(text, pcm)
        finally:
            for job in jobs.values():
                self.queue.release(job)

    async def _sound(self, text: str, voice: str, job: Job | None, manner: Manner, *, is_first: bool) -> Sound:
        if job is None:
            found = await asyncio.to_thread(self._cache.find, text, voice)
            return found if found is not None else await self._render(text, voice)
        limit = self._patience_for(manner) + GIVE_UP_SECONDS
        try:
            return await asyncio.wait_for(asyncio.shield(job.done), limit if is_first and limit < math.inf else None)
        except TimeoutError:
            log.warning("the natural voice is late; the small one speaks instead")
            raise VoiceFailed("late") from None

    async def _render(self, text: str, voice: str) -> Sound:
        if (found := await asyncio.to_thread(self._cache.find, text, voice)) is not None:
            return found  # rendered by another process in the meantime
        if self._natural is None:
            raise VoiceFailed("the small voice alone is wanted")
        sound, _ = await self._natural.render(text.strip(), voice, NATURAL_RATE)
        await asyncio.to_thread(self._cache.keep, text, voice, sound)
        return sound

    async def _speak_small(self, text: str, manner: Manner, rate_hz: int) -> SpokenPhrase:
        voice = espeak.voice_of(manner.language, manner.gender)
        rate = round(espeak.NATURAL_RATES[manner.language] * manner.rate)
        sound, _ = await self._small.render(text.strip(), voice, rate)
        pcm = await asyncio.to_thread(spoken, levelled(sound), espeak.ESPEAK_HZ, rate_hz, volume=manner.volume)
        return SpokenPhrase(text, pcm, natural=False)


def _after_silence(phrase: SpokenPhrase, rate_hz: int) -> SpokenPhrase:
    return replace(phrase, audio=bytes(2 * round(BEFORE_AGREEING_SECONDS * rate_hz)) + phrase.audio)
