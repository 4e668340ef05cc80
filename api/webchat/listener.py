"""Takes a client's sound as it arrives and hands it to the ears, off the event loop and in order."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from api.speech_parts import SpeechParts
from bot.errors import AudioTooLong, SpeechError
from bot.speech.ears import EarEvent, EarSession, Final, GaveUp
from bot.speech.interface import Utterance
from bot.turns import Language

LONGEST_SECONDS = 60
"""Of one utterance. A client may send it faster than real time."""
WAITING_SECONDS = 120
"""Of sound that arrived and is not heard yet."""
NOTHING = Final(Utterance(), b"")


@dataclass(frozen=True)
class Microphone:
    """What the client told about its sound."""

    rate_hz: int
    language: Language | None
    hands_free: bool


@dataclass(frozen=True)
class Circumstances:
    """What helps to hear the next utterance."""

    awaiting: str | None
    language: Language


class _Stop:
    """The button is released."""


Item = bytes | Circumstances | Microphone | _Stop | None


class Listener:
    """One client's ears. A place among those who are heard is taken with the first sound and given back at the end."""

    def __init__(
        self,
        speech: SpeechParts,
        circumstances: Callable[[], Awaitable[Circumstances]],
        report: Callable[[EarEvent], Awaitable[None]],
        fail: Callable[[SpeechError], Awaitable[None]],
        we_speak: Callable[[], bool],
    ) -> None:
        self._speech, self._circumstances, self._report, self._fail = speech, circumstances, report, fail
        self._we_speak = we_speak
        self._told_we_speak = False
        self._queue: asyncio.Queue[Item] = asyncio.Queue()
        self._microphone: Microphone | None = None
        """As the reader of frames knows it; the work in the queue may still be older."""
        self._bytes = 0
        """In this utterance, while a button is pressed."""
        self._waiting = 0
        """Bytes that are not heard yet."""
        self._told_too_long = False
        self._odd = b""
        """Half a sample, waiting for its other half."""
        self._working: Microphone | None = None
        self._ears: EarSession | None = None
        self._answered = False
        """Something was understood since these ears were opened."""
        self._deaf = False
        """After a failure or a goodbye, until the client begins anew."""
        self._task = asyncio.create_task(self._work())

    def start(self, microphone: Microphone) -> None:
        """Begin anew; sound that waits is still heard as it was meant."""
        self._microphone = microphone
        self._begin_utterance()
        self._queue.put_nowait(microphone)

    async def feed(self, pcm: bytes) -> bool:
        """Take a piece of sound. False before `start`. What is more than a minute is left out, and said so once."""
        if self._microphone is None:
            return False
        pcm = self._odd + pcm
        whole = len(pcm) // 2 * 2
        pcm, self._odd = pcm[:whole], pcm[whole:]
        second = self._microphone.rate_hz * 2
        room = WAITING_SECONDS * second - self._waiting
        if not self._microphone.hands_free:
            room = min(room, LONGEST_SECONDS * second - self._bytes)
        if len(pcm) > room:
            pcm = pcm[: max(0, room)]
            if not self._told_too_long:
                self._told_too_long = True
                await self._fail(AudioTooLong())
        if pcm:
            self._bytes += len(pcm)
            self._waiting += len(pcm)
            self._queue.put_nowait(pcm)
        return True

    def stop(self) -> None:
        """The turn is over now."""
        if self._microphone is not None:
            self._begin_utterance()
            self._queue.put_nowait(_Stop())

    def asked(self, circumstances: Circumstances) -> None:
        """Something new was asked; it helps to hear the next utterance."""
        self._queue.put_nowait(circumstances)

    async def close(self) -> None:
        """Give the place back. Sound that still waits is not heard any more."""
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)
        await self._task

    def _begin_utterance(self) -> None:
        self._bytes, self._told_too_long, self._odd = 0, False, b""

    async def _work(self) -> None:
        try:
            while (item := await self._queue.get()) is not None:
                try:
                    await self._take(item)
                except SpeechError as error:
                    await self._leave()
                    self._deaf = True
                    await self._fail(error)
        finally:
            await self._leave()

    async def _take(self, item: Item) -> None:
        if isinstance(item, bytes):
            await self._hear(item)
        elif isinstance(item, _Stop):
            await self._finish()
        elif isinstance(item, Circumstances) and self._ears is not None:
            await self._speech.in_ears(self._ears.awaiting, item.awaiting, item.language)
        elif isinstance(item, Microphone):
            await self._leave()
            self._working, self._deaf = item, False

    async def _hear(self, pcm: bytes) -> None:
        assert self._working is not None
        self._waiting -= len(pcm)
        if self._deaf:
            return
        if self._ears is None:
            now = await self._circumstances()
            self._ears = await self._speech.in_ears(
                self._speech.ears().listen,
                self._working.rate_hz,
                self._working.language or now.language,
                now.awaiting,
                hands_free=self._working.hands_free,
            )
            self._told_we_speak = self._answered = False
        we_speak = self._we_speak()
        if we_speak != self._told_we_speak:  # our own words are no silence of the resident's
            self._told_we_speak = we_speak
            await self._speech.in_ears(self._ears.we_speak, we_speak)
        for event in await self._speech.in_ears(self._ears.accept, pcm):
            self._answered = self._answered or isinstance(event, Final)
            if isinstance(event, GaveUp):
                await self._leave()
                self._deaf = True
            await self._report(event)

    async def _finish(self) -> None:
        ears, self._deaf = self._ears, False
        if ears is None:
            return
        final = await self._speech.in_ears(ears.finish)
        await self._leave()
        if final is not None:
            await self._report(final)
        elif self._working is not None and not self._working.hands_free and not self._answered:
            await self._report(NOTHING)

    async def _leave(self) -> None:
        ears, self._ears = self._ears, None
        if ears is not None:
            await self._speech.in_ears(ears.close)
