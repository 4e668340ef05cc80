"""What the caller hears: replies piece by piece, silence in between, quiet at once when interrupted."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing

from api.speech_parts import SpeechParts
from api.telephone.line import LINE_HZ, CallCommand, PlayAudio, PlayMark
from api.telephone.playout import Playout
from api.webchat.spoken_turns import speak
from bot.dialogue.call.barge_in import BargeIn
from bot.errors import SpeechError
from bot.speech.interface import Manner, SpokenPhrase
from bot.turns import Reply

TICK_SECONDS = 0.02
SILENT_SECONDS = 2.0
"""After so long without a sound the caller is told that we are still there."""
MARK_SECONDS = 0.5
"""How long we believe a mark rather than our own arithmetic, before we cut the line or leave it."""


class Mouth:
    """One call's voice. What is said next ends what is being said."""

    def __init__(self, speech: SpeechParts, do: Callable[[CallCommand], Awaitable[None]], lead_seconds: float) -> None:
        self._speech, self._do = speech, do
        self.playout = Playout(lead_seconds)
        self._rendering: asyncio.Task[None] | None = None
        self._kept = b""
        """What was not heard when somebody interrupted us."""
        self.barge_in = BargeIn()
        self.failed = False
        """No voice could speak the last replies."""
        self.first_sound: float | None = None
        """When the first sound of what is said now went out, on time.monotonic()."""
        self._said = 0
        """How many times we have begun to speak; the name of the mark behind it."""
        self._unmarked = False
        self._mark_reached = asyncio.Event()
        self._mark_reached.set()

    @property
    def speaking(self) -> bool:
        """Is there something that the caller has not heard yet? Not while interrupted."""
        return not self.barge_in.stopped and (self._busy or self.playout.speaking)

    async def say(
        self, replies: Sequence[Reply], manner: Manner, *, protected: bool = False, moment: Reply | None = None
    ) -> None:
        """Begin to speak. `protected`: nobody can interrupt it. `moment` is said first when the voice has much to do."""
        await self.be_quiet()
        self.barge_in, self.failed, self.first_sound = BargeIn(protected), False, None
        self._said, self._unmarked = self._said + 1, True
        self._mark_reached.clear()
        self._rendering = asyncio.create_task(self._render(replies, manner, moment))

    async def finished(self, at_most_seconds: float = 60.0) -> None:
        """Wait until the caller has heard everything, or interrupted it; a voice that is stuck is not waited for."""
        for _ in range(round(at_most_seconds / TICK_SECONDS)):
            if not self.speaking:
                break
            await asyncio.sleep(TICK_SECONDS)
        with contextlib.suppress(TimeoutError):  # a line without marks, or one that is gone
            await asyncio.wait_for(self._mark_reached.wait(), MARK_SECONDS)

    def heard(self, mark: str) -> bool:
        """The line has played all before this mark: is it, for the first time, the end of what we said last?"""
        if mark != str(self._said) or self._mark_reached.is_set():
            return False
        self._mark_reached.set()
        return True

    async def be_quiet(self) -> None:
        """Forget what was being said."""
        task, self._rendering = self._rendering, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.playout.stop()
        self._kept, self._unmarked, self.barge_in = b"", False, BargeIn()
        self._mark_reached.set()

    def interrupt(self) -> None:
        """Fall silent, but keep what was not heard."""
        self._kept = self.playout.stop() + self._kept
        self._mark_reached.set()

    def resume(self) -> None:
        """It was a false alarm: go on where we were."""
        self.playout.add(self._kept)
        self._kept, self._unmarked = b"", True
        self._mark_reached.clear()

    def pause(self) -> None:
        """The caller has put us on hold: what they have not heard waits for them."""
        self.playout.add(self._kept_back())
        self.playout.paused = True

    def go_on(self) -> None:
        """They are back."""
        self.playout.paused = False

    async def tick(self, seconds: float) -> None:
        """So much time has passed. Raises TimeoutError when the line takes nothing any more."""
        if pcm := self.playout.advance(seconds):
            await self._do(PlayAudio(pcm))
        if self._unmarked and not (self._busy or self.playout.waiting or self.playout.paused or self.barge_in.stopped):
            self._unmarked = False
            await self._do(PlayMark(str(self._said)))
        if self.playout.stuck:
            raise TimeoutError

    def _kept_back(self) -> bytes:
        unheard = self.playout.stop()
        if unheard:
            self._unmarked = True
            self._mark_reached.clear()
        return unheard

    @property
    def _busy(self) -> bool:
        return self._rendering is not None and not self._rendering.done()

    async def _render(self, replies: Sequence[Reply], manner: Manner, moment: Reply | None) -> None:
        try:
            async with aclosing(self._spoken(replies, manner)) as phrases:
                if (first := await self._first(phrases, manner, moment)) is not None:
                    self._speak(first)
                async for phrase in phrases:
                    self._speak(phrase)
        except SpeechError:
            self.failed = True

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
                    self._speak(phrase)

    def _spoken(self, replies: Sequence[Reply], manner: Manner) -> AsyncGenerator[SpokenPhrase]:
        return speak(self._speech.voice(), replies, manner, LINE_HZ)

    def _speak(self, phrase: SpokenPhrase) -> None:
        if self.first_sound is None:
            self.first_sound = time.monotonic()
        if self.barge_in.stopped:
            self._kept += phrase.audio
        else:
            self.playout.add(phrase.audio)
