"""What a resident hears, on the web page and on the telephone: replies piece by piece as they are rendered.

What is said next ends what is being said; when somebody interrupts us we are quiet at once and know what was not heard. Where
the sound goes is an `Output`.
"""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Protocol

from api.speech_parts import SpeechParts
from api.voice.spoken_replies import speak
from bot.dialogue.call.barge_in import BargeIn
from bot.errors import SpeechError
from bot.speech.interface import Manner, SpokenPhrase
from bot.turns import Reply

LOOK_SECONDS = 0.02
SILENT_SECONDS = 2.0
"""After so long without a sound whoever listens is told that we are still there."""


class Output(Protocol):
    """A channel's way to the resident's ear."""

    rate_hz: int
    """Of the sound that it takes."""

    async def begin(self, name: str) -> None:
        """Something new is said; `name` is the turn's, empty for words outside any."""

    async def add(self, phrase: SpokenPhrase) -> None:
        """The next piece, to be heard after those before."""

    def add_again(self, pcm: bytes) -> None:
        """What `stop` has returned, after a false alarm."""

    def stop(self) -> bytes:
        """Fall silent now. Returns the sound that was not heard, empty where nobody can tell."""

    async def end(self, name: str, *, interrupted: bool) -> None:
        """Nothing more of what is named so will come."""

    async def fail(self, error: SpeechError) -> None:
        """No voice could speak the rest."""

    @property
    def seconds_left(self) -> float:
        """Until everything so far is heard, as far as we can tell."""

    async def played(self) -> None:
        """Wait until the other side confirms that everything was heard, if it does, and not for long."""


class Playback:
    """The voice of one conversation or call."""

    def __init__(self, speech: SpeechParts, output: Output) -> None:
        self._speech, self._output = speech, output
        self._rendering: asyncio.Task[None] | None = None
        self._name = ""
        self._changing = asyncio.Lock()
        self._kept = b""
        """What was not heard when somebody interrupted us."""
        self.barge_in = BargeIn()
        self.failed = False
        """No voice could speak the last replies."""
        self.first_sound: float | None = None
        """When the first sound of what is said now was there, on time.monotonic()."""

    @property
    def rendering(self) -> bool:
        """Is there more to come?"""
        return self._rendering is not None and not self._rendering.done()

    @property
    def speaking(self) -> bool:
        """Is there something that was not heard yet? Not while interrupted."""
        return not self.barge_in.stopped and (self.rendering or self._output.seconds_left > 0)

    async def say(
        self,
        replies: Sequence[Reply],
        manner: Manner,
        *,
        name: str = "",
        protected: bool = False,
        moment: Reply | None = None,
    ) -> None:
        """Begin to speak. `protected`: nobody can interrupt it. `name` is the turn's. `moment` is said first when the voice
        has much to do."""
        async with self._changing:
            await self._end()
            self.barge_in, self.failed, self.first_sound = BargeIn(protected), False, None
            self._name = name
            self._rendering = asyncio.create_task(self._render(name, replies, manner, moment))

    async def be_quiet(self) -> None:
        """Stop at once, and forget what was being said."""
        async with self._changing:
            await self._end()

    async def finished(self, at_most_seconds: float = 60.0) -> None:
        """Wait until everything was heard, or interrupted; a voice that is stuck is not waited for."""
        for _ in range(round(at_most_seconds / LOOK_SECONDS)):
            if not self.speaking:
                break
            await asyncio.sleep(LOOK_SECONDS)
        await self._output.played()

    def interrupt(self) -> None:
        """Fall silent, but keep what was not heard."""
        self._kept = self._output.stop() + self._kept

    def resume(self) -> None:
        """It was a false alarm: go on where we were."""
        self._output.add_again(self._kept)
        self._kept = b""

    async def _end(self) -> None:
        task, self._rendering = self._rendering, None
        self._output.stop()
        self._kept, self.barge_in = b"", BargeIn()
        if task is not None and not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._output.stop()
            await self._output.end(self._name, interrupted=True)

    async def _render(self, name: str, replies: Sequence[Reply], manner: Manner, moment: Reply | None) -> None:
        output = self._output
        await output.begin(name)
        try:
            async with aclosing(self._spoken(replies, manner)) as phrases:
                if (first := await self._first(phrases, manner, moment)) is not None:
                    await self._add(first)
                async for phrase in phrases:
                    await self._add(phrase)
        except SpeechError as error:
            self.failed = True
            await output.fail(error)
        self._rendering = None
        await output.end(name, interrupted=False)

    async def _first(
        self, phrases: AsyncGenerator[SpokenPhrase], manner: Manner, moment: Reply | None
    ) -> SpokenPhrase | None:
        """None when there is nothing to say. What takes long is announced meanwhile."""
        coming = asyncio.ensure_future(anext(phrases, None))
        try:
            await asyncio.wait([coming], timeout=SILENT_SECONDS)
            if moment is not None and not coming.done():
                await self._announce(moment, manner)
            return await coming
        finally:
            if not coming.done():
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)

    async def _announce(self, moment: Reply, manner: Manner) -> None:
        """A fixed phrase, which lies ready; where it does not, it is left out."""
        with contextlib.suppress(SpeechError, TimeoutError):
            async with asyncio.timeout(SILENT_SECONDS), aclosing(self._spoken([moment], manner)) as phrases:
                async for phrase in phrases:
                    await self._add(phrase)

    def _spoken(self, replies: Sequence[Reply], manner: Manner) -> AsyncGenerator[SpokenPhrase]:
        return speak(self._speech.voice(), replies, manner, self._output.rate_hz)

    async def _add(self, phrase: SpokenPhrase) -> None:
        if self.first_sound is None:
            self.first_sound = time.monotonic()
        if self.barge_in.stopped:
            self._kept += phrase.audio
        else:
            await self._output.add(phrase)
