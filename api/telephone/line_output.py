"""Speech onto a line, moment by moment, with silence in between and a mark at the end."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from api.telephone.line import LINE_HZ, CallCommand, PlayAudio, PlayMark
from api.telephone.playout import Playout
from bot.errors import SpeechError
from bot.speech.interface import SpokenPhrase

MARK_SECONDS = 0.5
"""How long we believe a mark rather than our own arithmetic, before we cut the line or leave it."""


class LineOutput:
    """See Output in api/voice/playback.py. `tick` lets time pass."""

    rate_hz = LINE_HZ

    def __init__(self, do: Callable[[CallCommand], Awaitable[None]], lead_seconds: float) -> None:
        self._do = do
        self.playout = Playout(lead_seconds)
        self._begun = 0
        """How many times we have begun to speak; the name of the mark behind it."""
        self._unmarked = False
        self._mark_reached = asyncio.Event()
        self._mark_reached.set()

    async def begin(self, name: str) -> None:
        self._begun += 1
        self._await_mark()

    async def add(self, phrase: SpokenPhrase) -> None:
        self.playout.add(phrase.audio)

    def add_again(self, pcm: bytes) -> None:
        self.playout.add(pcm)
        self._await_mark()

    def stop(self) -> bytes:
        self._unmarked = False
        self._mark_reached.set()
        return self.playout.stop()

    async def end(self, name: str, *, interrupted: bool) -> None:
        """The mark follows when all is sent."""

    async def fail(self, error: SpeechError) -> None:
        """The call says what to do instead."""

    @property
    def seconds_left(self) -> float:
        return self.playout.seconds_left

    async def played(self) -> None:
        with contextlib.suppress(TimeoutError):  # a line without marks, or one that is gone
            await asyncio.wait_for(self._mark_reached.wait(), MARK_SECONDS)

    def heard(self, mark: str) -> bool:
        """The line has played all before this mark: is it, for the first time, the end of what we said last?"""
        if mark != str(self._begun) or self._mark_reached.is_set():
            return False
        self._mark_reached.set()
        return True

    def pause(self) -> None:
        """The caller has put us on hold: what they have not heard waits for them."""
        if unheard := self.playout.stop():
            self.add_again(unheard)
        self.playout.paused = True

    def go_on(self) -> None:
        """They are back."""
        self.playout.paused = False

    async def tick(self, seconds: float, *, more_to_come: bool) -> None:
        """So much time has passed. Raises TimeoutError when the line takes nothing any more."""
        if pcm := self.playout.advance(seconds):
            await self._do(PlayAudio(pcm))
        if self._unmarked and not (more_to_come or self.playout.waiting or self.playout.paused):
            self._unmarked = False
            await self._do(PlayMark(str(self._begun)))
        if self.playout.stuck:
            raise TimeoutError

    def _await_mark(self) -> None:
        self._unmarked = True
        self._mark_reached.clear()
