"""What the caller hears: replies piece by piece, silence in between, quiet at once when interrupted."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

from api.speech_parts import SpeechParts
from api.telephone.line import LINE_HZ
from api.telephone.playout import Playout
from api.webchat.spoken_turns import speak
from bot.dialogue.barge_in import BargeIn
from bot.errors import SpeechError
from bot.speech.interface import Manner
from bot.turns import Reply

TICK_SECONDS = 0.02


class Mouth:
    """One call's voice. What is said next ends what is being said."""

    def __init__(self, speech: SpeechParts, send: Callable[[bytes], Awaitable[None]], lead_seconds: float) -> None:
        self._speech, self._send = speech, send
        self.playout = Playout(lead_seconds)
        self._rendering: asyncio.Task[None] | None = None
        self._kept = b""
        """What was not heard when somebody interrupted us."""
        self.barge_in = BargeIn()
        self.failed = False
        """No voice could speak the last replies."""
        self.first_sound: float | None = None
        """When the first sound of what is said now went out, on time.monotonic()."""

    @property
    def speaking(self) -> bool:
        """Is there something that the caller has not heard yet? Not while interrupted."""
        return not self.barge_in.stopped and (self._busy or self.playout.speaking)

    async def say(self, replies: Sequence[Reply], manner: Manner, *, protected: bool = False) -> None:
        """Begin to speak. `protected`: nobody can interrupt it."""
        await self.be_quiet()
        self.barge_in, self.failed, self.first_sound = BargeIn(protected), False, None
        self._rendering = asyncio.create_task(self._render(replies, manner))

    async def finished(self, at_most_seconds: float = 60.0) -> None:
        """Wait until the caller has heard everything, or interrupted it; a voice that is stuck is not waited for."""
        for _ in range(round(at_most_seconds / TICK_SECONDS)):
            if not self.speaking:
                return
            await asyncio.sleep(TICK_SECONDS)

    async def be_quiet(self) -> None:
        """Forget what was being said."""
        task, self._rendering = self._rendering, None
        if task is not None and not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self.playout.stop()
        self._kept = b""

    def interrupt(self) -> None:
        """Fall silent, but keep what was not heard."""
        self._kept = self.playout.stop() + self._kept

    def resume(self) -> None:
        """It was a false alarm: go on where we were."""
        self.playout.add(self._kept)
        self._kept = b""

    async def tick(self, seconds: float) -> None:
        """So much time has passed."""
        if pcm := self.playout.advance(seconds):
            await self._send(pcm)

    @property
    def _busy(self) -> bool:
        return self._rendering is not None and not self._rendering.done()

    async def _render(self, replies: Sequence[Reply], manner: Manner) -> None:
        try:
            async with aclosing(speak(self._speech.voice(), replies, manner, LINE_HZ)) as phrases:
                async for phrase in phrases:
                    if self.first_sound is None:
                        self.first_sound = time.monotonic()
                    if self.barge_in.stopped:
                        self._kept += phrase.audio
                    else:
                        self.playout.add(phrase.audio)
        except SpeechError:
            self.failed = True
