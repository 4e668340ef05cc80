"""Ears as the event loop uses them, and the ears of this very process: each speaker's session has a thread of its own.

A recogniser is native code that two threads must never enter at once. So whoever opens a session never touches it: the one
thread that owns it opens, feeds and closes it, one thing after the other, also when the asker is cancelled in between.
"""

import asyncio
import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from bot.errors import AssistantError, EarsLost
from bot.speech.interface import Utterance
from bot.speech.stt.ears import EarEvent, Ears, Final, SttSession
from bot.turns import Language


class LiveEars(Protocol):
    """One speaker. One call at a time; each may raise EarsLost, and then only `close` is left."""

    async def accept(self, pcm: bytes) -> list[EarEvent]:
        """The next piece, 16-bit mono at the client's rate. What it brought about, in order."""

    async def awaiting(self, awaiting: str | None, language: Language) -> None:
        """What was asked next, and in which language; takes effect for the next utterance."""

    async def we_speak(self, now: bool) -> None:
        """While the assistant itself is speaking, a resident's silence is not counted."""

    async def finish(self) -> Final | None:
        """The turn is over now. None when nobody spoke."""

    async def close(self) -> None:
        """Give the place back, also in mid-utterance. Waits for what is still being heard."""


class Hearing(Protocol):
    """Shared by all speakers."""

    async def listen(self, rate_hz: int, language: Language, awaiting: str | None, *, hands_free: bool) -> LiveEars:
        """Raises EarsBusy, BadAudio for a rate outside 8 to 48 kHz, SpeechError when no ears answer."""

    async def hear(self, wav: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        """A whole WAV file, and its audio at 16 kHz. Raises UnknownAudio, BadAudio, AudioTooLong, EarsBusy, SpeechError."""

    async def answering(self) -> tuple[int, int]:
        """How many of the processes that hear do answer, and how many there should be."""


class OwnedEars:
    """A session that a thread of its own works and closes."""

    def __init__(self, open_session: Callable[[], SttSession], *, in_background: bool = False) -> None:
        """`in_background`: its work waits for everybody else's."""
        self._open_session, self._in_background = open_session, in_background
        self._owner = ThreadPoolExecutor(1, thread_name_prefix="ears")
        self._session: SttSession | None = None

    async def open(self) -> "OwnedEars":
        """Returns itself. Raises what opening raises; then nothing is left to close."""
        try:
            await self._work(self._begin)
        except BaseException:
            self._leave()
            raise
        return self

    async def accept(self, pcm: bytes) -> list[EarEvent]:
        return await self._work(lambda: self._opened().accept(pcm))

    async def awaiting(self, awaiting: str | None, language: Language) -> None:
        await self._work(lambda: self._opened().awaiting(awaiting, language))

    async def we_speak(self, now: bool) -> None:
        await self._work(lambda: self._opened().we_speak(now))

    async def finish(self) -> Final | None:
        return await self._work(lambda: self._opened().finish())

    async def close(self) -> None:
        closed = self._leave()
        if closed is not None:
            await asyncio.shield(closed)

    def _begin(self) -> None:
        if self._in_background:
            with contextlib.suppress(OSError):  # where threads have no priority of their own
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)
        self._session = self._open_session()

    def _opened(self) -> SttSession:
        assert self._session is not None
        return self._session

    def _leave(self) -> "asyncio.Future[None] | None":
        """The last work of the thread. None when it is done or under way."""
        try:
            closed = asyncio.wrap_future(self._owner.submit(self._end))
        except RuntimeError:  # shut down before
            return None
        self._owner.shutdown(wait=False)
        return closed

    def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    async def _work[T](self, call: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._owner, call)
        except AssistantError:
            raise
        except Exception as error:  # whatever a library raises: this session is not to be trusted any more
            raise EarsLost from error


class LocalEars:
    """The ears of this very process, for tools and tests: a crash inside them ends whoever uses them."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears

    async def listen(self, rate_hz: int, language: Language, awaiting: str | None, *, hands_free: bool) -> LiveEars:
        listen = self._ears.listen
        return await OwnedEars(lambda: listen(rate_hz, language, awaiting, hands_free=hands_free)).open()

    async def hear(self, wav: bytes, language: Language, awaiting: str | None) -> tuple[Utterance, bytes]:
        return await asyncio.to_thread(self._ears.hear, wav, language, awaiting)

    async def answering(self) -> tuple[int, int]:
        return 1, 1
